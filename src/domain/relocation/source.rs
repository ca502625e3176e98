//! The SQLite file that is moved: its tables, and their rows in batches of JSON.

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, QueryResult, Statement, Value,
};

use super::refusal::Refusal;
use crate::{
    config::{Backend, Config},
    domain::store::database::Database,
    error::{Error, Result},
};

/// Rows that are in memory at once.
const BATCH: i64 = 1_000;

/// Every table that holds rows of ours: those of the full-text index are written anew.
const TABLES: &str = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
    AND name <> 'seaql_migrations' AND name NOT LIKE 'job_words%' ORDER BY name";
const COLUMNS: &str = "SELECT name, pk FROM pragma_table_info(?) ORDER BY cid";
const REFERENCES: &str = "SELECT DISTINCT \"table\" FROM pragma_foreign_key_list(?)";
const SEQUENCES: &str = "SELECT name, seq FROM sqlite_sequence WHERE seq > 0 ORDER BY name";

pub(super) struct Table {
    pub name: String,
    pub columns: Vec<String>,
    /// The columns of its primary key.
    pub key: Vec<String>,
    /// Tables whose rows must be there before.
    needs: Vec<String>,
}

/// Some rows of a table, in the order of SQLite's own row ids.
pub(super) struct Batch {
    /// The row id of the last one.
    pub last: i64,
    /// A JSON array of objects.
    pub rows: String,
}

pub(super) struct Source {
    connection: DatabaseConnection,
}

impl Source {
    /// Opens the file for this process alone.
    pub async fn open(config: &Config) -> Result<Self> {
        let url = config.database_url();
        if config.backend().map_err(Error::internal)? != Backend::Sqlite {
            return Err(Refusal::Backends.into());
        }
        if !Database::file_exists(url.reveal()) {
            return Err(Refusal::NoFile.into());
        }
        let connection = Database::alone(config).await?.ok_or(Refusal::InUse)?;
        if migrations::applied(&connection).await? != migrations::known() {
            return Err(Refusal::Release.into());
        }
        Ok(Self { connection })
    }

    /// All tables, each behind those that its foreign keys lead to.
    pub async fn tables(&self) -> Result<Vec<Table>> {
        let mut waiting = Vec::new();
        for row in self.all(TABLES, []).await? {
            waiting.push(self.table(row.try_get_by_index(0)?).await?);
        }
        let mut ordered: Vec<Table> = Vec::new();
        while !waiting.is_empty() {
            let is_there = |name: &String| ordered.iter().any(|table| table.name == *name);
            let (ready, rest): (Vec<_>, Vec<_>) =
                waiting.into_iter().partition(|table: &Table| table.needs.iter().all(&is_there));
            if ready.is_empty() {
                let names: Vec<_> = rest.into_iter().map(|table| table.name).collect();
                return Err(Refusal::Circle(names.join(", ")).into());
            }
            ordered.extend(ready);
            waiting = rest;
        }
        Ok(ordered)
    }

    async fn table(&self, name: String) -> Result<Table> {
        let mut table =
            Table { name: name.clone(), columns: Vec::new(), key: Vec::new(), needs: Vec::new() };
        for row in self.all(COLUMNS, [name.as_str().into()]).await? {
            let column: String = row.try_get_by_index(0)?;
            if row.try_get_by_index::<i64>(1)? > 0 {
                table.key.push(column.clone());
            }
            table.columns.push(column);
        }
        for row in self.all(REFERENCES, [name.as_str().into()]).await? {
            let needed: String = row.try_get_by_index(0)?;
            if needed != name {
                table.needs.push(needed);
            }
        }
        Ok(table)
    }

    /// The rows behind a row id; None behind the last.
    pub async fn batch(&self, table: &Table, after: i64) -> Result<Option<Batch>> {
        let pairs: Vec<_> =
            table.columns.iter().map(|column| format!("'{column}', \"{column}\"")).collect();
        let sql = format!(
            "SELECT max(batch_rowid), json_group_array(json_object({})) FROM (SELECT rowid AS batch_rowid, * \
             FROM \"{}\" WHERE rowid > ? ORDER BY rowid LIMIT {BATCH})",
            pairs.join(", "),
            table.name
        );
        let rows = self.all(&sql, [after.into()]).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let Some(last) = row.try_get_by_index::<Option<i64>>(0)? else { return Ok(None) };
        Ok(Some(Batch { last, rows: row.try_get_by_index(1)? }))
    }

    /// The tables that give ids, and the last id that each ever gave.
    pub async fn sequences(&self) -> Result<Vec<(String, i64)>> {
        let rows = self.all(SEQUENCES, []).await?;
        let pair = |row: &QueryResult| -> Result<_> {
            Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))
        };
        rows.iter().map(pair).collect()
    }

    /// Lets others open the file again.
    pub async fn close(self) -> Result<()> {
        Ok(self.connection.close().await?)
    }

    async fn all<const N: usize>(
        &self,
        sql: &str,
        values: [Value; N],
    ) -> Result<Vec<QueryResult>, DbErr> {
        let statement = Statement::from_sql_and_values(DbBackend::Sqlite, sql, values);
        self.connection.query_all_raw(statement).await
    }
}
