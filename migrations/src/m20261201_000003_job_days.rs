//! Lists of jobs also evaluate the day of the work within the index that they scan.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Columns of the indexes that lists of jobs scan, and what each carried so far.
const LISTS: &[(&[&str], &[&str])] = &[
    (&["created_at", "id"], &["status", "estimated_amount", "city_folded", "job_type"]),
    (&["status", "created_at", "id"], &["estimated_amount", "city_folded", "job_type"]),
    (&["status", "estimated_amount", "id"], &["created_at", "city_folded", "job_type"]),
    (&["status", "city_folded", "created_at", "id"], &["estimated_amount", "job_type"]),
    (&["status", "city_folded", "estimated_amount", "id"], &["created_at", "job_type"]),
    (&["status", "job_type", "created_at", "id"], &["estimated_amount", "city_folded"]),
    (&["status", "job_type", "estimated_amount", "id"], &["created_at", "city_folded"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (columns, carried) in LISTS {
            let carried = carried.iter().chain(&["scheduled_at"]);
            manager.create_index(index(columns, "days", carried)).await?;
            manager.drop_index(dropped(columns, "wide")).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (columns, carried) in LISTS {
            manager.create_index(index(columns, "wide", carried.iter())).await?;
            manager.drop_index(dropped(columns, "days")).await?;
        }
        Ok(())
    }
}

fn name(columns: &[&str], kind: &str) -> String {
    format!("idx-jobs-{}-{kind}", columns.join("-"))
}

fn index<'a>(
    columns: &'a [&'static str],
    kind: &str,
    carried: impl Iterator<Item = &'a &'static str>,
) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name(columns, kind)).table("jobs");
    for column in columns.iter().chain(carried) {
        index.col(*column);
    }
    index
}

fn dropped(columns: &[&str], kind: &str) -> IndexDropStatement {
    Index::drop().name(name(columns, kind)).table("jobs").to_owned()
}
