//! Indexes of the jobs that will expire, which is asked every second, and of those whose work will begin.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const UP: [&str; 3] = [
    "CREATE INDEX \"idx-jobs-expires_at\" ON jobs (expires_at) WHERE status IN ('published', 'paused')",
    "CREATE INDEX \"idx-jobs-scheduled_at\" ON jobs (scheduled_at) WHERE status = 'assigned'",
    "DROP INDEX \"idx-jobs-status-expires_at\"",
];

const DOWN: [&str; 3] = [
    "CREATE INDEX \"idx-jobs-status-expires_at\" ON jobs (status, expires_at)",
    "DROP INDEX \"idx-jobs-scheduled_at\"",
    "DROP INDEX \"idx-jobs-expires_at\"",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, DOWN).await
    }
}

async fn run(manager: &SchemaManager<'_>, statements: [&str; 3]) -> Result<(), DbErr> {
    for statement in statements {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}
