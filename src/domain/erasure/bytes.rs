//! Removes remains of erased rows from SQLite's files that `secure_delete` does not overwrite.
//! PostgreSQL manages its files itself: docs/security.md says what that means.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{domain::Services, error::Result};

/// Tables with indexes of personal text, of which statistics keep samples.
const SAMPLED: [&str; 2] = ["users", "jobs"];
/// Size in bytes up to which files are rewritten (VACUUM), which takes a second or two: split pages
/// keep copies of rows in their free space. Larger files are left to the operator.
const REWRITTEN: i64 = 64 * 1024 * 1024;

/// Removes erased data from the files.
pub(super) async fn scrub(services: &Services) -> Result<()> {
    if services.db.backend() != DbBackend::Sqlite {
        return Ok(());
    }
    let db = services.db.write();
    for table in SAMPLED {
        // Without this table there are no samples.
        let samples = "SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat4'";
        if number(services, samples).await? > 0
            && number(services, &format!("SELECT count(*) FROM sqlite_stat4 WHERE tbl = '{table}'"))
                .await?
                > 0
        {
            db.execute_unprepared(&format!("ANALYZE {table}")).await?;
        }
    }
    let size = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
    if number(services, size).await? <= REWRITTEN {
        db.execute_unprepared("VACUUM").await?;
    }
    empty_log(services).await
}

/// Checkpoints and truncates the write-ahead log, which contains old versions of pages.
pub async fn empty_log(services: &Services) -> Result<()> {
    if services.db.backend() == DbBackend::Sqlite
        && number(services, "PRAGMA wal_checkpoint(TRUNCATE)").await? != 0
    {
        tracing::info!("write-ahead log is in use; emptying it in an hour");
    }
    Ok(())
}

/// The number in the first column of the first row.
async fn number(services: &Services, sql: &str) -> Result<i64> {
    let statement = Statement::from_string(DbBackend::Sqlite, sql);
    let row = services.db.write().query_one_raw(statement).await?;
    Ok(row.map_or(Ok(0), |row| row.try_get_by_index(0))?)
}
