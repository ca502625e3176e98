//! Which database errors are transient.

use sea_orm::{DbErr, RuntimeErr, sqlx};

/// Whether the same statement may succeed a moment later.
pub(super) fn passes_by_itself(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => true,
        DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => {
            is_passing(error)
        }
        _ => false,
    }
}

fn is_passing(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(error) => error.code().is_some_and(|code| is_passing_code(&code)),
        _ => false,
    }
}

/// SQLite's busy, locked, read-only, interrupted, I/O error and full (primary codes 5, 6, 8, 9, 10,
/// 13), and PostgreSQL's classes for connections, resources, operator intervention, rolled-back and
/// read-only transactions, and locks.
fn is_passing_code(code: &str) -> bool {
    match code.parse::<u32>() {
        Ok(number) if code.len() < 5 => matches!(number & 0xff, 5 | 6 | 8 | 9 | 10 | 13),
        _ => {
            ["08", "40", "53", "57"].iter().any(|class| code.starts_with(class))
                || matches!(code, "25006" | "55P03")
        }
    }
}
