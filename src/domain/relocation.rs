//! Moving an installation from an SQLite file to an empty PostgreSQL database.
//!
//! All of it is one transaction of PostgreSQL: an interrupted move leaves nothing behind, and is repeated.

mod refusal;
mod source;
mod target;

use sea_orm::DatabaseTransaction;

pub use self::refusal::Refusal;
use self::source::{Source, Table};
use crate::{
    config::Config,
    domain::{
        jobs::job,
        store::database::{Database, schema},
    },
    error::{Error, Result},
};

/// Written from the jobs, as is the index that no row can be read from; compared like any other table.
const DERIVED: &str = "job_texts";

/// Moves every row and compares it; returns the number of rows of each table. Refused for what [`Refusal`]
/// names; the file is not changed.
pub async fn relocate(from: &Config, to: &Config) -> Result<Vec<(String, u64)>> {
    let source = Source::open(from).await?;
    let db = Database::connect(to).await?;
    let connection = db.unlimited().await?;
    let tx = db.begin_schema(&connection).await?;
    if let Some(table) = target::any_table(&tx).await? {
        return Err(Refusal::NotEmpty(table).into());
    }
    schema::bring_up(&tx).await?;
    let tables = source.tables().await?;
    fill(&source, &tx, &tables).await?;
    let mut moved = Vec::new();
    for table in &tables {
        moved.push((table.name.clone(), compare(&source, &tx, table).await?));
    }
    tx.commit().await?;
    connection.close().await?;
    source.close().await?;
    db.close().await?;
    Ok(moved)
}

async fn fill(source: &Source, tx: &DatabaseTransaction, tables: &[Table]) -> Result<()> {
    // Migrations have filled some tables: their rows come from the file too.
    for table in tables.iter().rev() {
        target::empty(tx, table).await?;
    }
    for table in tables.iter().filter(|table| table.name != DERIVED) {
        let mut after = 0;
        while let Some(batch) = source.batch(table, after).await? {
            target::insert(tx, table, &batch.rows).await?;
            after = batch.last;
        }
        tracing::info!(table = table.name, "table copied");
    }
    job::index::rebuild(tx).await?;
    for (table, last) in source.sequences().await? {
        target::go_on_after(tx, &table, last).await?;
    }
    target::analyze(tx).await
}

/// Compares every row as both databases tell it; returns their number.
async fn compare(source: &Source, tx: &DatabaseTransaction, table: &Table) -> Result<u64> {
    let (mut after, mut count) = (0, 0);
    while let Some(batch) = source.batch(table, after).await? {
        let stored = target::rows_of(tx, table, &batch.rows).await?;
        let rows = canonical(&batch.rows)?;
        if rows != canonical(&stored)? {
            return Err(Refusal::Differs(table.name.clone()).into());
        }
        count += rows.len() as u64;
        after = batch.last;
    }
    if target::count(tx, table).await? != count {
        return Err(Refusal::Differs(table.name.clone()).into());
    }
    Ok(count)
}

/// The rows of a JSON array in one order, with one form of booleans, which are numbers on SQLite.
fn canonical(rows: &str) -> Result<Vec<String>> {
    use serde_json::Value;
    use std::collections::BTreeMap;
    let rows: Vec<BTreeMap<String, Value>> = serde_json::from_str(rows).map_err(Error::internal)?;
    let number = |value| match value {
        Value::Bool(value) => i64::from(value).into(),
        value => value,
    };
    let line = |row: BTreeMap<String, Value>| {
        let row: BTreeMap<_, _> =
            row.into_iter().map(|(name, value)| (name, number(value))).collect();
        serde_json::to_string(&row).map_err(Error::internal)
    };
    let mut lines = rows.into_iter().map(line).collect::<Result<Vec<_>>>()?;
    lines.sort_unstable();
    Ok(lines)
}
