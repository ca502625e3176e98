//! Statements for connections, by the form of their result.

use sea_orm::{
    DbErr, ExecResult, QueryResult, RuntimeErr, Statement, Values,
    sqlx::{self, AssertSqlSafe, Executor, query_with, raw_sql},
};
use sea_query_sqlx::SqlxValues;

use super::link::{Driver, Link};

pub(super) trait Ask: Send {
    type Answer: Send;

    /// The text for statement counters; none for statements that only frame others.
    fn sql(&self) -> Option<&str>;

    fn ask(self, link: &mut Link) -> impl Future<Output = Result<Self::Answer, DbErr>> + Send;
}

/// Changes rows.
pub(super) struct Execute(pub Statement);
/// One or more statements without values.
pub(super) struct Script<'a>(pub &'a str);
/// Reads the first row.
pub(super) struct One(pub Statement);
/// Reads all rows.
pub(super) struct All(pub Statement);

/// Runs a SeaORM statement with a method of the driver and converts its result.
macro_rules! on {
    ($link:ident . $method:ident ($statement:expr), $answer:expr) => {{
        let Statement { sql, values, .. } = $statement;
        let values = values.unwrap_or(Values(Vec::new()));
        #[cfg(debug_assertions)]
        types::check(&sql, &values);
        let (sql, values) = (AssertSqlSafe(sql), SqlxValues(values));
        match &mut $link.driver {
            Driver::Sqlite(connection) => {
                let query = query_with(sql, values);
                connection.$method(query).await.map($answer).map_err(failed)
            }
            Driver::Postgres(connection) => {
                let query = query_with(sql, values);
                connection.$method(query).await.map($answer).map_err(failed)
            }
        }
    }};
}

impl Ask for Execute {
    type Answer = ExecResult;

    fn sql(&self) -> Option<&str> {
        Some(&self.0.sql)
    }

    async fn ask(self, link: &mut Link) -> Result<ExecResult, DbErr> {
        on!(link.execute(self.0), Into::into)
    }
}

impl Ask for Script<'_> {
    type Answer = ExecResult;

    fn sql(&self) -> Option<&str> {
        None
    }

    async fn ask(self, link: &mut Link) -> Result<ExecResult, DbErr> {
        let script = raw_sql(AssertSqlSafe(self.0));
        match &mut link.driver {
            Driver::Sqlite(connection) => connection.execute(script).await.map(Into::into),
            Driver::Postgres(connection) => connection.execute(script).await.map(Into::into),
        }
        .map_err(failed)
    }
}

impl Ask for One {
    type Answer = Option<QueryResult>;

    fn sql(&self) -> Option<&str> {
        Some(&self.0.sql)
    }

    async fn ask(self, link: &mut Link) -> Result<Option<QueryResult>, DbErr> {
        on!(link.fetch_optional(self.0), |row| row.map(Into::into))
    }
}

impl Ask for All {
    type Answer = Vec<QueryResult>;

    fn sql(&self) -> Option<&str> {
        Some(&self.0.sql)
    }

    async fn ask(self, link: &mut Link) -> Result<Vec<QueryResult>, DbErr> {
        on!(link.fetch_all(self.0), |rows| rows.into_iter().map(Into::into).collect())
    }
}

fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}

/// A connection prepares a text for the types of its first values; the driver looks it up by the text alone, so
/// PostgreSQL would read the bytes of other types wrongly, or not at all.
#[cfg(debug_assertions)]
mod types {
    use std::{
        collections::HashMap,
        mem::{Discriminant, discriminant},
        sync::{LazyLock, Mutex, PoisonError},
    };

    use sea_orm::{Value, Values};

    type Types = Vec<Discriminant<Value>>;

    static KNOWN: LazyLock<Mutex<HashMap<String, Types>>> = LazyLock::new(Mutex::default);

    /// Panics if a text has had values of other types before.
    pub(super) fn check(sql: &str, values: &Values) {
        let types: Types = values.0.iter().map(discriminant).collect();
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        match known.get(sql) {
            Some(before) => assert_eq!(*before, types, "the types of the values of {sql}"),
            None => drop(known.insert(sql.to_owned(), types)),
        }
    }
}
