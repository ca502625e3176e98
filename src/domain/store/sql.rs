//! The text of a statement.

use std::fmt::{self, Write};

use sea_orm::{
    DbBackend, Statement, Value,
    sea_query::{
        PostgresQueryBuilder, QueryBuilder, SelectStatement, SqliteQueryBuilder,
        prepare::{SqlWriter, SqlWriterValues},
    },
};

/// PostgreSQL replans a statement whose LIMIT is a parameter, which costs more than running it.
/// Limits are the only unsigned numbers in our statements, with few different values.
pub(super) fn with_literal_limits(select: &SelectStatement, backend: DbBackend) -> Statement {
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
