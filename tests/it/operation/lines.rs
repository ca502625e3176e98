//! The log has one line for each request, socket and operation, and nothing that a client wrote.

use std::time::Duration;

use find_helper::clock::Clock;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::{
    http::server::{Answer, Connection, PROMPT, soon},
    jobs::steps::{job_with, published},
    support::{Client, Process, Socket, TestApp, client::Proof},
};

const CANARY: &str = "canary7f3a";

/// A gateway at the time of its processes, which know no other clock.
async fn app() -> (TestApp, Client) {
    let (app, anon) = TestApp::new().await;
    app.advance(Clock::System.now() - app.clock.now());
    (app, anon)
}

/// A process over the database of these tests that logs in this form and from this level on.
fn process(app: &TestApp, flags: &[&str]) -> Process {
    Process::start(&app.settings(&[&[PROMPT, "--event-poll-ms=20"], flags].concat()))
}

/// One that logs as operators have it, for machines.
fn usual(app: &TestApp) -> Process {
    process(app, &["--log-format=json"])
}

/// What the lines of this message say, of a process that ends now.
fn ended(process: Process, message: &str) -> Vec<Value> {
    let (status, log) = process.terminate();
    assert_eq!(status.code(), Some(0), "{log}");
    lines(&log, message)
}

fn lines(log: &str, message: &str) -> Vec<Value> {
    let lines = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let lines = lines.filter(|line| line["fields"]["message"] == message);
    let fields = |mut line: Value| {
        line["fields"]["level"] = line["level"].take();
        line["fields"].take()
    };
    lines.map(fields).collect()
}

/// Sends a request whose head goes on with these lines.
async fn ask(process: &Process, client: &Client, head: &str, body: &str) -> Answer {
    let mut connection = Connection::to(process.address).await;
    connection.send(&request(client, head, body)).await;
    connection.answer().await
}

fn request(client: &Client, head: &str, body: &str) -> String {
    let proof = match client.proof() {
        Proof::None => String::new(),
        Proof::Bearer(token) => format!("Authorization: Bearer {token}\r\n"),
        Proof::ApiKey { key, secret } => {
            format!("X-API-Key: {key}\r\nX-API-Secret: {secret}\r\n")
        }
    };
    let length = body.len();
    format!(
        "{head}\r\nHost: x\r\nContent-Type: application/json\r\n{proof}\
         Content-Length: {length}\r\n\r\n{body}"
    )
}

async fn graphql(process: &Process, client: &Client, body: &Value) -> Answer {
    ask(process, client, "POST /graphql HTTP/1.1", &body.to_string()).await
}

#[tokio::test]
async fn a_rest_request_has_one_line_with_its_route_and_key_and_no_secret() {
    let (app, _) = app().await;
    let ann = app.machine("ann").await;
    let process = usual(&app);
    let answer = ask(&process, &ann, "GET /api/jobs?limit=3 HTTP/1.1", "").await;
    assert_eq!(answer.status, "HTTP/1.1 200 OK");
    let (_, log) = process.terminate();
    let Proof::ApiKey { key, secret } = ann.proof() else { panic!("a key") };
    assert!(!log.contains(secret) && !log.contains(key), "{log}");
    let [line] = &lines(&log, "request")[..] else { panic!("one line: {log}") };
    assert_eq!((&line["level"], &line["method"]), (&json!("INFO"), &json!("GET")));
    assert_eq!((&line["route"], &line["status"]), (&json!("/api/jobs"), &json!(200)));
    assert_eq!((&line["bytes"], &line["aborted"]), (&json!(answer.body.len()), &Value::Null));
    assert_eq!(line["request_id"], answer.headers["x-request-id"]);
    assert!(line["duration_ms"].is_u64() && line["api_key_id"].is_i64(), "{line}");
    assert_eq!((&line["user_id"], &line["operation"]), (&json!(ann.user_id()), &Value::Null));
}

