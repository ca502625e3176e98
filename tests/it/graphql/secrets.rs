//! What a thief of the database finds.

use find_helper::domain::{store::database::Database, viewer::Scope};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, JsonValue, Statement};
use serde_json::json;

use crate::{
    jobs::steps::text,
    support::{PASSWORD, TestApp, client::Proof},
};

/// All rows of all tables as text.
async fn dump(db: &Database) -> String {
    let tables = match db.backend() {
        DbBackend::Sqlite => {
            // The index of words cannot be read; the tables behind it can.
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'job_words'"
        }
        _ => "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
    };
    let rows = db.read().query_all_raw(Statement::from_string(db.backend(), tables)).await.unwrap();
    let mut dump = String::new();
    for row in rows {
        let table: String = row.try_get("", "name").unwrap();
        let all = Statement::from_string(db.backend(), format!("SELECT * FROM \"{table}\""));
        for row in JsonValue::find_by_statement(all).all(db.read()).await.unwrap() {
            dump.extend([&*table, ": ", &row.to_string(), "\n"]);
        }
    }
    dump
}

#[tokio::test]
async fn e17_no_secret_is_stored_in_clear() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let Proof::Bearer(access) = ann.proof().clone() else { panic!("a session") };
    let Proof::ApiKey { key, secret } = app.key(&ann, Scope::ALL).await.proof().clone() else {
        panic!("a key")
    };
    let refresh = "mutation($token: String!) {
        refreshToken(input: {refreshToken: $token}) { refreshToken } }";
    let rotate = "mutation { rotateApiKey(input: {id: \"key_1\"}) { secret } }";
    let rotated = text(&ann.data(rotate, json!({})).await["rotateApiKey"]["secret"]);
    let renewed = anon.data(refresh, json!({ "token": ann.refresh_token() })).await;
    let login = format!(
        "mutation {{ login(input: {{email: \"ann@example.com\", password: \"{PASSWORD}\",
            refresh: STATIC}}) {{ token refreshToken }} }}"
    );
    let login = anon.data(&login, json!({})).await["login"].take();
    let register = "mutation { register(input: {name: \"新人\", email: \"new@example.com\",
        password: \"another good one\"}) { user { id } } }";
    anon.data(register, json!({})).await;
    app.send_mails().await;
    let mails = app.mails();
    let mail = mails.iter().find(|mail| mail.raw.contains("new@example.com")).unwrap();
    let mail_token = |last: &str| mail.link(last).query_pairs().next().unwrap().1.into_owned();
    let secrets = [
        PASSWORD.to_owned(),
        "another good one".into(),
        access,
        secret,
        rotated,
        ann.refresh_token().to_owned(),
        text(&renewed["refreshToken"]["refreshToken"]),
        text(&login["token"]),
        text(&login["refreshToken"]),
        mail_token("verify"),
        mail_token("reject"),
    ];
    let dump = dump(&app.services.db).await;
    for shown in ["ann@example.com", "new@example.com", &key, "$argon2id$"] {
        assert!(dump.contains(shown), "the dump shows what is there: {shown}");
    }
    for secret in &secrets {
        assert!(!dump.contains(secret), "{secret} is in the database");
        assert!(
            !dump.contains(&secret[secret.len() - 12..]),
            "a part of {secret} is in the database"
        );
    }
}
