//! The jobs that a person may see: published ones, and those that they own, do or applied to.

use crate::{Failure, database::Database, list::Filter, one::FullJob, select::Select};

/// Why a person, `$1`, may see a job.
const WAYS: [&str; 4] = [
    "j.status = 'published'",
    "j.owner_id = $1",
    "j.assignee_id = $1",
    "j.id IN (SELECT job_id FROM applications WHERE applicant_id = $1)",
];

/// A job, if the person may see it.
pub fn by_id(user_id: i64, id: i64) -> Select {
    let mut select = Select::given(user_id);
    select.text(FullJob::COLUMNS).text(" FROM jobs j JOIN users u ON u.id = j.owner_id WHERE (");
    select.text(&WAYS.join(" OR ")).text(") AND j.id = ").value(id);
    select
}

/// The newest jobs that the person may see.
pub fn newest(
    db: &Database,
    user_id: i64,
    filter: &Filter,
    count: usize,
) -> Result<Select, Failure> {
    let ways = match filter.status.as_deref() {
        None => &WAYS[..],
        Some("published") => &WAYS[..1],
        Some(_) => &WAYS[1..],
    };
    let mut narrowed = Select::given(user_id);
    if let Some(status) = &filter.status {
        narrowed.text(" AND j.status = ").value(status.clone());
    }
    filter.narrow(&mut narrowed)?;
    Ok(narrowed.within(|narrowed| match db {
        Database::Postgres(_) => walked(ways, narrowed, count),
        Database::Sqlite { .. } => merged(ways, narrowed, count),
    }))
}

/// PostgreSQL walks through the newest jobs until it has seen enough.
fn walked(ways: &[&str], narrowed: &str, count: usize) -> String {
    format!(
        "{} FROM jobs j JOIN users u ON u.id = j.owner_id WHERE ({}){narrowed} \
         ORDER BY j.created_at DESC, j.id DESC LIMIT {count}",
        FullJob::COLUMNS,
        ways.join(" OR "),
    )
}

/// SQLite has no index for an OR, but one for each way: it merges them in their order and reads no
/// more of each than the page needs.
fn merged(ways: &[&str], narrowed: &str, count: usize) -> String {
    let ways = ways
        .iter()
        .map(|way| format!("SELECT j.created_at, j.id FROM jobs j WHERE {way}{narrowed}"))
        .collect::<Vec<_>>()
        .join(" UNION ");
    format!(
        "{} FROM ({ways} ORDER BY created_at DESC, id DESC LIMIT {count}) page \
         CROSS JOIN jobs j ON j.id = page.id CROSS JOIN users u ON u.id = j.owner_id \
         ORDER BY page.created_at DESC, page.id DESC",
        FullJob::COLUMNS,
    )
}
