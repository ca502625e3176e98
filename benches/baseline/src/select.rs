//! A statement that grows with what is asked for.

use std::fmt::Write;

use sqlx::{AssertSqlSafe, FromRow, postgres::PgRow, sqlite::SqliteRow};

use crate::database::{Database, read};

pub struct Select {
    sql: String,
    values: Vec<Value>,
}

enum Value {
    Number(i64),
    Text(String),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl Select {
    pub fn new(sql: &str) -> Self {
        Self { sql: sql.to_owned(), values: Vec::new() }
    }

    /// Nothing yet, but `$1` has a value.
    pub fn given(value: i64) -> Self {
        Self { sql: String::new(), values: vec![Value::Number(value)] }
    }

    /// A statement around this part of it.
    pub fn within(self, around: impl FnOnce(&str) -> String) -> Self {
        Self { sql: around(&self.sql), values: self.values }
    }

    pub fn text(&mut self, sql: &str) -> &mut Self {
        self.sql.push_str(sql);
        self
    }

    /// A number that is written out; a bound page size would spoil the plan.
    pub fn number(&mut self, number: usize) -> &mut Self {
        write!(self.sql, "{number}").ok();
        self
    }

    #[expect(private_bounds, reason = "for numbers and text")]
    pub fn value(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        write!(self.sql, "${}", self.values.len()).ok();
        self
    }

    pub async fn all<T>(self, db: &Database) -> sqlx::Result<Vec<T>>
    where
        T: Send + Unpin + for<'r> FromRow<'r, PgRow> + for<'r> FromRow<'r, SqliteRow>,
    {
        read!(db, |pool| {
            let mut query = sqlx::query_as(AssertSqlSafe(self.sql));
            for value in self.values {
                query = match value {
                    Value::Number(number) => query.bind(number),
                    Value::Text(text) => query.bind(text),
                };
            }
            query.fetch_all(pool).await
        })
    }
}
