//! Secrets that were handed in or out are found nowhere in clear: not in the log at its most
//! talkative level, not in the database.

use find_helper::clock::Clock;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};

use crate::{
    http::server::{Connection, PROMPT},
    support::{Process, TestApp},
};

const PASSWORD: &str = "Canary-in-a-gold-mine-7f3a";
const EMAIL: &str = "canary@example.com";

/// Somebody who talks to a process over a real connection.
struct Caller<'a>(&'a Process);

impl Caller<'_> {
    async fn send(&self, head: &str, body: &str) -> Value {
        let mut connection = Connection::to(self.0.address).await;
        let length = body.len();
        let rest = format!("Host: x\r\nContent-Type: application/json\r\nContent-Length: {length}");
        let (line, headers) = head.split_once('\n').unwrap_or((head, ""));
        let headers = headers.replace('\n', "\r\n");
        let gap = if headers.is_empty() { "" } else { "\r\n" };
        let request = format!("{line} HTTP/1.1\r\n{headers}{gap}{rest}\r\n\r\n{body}");
        connection.send(&request).await;
        serde_json::from_str(&connection.answer().await.body).unwrap_or_default()
    }

    async fn gql(&self, headers: &str, query: &str, variables: Value) -> Value {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let mut answer = self.send(&format!("POST /graphql\n{headers}"), &body).await;
        assert_eq!(answer.get("errors"), None, "{answer}");
        answer["data"].take()
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// Everything that the database holds, as bytes of its file or as text.
async fn contents(app: &TestApp) -> Vec<u8> {
    let db = &app.services.db;
    if db.backend() == DbBackend::Sqlite {
        let files = std::fs::read_dir(app.folder()).unwrap().map(|entry| entry.unwrap().path());
        let files = files.filter(|file| file.to_string_lossy().contains(".db"));
        return files.flat_map(|file| std::fs::read(file).unwrap()).collect();
    }
    let tables = "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'";
    let rows = db.read().query_all_raw(Statement::from_string(db.backend(), tables)).await.unwrap();
    let mut all = Vec::new();
    for row in rows {
        let name: String = row.try_get("", "name").unwrap();
        let sql = format!("SELECT coalesce(string_agg(t::text, ' '), '') AS rows FROM {name} t");
        let rows = db.read().query_one_raw(Statement::from_string(db.backend(), sql)).await;
        all.extend(rows.unwrap().unwrap().try_get::<String>("", "rows").unwrap().into_bytes());
    }
    all
}

#[tokio::test]
async fn k1_no_secret_is_in_the_log_at_its_most_talkative_or_in_the_database() {
    let (app, _) = TestApp::new().await;
    // The process knows no other clock.
    app.advance(Clock::System.now() - app.clock.now());
    let settings = app.settings(&[PROMPT, "--log-level=trace", "--limit-login-per-minute=100"]);
    let process = Process::start(&settings);
    let caller = Caller(&process);
    let mut secrets = vec![PASSWORD.to_owned()];

    // As a literal and as a variable, through GraphQL and REST.
    let register = format!(
        "mutation {{ register(input: {{name: \"Canary\", email: \"{EMAIL}\", password: \"{PASSWORD}\"}}) {{ user {{ id }} }} }}"
    );
    caller.gql("", &register, json!({})).await;
    let mail = async {
        loop {
            match app.mails().into_iter().next() {
                Some(mail) => break mail,
                None => tokio::task::yield_now().await,
            }
        }
    };
    let link = crate::support::patiently(mail).await.link("verify");
    let (_, token) = link.query_pairs().next().unwrap();
    secrets.push(token.to_string());
    caller.send(&format!("GET {}?{}", link.path(), link.query().unwrap()), "").await;
    let body = json!({ "email": EMAIL, "password": PASSWORD }).to_string();
    let rest = caller.send("POST /login", &body).await;
    let refresh = text(&rest["data"]["refresh_token"]);
    let wrong = json!({ "email": EMAIL, "password": format!("{PASSWORD}-wrong") }).to_string();
    assert_eq!(caller.send("POST /login", &wrong).await["error_code"], "INVALID_CREDENTIALS");
    let query = "mutation($p: String!) { login(input: {email: \"canary@example.com\", password: $p}) { token refreshToken } }";
    let login = caller.gql("", query, json!({ "p": PASSWORD })).await;
    let access = text(&login["login"]["token"]);
    secrets.extend([refresh.clone(), access.clone(), text(&login["login"]["refreshToken"])]);
    let renewed =
        caller.send("POST /refresh", &json!({ "refresh_token": refresh }).to_string()).await;
    secrets.push(text(&renewed["data"]["token"]));

    let bearer = format!("Authorization: Bearer {access}");
    let query = "mutation { createApiKey(input: {name: \"canary\", scopes: [JOBS_READ]}) { secret apiKey { key } } }";
    let created = caller.gql(&bearer, query, json!({})).await;
    let secret = text(&created["createApiKey"]["secret"]);
    let key = text(&created["createApiKey"]["apiKey"]["key"]);
    let headers = format!("X-API-Key: {key}\nX-API-Secret: {secret}");
    assert_eq!(caller.send(&format!("GET /api/jobs\n{headers}"), "").await["success"], true);
    secrets.push(secret);
    // What is refused is written down even less.
    let guess = format!("X-API-Key: {key}\nX-API-Secret: fhs_canary-guess");
    caller.send(&format!("GET /api/jobs\n{guess}"), "").await;
    caller.send("GET /user\nAuthorization: Bearer canary-bearer", "").await;
    secrets.extend(["fhs_canary-guess".to_owned(), "canary-bearer".to_owned()]);

    let (status, log) = process.terminate();
    assert_eq!(status.code(), Some(0));
    assert!(log.contains("wrote the mail to a file"), "it talks: {log:.500}");
    let contents = contents(&app).await;
    assert!(String::from_utf8_lossy(&contents).contains(EMAIL), "the right place was searched");
    for secret in &secrets {
        // Signatures and random parts alone would do for whoever finds them.
        let tail = &secret[secret.len().saturating_sub(30)..];
        for part in [secret.as_str(), tail] {
            if let Some(at) = log.find(part) {
                let line = log[..at].rfind('\n').map_or(0, |start| start + 1);
                panic!("{part} is in the log: {}", &log[line..at + part.len()]);
            }
            let found = contents.windows(part.len()).any(|bytes| bytes == part.as_bytes());
            assert!(!found, "{part} is in the database");
        }
    }
}
