//! What people are told by time instead of by an event: how far each kind was looked at, and indexes to look along.

use sea_orm_migration::{prelude::*, schema::big_integer};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// A day, in milliseconds.
const DAY: i64 = 86_400_000;

/// What the last event says of the time: nobody is told of what was due before.
const LAST: &str =
    "COALESCE((SELECT created_at FROM job_events ORDER BY position DESC LIMIT 1), 0)";

const INDEXES: [&str; 2] = [
    "CREATE INDEX \"idx-jobs-completed_at\" ON jobs (completed_at) WHERE status = 'completed'",
    "CREATE INDEX \"idx-reviews-visible_at\" ON reviews (visible_at)",
];

const DOWN: [&str; 3] = [
    "DROP INDEX \"idx-reviews-visible_at\"",
    "DROP INDEX \"idx-jobs-completed_at\"",
    "DELETE FROM followers WHERE name IN ('expiring', 'beginning', 'unreviewed', 'opened')",
];

fn last_id() -> ColumnDef {
    let mut column = big_integer("last_id");
    column.default(0);
    column
}

/// The row `tomorrow` stays for the previous release.
fn followers() -> [String; 3] {
    let from_tomorrow = |name: &str| {
        format!(
            "INSERT INTO followers (name, position) \
             SELECT '{name}', position + {DAY} FROM followers WHERE name = 'tomorrow'"
        )
    };
    let reviews = format!(
        "INSERT INTO followers (name, position) VALUES ('unreviewed', {LAST} - {DAY}), ('opened', {LAST})"
    );
    [from_tomorrow("expiring"), from_tomorrow("beginning"), reviews]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::alter().table("followers").add_column(last_id()).to_owned();
        manager.alter_table(table).await?;
        let db = manager.get_connection();
        for statement in followers().iter().map(String::as_str).chain(INDEXES) {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in DOWN {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        let table = Table::alter().table("followers").drop_column("last_id").to_owned();
        manager.alter_table(table).await
    }
}
