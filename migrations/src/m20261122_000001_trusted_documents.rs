//! API keys that run trusted documents only.

use sea_orm_migration::{prelude::*, schema::boolean};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const COLUMN: &str = "trusted_documents_only";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut column = boolean(COLUMN);
        let table = Table::alter().table("api_keys").add_column(column.default(false)).to_owned();
        manager.alter_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::alter().table("api_keys").drop_column(COLUMN).to_owned();
        manager.alter_table(table).await
    }
}
