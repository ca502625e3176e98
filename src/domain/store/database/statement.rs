//! Statements and the form of their results.

use sea_orm::{ConnectionTrait, DbErr, ExecResult, QueryResult, Statement};

pub(super) trait Ask: Send + 'static {
    type Answer: Send + 'static;

    fn ask(
        self,
        db: &(impl ConnectionTrait + Send),
    ) -> impl Future<Output = Result<Self::Answer, DbErr>> + Send;
}

/// Changes rows.
pub(super) struct Execute(pub Statement);
/// Runs any number of statements without parameters.
pub(super) struct Script(pub String);
/// Reads the first row.
pub(super) struct One(pub Statement);
/// Reads all rows.
pub(super) struct All(pub Statement);

impl Ask for Execute {
    type Answer = ExecResult;

    async fn ask(self, db: &(impl ConnectionTrait + Send)) -> Result<ExecResult, DbErr> {
        db.execute_raw(self.0).await
    }
}

impl Ask for Script {
    type Answer = ExecResult;

    async fn ask(self, db: &(impl ConnectionTrait + Send)) -> Result<ExecResult, DbErr> {
        db.execute_unprepared(&self.0).await
    }
}

impl Ask for One {
    type Answer = Option<QueryResult>;

    async fn ask(self, db: &(impl ConnectionTrait + Send)) -> Result<Option<QueryResult>, DbErr> {
        db.query_one_raw(self.0).await
    }
}

impl Ask for All {
    type Answer = Vec<QueryResult>;

    async fn ask(self, db: &(impl ConnectionTrait + Send)) -> Result<Vec<QueryResult>, DbErr> {
        db.query_all_raw(self.0).await
    }
}
