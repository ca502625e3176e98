//! The history of the database schema: additive steps, each safe while the previous release still runs.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{DbBackend, Statement},
};

mod m20261121_000001_accounts;
mod m20261121_000002_jobs;
mod m20261121_000003_mail_and_limits;
mod m20261122_000001_trusted_documents;
mod m20261122_000002_account_security;
mod m20261122_000003_own_applications;
mod m20261130_000002_wrong_codes;
mod m20261130_000003_applications_sent_again;
mod m20261130_000005_job_lists;
mod m20261201_000001_pending_events;
mod m20261201_000002_job_texts;
mod m20261201_000003_job_days;
mod m20261202_000001_job_places;
mod m20261203_000001_job_life;
mod m20261203_000002_reader_language;
mod m20261203_000003_notices;
mod m20261203_000004_reviews;
mod m20261203_000005_job_expiry;
mod m20261203_000006_told_by_time;
mod m20261204_000001_key_requests;

pub use sea_orm_migration::MigratorTrait;

pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_accounts::Migration),
            Box::new(m20261121_000002_jobs::Migration),
            Box::new(m20261121_000003_mail_and_limits::Migration),
            Box::new(m20261122_000001_trusted_documents::Migration),
            Box::new(m20261122_000002_account_security::Migration),
            Box::new(m20261122_000003_own_applications::Migration),
            Box::new(m20261130_000002_wrong_codes::Migration),
            Box::new(m20261130_000003_applications_sent_again::Migration),
            Box::new(m20261130_000005_job_lists::Migration),
            Box::new(m20261201_000001_pending_events::Migration),
            Box::new(m20261201_000002_job_texts::Migration),
            Box::new(m20261201_000003_job_days::Migration),
            Box::new(m20261202_000001_job_places::Migration),
            Box::new(m20261203_000001_job_life::Migration),
            Box::new(m20261203_000002_reader_language::Migration),
            Box::new(m20261203_000003_notices::Migration),
            Box::new(m20261203_000004_reviews::Migration),
            Box::new(m20261203_000005_job_expiry::Migration),
            Box::new(m20261203_000006_told_by_time::Migration),
            Box::new(m20261204_000001_key_requests::Migration),
        ]
    }
}

/// The migrations applied to a database, in order; empty if there were none.
pub async fn applied(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let backend = db.get_database_backend();
    let exists = match backend {
        DbBackend::Postgres => "SELECT to_regclass('seaql_migrations') IS NOT NULL",
        _ => "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'seaql_migrations')",
    };
    let row = db.query_one_raw(Statement::from_string(backend, exists)).await?;
    if !row.map_or(Ok(false), |row| row.try_get_by_index(0))? {
        return Ok(Vec::new());
    }
    let versions = "SELECT version FROM seaql_migrations ORDER BY version";
    let rows = db.query_all_raw(Statement::from_string(backend, versions)).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// The migrations of this release, in order.
#[must_use]
pub fn known() -> Vec<String> {
    Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect()
}

/// A foreign key that forbids deleting the row it refers to.
fn references(
    table: &'static str,
    column: &'static str,
    to: &'static str,
    key: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk-{table}-{column}"))
        .from(table, column)
        .to(to, key)
        .to_owned()
}
