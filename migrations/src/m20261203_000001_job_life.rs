//! The whole life of a job: what was agreed, when work was reported, completed and disputed, what one side
//! proposes to the other, and whose answered application may be sent again.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer_null, boolean, text_null},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const MAY_RETURN: &str = "may_return";

/// What jobs of earlier releases say by other means. Nothing can be pending after an acceptance, so whoever was
/// rejected then or later was rejected for the person who was accepted.
const BACKFILL: [&str; 3] = [
    "UPDATE jobs SET completed_at = updated_at WHERE status = 'completed'",
    "UPDATE jobs SET agreed_amount = (
        SELECT COALESCE(offered_amount, estimated_amount) FROM applications
        WHERE job_id = jobs.id AND applications.status = 'accepted' LIMIT 1)
     WHERE id IN (SELECT job_id FROM applications WHERE status = 'accepted')",
    "UPDATE applications SET may_return = TRUE WHERE status = 'rejected' AND EXISTS (
        SELECT 1 FROM applications accepted JOIN jobs ON jobs.id = accepted.job_id
        WHERE accepted.job_id = applications.job_id AND accepted.status = 'accepted'
            AND jobs.status = 'assigned' AND accepted.updated_at <= applications.updated_at)",
];

/// Finds the reports whose time to answer is over.
const REPORTED: &str =
    "CREATE INDEX \"idx-jobs-reported_at\" ON jobs (reported_at) WHERE status = 'reported_done'";

fn columns() -> Vec<ColumnDef> {
    let numbers = ["agreed_amount", "reported_at", "completed_at", "disputed_at", "proposed_by"];
    let mut columns: Vec<ColumnDef> = numbers.into_iter().map(big_integer_null).collect();
    columns.push(text_null("proposal"));
    columns
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in columns() {
            let table = Table::alter().table("jobs").add_column(column).to_owned();
            manager.alter_table(table).await?;
        }
        let mut column = boolean(MAY_RETURN);
        let table =
            Table::alter().table("applications").add_column(column.default(false)).to_owned();
        manager.alter_table(table).await?;
        let db = manager.get_connection();
        for statement in BACKFILL.into_iter().chain([REPORTED]) {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::drop().name("idx-jobs-reported_at").table("jobs").to_owned();
        manager.drop_index(index).await?;
        for column in columns() {
            let name = column.get_column_name().clone();
            let table = Table::alter().table("jobs").drop_column(Alias::new(name)).to_owned();
            manager.alter_table(table).await?;
        }
        let table = Table::alter().table("applications").drop_column(MAY_RETURN).to_owned();
        manager.alter_table(table).await
    }
}
