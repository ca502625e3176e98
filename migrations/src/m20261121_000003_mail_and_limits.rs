//! Queued mails, and the daily request counts.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, big_pk_auto, string, string_null, string_uniq, text,
        text_null,
    },
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(outbox()).await?;
        manager.create_table(daily_counts()).await?;
        manager
            .create_index(
                Index::create()
                    .name("idx-outbox-due")
                    .table("outbox")
                    .col("next_attempt_at")
                    .and_where(Expr::col("done_at").is_null())
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["daily_counts", "outbox"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn outbox() -> TableCreateStatement {
    Table::create()
        .table("outbox")
        .col(big_pk_auto("id"))
        .col(string_uniq("message_id"))
        .col(text("kind"))
        .col(big_integer("user_id"))
        .col(big_integer_null("mail_token_id"))
        .col(big_integer("attempts"))
        .col(big_integer("next_attempt_at"))
        .col(string_null("last_error"))
        .col(big_integer("created_at"))
        .col(big_integer_null("done_at"))
        .col(text_null("outcome"))
        .to_owned()
}

fn daily_counts() -> TableCreateStatement {
    Table::create()
        .table("daily_counts")
        .col(string("bucket"))
        .col(big_integer("day"))
        .col(big_integer("count"))
        .primary_key(Index::create().col("bucket").col("day"))
        .to_owned()
}
