//! Every text in the database: a person's own is in their export, and gone with their account.

use std::collections::BTreeSet;

use find_helper::{
    domain::{erasure, viewer::Scope},
    entity::user,
};
use sea_orm::{ConnectionTrait, EntityTrait, Statement};
use serde_json::json;

use super::forgot;
use crate::{
    jobs::{
        reviews::reviewed_both_ways,
        steps::{apply, published},
    },
    support::{Client, TestApp, database::connect, folder},
};

/// Each table, and the column that says whose a row is. The others hold nothing that people write, or are
/// logs, which are kept as docs/security.md tells.
const TABLES: &[(&str, &str)] = &[
    // Rows of keys: see THROUGH_KEYS.
    ("api_key_requests", ""),
    ("api_key_usage", ""),
    ("api_keys", "user_id"),
    ("applications", "applicant_id"),
    ("audit_events", ""),
    ("daily_counts", ""),
    ("followers", ""),
    ("job_events", ""),
    // Rows of jobs, which are deleted with the texts of these: see THROUGH_JOBS.
    ("job_texts", ""),
    ("job_types", ""),
    ("jobs", "owner_id"),
    ("mail_tokens", "user_id"),
    ("notice_preferences", "user_id"),
    ("notices", "user_id"),
    ("outbox", "user_id"),
    ("pending_events", ""),
    ("recovery_codes", "user_id"),
    ("refresh_tokens", ""),
    ("review_reports", "reporter_id"),
    ("reviews", "author_id"),
    ("sessions", "user_id"),
    ("signing_keys", ""),
    ("users", "id"),
];

/// The texts of a row that another person than its owner wrote, and the column that says who.
const OF_OTHERS: &[(&str, &str)] = &[("reviews.reply", "reviewed_id")];

/// Texts of these tables that tell nothing of a person, or only until a mail is sent.
const IMPERSONAL: &[&str] = &[
    "api_keys.previous_secret_digest",
    "api_keys.public_id",
    "api_keys.scopes",
    "api_keys.secret_digest",
    "applications.status",
    "jobs.job_type",
    "jobs.proposal",
    "jobs.status",
    "mail_tokens.purpose",
    "notice_preferences.delivery",
    "notice_preferences.kind",
    "notices.kind",
    "notices.source",
    "outbox.detail",
    "outbox.kind",
    "outbox.message_id",
    "outbox.outcome",
    "outbox.recipient",
    "recovery_codes.digest",
    "review_reports.status",
    "sessions.refresh_mode",
    "users.language",
    "users.role",
];

/// What an export leaves out: secrets, and what repeats something that it tells.
const UNTOLD: &[&str] = &[
    "jobs.city_folded",
    "mail_tokens.email",
    "outbox.last_error",
    "users.email_canonical",
    "users.password_hash",
    "users.totp_seed",
];

const TEXTS: &str = "
    SELECT t.name || '.' || c.name AS name FROM sqlite_schema t, pragma_table_info(t.name) c
    WHERE t.type = 'table' AND (lower(c.type) LIKE '%text%' OR lower(c.type) LIKE '%char%')";

const INDEXED: &str = "
    SELECT t.name || '.' || c.name AS name
    FROM sqlite_schema t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
    WHERE t.type = 'table' AND c.name IS NOT NULL";

/// What jobs are found by is forgotten with them.
const THROUGH_JOBS: [&str; 2] = ["job_texts", "job_words"];
/// Programs name their operations: forgotten with the keys of an account.
const THROUGH_KEYS: [&str; 1] = ["api_key_requests"];

const TABLE_NAMES: &str = "
    SELECT name FROM sqlite_schema
    WHERE type = 'table' AND name NOT IN ('seaql_migrations', 'sqlite_sequence')
        AND name NOT LIKE 'job_words%'";

