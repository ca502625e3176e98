//! Users, their sessions, refresh tokens, mail tokens and API keys.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, big_pk_auto, string, string_null, string_uniq, text},
};

use crate::references;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [users(), sessions(), refresh_tokens(), mail_tokens(), api_keys()] {
            manager.create_table(table).await?;
        }
        for (table, column) in [
            ("sessions", "user_id"),
            ("refresh_tokens", "session_id"),
            ("mail_tokens", "user_id"),
            ("api_keys", "user_id"),
        ] {
            let index = Index::create()
                .name(format!("idx-{table}-{column}"))
                .table(table)
                .col(column)
                .to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["api_keys", "mail_tokens", "refresh_tokens", "sessions", "users"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn users() -> TableCreateStatement {
    Table::create()
        .table("users")
        .col(big_pk_auto("id"))
        .col(string("name"))
        .col(string("email"))
        .col(string_uniq("email_canonical"))
        .col(string_null("phone"))
        .col(string("password_hash"))
        .col(text("role"))
        .col(big_integer_null("verified_at"))
        .col(big_integer_null("suspended_at"))
        .col(string_null("suspended_reason"))
        .col(big_integer_null("deleted_at"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .to_owned()
}

fn sessions() -> TableCreateStatement {
    Table::create()
        .table("sessions")
        .col(big_pk_auto("id"))
        .col(big_integer("user_id"))
        .col(text("refresh_mode"))
        .col(string_null("user_agent"))
        .col(string_null("address"))
        .col(big_integer("created_at"))
        .col(big_integer("last_used_at"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("revoked_at"))
        .foreign_key(&mut references("sessions", "user_id", "users", "id"))
        .to_owned()
}

fn refresh_tokens() -> TableCreateStatement {
    Table::create()
        .table("refresh_tokens")
        .col(big_pk_auto("id"))
        .col(big_integer("session_id"))
        .col(string_uniq("digest"))
        .col(big_integer("created_at"))
        .col(big_integer_null("replaced_at"))
        .col(big_integer_null("used_at"))
        .foreign_key(&mut references("refresh_tokens", "session_id", "sessions", "id"))
        .to_owned()
}

fn mail_tokens() -> TableCreateStatement {
    Table::create()
        .table("mail_tokens")
        .col(big_pk_auto("id"))
        .col(big_integer("user_id"))
        .col(text("purpose"))
        .col(string("email"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("used_at"))
        .foreign_key(&mut references("mail_tokens", "user_id", "users", "id"))
        .to_owned()
}

fn api_keys() -> TableCreateStatement {
    Table::create()
        .table("api_keys")
        .col(big_pk_auto("id"))
        .col(big_integer("user_id"))
        .col(string("name"))
        .col(string_uniq("public_id"))
        .col(string("secret_digest"))
        .col(string("scopes"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("revoked_at"))
        .col(big_integer_null("last_used_at"))
        .foreign_key(&mut references("api_keys", "user_id", "users", "id"))
        .to_owned()
}
