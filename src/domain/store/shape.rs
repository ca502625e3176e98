//! Statements that the database plans once, and whose texts are built once.

use std::{
    collections::HashMap,
    fmt::{self, Write},
    hash::Hash,
    sync::{Arc, LazyLock, PoisonError, RwLock},
};

use sea_orm::{
    ConnectionTrait, DbBackend, Statement, Value,
    sea_query::{
        PostgresQueryBuilder, QueryBuilder, SelectStatement, SqliteQueryBuilder,
        prepare::{SqlWriter, SqlWriterValues},
    },
};

use super::row::{self, Row};
use crate::error::Result;

/// Texts that are kept for each kind of database; after that all are built again.
const MOST_TEXTS: usize = 1_000;

/// Statements of one kind, each with a key that decides its text: building a text costs more than
/// binding its values.
pub(in crate::domain) struct Shapes<K> {
    postgres: Texts<K>,
    sqlite: Texts<K>,
}

type Texts<K> = RwLock<HashMap<K, Arc<str>>>;

/// A statement that always has the same text.
pub(in crate::domain) struct Shape {
    select: fn() -> SelectStatement,
    texts: LazyLock<Shapes<()>>,
}

impl<K> Default for Shapes<K> {
    fn default() -> Self {
        Self { postgres: RwLock::default(), sqlite: RwLock::default() }
    }
}

impl<K: Eq + Hash> Shapes<K> {
    /// The statement with this key and these values, in the order of their places; `select` builds
    /// it with the same values. A debug build always builds it, to see that the key decides the text.
    pub fn statement(
        &self,
        backend: DbBackend,
        key: K,
        values: Vec<Value>,
        select: impl Fn() -> SelectStatement,
    ) -> Statement {
        let text = self.text(backend, key, &select);
        let statement = Statement::from_sql_and_values(backend, &*text, values);
        debug_assert_eq!(statement, with_literal_limits(&select(), backend));
        statement
    }

    fn text(&self, backend: DbBackend, key: K, select: impl Fn() -> SelectStatement) -> Arc<str> {
        let texts = match backend {
            DbBackend::Postgres => &self.postgres,
            _ => &self.sqlite,
        };
        let known = texts.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        known.unwrap_or_else(|| {
            let text: Arc<str> = with_literal_limits(&select(), backend).sql.into();
            let mut texts = texts.write().unwrap_or_else(PoisonError::into_inner);
            if texts.len() >= MOST_TEXTS {
                texts.clear();
            }
            texts.insert(key, text.clone());
            text
        })
    }
}

impl Shape {
    /// The values in `select` only mark their places.
    pub const fn new(select: fn() -> SelectStatement) -> Self {
        Self { select, texts: LazyLock::new(Shapes::default) }
    }

    /// The first row of the statement with these values, in the order of their places.
    pub async fn one<T: Row>(
        &self,
        db: &impl ConnectionTrait,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Option<T>> {
        row::read_one(db, self.statement(db.get_database_backend(), values), T::read).await
    }

    /// All rows of the statement with these values, in the order of their places.
    pub async fn all<T: Row>(
        &self,
        db: &impl ConnectionTrait,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Vec<T>> {
        row::read_all(db, self.statement(db.get_database_backend(), values), T::read).await
    }

    fn statement(&self, backend: DbBackend, values: impl IntoIterator<Item = Value>) -> Statement {
        let text = self.texts.text(backend, (), self.select);
        Statement::from_sql_and_values(backend, &*text, values)
    }
}

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
