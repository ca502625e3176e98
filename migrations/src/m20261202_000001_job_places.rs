//! Where jobs are and how many people apply to them, in columns; and the lists that need both, or the day
//! of the work.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, string},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The indexes of lists in a district, in the order of the days (jobs without one come last), and of jobs
/// without applications. Their other columns are carried, so that filters read no rows.
const INDEXES: [(&str, &str); 3] = [
    (
        "idx-jobs-status-district",
        "(status, district, created_at, id, estimated_amount, job_type, scheduled_at)",
    ),
    (
        "idx-jobs-status-scheduled",
        "(status, COALESCE(scheduled_at, 9223372036854775807), id, created_at, estimated_amount, city_folded, \
         job_type, scheduled_at)",
    ),
    (
        "idx-jobs-without_applications",
        "(status, created_at, id, estimated_amount, city_folded, job_type, scheduled_at) \
         WHERE application_count = 0",
    ),
];

/// Applications that were not withdrawn.
const COUNT: &str = "UPDATE jobs SET application_count = \
    (SELECT COUNT(*) FROM applications WHERE job_id = jobs.id AND status <> 'withdrawn') \
    WHERE id IN (SELECT job_id FROM applications WHERE status <> 'withdrawn')";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [string("district").default(""), big_integer("application_count").default(0)]
        {
            let column = Table::alter().table("jobs").add_column(column).to_owned();
            manager.alter_table(column).await?;
        }
        let db = manager.get_connection();
        db.execute_unprepared(COUNT).await?;
        for (name, columns) in INDEXES {
            let index = format!("CREATE INDEX \"{name}\" ON jobs {columns}");
            db.execute_unprepared(&index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, _) in INDEXES {
            manager.drop_index(Index::drop().name(name).table("jobs").to_owned()).await?;
        }
        for column in ["application_count", "district"] {
            let column = Table::alter().table("jobs").drop_column(column).to_owned();
            manager.alter_table(column).await?;
        }
        Ok(())
    }
}
