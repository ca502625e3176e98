//! The PostgreSQL database that is moved to: rows come as JSON, and PostgreSQL gives each value the type of its column.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, QueryResult, Statement, Value};

use super::source::Table;
use crate::error::Result;

const ANY_TABLE: &str = "SELECT relname::text FROM pg_class \
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f') LIMIT 1";

/// The name of some table, if there is one.
pub(super) async fn any_table(tx: &DatabaseTransaction) -> Result<Option<String>> {
    let row = one(tx, ANY_TABLE, []).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
}

/// Deletes the rows of a table, if it has some: those of the audit log could not be deleted.
pub(super) async fn empty(tx: &DatabaseTransaction, table: &Table) -> Result<()> {
    if count(tx, table).await? > 0 {
        tx.execute_unprepared(&format!("DELETE FROM \"{}\"", table.name)).await?;
    }
    Ok(())
}

/// Writes the rows of a JSON array.
pub(super) async fn insert(tx: &DatabaseTransaction, table: &Table, rows: &str) -> Result<()> {
    let (name, columns) = (&table.name, listed(&table.columns));
    let sql = format!(
        "INSERT INTO \"{name}\" ({columns}) OVERRIDING SYSTEM VALUE \
         SELECT {columns} FROM json_populate_recordset(NULL::\"{name}\", $1::json)"
    );
    tx.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, [rows.into()])).await?;
    Ok(())
}

/// The stored rows with the primary keys of these, as a JSON array.
pub(super) async fn rows_of(tx: &DatabaseTransaction, table: &Table, rows: &str) -> Result<String> {
    let (name, key) = (&table.name, listed(&table.key));
    let sql = format!(
        "SELECT coalesce(json_agg(row_to_json(stored)), '[]')::text \
         FROM json_populate_recordset(NULL::\"{name}\", $1::json) given JOIN \"{name}\" stored USING ({key})"
    );
    let row = one(tx, &sql, [rows.into()]).await?;
    Ok(row.map_or(Ok(String::from("[]")), |row| row.try_get_by_index(0))?)
}

/// How many rows a table has.
pub(super) async fn count(tx: &DatabaseTransaction, table: &Table) -> Result<u64> {
    let row = one(tx, &format!("SELECT count(*) FROM \"{}\"", table.name), []).await?;
    let count: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    Ok(count.unsigned_abs())
}

/// Lets a table give the ids behind this one.
pub(super) async fn go_on_after(tx: &DatabaseTransaction, table: &str, last: i64) -> Result<()> {
    let sql = "SELECT setval(pg_get_serial_sequence($1, 'id'), $2)";
    one(tx, sql, [table.into(), last.into()]).await?;
    Ok(())
}

/// Tells the planner what the tables hold now.
pub(super) async fn analyze(tx: &DatabaseTransaction) -> Result<()> {
    tx.execute_unprepared("ANALYZE").await?;
    Ok(())
}

fn listed(columns: &[String]) -> String {
    columns.iter().map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(", ")
}

async fn one<const N: usize>(
    tx: &DatabaseTransaction,
    sql: &str,
    values: [Value; N],
) -> Result<Option<QueryResult>> {
    Ok(tx.query_one_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?)
}
