//! The texts that jobs are found by, folded, with a full-text index.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, text},
    sea_orm::DbBackend,
};

use crate::references;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The jobs whose index is not of the newest kind are looked for again and again.
const STALE: &str = "idx-jobs-indexed";

/// The tokens are our own, so that the simplest tokenizer does. What is deleted leaves no bytes behind.
const SQLITE: [&str; 2] = [
    "CREATE VIRTUAL TABLE job_words USING fts5(words, content='', detail=none, columnsize=0, tokenize='ascii')",
    "INSERT INTO job_words (job_words, rank) VALUES ('secure-delete', 1)",
];

/// Each search reads the words that wait to be sorted into the index, so they are kept few.
const POSTGRES: [&str; 2] = [
    "CREATE TABLE job_words (job_id bigint PRIMARY KEY REFERENCES jobs (id), words tsvector NOT NULL)",
    "CREATE INDEX \"idx-job_words-words\" ON job_words USING gin (words) WITH (gin_pending_list_limit = 256)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let indexed = big_integer("indexed").default(0).to_owned();
        manager.alter_table(Table::alter().table("jobs").add_column(indexed).to_owned()).await?;
        let stale = Index::create().name(STALE).table("jobs").col("indexed").to_owned();
        manager.create_index(stale).await?;
        manager.create_table(job_texts()).await?;
        let words = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        for statement in words {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared("DROP TABLE job_words").await?;
        manager.drop_table(Table::drop().table("job_texts").to_owned()).await?;
        manager.drop_index(Index::drop().name(STALE).table("jobs").to_owned()).await?;
        let indexed = Table::alter().table("jobs").drop_column("indexed").to_owned();
        manager.alter_table(indexed).await
    }
}

fn job_texts() -> TableCreateStatement {
    Table::create()
        .table("job_texts")
        .col(big_integer("job_id").primary_key())
        .col(text("text"))
        .foreign_key(&mut references("job_texts", "job_id", "jobs", "id"))
        .to_owned()
}
