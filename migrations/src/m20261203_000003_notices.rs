//! What people are told of their jobs, how they want it mailed, and how far the log was followed.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, big_pk_auto, text, text_null},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(notices()).await?;
        manager.create_table(notice_preferences()).await?;
        manager.create_table(followers()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        // Nobody is told of what happened before there were notices.
        let db = manager.get_connection();
        let at_the_end = "INSERT INTO followers (name, position) \
             SELECT 'notices', COALESCE(MAX(position), 0) FROM job_events";
        db.execute_unprepared(at_the_end).await?;
        db.execute_unprepared("INSERT INTO followers (name, position) VALUES ('tomorrow', 0)")
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(MAILED).table("outbox").to_owned()).await?;
        for table in ["followers", "notice_preferences", "notices"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// How many mails a person got lately.
const MAILED: &str = "idx-outbox-user_id-created_at";

/// Refers to no other table by a key: whoever writes notices must not wait for those who hold jobs.
fn notices() -> TableCreateStatement {
    Table::create()
        .table("notices")
        .col(big_pk_auto("id"))
        .col(big_integer("user_id"))
        .col(text("kind"))
        .col(text("source"))
        .col(big_integer("job_id"))
        .col(big_integer_null("application_id"))
        .col(big_integer_null("actor_id"))
        .col(big_integer("created_at"))
        .col(big_integer_null("read_at"))
        .col(big_integer_null("mail_at"))
        .to_owned()
}

fn notice_preferences() -> TableCreateStatement {
    Table::create()
        .table("notice_preferences")
        .col(big_integer("user_id"))
        .col(text("kind"))
        .col(text("delivery"))
        .primary_key(Index::create().col("user_id").col("kind"))
        .to_owned()
}

fn followers() -> TableCreateStatement {
    Table::create()
        .table("followers")
        .col(text("name").primary_key())
        .col(big_integer("position"))
        .col(text_null("holder"))
        .col(big_integer_null("held_until"))
        .to_owned()
}

fn indexes() -> [IndexCreateStatement; 5] {
    let on_notices = |name: &str, columns: &[&'static str]| {
        let mut index = Index::create();
        index.name(name).table("notices");
        for column in columns {
            index.col(*column);
        }
        index
    };
    [
        on_notices("idx-notices-user_id-kind-source", &["user_id", "kind", "source"])
            .unique()
            .to_owned(),
        on_notices("idx-notices-user_id-id", &["user_id", "id"]),
        on_notices("idx-notices-unread", &["user_id", "id"])
            .and_where(Expr::col("read_at").is_null())
            .to_owned(),
        on_notices("idx-notices-to-mail", &["mail_at", "user_id"])
            .and_where(Expr::col("mail_at").is_not_null())
            .to_owned(),
        Index::create().name(MAILED).table("outbox").col("user_id").col("created_at").to_owned(),
    ]
}
