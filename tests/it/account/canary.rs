//! Secrets that were handed in or out are found nowhere in clear: not in the log at its most
//! talkative level, not in the database.

use base64::{Engine, engine::general_purpose::STANDARD};
use find_helper::clock::Clock;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};

use crate::{
    http::server::{Connection, PROMPT, soon},
    support::{Client, Process, Socket, TestApp, client::Proof, database, smtp::SmtpServer},
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

/// Fails if a secret, or its end, is in the log.
fn assert_absent(log: &str, secrets: &[String]) {
    for secret in secrets {
        // Signatures and random parts alone would do for whoever finds them.
        let tail = &secret[secret.len().saturating_sub(30)..];
        for part in [secret.as_str(), tail] {
            if let Some(at) = log.find(part) {
                let line = log[..at].rfind('\n').map_or(0, |start| start + 1);
                panic!("{part} is in the log: {}", &log[line..at + part.len()]);
            }
        }
    }
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
    assert_absent(&log, &secrets);
    for secret in &secrets {
        let tail = &secret[secret.len().saturating_sub(30)..];
        for part in [secret.as_str(), tail] {
            let found = contents.windows(part.len()).any(|bytes| bytes == part.as_bytes());
            assert!(!found, "{part} is in the database");
        }
    }
}

/// What a client shows, as headers.
fn headers(client: &Client) -> Vec<(&str, String)> {
    match client.proof() {
        Proof::None => Vec::new(),
        Proof::Bearer(token) => vec![("authorization", format!("Bearer {token}"))],
        Proof::ApiKey { key, secret } => {
            vec![("x-api-key", key.clone()), ("x-api-secret", secret.clone())]
        }
    }
}

/// GET over HTTP/2, whose library has a log of its own.
async fn get_http2(process: &Process, client: &Client) -> u16 {
    let stream = tokio::net::TcpStream::connect(process.address).await.unwrap();
    let (sender, connection) = h2::client::handshake(stream).await.unwrap();
    let connection = tokio::spawn(connection);
    let mut request = axum::http::Request::get("http://x/api/jobs");
    for (name, value) in headers(client) {
        request = request.header(name, value);
    }
    let mut sender = sender.ready().await.unwrap();
    let (response, _) = sender.send_request(request.body(()).unwrap(), true).unwrap();
    let status = response.await.unwrap().status().as_u16();
    drop(sender);
    connection.abort();
    status
}

#[tokio::test]
async fn s06_no_door_and_no_library_writes_down_what_clients_show() {
    let (app, _) = TestApp::new().await;
    app.advance(Clock::System.now() - app.clock.now());
    let (member, machine) = (app.member("ann").await, app.machine("ben").await);
    let process = Process::start(&app.settings(&[PROMPT, "--log-level=trace"]));
    let caller = Caller(&process);
    let Proof::Bearer(access) = member.proof() else { panic!("no token") };
    let mut secrets = vec![access.clone(), member.refresh_token().to_owned(), PASSWORD.to_owned()];
    secrets.extend(headers(&machine).into_iter().skip(1).map(|(_, secret)| secret));

    for client in [&member, &machine] {
        let (mut socket, here) = Socket::of(process.address, client).await;
        let guess = format!(
            "mutation {{ login(input: {{email: \"a@b.co\", password: \"{PASSWORD}\"}}) {{ token }} }}"
        );
        socket.subscribe("1", &guess, &here).await;
        socket.hear().await;
        let shown = headers(client);
        let shown: Vec<_> =
            shown.iter().map(|(name, value)| format!("\n{name}: {value}")).collect();
        let shown = shown.concat();
        let listen = json!({ "query": "subscription { jobPublished { cursor } }" }).to_string();
        let mut events = Connection::to(process.address).await;
        events
            .send(&format!(
                "POST /graphql HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream{}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{listen}",
                shown.replace('\n', "\r\n"),
                listen.len()
            ))
            .await;
        assert_eq!(events.line().await, "HTTP/1.1 200 OK");
        caller.send(&format!("GET /api/jobs{shown}"), "").await;
        get_http2(&process, client).await;
    }
    let cookies = format!(
        "Origin: https://gateway.example\nCookie: __Host-fh_access={access}; __Secure-fh_refresh={}",
        member.refresh_token()
    );
    let who = caller.gql(&cookies, "{ me: __typename }", json!({})).await;
    assert_eq!(who["me"], "Query");
    for token in ["verify", "app/reset", "app/reject"] {
        let canary = format!("canary-{}", token.replace('/', "-"));
        caller.send(&format!("GET /{token}?token={canary}"), "").await;
        caller.send(&format!("POST /{token}"), &json!({ "token": canary }).to_string()).await;
        secrets.push(canary);
    }

    let (status, log) = process.terminate();
    assert_eq!(status.code(), Some(0));
    assert!(log.contains("is ready"), "{log}");
    assert_absent(&log, &secrets);
}

#[tokio::test]
async fn s06_no_password_of_a_server_is_in_the_log() {
    let (app, _) = TestApp::new().await;
    app.advance(Clock::System.now() - app.clock.now());
    let smtp = SmtpServer::start().await;
    // Without a server of its own, Redis is away.
    let redis = database::redis_url().unwrap_or("redis://127.0.0.1:1/".into());
    let redis = redis.replace("redis://", "redis://:canary-redis@");
    let smtp = smtp.url().replace("smtp://", "smtp://fh:canary-smtp@");
    let settings = app.settings(&[
        PROMPT,
        "--log-level=trace",
        &format!("--smtp-url={smtp}"),
        &format!("--redis-url={redis}"),
    ]);
    let with_password = |setting: String| {
        // The server of the tests believes everybody.
        let setting = setting.replace("://postgres@", "://postgres:canary-postgres@");
        let more =
            if setting.contains("canary-postgres") { "?canary=canary-parameter" } else { "" };
        setting + more
    };
    let process = Process::start(&settings.into_iter().map(with_password).collect::<Vec<_>>());
    let person = json!({ "name": "Canary", "email": EMAIL, "password": PASSWORD });
    assert!(process.post("/register", &person, "tests").contains("200 OK"));
    let refused = async {
        let sql = "SELECT count(*) AS n FROM outbox WHERE last_error IS NOT NULL";
        loop {
            let db = &app.services.db;
            let row = db.read().query_one_raw(Statement::from_string(db.backend(), sql)).await;
            if row.unwrap().unwrap().try_get::<i64>("", "n").unwrap() > 0 {
                break;
            }
        }
    };
    soon(refused).await;
    let (_, log) = process.terminate();
    assert!(log.contains("AUTH: permanent error (535)"), "{log}");
    assert!(log.contains("Redis"), "{log}");
    let plain = STANDARD.encode("\0fh\0canary-smtp");
    let secrets = ["canary-smtp", "canary-redis", "canary-postgres", "canary-parameter", &plain];
    assert_absent(&log, &secrets.map(str::to_owned));
}
