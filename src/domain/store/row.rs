//! Reading rows: statements are planned once, and cells read by position.

#[cfg(test)]
mod tests;

use std::{
    fmt::{self, Write},
    sync::OnceLock,
};

use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, QueryResult, Statement, TryGetable, Value,
    sea_query::{
        PostgresQueryBuilder, QueryBuilder, SelectStatement, SqliteQueryBuilder,
        prepare::SqlWriter, prepare::SqlWriterValues,
    },
};

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
    pub fn next<T: TryGetable>(&mut self) -> Result<T, DbErr> {
        self.place += 1;
        self.row.try_get_by_index(self.place - 1)
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
    let statement = with_literal_limits(select, db.get_database_backend());
    let rows = db.query_all_raw(statement).await?;
    Ok(rows.iter().map(read).collect::<Result<_, DbErr>>()?)
}

/// The first row of a statement.
pub(in crate::domain) async fn one<T: Row>(
    db: &impl ConnectionTrait,
    select: &SelectStatement,
) -> Result<Option<T>> {
    let statement = with_literal_limits(select, db.get_database_backend());
    Ok(db.query_one_raw(statement).await?.as_ref().map(read).transpose()?)
}

/// A statement whose text is built once for each kind of database: building costs more than binding.
pub(in crate::domain) struct Shape {
    select: fn() -> SelectStatement,
    postgres: OnceLock<String>,
    sqlite: OnceLock<String>,
}

impl Shape {
    /// The values in `select` only mark their places.
    pub const fn new(select: fn() -> SelectStatement) -> Self {
        Self { select, postgres: OnceLock::new(), sqlite: OnceLock::new() }
    }

    /// The first row of the statement with these values, in the order of their places.
    pub async fn one<T: Row>(
        &self,
        db: &impl ConnectionTrait,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Option<T>> {
        let row = db.query_one_raw(self.statement(db.get_database_backend(), values)).await?;
        Ok(row.as_ref().map(read).transpose()?)
    }

    /// All rows of the statement with these values, in the order of their places.
    pub async fn all<T: Row>(
        &self,
        db: &impl ConnectionTrait,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Vec<T>> {
        let rows = db.query_all_raw(self.statement(db.get_database_backend(), values)).await?;
        Ok(rows.iter().map(read).collect::<Result<_, DbErr>>()?)
    }

    fn statement(&self, backend: DbBackend, values: impl IntoIterator<Item = Value>) -> Statement {
        let sql = match backend {
            DbBackend::Postgres => &self.postgres,
            _ => &self.sqlite,
        };
        let sql = sql.get_or_init(|| with_literal_limits(&(self.select)(), backend).sql);
        Statement::from_sql_and_values(backend, sql, values)
    }
}

fn read<T: Row>(row: &QueryResult) -> Result<T, DbErr> {
    T::read(&mut Cells { row, place: 0 })
}

/// PostgreSQL replans a statement whose LIMIT is a parameter, which costs more than running it.
/// Limits are the only unsigned numbers in our statements, with few different values.
fn with_literal_limits(select: &SelectStatement, backend: DbBackend) -> Statement {
    let (sql, values) = match backend {
        DbBackend::Postgres => built(select, PostgresQueryBuilder),
        _ => built(select, SqliteQueryBuilder),
    };
    Statement::from_sql_and_values(backend, sql, values)
}

fn built(select: &SelectStatement, builder: impl QueryBuilder) -> (String, Vec<Value>) {
    let (placeholder, numbered) = builder.placeholder();
    let mut writer = LiteralLimits(SqlWriterValues::new(placeholder, numbered));
    select.build_collect_into(builder, &mut writer);
    let (sql, values) = writer.0.into_parts();
    (sql, values.0)
}

struct LiteralLimits(SqlWriterValues);

impl SqlWriter for LiteralLimits {
    fn push_param<T: QueryBuilder>(&mut self, value: Value, builder: &T) {
        match value {
            Value::BigUnsigned(Some(limit)) => {
                // Writing to memory cannot fail.
                write!(self.0, "{limit}").ok();
            }
            value => self.0.push_param(value, builder),
        }
    }

    fn as_writer(&mut self) -> &mut dyn Write {
        self.0.as_writer()
    }
}

impl Write for LiteralLimits {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.write_str(text)
    }
}

impl fmt::Display for LiteralLimits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