/// Names in a migrated database; they are the same on `PostgreSQL`.
async fn names(sql: &str) -> BTreeSet<String> {
    let folder = folder();
    let db = connect(&format!("sqlite://{}", folder.path().join("names.db").display())).await;
    db.migrate().await.unwrap();
    let rows = db.read().query_all_raw(Statement::from_string(db.backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get("", "name").unwrap()).collect()
}

/// A column in which people's texts stand.
struct Text {
    table: &'static str,
    column: String,
    /// The column that says whose a row is.
    owner: &'static str,
}

impl Text {
    fn name(&self) -> String {
        format!("{}.{}", self.table, self.column)
    }

    /// Writes the name of the column into each row of this person's.
    async fn mark(&self, app: &TestApp, person: i64) {
        let Self { table, column, owner } = self;
        let rows =
            app.count(&format!("SELECT count(*) FROM {table} WHERE {owner} = {person}")).await;
        assert!(rows > 0, "ann has no row in {table}: make one in this test");
        let mark = format!("'{} ' || id", self.name());
        app.execute(&format!("UPDATE {table} SET {column} = {mark} WHERE {owner} = {person}"))
            .await;
    }

    async fn is_marked(&self, app: &TestApp) -> bool {
        let Self { table, column, .. } = self;
        let name = self.name();
        app.count(&format!("SELECT count(*) FROM {table} WHERE {column} LIKE '{name} %'")).await > 0
    }
}

async fn texts() -> Vec<Text> {
    let of_table = |name: String| {
        let (table, column) = name.split_once('.')?;
        let (table, owner) = TABLES.iter().find(|(it, owner)| *it == table && !owner.is_empty())?;
        let other = OF_OTHERS.iter().find(|(it, _)| *it == name).map(|(_, owner)| owner);
        let owner = other.unwrap_or(owner);
        let is_personal = !IMPERSONAL.contains(&&*name);
        is_personal.then(|| Text { table, column: column.to_owned(), owner })
    };
    names(TEXTS).await.into_iter().filter_map(of_table).collect()
}

async fn ann_everywhere(app: &TestApp) -> Client {
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    app.key(&ann, Scope::ALL).await;
    published(&ann).await;
    apply(&ann, &published(&bob).await).await;
    forgot(app, "ann@example.com").await;
    reviewed_both_ways(&ann, &bob).await;
    ann
}

#[tokio::test]
async fn it_is_known_of_each_table_whose_its_rows_are() {
    let known = TABLES.iter().map(|(table, _)| (*table).to_owned()).collect();
    let found = names(TABLE_NAMES).await;
    let unknown: Vec<_> = found.difference(&known).collect();
    assert!(unknown.is_empty(), "whose are the rows of {unknown:?}? TABLES has to say it");
    let gone: Vec<_> = known.difference(&found).collect();
    assert!(gone.is_empty(), "there are no {gone:?}");
    let texts = names(TEXTS).await;
    let gone: Vec<_> =
        IMPERSONAL.iter().chain(UNTOLD).filter(|&&text| !texts.contains(text)).collect();
    assert!(gone.is_empty(), "there are no {gone:?}");
}

#[tokio::test]
async fn each_text_of_a_person_is_in_their_export_and_gone_after_their_erasure() {
    let (app, _) = TestApp::new().await;
    let ann = ann_everywhere(&app).await;
    let (texts, id) = (texts().await, ann.user_id());
    for text in &texts {
        text.mark(&app, id).await;
    }
    let export = ann.data("mutation { exportData { data } }", json!({})).await.to_string();
    for text in &texts {
        let (name, is_told) = (text.name(), export.contains(&format!("{} ", text.name())));
        let is_to_be_told = !UNTOLD.contains(&&*name);
        assert_eq!(is_told, is_to_be_told, "{name} in src/domain/export.rs, or in UNTOLD here");
    }
    app.execute(&format!("UPDATE users SET erase_at = 1 WHERE id = {id}")).await;
    assert_eq!(erasure::erase_due(&app.services).await.unwrap(), 1);
    for text in &texts {
        let name = text.name();
        assert!(
            !text.is_marked(&app).await,
            "{name} is left: src/domain/erasure.rs forgets it, or IMPERSONAL tells why it may stay"
        );
    }
    let bob = user::Entity::find_by_id(id + 1).one(app.services.db.read()).await.unwrap();
    assert_eq!(bob.unwrap().email, "bob@example.com", "others are not forgotten");
}

/// What stands in a text between two others.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    text.split(start).nth(1).unwrap().split(end).next().unwrap()
}

#[tokio::test]
async fn the_files_of_every_table_with_texts_of_people_are_looked_after() {
    let (texts, indexed) = (texts().await, names(INDEXED).await);
    let tables: BTreeSet<&str> = texts.iter().map(|text| text.table).collect();
    let told = include_str!("../../../docs/security.md").replace('\n', " ");
    let told = between(&told, "`VACUUM (FULL, ANALYZE) ", "`").split(", ").map(str::trim).collect();
    let through = THROUGH_JOBS.into_iter().chain(THROUGH_KEYS);
    let tables = tables.into_iter().chain(through).collect::<BTreeSet<_>>();
    assert_eq!(tables, told, "what docs/security.md tells operators to rewrite");
    let sampled: BTreeSet<&str> =
        texts.iter().filter(|text| indexed.contains(&text.name())).map(|text| text.table).collect();
    let source = include_str!("../../../src/domain/erasure/bytes.rs");
    let source = between(source, "const SAMPLED", "];");
    let named = source.split('"').skip(1).step_by(2).collect();
    assert_eq!(sampled, named, "SAMPLED in src/domain/erasure/bytes.rs");
}
