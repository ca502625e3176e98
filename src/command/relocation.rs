//! Moves an installation from SQLite to PostgreSQL.

use std::fmt::Write;

use crate::{
    cli::Move,
    config::{Backend, Config},
    domain::relocation::{Refusal, relocate},
    error::{Error, Result},
};

/// Moves, and prints the number of rows of each table and what is left to do.
pub(super) async fn run(config: &Config, Move { from, to }: Move) -> Result<()> {
    let at = |url| Config { database_url: Some(url), ..config.clone() };
    let (from, to) = (at(from), at(to));
    let backends =
        (from.backend().map_err(Error::internal)?, to.backend().map_err(Error::internal)?);
    if backends != (Backend::Sqlite, Backend::Postgres) {
        return Err(Refusal::Backends.into());
    }
    let moved = relocate(&from, &to).await?;
    let mut text = String::new();
    for (table, rows) in &moved {
        writeln!(text, "{rows:>10}  {table}").map_err(Error::internal)?;
    }
    let total: u64 = moved.iter().map(|(_, rows)| rows).sum();
    super::print(&format!(
        "{text}{total:>10}  rows moved and compared; the search index is written.\n\
         Now serve with DATABASE_URL of the new database and the same secret: the same JWT_SECRET, or \
         JWT_SECRET_FILE={} if it was generated there.\n",
        config.data_dir.join("jwt-secret").display()
    ))
}
