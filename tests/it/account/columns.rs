//! What becomes of each column: a new one is exported and erased, or there is a reason.

use std::{fs, path::Path};

use chrono::TimeDelta;
use find_helper::{
    domain::{erasure, viewer::Scope},
    entity::{
        api_key, api_key_request, api_key_usage, application, audit_event, daily_count, follower,
        job, job_event, job_text, job_type, mail_token, notice, notice_preference, outbox,
        pending_event, recovery_code, refresh_token, review, review_report, session, signing_key,
        user,
    },
};
use sea_orm::{
    ColumnTrait, ColumnType, ConnectionTrait, EntityTrait, IdenStatic, Iterable, Statement,
};
use serde_json::json;

use super::{DELETE, forgot};
use crate::{
    jobs::{
        reviews::reviewed_both_ways,
        steps::{apply, post, published},
    },
    support::{PASSWORD, TestApp},
};

/// A column of a table whose rows are somebody's.
#[derive(Debug)]
struct Column {
    table: String,
    name: &'static str,
    /// The column that says whose a row is.
    owner: &'static str,
    is_text: bool,
}

impl Column {
    fn path(&self) -> String {
        format!("{}.{}", self.table, self.name)
    }

    /// The reason that a list has for the column or for its whole table.
    fn is_in(&self, reasons: &[(&str, &str)]) -> bool {
        let whole = format!("{}.*", self.table);
        reasons.iter().any(|(path, _)| *path == self.path() || *path == whole)
    }
}

fn columns_of<E: EntityTrait>(entity: E) -> Vec<Column> {
    let table = entity.table_name().to_owned();
    let is_owner = |name: &&str| match table.as_str() {
        "users" => *name == "id",
        _ => ["user_id", "owner_id", "applicant_id", "author_id", "reporter_id"].contains(name),
    };
    let Some(owner) = E::Column::iter().map(|it| it.as_str()).find(is_owner) else {
        return Vec::new();
    };
    let column = |it: E::Column| Column {
        table: table.clone(),
        name: it.as_str(),
        // What the reviewed person says to a review.
        owner: if it.as_str() == "reply" { "reviewed_id" } else { owner },
        is_text: matches!(it.def().get_column_type(), ColumnType::Text | ColumnType::String(_)),
    };
    E::Column::iter().map(column).collect()
}

/// All columns of the tables that tell of people.
fn columns() -> Vec<Column> {
    macro_rules! all {
        ($($table:ident),* $(,)?) => {
            (vec![$(columns_of($table::Entity)),*], [$(stringify!($table)),*].len())
        };
    }
    let (columns, tables) = all!(
        api_key,
        api_key_request,
        api_key_usage,
        application,
        audit_event,
        daily_count,
        follower,
        job,
        job_event,
        job_text,
        job_type,
        mail_token,
        notice,
        notice_preference,
        outbox,
        pending_event,
        recovery_code,
        refresh_token,
        review,
        review_report,
        session,
        signing_key,
        user,
    );
    let files = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/entity")).unwrap();
    assert_eq!(tables + 1, files.count(), "each file of src/entity but mod.rs is listed here");
    columns.into_iter().flatten().collect()
}

const CHOICE: &str = "a choice among a few words";
const RANDOM: &str = "random, or a digest of something random";

/// Columns whose texts outlive their person.
const OUTLIVES: &[(&str, &str)] = &[
    ("api_keys.previous_secret_digest", RANDOM),
    ("api_keys.public_id", RANDOM),
    ("api_keys.scopes", CHOICE),
    ("api_keys.secret_digest", RANDOM),
    ("applications.status", CHOICE),
    ("audit_events.*", "the audit log is final"),
    ("jobs.job_type", CHOICE),
    ("jobs.proposal", CHOICE),
    ("jobs.status", CHOICE),
    ("mail_tokens.purpose", CHOICE),
    ("notice_preferences.*", CHOICE),
    ("notices.*", "choices, and which event it was"),
    ("outbox.detail", "until the last notice went out"),
    ("outbox.kind", CHOICE),
    ("outbox.message_id", RANDOM),
    ("outbox.outcome", CHOICE),
    ("outbox.recipient", "until the last notice went out"),
    ("review_reports.status", CHOICE),
    ("sessions.refresh_mode", CHOICE),
    ("users.language", CHOICE),
    ("users.role", CHOICE),
];

async fn count(app: &TestApp, sql: String) -> i64 {
    let db = app.services.db.read();
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await;
    row.unwrap().unwrap().try_get_by_index(0).unwrap()
}

#[tokio::test]
async fn no_column_of_text_outlives_its_person_without_a_reason() {
    let (app, _) = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    app.key(&ann, Scope::ALL).await;
    post(&ann, json!({})).await;
    apply(&ann, &published(&bob).await).await;
    forgot(&app, "ann@example.com").await;
    reviewed_both_ways(&ann, &bob).await;
    let id = ann.user_id();
    app.execute(&format!("INSERT INTO recovery_codes (user_id, digest) VALUES ({id}, '')")).await;
    ann.data(DELETE, json!({ "password": PASSWORD })).await;
    app.advance(TimeDelta::days(14));

    let texts = columns().into_iter().filter(|it| it.is_text && !it.is_in(OUTLIVES));
    let texts: Vec<Column> = texts.collect();
    let marked = |it: &Column| {
        let (Column { table, name, owner, .. }, path) = (it, it.path());
        format!("SELECT count(*) FROM {table} WHERE {owner} = {id} AND {name} = '{path}'")
    };
    for text in &texts {
        let (Column { table, name, owner, .. }, path) = (text, text.path());
        app.execute(&format!("UPDATE {table} SET {name} = '{path}' WHERE {owner} = {id}")).await;
        assert_ne!(count(&app, marked(text)).await, 0, "{path} was never there");
    }
    assert_eq!(erasure::erase_due(&app.services).await.unwrap(), 1);
    for text in &texts {
        assert_eq!(count(&app, marked(text)).await, 0, "{} is still there", text.path());
    }
}

