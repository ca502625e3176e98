//! Events that are committed and wait for their positions, so that changes need not wait for each other.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, big_pk_auto, text},
    sea_orm::DbBackend,
};

use crate::references;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(pending_events()).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            // Events are now checked as they become pending. Checked again as they are numbered, they
            // would wait for the next change of their job, and all others for them.
            let key = ForeignKey::drop().name(KEY).table("job_events").to_owned();
            manager.drop_foreign_key(key).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Postgres {
            manager.create_foreign_key(references("job_events", "job_id", "jobs", "id")).await?;
        }
        manager.drop_table(Table::drop().table("pending_events").to_owned()).await
    }
}

/// That an event is of a job.
const KEY: &str = "fk-job_events-job_id";

fn pending_events() -> TableCreateStatement {
    Table::create()
        .table("pending_events")
        .col(big_pk_auto("id"))
        .col(big_integer("job_id"))
        .col(big_integer_null("actor_id"))
        .col(big_integer_null("api_key_id"))
        .col(text("kind"))
        .col(text("data"))
        .col(big_integer("created_at"))
        .foreign_key(&mut references("pending_events", "job_id", "jobs", "id"))
        .to_owned()
}
