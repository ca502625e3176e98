//! Runs statements on shared connections, or on one of them for a whole transaction. Every statement
//! waits for its turn and has a time limit.

use std::sync::{Arc, OnceLock};

use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement,
    entity::prelude::async_trait,
};
use tokio::sync::Mutex;

use super::{
    fair::FairPool,
    lease::Lease,
    statement::{All, Ask, Execute, One, Script},
};
use crate::error::Result;

/// Called after every statement.
pub(super) type OnStatement = Arc<OnceLock<Box<dyn Fn(&str) + Send + Sync>>>;

/// Connections for single statements; cheap to clone.
#[derive(Clone)]
pub struct Connections {
    pub(super) pool: FairPool,
    pub(super) backend: DbBackend,
    /// Whether they only read.
    pub(super) read_only: bool,
    /// The SQL that begins a transaction.
    pub(super) begin: Arc<str>,
    /// Whether single statements run in transactions too, because connections do not keep settings.
    pub(super) always_begins: bool,
    pub(super) on_statement: OnStatement,
}

/// A transaction; rolled back if it is dropped without a commit.
pub struct Transaction {
    lease: Mutex<Lease>,
    backend: DbBackend,
    on_statement: OnStatement,
}

impl Connections {
    async fn ask<A: Ask>(&self, question: A) -> Result<A::Answer, DbErr> {
        let mut lease = Lease::of(self.pool.acquire().await?).await?;
        if !self.always_begins {
            return watched(&self.on_statement, &mut lease, self.read_only, question).await;
        }
        lease.begin(&self.begin).await?;
        let answer = watched(&self.on_statement, &mut lease, self.read_only, question).await?;
        lease.end("COMMIT").await?;
        Ok(answer)
    }

    /// Begins a writing transaction; on SQLite it holds the one writer from its first statement.
    pub(super) async fn begin(&self) -> Result<Transaction> {
        let mut lease = Lease::of(self.pool.acquire().await?).await?;
        lease.begin(&self.begin).await?;
        let on_statement = self.on_statement.clone();
        Ok(Transaction { lease: Mutex::new(lease), backend: self.backend, on_statement })
    }
}

impl Transaction {
    async fn ask<A: Ask>(&self, question: A) -> Result<A::Answer, DbErr> {
        let mut lease = self.lease.lock().await;
        watched(&self.on_statement, &mut lease, false, question).await
    }

    /// Commits the transaction.
    pub async fn commit(self) -> Result<(), DbErr> {
        self.lease.into_inner().end("COMMIT").await
    }

    /// Runs a last statement without values and commits the transaction, in one round trip.
    pub async fn commit_after(self, last: &str) -> Result<(), DbErr> {
        self.lease.into_inner().end(&format!("{last}; COMMIT")).await
    }

    /// Rolls the transaction back.
    pub async fn rollback(self) -> Result<(), DbErr> {
        self.lease.into_inner().end("ROLLBACK").await
    }
}

async fn watched<A: Ask>(
    on_statement: &OnStatement,
    lease: &mut Lease,
    read_only: bool,
    question: A,
) -> Result<A::Answer, DbErr> {
    let Some(callback) = on_statement.get() else { return lease.ask(read_only, question).await };
    let sql = question.sql().map(ToOwned::to_owned);
    let answer = lease.ask(read_only, question).await;
    if let Some(sql) = sql {
        callback(&sql);
    }
    answer
}

/// Lets SeaORM run its statements here.
macro_rules! asks {
    ($($type:ident)*) => {$(
        #[async_trait::async_trait]
        impl ConnectionTrait for $type {
            fn get_database_backend(&self) -> DbBackend {
                self.backend
            }

            async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
                self.ask(Execute(statement)).await
            }

            async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
                self.ask(Script(sql)).await
            }

            async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
                self.ask(One(statement)).await
            }

            async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
                self.ask(All(statement)).await
            }
        }
    )*};
}

asks! { Connections Transaction }
