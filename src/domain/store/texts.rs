//! Columns of text, which is where people write.

use sea_orm::{
    ColumnTrait, ColumnType, ConnectionTrait, EntityTrait, IdenStatic, Iterable, QueryFilter,
    sea_query::{Expr, SimpleExpr},
};

use crate::error::Result;

/// Empties every text of these rows but what is kept: what a new column holds is forgotten unless
/// somebody decides otherwise.
pub(in crate::domain) async fn empty<E: EntityTrait>(
    db: &impl ConnectionTrait,
    which: SimpleExpr,
    kept: &[E::Column],
) -> Result<()> {
    let is_text = |column: &E::Column| {
        matches!(column.def().get_column_type(), ColumnType::Text | ColumnType::String(_))
    };
    let is_kept = |column: &E::Column| kept.iter().any(|kept| kept.as_str() == column.as_str());
    let texts = E::Column::iter().filter(|column| is_text(column) && !is_kept(column));
    let update = texts.fold(E::update_many(), |update, column| {
        let nothing = if column.def().is_null() { None } else { Some("") };
        update.col_expr(column, Expr::val(nothing))
    });
    update.filter(which).exec(db).await?;
    Ok(())
}
