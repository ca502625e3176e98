//! The full-text index of jobs: FTS5 on SQLite, a `tsvector` on PostgreSQL.
//!
//! Both hold tokens of our own making, which no tokenizer changes, so that both find the same rows.

use std::ops::Range;

use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, Statement, Value,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};

/// What a job is found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::domain) struct Indexed {
    pub job_id: i64,
    /// Folded, in which pieces of a question are looked for.
    pub text: String,
    /// Separated by spaces.
    pub tokens: String,
}

/// The ids of the jobs that a query of FTS5, or a `tsquery`, finds.
pub(in crate::domain) fn matching(backend: DbBackend, query: String) -> SelectStatement {
    let (id, condition) = match backend {
        DbBackend::Postgres => ("job_id", "words @@ $1::tsquery"),
        _ => ("rowid", "job_words MATCH ?"),
    };
    Query::select()
        .expr(Expr::cust(id))
        .from("job_words")
        .and_where(Expr::cust_with_values(condition, [query]))
        .take()
}

/// Whether the text of a job contains all pieces; None without pieces. In a subquery of its own, so
/// that a text is looked up for each job that is asked about, whatever the planner thinks of them.
pub(in crate::domain) fn contain(
    backend: DbBackend,
    job_id: Expr,
    pieces: &[String],
) -> Option<Expr> {
    let condition = match backend {
        DbBackend::Postgres => "strpos(text, $1) > 0",
        _ => "instr(text, ?) > 0",
    };
    let contains = |piece: &String| Expr::cust_with_values(condition, [piece.clone()]);
    let text = Query::select()
        .expr(pieces.iter().map(contains).reduce(Expr::and)?)
        .from("job_texts")
        .and_where(Expr::col("job_id").eq(job_id))
        .take();
    Some(Expr::SubQuery(None, Box::new(text.into())))
}

/// Writes what jobs are found by that were not indexed before; in one round trip to PostgreSQL.
pub(in crate::domain) async fn insert(
    db: &impl ConnectionTrait,
    jobs: &[Indexed],
) -> Result<(), DbErr> {
    let count = jobs.len();
    if count == 0 {
        return Ok(());
    }
    let texts = jobs.iter().flat_map(|job| [job.job_id.into(), (&job.text).into()]);
    let words = jobs.iter().flat_map(|job| [job.job_id.into(), (&job.tokens).into()]);
    let insert_texts =
        format!("INSERT INTO job_texts (job_id, text) VALUES {}", rows(0..count, ""));
    if db.get_database_backend() == DbBackend::Postgres {
        let rows = rows(count..2 * count, "::tsvector");
        let both = format!(
            "WITH texts AS ({insert_texts}) INSERT INTO job_words (job_id, words) VALUES {rows}"
        );
        return run(db, &both, texts.chain(words)).await;
    }
    run(db, &insert_texts, texts).await?;
    let insert_words =
        format!("INSERT INTO job_words (rowid, words) VALUES {}", rows(0..count, ""));
    run(db, &insert_words, words).await
}

/// The places of the values of rows with two columns, the second of this type.
fn rows(range: Range<usize>, second: &str) -> String {
    let row = |n: usize| format!("(${}, ${}{second})", 2 * n + 1, 2 * n + 2);
    range.map(row).collect::<Vec<_>>().join(", ")
}

/// Removes what jobs were found by.
pub(in crate::domain) async fn remove(
    db: &impl ConnectionTrait,
    jobs: &[Indexed],
) -> Result<(), DbErr> {
    let is_postgres = db.get_database_backend() == DbBackend::Postgres;
    for Indexed { job_id, tokens, .. } in jobs {
        let id: Value = (*job_id).into();
        run(db, "DELETE FROM job_texts WHERE job_id = $1", [id.clone()]).await?;
        if is_postgres {
            run(db, "DELETE FROM job_words WHERE job_id = $1", [id]).await?;
        } else {
            run(db, FORGET, [id, tokens.into()]).await?;
        }
    }
    Ok(())
}

/// FTS5 keeps no rows of its own, and is told what it knew.
const FORGET: &str = "INSERT INTO job_words (job_words, rowid, words) VALUES ('delete', ?, ?)";

async fn run(
    db: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<(), DbErr> {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    db.execute_raw(statement).await.map(drop)
}