#[tokio::test]
async fn a_graphql_request_has_one_line_with_its_root_fields_and_user() {
    let (app, anon) = app().await;
    let ann = app.member("ann").await;
    let process = usual(&app);
    let query = json!({ "query": "query A { a: jobs { totalCount } b: jobTypes { slug } }" });
    graphql(&process, &ann, &query).await;
    graphql(&process, &anon, &json!({ "query": "{ nonsense }" })).await;
    let [known, stranger] = &ended(process, "request")[..] else { panic!("two lines") };
    assert_eq!(known["route"], "/graphql");
    assert_eq!(known["operation"], "query jobs,jobTypes");
    assert_eq!((&known["user_id"], &known["api_key_id"]), (&json!(ann.user_id()), &Value::Null));
    assert_eq!((&known["status"], &known["error_code"]), (&json!(200), &Value::Null));
    assert_eq!((&stranger["user_id"], &stranger["operation"]), (&Value::Null, &Value::Null));
    assert_eq!(stranger["error_code"], "GRAPHQL_VALIDATION_FAILED");
}

#[tokio::test]
async fn health_checks_are_logged_at_debug_only() {
    let (app, anon) = app().await;
    for (level, told) in [("info", vec![]), ("debug", vec!["/healthz", "/readyz"])] {
        let process = process(&app, &["--log-format=json", "--log-level", level]);
        for path in ["/healthz", "/readyz"] {
            ask(&process, &anon, &format!("GET {path} HTTP/1.1"), "").await;
        }
        let lines = ended(process, "request");
        let routes: Vec<_> = lines.iter().map(|line| line["route"].as_str().unwrap()).collect();
        assert_eq!(routes, told);
    }
}

#[tokio::test]
async fn nothing_that_a_client_wrote_is_in_the_log() {
    let (app, anon) = app().await;
    let ann = app.machine("ann").await;
    for format in ["text", "json"] {
        let process = process(&app, &["--log-level=trace", "--log-format", format]);
        let heads = [
            format!("GET /api/jobs/{CANARY}?{CANARY}={CANARY} HTTP/1.1\r\nUser-Agent: {CANARY}"),
            format!("GET /{CANARY}/{CANARY} HTTP/1.1\r\nCookie: {CANARY}={CANARY}"),
            format!("GET /verify?token={CANARY} HTTP/1.1"),
            format!("GET /app/{CANARY} HTTP/1.1\r\nReferer: http://{CANARY}/"),
            format!("GET /q/{CANARY} HTTP/1.1"),
            format!("{CANARY} /api/jobs HTTP/1.1"),
        ];
        for head in &heads {
            ask(&process, &ann, head, "").await;
        }
        let login = json!({ "email": format!("{CANARY}@example.com"), "password": CANARY });
        ask(&process, &anon, "POST /login HTTP/1.1", &login.to_string()).await;
        let job = json!({ "title": CANARY, CANARY: CANARY }).to_string();
        ask(&process, &ann, "POST /api/jobs HTTP/1.1", &job).await;
        for query in [format!("query {CANARY} {{ {CANARY}: jobTypes {{ slug }} }}"), CANARY.into()]
        {
            let variables = json!({ CANARY: CANARY });
            graphql(&process, &ann, &json!({ "query": query, "variables": variables })).await;
        }
        let (mut socket, here) = Socket::of(process.address, &ann).await;
        for _ in 0..2 {
            let query = format!("subscription {CANARY} {{ jobPublished {{ job {{ id }} }} }}");
            socket.subscribe(CANARY, &query, &here).await;
        }
        assert!(socket.closed().await.1.contains(CANARY));
        let (_, log) = process.terminate();
        let line = log.lines().find(|line| line.contains(CANARY));
        assert_eq!(line, None);
        assert!(log.contains("4409") && log.contains("/api/jobs/{"), "{log}");
    }
}

