//! Locks that a test holds on PostgreSQL, so that a mutation has to wait for them.

use find_helper::domain::store::database::Transaction;
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement};
use tokio::task::JoinHandle;

use super::TestApp;

/// How often the database is asked whether somebody waits.
const TRIES: usize = 20_000;

/// A transaction of the test.
pub(crate) struct Held {
    tx: Transaction,
    process: i32,
}

#[derive(FromQueryResult)]
struct Process {
    pid: i32,
}

impl Held {
    /// Runs statements whose locks are held until the commit, which also publishes their changes.
    pub(crate) async fn by(app: &TestApp, sql: &str) -> Self {
        let tx = app.services.db.begin().await.unwrap();
        tx.execute_unprepared(sql).await.unwrap();
        let own = Statement::from_string(DbBackend::Postgres, "SELECT pg_backend_pid() AS pid");
        let process = Process::find_by_statement(own).one(&tx).await.unwrap().unwrap().pid;
        Self { tx, process }
    }

    /// Waits until somebody waits for the locks; returns whether that was before the task ended.
    pub(crate) async fn is_wanted_by<T>(&self, app: &TestApp, task: &JoinHandle<T>) -> bool {
        let waiting = Statement::from_sql_and_values(
            DbBackend::Postgres,
            "SELECT pid FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid))",
            [self.process.into()],
        );
        for _ in 0..TRIES {
            let db = app.services.db.read();
            let found = Process::find_by_statement(waiting.clone()).one(db).await.unwrap();
            if found.is_some() || task.is_finished() {
                return found.is_some();
            }
            tokio::task::yield_now().await;
        }
        panic!("nobody waits");
    }

    pub(crate) async fn commit(self) {
        self.tx.commit().await.unwrap();
    }
}
