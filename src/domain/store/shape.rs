//! Statements whose texts are built once.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, LazyLock, PoisonError, RwLock},
};

use sea_orm::{ConnectionTrait, DbBackend, Statement, Value, sea_query::SelectStatement};

use super::{
    row::{self, Row},
    sql::with_literal_limits,
};
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