/// What an export says under another name than the column's.
const RENAMED: &[(&str, &str)] = &[
    ("api_keys.public_id", "key"),
    ("applications.job_id", "job"),
    ("jobs.assignee_id", "assignee"),
    ("notices.application_id", "application"),
    ("notices.job_id", "job"),
    ("review_reports.review_id", "review"),
    ("reviews.job_id", "job"),
    ("reviews.reviewed_id", "reviewed"),
    ("users.totp_confirmed_at", "secondFactorSince"),
];

const SECRET: &str = "a secret, or what one is made from";
const BOOKKEEPING: &str = "bookkeeping of the gateway";
const WHOSE: &str = "whoever asks for the export";

/// Columns that an export leaves out.
const LEFT_OUT: &[(&str, &str)] = &[
    ("api_keys.life_days", "said by the times"),
    ("api_keys.previous_secret_digest", SECRET),
    ("api_keys.previous_secret_until", SECRET),
    ("api_keys.secret_digest", SECRET),
    ("api_keys.trusted_documents_only", "what the key may run, which its page says"),
    ("api_keys.user_id", WHOSE),
    ("api_keys.warned_days", BOOKKEEPING),
    ("applications.applicant_id", WHOSE),
    ("applications.may_return", "said by its events"),
    ("applications.times_sent", BOOKKEEPING),
    ("audit_events.actor_id", "of somebody else, perhaps"),
    ("audit_events.api_key_id", BOOKKEEPING),
    ("audit_events.id", BOOKKEEPING),
    ("audit_events.session_id", BOOKKEEPING),
    ("audit_events.user_id", WHOSE),
    ("jobs.application_count", "of other people"),
    ("jobs.city_folded", "said by the city"),
    ("jobs.indexed", BOOKKEEPING),
    ("jobs.owner_id", WHOSE),
    ("jobs.proposal", "until the other side answers, or the job changes"),
    ("jobs.proposed_by", "the same, and of somebody else, perhaps"),
    ("jobs.version", BOOKKEEPING),
    ("mail_tokens.*", BOOKKEEPING),
    ("notice_preferences.user_id", WHOSE),
    ("notices.actor_id", "of somebody else"),
    ("notices.mail_at", BOOKKEEPING),
    ("notices.source", BOOKKEEPING),
    ("notices.user_id", WHOSE),
    ("outbox.*", BOOKKEEPING),
    ("recovery_codes.*", SECRET),
    ("review_reports.reporter_id", WHOSE),
    ("reviews.author_id", WHOSE),
    ("reviews.replied_at", "among the replies of the other person"),
    ("reviews.reply", "among the replies of the other person"),
    ("sessions.id", BOOKKEEPING),
    ("sessions.refresh_mode", BOOKKEEPING),
    ("sessions.user_id", WHOSE),
    ("users.deleted_at", "nobody asks afterwards"),
    ("users.email_canonical", "said by the address"),
    ("users.erase_at", "signing in takes it back"),
    ("users.password_hash", SECRET),
    ("users.totp_last_step", BOOKKEEPING),
    ("users.totp_seed", SECRET),
    ("users.wrong_codes", BOOKKEEPING),
];

const SET_PREFERENCE: &str = "mutation { setNoticePreferences(input: {
    preferences: [{kind: COMPLETED, delivery: OFF}]}) { preferences { kind } } }";

#[tokio::test]
async fn an_export_holds_each_column_or_leaves_it_out_for_a_reason() {
    let (app, _) = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    app.key(&ann, Scope::ALL).await;
    post(&ann, json!({})).await;
    apply(&ann, &published(&bob).await).await;
    apply(&bob, &published(&ann).await).await;
    app.tell().await;
    ann.data(SET_PREFERENCE, json!({})).await;
    reviewed_both_ways(&ann, &bob).await;
    let answer = ann.data("mutation { exportData { data } }", json!({})).await;
    let data = &answer["exportData"]["data"];
    let row = |table: &str| match table {
        "users" => data["account"].clone(),
        "api_keys" => data["apiKeys"][0].clone(),
        "audit_events" => data["auditEvents"][0].clone(),
        "notice_preferences" => data["noticePreferences"][0].clone(),
        "review_reports" => data["reviewReports"][0].clone(),
        list => data[list][0].clone(),
    };
    for column in columns().iter().filter(|it| !it.is_in(LEFT_OUT)) {
        let path = column.path();
        let renamed = RENAMED.iter().find(|(of, _)| *of == path);
        let name = renamed.map_or_else(|| camel(column.name), |(_, name)| (*name).to_owned());
        assert!(row(&column.table).get(&name).is_some(), "{path} is not in {data}");
    }
}

fn camel(column: &str) -> String {
    let mut words = column.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| name + &word[..1].to_uppercase() + &word[1..])
}
