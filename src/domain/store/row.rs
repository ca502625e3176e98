//! Reading rows: their cells are read by position.

#[cfg(test)]
mod tests;

use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement, sea_query::SelectStatement};

use super::{cell::Cell, sql::with_literal_limits};
use crate::error::Result;

/// A type read from cells in the order in which its columns are selected: looking each column up by
/// name costs more than its value.
pub(in crate::domain) trait Row: Sized {
    fn read(cells: &mut Cells<'_>) -> Result<Self, DbErr>;
}

/// A row whose cells are all its fields, in the order of its columns.
macro_rules! row {
    ($row:ident { $($field:ident),+ $(,)? }) => {
        impl $crate::domain::store::row::Row for $row {
            fn read(
                cells: &mut $crate::domain::store::row::Cells<'_>,
            ) -> Result<Self, sea_orm::DbErr> {
                Ok(Self { $($field: cells.next()?),+ })
            }
        }
    };
}

pub(in crate::domain) use row;

/// The cells of one row, from left to right.
pub(in crate::domain) struct Cells<'a> {
    row: &'a QueryResult,
    place: usize,
}

impl Cells<'_> {
    pub fn next<T: Cell>(&mut self) -> Result<T, DbErr> {
        self.place += 1;
        T::read(self.row, self.place - 1)
    }
}

/// Two rows side by side, as a join returns them.
impl<A: Row, B: Row> Row for (A, B) {
    fn read(cells: &mut Cells<'_>) -> Result<Self, DbErr> {
        Ok((A::read(cells)?, B::read(cells)?))
    }
}

/// The rows of a statement.
pub(in crate::domain) async fn all<T: Row>(
    db: &impl ConnectionTrait,
    select: &SelectStatement,
) -> Result<Vec<T>> {
    self::select(db, select, T::read).await
}

/// The first row of a statement.
pub(in crate::domain) async fn one<T: Row>(
    db: &impl ConnectionTrait,
    select: &SelectStatement,
) -> Result<Option<T>> {
    read_one(db, with_literal_limits(select, db.get_database_backend()), T::read).await
}

/// The rows of a statement, each as `read` takes it from its cells.
pub(in crate::domain) async fn read_all<T>(
    db: &impl ConnectionTrait,
    statement: Statement,
    read: impl Fn(&mut Cells<'_>) -> Result<T, DbErr>,
) -> Result<Vec<T>> {
    let rows = db.query_all_raw(statement).await?;
    let read = |row| read(&mut Cells { row, place: 0 });
    Ok(rows.iter().map(read).collect::<Result<_, DbErr>>()?)
}

/// The rows of a statement whose text is not kept, each as `read` takes it from its cells.
pub(in crate::domain) async fn select<T>(
    db: &impl ConnectionTrait,
    select: &SelectStatement,
    read: impl Fn(&mut Cells<'_>) -> Result<T, DbErr>,
) -> Result<Vec<T>> {
    read_all(db, with_literal_limits(select, db.get_database_backend()), read).await
}

/// The first row of a statement, as `read` takes it from its cells.
pub(in crate::domain) async fn read_one<T>(
    db: &impl ConnectionTrait,
    statement: Statement,
    read: impl Fn(&mut Cells<'_>) -> Result<T, DbErr>,
) -> Result<Option<T>> {
    let row = db.query_one_raw(statement).await?;
    Ok(row.map(|row| read(&mut Cells { row: &row, place: 0 })).transpose()?)
}
