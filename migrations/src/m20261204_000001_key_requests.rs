//! How the requests of API keys ended, and the last of each key.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, big_pk_auto, string, string_null},
};

use crate::references;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Counts in addition to those of requests that a limit refused.
const COUNTS: [&str; 2] = ["client_errors", "server_errors"];

fn requests() -> TableCreateStatement {
    Table::create()
        .table("api_key_requests")
        .col(big_pk_auto("id"))
        .col(big_integer("api_key_id"))
        .col(big_integer("at"))
        .col(string("request_id"))
        .col(string("route"))
        .col(string_null("operation"))
        .col(big_integer_null("status"))
        .col(string_null("code"))
        .col(big_integer("duration_ms"))
        .foreign_key(&mut references("api_key_requests", "api_key_id", "api_keys", "id"))
        .to_owned()
}

fn by_key() -> IndexCreateStatement {
    Index::create()
        .name("idx-api_key_requests-api_key_id-at")
        .table("api_key_requests")
        .col("api_key_id")
        .col("at")
        .to_owned()
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in COUNTS {
            let mut count = big_integer(name);
            count.default(0);
            let table = Table::alter().table("api_key_usage").add_column(count).to_owned();
            manager.alter_table(table).await?;
        }
        manager.create_table(requests()).await?;
        manager.create_index(by_key()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("api_key_requests").to_owned()).await?;
        for name in COUNTS {
            let table = Table::alter().table("api_key_usage").drop_column(name).to_owned();
            manager.alter_table(table).await?;
        }
        Ok(())
    }
}
