//! Reviews of people by those they worked with, and reports of reviews to administrators.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, big_pk_auto, text, text_null},
};

use crate::references;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The second index has all that a rating is computed from; the last one has open reports at its end.
const INDEXES: [(&str, &str); 6] = [
    ("CREATE UNIQUE INDEX \"idx-reviews-one-per-author\"", "reviews (job_id, author_id)"),
    (
        "CREATE INDEX \"idx-reviews-reviewed_id-visible_at\"",
        "reviews (reviewed_id, visible_at, id, hidden_at, rating)",
    ),
    ("CREATE INDEX \"idx-reviews-author_id\"", "reviews (author_id, id)"),
    (
        "CREATE UNIQUE INDEX \"idx-review_reports-one-per-reporter\"",
        "review_reports (review_id, reporter_id)",
    ),
    ("CREATE INDEX \"idx-review_reports-reporter_id\"", "review_reports (reporter_id, id)"),
    (
        "CREATE INDEX \"idx-review_reports-settled_at\"",
        "review_reports (COALESCE(settled_at, 9223372036854775807), id)",
    ),
];
/// Counts the jobs that somebody has done; written to only when one is completed.
const DONE: &str =
    "CREATE INDEX \"idx-jobs-completed\" ON jobs (assignee_id) WHERE status = 'completed'";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(reviews()).await?;
        manager.create_table(reports()).await?;
        let db = manager.get_connection();
        for (create, columns) in INDEXES {
            db.execute_unprepared(&format!("{create} ON {columns}")).await?;
        }
        db.execute_unprepared(DONE).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::drop().name("idx-jobs-completed").table("jobs").to_owned();
        manager.drop_index(index).await?;
        for table in ["review_reports", "reviews"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn reviews() -> TableCreateStatement {
    Table::create()
        .table("reviews")
        .col(big_pk_auto("id"))
        .col(big_integer("job_id"))
        .col(big_integer("author_id"))
        .col(big_integer("reviewed_id"))
        .col(big_integer("rating"))
        .col(text("text"))
        .col(text_null("reply"))
        .col(big_integer_null("replied_at"))
        .col(big_integer("created_at"))
        .col(big_integer("visible_at"))
        .col(big_integer_null("hidden_at"))
        .col(text_null("hidden_reason"))
        .foreign_key(&mut references("reviews", "job_id", "jobs", "id"))
        .foreign_key(&mut references("reviews", "author_id", "users", "id"))
        .foreign_key(&mut references("reviews", "reviewed_id", "users", "id"))
        .to_owned()
}

fn reports() -> TableCreateStatement {
    Table::create()
        .table("review_reports")
        .col(big_pk_auto("id"))
        .col(big_integer("review_id"))
        .col(big_integer("reporter_id"))
        .col(text("reason"))
        .col(text("status"))
        .col(big_integer("created_at"))
        .col(big_integer_null("settled_at"))
        .foreign_key(&mut references("review_reports", "review_id", "reviews", "id"))
        .foreign_key(&mut references("review_reports", "reporter_id", "users", "id"))
        .to_owned()
}
