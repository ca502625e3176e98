//! Counts how often an application was sent: withdrawn ones are sent again instead of adding rows.
//! Older duplicate rows stay and are counted together.

use sea_orm_migration::{prelude::*, schema::big_integer};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const COLUMN: &str = "times_sent";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut column = big_integer(COLUMN);
        let table = Table::alter().table("applications").add_column(column.default(1)).to_owned();
        manager.alter_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::alter().table("applications").drop_column(COLUMN).to_owned();
        manager.alter_table(table).await
    }
}
