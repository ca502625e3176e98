//! Lists of jobs evaluate their filters within the index that they scan, without reading rows.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Columns of the indexes that lists of jobs scan, and the columns that each now includes.
const WIDENED: &[(&[&str], &[&str])] = &[
    (&["created_at", "id"], &["status", "estimated_amount", "city_folded", "job_type"]),
    (&["owner_id", "created_at", "id"], &["status"]),
    (&["status", "created_at", "id"], &["estimated_amount", "city_folded", "job_type"]),
    (&["status", "estimated_amount", "id"], &["created_at", "city_folded", "job_type"]),
    (&["status", "city_folded", "created_at", "id"], &["estimated_amount", "job_type"]),
    (&["status", "city_folded", "estimated_amount", "id"], &["created_at", "job_type"]),
    (&["status", "job_type", "created_at", "id"], &["estimated_amount", "city_folded"]),
    (&["status", "job_type", "estimated_amount", "id"], &["created_at", "city_folded"]),
];

/// The list of accounts, newest first, which had to be sorted before.
const PEOPLE: (&str, [&str; 2]) = ("idx-users-created_at-id", ["created_at", "id"]);

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (columns, carried) in WIDENED {
            manager.create_index(wide(columns, carried)).await?;
            manager.drop_index(dropped("jobs", &narrow_name(columns))).await?;
        }
        let (name, columns) = PEOPLE;
        manager.create_index(index("users", name, columns.iter())).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(dropped("users", PEOPLE.0)).await?;
        for (columns, _) in WIDENED {
            let name = narrow_name(columns);
            manager.create_index(index("jobs", &name, columns.iter())).await?;
            manager.drop_index(dropped("jobs", &wide_name(columns))).await?;
        }
        Ok(())
    }
}

fn wide(columns: &[&'static str], carried: &[&'static str]) -> IndexCreateStatement {
    index("jobs", &wide_name(columns), columns.iter().chain(carried))
}

fn narrow_name(columns: &[&str]) -> String {
    format!("idx-jobs-{}", columns.join("-"))
}

fn wide_name(columns: &[&str]) -> String {
    format!("{}-wide", narrow_name(columns))
}

fn index<'a>(
    table: &'static str,
    name: &str,
    columns: impl Iterator<Item = &'a &'static str>,
) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

fn dropped(table: &'static str, name: &str) -> IndexDropStatement {
    Index::drop().name(name).table(table).to_owned()
}
