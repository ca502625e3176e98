//! What the files of `SQLite` keep of rows that were erased, beside what `secure_delete` overwrites.
//! `PostgreSQL` looks after its files itself: docs/security.md tells what that means.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{domain::Services, error::Result};

/// The tables whose indexes hold what people wrote: statistics keep samples of it.
const SAMPLED: [&str; 2] = ["users", "jobs"];
/// Files up to this size are written anew, which takes a second or two: pages that were split keep
/// copies of rows in the space between theirs. Larger ones are the operator's to write anew.
const REWRITTEN: i64 = 64 * 1024 * 1024;

/// Makes the files forget what was erased from the rows.
pub(super) async fn scrub(services: &Services) -> Result<()> {
    if services.db.backend() != DbBackend::Sqlite {
        return Ok(());
    }
    let db = services.db.write();
    for table in SAMPLED {
        // Without a table of samples nobody has taken any.
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

/// Folds the write-ahead log into the file and cuts it: it keeps pages as they were.
pub async fn empty_log(services: &Services) -> Result<()> {
    if services.db.backend() == DbBackend::Sqlite
        && number(services, "PRAGMA wal_checkpoint(TRUNCATE)").await? != 0
    {
        tracing::info!("write-ahead log is in use; emptying it in an hour");
    }
    Ok(())
}

/// The first cell of the first row.
async fn number(services: &Services, sql: &str) -> Result<i64> {
    let statement = Statement::from_string(DbBackend::Sqlite, sql);
    let row = services.db.write().query_one_raw(statement).await?;
    Ok(row.map_or(Ok(0), |row| row.try_get_by_index(0))?)
}