#[tokio::test]
async fn a_socket_and_each_of_its_operations_have_one_line() {
    let (app, anon) = app().await;
    let ann = app.member("ann").await;
    let process = usual(&app);
    let (mut socket, here) = Socket::of(process.address, &ann).await;
    socket.subscribe("1", "subscription { jobPublished { job { id } } }", &here).await;
    for _ in 0..2 {
        published(&ann).await;
        socket.event().await;
    }
    socket.say(&json!({ "id": "1", "type": "complete" })).await;
    socket.subscribe("2", "{ jobTypes { slug } }", &here).await;
    assert_eq!(
        [socket.hear().await["type"].clone(), socket.hear().await["type"].clone()],
        ["next", "complete"]
    );
    socket.subscribe("3", "{ nonsense }", &here).await;
    assert_eq!(socket.hear().await["type"], "error");
    drop(socket);
    let mut rude = Socket::open(process.address).await;
    rude.subscribe("1", "{ jobTypes { slug } }", &here).await;
    assert_eq!(rude.closed().await.0, 4401);
    drop((rude, anon));
    let (_, log) = process.terminate();
    let operations = lines(&log, "operation");
    let find = |name: Value| {
        let mut found = operations.iter().filter(|line| line["operation"] == name);
        let line = found.next().unwrap_or_else(|| panic!("no {name}: {log}"));
        assert_eq!((found.next(), &line["user_id"]), (None, &json!(ann.user_id())));
        line
    };
    assert_eq!(operations.len(), 3, "{log}");
    let (heard, answered) =
        (find(json!("subscription jobPublished")), find(json!("query jobTypes")));
    assert_eq!((&heard["events"], &heard["aborted"]), (&json!(2), &json!(true)));
    assert_eq!((&answered["events"], &answered["aborted"]), (&json!(1), &Value::Null));
    assert_eq!((&answered["error_code"], &heard["error_code"]), (&Value::Null, &Value::Null));
    assert_eq!(find(Value::Null)["error_code"], "GRAPHQL_VALIDATION_FAILED");
    let mut sockets = lines(&log, "socket");
    sockets.sort_by_key(|line| line["operations"].as_u64());
    let [closed, left] = &sockets[..] else { panic!("two sockets: {log}") };
    assert_eq!((&left["operations"], &left["aborted"]), (&json!(3), &json!(true)));
    assert_eq!((&left["user_id"], &left["error_code"]), (&json!(ann.user_id()), &Value::Null));
    assert_eq!(left["request_id"], heard["request_id"]);
    assert_eq!(
        (&closed["close_code"], &closed["close_reason"]),
        (&json!(4401), &json!("Unauthorized"))
    );
    assert_eq!((&closed["operations"], &closed["user_id"]), (&json!(0), &Value::Null));
}

#[tokio::test]
async fn a_stream_has_its_line_at_its_end_with_its_events() {
    let (app, _) = app().await;
    let ann = app.member("ann").await;
    let process = usual(&app);
    let query = json!({ "query": "subscription { jobPublished { job { id } } }" }).to_string();
    let mut stream = Connection::to(process.address).await;
    let head = "POST /graphql HTTP/1.1\r\nAccept: text/event-stream";
    stream.send(&request(&ann, head, &query)).await;
    soon(async { while !stream.line().await.starts_with("id:") {} }).await;
    published(&ann).await;
    soon(async { while !stream.line().await.starts_with("event: next") {} }).await;
    drop(stream);
    let [line] = &ended(process, "request")[..] else { panic!("one line") };
    assert_eq!((&line["events"], &line["aborted"]), (&json!(1), &json!(true)));
    assert_eq!((&line["status"], &line["user_id"]), (&json!(200), &json!(ann.user_id())));
    assert_eq!(line["operation"], "subscription jobPublished");
    assert!(line["bytes"].as_u64().unwrap() > 50, "{line}");
}

#[tokio::test]
async fn a_request_whose_client_leaves_before_its_answer_is_logged_as_aborted() {
    let (app, _) = app().await;
    let ann = app.machine("ann").await;
    let process = usual(&app);
    // Its key is noted as used, so that it need not be when the database is busy.
    ask(&process, &ann, "GET /api/jobs HTTP/1.1", "").await;
    let busy = app.services.db.begin().await.unwrap();
    busy.execute_unprepared("UPDATE users SET name = name").await.unwrap();
    let mut connection = Connection::to(process.address).await;
    let job = job_with(&json!({})).to_string();
    connection.send(&request(&ann, "POST /api/jobs HTTP/1.1", &job)).await;
    // Long enough for the key to be looked at; the answer has to wait.
    tokio::time::sleep(Duration::from_millis(500)).await;
    drop(connection);
    tokio::time::sleep(Duration::from_millis(100)).await;
    busy.commit().await.unwrap();
    let [_, line] = &ended(process, "request")[..] else { panic!("two lines") };
    assert_eq!((&line["aborted"], &line["status"]), (&json!(true), &Value::Null), "{line}");
    assert_eq!((&line["route"], &line["bytes"]), (&json!("/api/jobs"), &json!(0)));
    assert!(line["api_key_id"].is_i64(), "{line}");
}
