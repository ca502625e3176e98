//! What Prometheus reads of a gateway, and that no client decides what is there.

use find_helper::http::metrics;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::{
    documents::{by_hash, trusting},
    http::server::{Connection, Server, soon},
    jobs::steps::published,
    support::{Client, Socket, TestApp, client::Proof},
};

const WATCHED: &str = "--metrics-addr=127.0.0.1:0";

/// Who watches this gateway.
fn watcher(app: &TestApp) -> Client {
    Client::new(metrics::router(app.app().gateway), Proof::None)
}

async fn scrape(watcher: &Client) -> String {
    let reply = watcher.get("/metrics").await;
    assert_eq!(reply.status, 200);
    assert!(reply.header("content-type").starts_with("application/openmetrics-text"));
    assert!(reply.text.ends_with("# EOF\n"));
    reply.text
}

/// The value of a series, if it is there.
fn value(page: &str, series: &str) -> Option<f64> {
    let values = page.lines().filter_map(|line| line.rsplit_once(' '));
    let mut found = values.filter(|(name, _)| *name == series).map(|(_, value)| value.parse());
    found.next().transpose().unwrap()
}

/// The names of all series.
fn series(page: &str) -> Vec<&str> {
    let lines = page.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.rsplit_once(' ').unwrap().0).collect()
}

/// Scrapes until the series has this value: a request is counted when its client has the whole answer.
async fn until(watcher: &Client, name: &str, wanted: f64) -> String {
    let wait = async {
        loop {
            let page = scrape(watcher).await;
            if value(&page, name) == Some(wanted) {
                return page;
            }
        }
    };
    soon(wait).await
}

async fn ask(server: &Server, head: &str, body: &str) {
    let mut connection = server.connect().await;
    let length = body.len();
    let request = format!(
        "{head}\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    connection.send(&request).await;
    connection.answer().await;
}

async fn graphql(server: &Server, body: &Value) {
    ask(server, "POST /graphql HTTP/1.1", &body.to_string()).await;
}

#[tokio::test]
async fn requests_and_operations_are_counted_under_names_that_are_ours() {
    let trusted = "query Board { jobTypes { slug } }";
    let (app, anon) = trusting(&by_hash(&[trusted]), &[WATCHED]).await;
    let (server, watcher) = (Server::start(&app).await, watcher(&app));
    let ann = app.member("ann").await;
    for query in ["query Mine { a: jobs { totalCount } b: jobTypes { slug } }", trusted, "{ x }"] {
        graphql(&server, &json!({ "query": query })).await;
    }
    graphql(&server, &json!({ "query": "mutation { logout { __typename } }" })).await;
    ask(&server, "GET /user HTTP/1.1", "").await;
    ask(&server, "GET /nowhere/else HTTP/1.1", "").await;
    let (mut socket, here) = Socket::of(server.address, &ann).await;
    socket.subscribe("1", "subscription { jobPublished { job { id } } }", &here).await;
    published(&ann).await;
    socket.event().await;
    assert_eq!(value(&scrape(&watcher).await, "find_helper_streams_open"), Some(1.0));
    drop(socket);
    let subscription = "find_helper_operations_total{kind=\"subscription\",name=\"jobPublished\"}";
    let page = until(&watcher, subscription, 1.0).await;
    for (name, expected) in [
        ("find_helper_http_requests_total{route=\"/graphql\",status=\"1xx\"}", 1.0),
        ("find_helper_http_requests_total{route=\"/user\",status=\"4xx\"}", 1.0),
        ("find_helper_http_requests_total{route=\"other\",status=\"4xx\"}", 1.0),
        (
            "find_helper_http_errors_total{route=\"/graphql\",code=\"GRAPHQL_VALIDATION_FAILED\"}",
            1.0,
        ),
        ("find_helper_http_errors_total{route=\"/user\",code=\"UNAUTHORIZED\"}", 1.0),
        ("find_helper_operations_total{kind=\"query\",name=\"jobs\"}", 1.0),
        ("find_helper_operations_total{kind=\"trusted\",name=\"Board\"}", 1.0),
        ("find_helper_operations_total{kind=\"mutation\",name=\"logout\"}", 1.0),
        ("find_helper_operations_total{kind=\"rest\",name=\"GET /user\"}", 1.0),
        ("find_helper_operation_duration_seconds_count{kind=\"query\",name=\"jobs\"}", 1.0),
    ] {
        assert_eq!(value(&page, name), Some(expected), "{name} in\n{page}");
    }
    let lasting = "find_helper_operation_duration_seconds_count{kind=\"subscription\"";
    assert!(!page.contains(lasting), "a stream lasts as long as its client wants");
    assert!(!page.contains("Mine") && anon.get("/metrics").await.status == 404);
}

/// Everything that a client can invent, with this word.
async fn flood(app: &TestApp, server: &Server, ann: &Client, word: &str) {
    let word = &format!("canary{word}");
    for number in 0..20 {
        let name = &format!("{word}{number}");
        for head in [
            format!(
                "GET /{name}/{name}?{name}={name} HTTP/1.1\r\nX-Request-Id: {name}\r\n{name}: {name}"
            ),
            format!("GET /api/jobs/{name} HTTP/1.1\r\nUser-Agent: {name}"),
            format!("GET /q/{name} HTTP/1.1"),
            format!("GET /jobs/{name}/{name} HTTP/1.1\r\nAccept: text/html"),
            format!("GET /app/{name} HTTP/1.1"),
            format!("{name} /graphql HTTP/1.1"),
            format!("{name} /api/jobs HTTP/1.1\r\nX-API-Key: {name}\r\nX-API-Secret: {name}"),
        ] {
            ask(server, &head, "").await;
        }
        let body = json!({ "email": format!("{name}@example.com"), "password": name });
        ask(server, "POST /login HTTP/1.1", &body.to_string()).await;
        for query in [
            format!("query {name} {{ {name}: jobTypes {{ slug }} }}"),
            format!("query {name} {{ {name} }}"),
            format!("{{ node(id: \"{name}\") {{ id }} }}"),
            name.clone(),
        ] {
            let extensions = json!({ "code": name, name: name });
            let body = json!({ "query": query, "operationName": name, "extensions": extensions });
            graphql(server, &body).await;
        }
    }
    let (mut socket, here) = Socket::of(server.address, ann).await;
    for query in
        [format!("query {word} {{ {word}: jobTypes {{ slug }} }}"), format!("{{ {word} }}")]
    {
        socket.subscribe(word, &query, &here).await;
        while !matches!(socket.hear().await["type"].as_str(), Some("complete" | "error")) {}
    }
    drop(app.member(word).await);
}

#[tokio::test]
async fn however_many_names_clients_invent_there_are_no_more_series() {
    let generous =
        ["general", "reading", "login"].map(|it| format!("--limit-{it}-per-minute=100000"));
    let flags: Vec<_> = generous.iter().map(String::as_str).chain([WATCHED]).collect();
    let (app, _) = TestApp::with(&flags).await;
    let (server, watcher) = (Server::start(&app).await, watcher(&app));
    let ann = app.member("ann").await;
    let lost = |count| {
        let name = "find_helper_http_requests_total{route=\"other\",status=\"4xx\"}";
        (name, f64::from(count))
    };
    flood(&app, &server, &ann, "one").await;
    let (name, count) = lost(20);
    let first = until(&watcher, name, count).await;
    flood(&app, &server, &ann, "two").await;
    let (name, count) = lost(40);
    let second = until(&watcher, name, count).await;
    let (before, after) = (series(&first), series(&second));
    let new: Vec<_> = after.iter().filter(|name| !before.contains(name)).collect();
    assert!(new.is_empty(), "{new:?}");
    assert!(after.len() < 400, "{} series", after.len());
    assert!(!second.contains("canary"), "{second}");
}

#[tokio::test]
async fn what_waits_behind_the_scenes_is_told_with_its_age() {
    let (app, _) = TestApp::with(&[WATCHED]).await;
    let watcher = watcher(&app);
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = published(&ann).await;
    let apply = "mutation($job: ID!) { applyToJob(input: { jobId: $job }) { __typename } }";
    ben.data(apply, json!({ "job": job })).await;
    app.advance(chrono::TimeDelta::seconds(90));
    let page = until(&watcher, "find_helper_notices_lag_seconds", 90.0).await;
    assert_eq!(value(&page, "find_helper_events_unnumbered_seconds"), Some(0.0));
    app.tell().await;
    app.advance(chrono::TimeDelta::seconds(30));
    let page = until(&watcher, "find_helper_notices_lag_seconds", 0.0).await;
    assert_eq!(value(&page, "find_helper_mails_waiting"), Some(1.0), "{page}");
    assert_eq!(value(&page, "find_helper_mails_oldest_seconds"), Some(30.0));
    app.send_mails().await;
    until(&watcher, "find_helper_mails_waiting", 0.0).await;
}

#[tokio::test]
async fn refusals_of_limits_and_hashes_of_passwords_are_counted() {
    let (app, anon) = TestApp::with(&[WATCHED, "--limit-login-per-minute=2"]).await;
    let watcher = watcher(&app);
    for _ in 0..3 {
        let body = json!({ "email": "ann@example.com", "password": "wrong password" });
        anon.post("/login", body).await;
    }
    let page = scrape(&watcher).await;
    assert_eq!(value(&page, "find_helper_limit_refusals_total{limit=\"login\"}"), Some(1.0));
    assert_eq!(value(&page, "find_helper_limit_refusals_total{limit=\"other\"}"), Some(0.0));
    let hashes = value(&page, "find_helper_password_hashes_in_use{pool=\"argon2\"}");
    assert_eq!(hashes, Some(0.0));
    for name in ["process_resident_memory_bytes", "process_cpu_seconds_total", "process_open_fds"] {
        assert!(value(&page, name).is_some_and(|value| value > 0.0), "{name} in\n{page}");
    }
    assert_eq!(value(&page, "process_start_time_seconds"), Some(1_770_451_200.0));
    let size = value(&page, "find_helper_sqlite_wal_bytes");
    let is_sqlite = page.contains("database=\"sqlite\"");
    assert_eq!(size.is_some_and(|bytes| bytes > 0.0), is_sqlite, "{page}");
}

#[tokio::test]
async fn connections_that_are_waited_for_are_counted() {
    let (app, _) = TestApp::with(&[WATCHED, "--database-connections=4"]).await;
    let watcher = watcher(&app);
    let is_sqlite = scrape(&watcher).await.contains("database=\"sqlite\"");
    let (pool, rest) = if is_sqlite { ("write", 0.0) } else { ("all", 3.0) };
    let named = |name: &str| format!("find_helper_database_connections_{name}{{pool=\"{pool}\"}}");
    let page = scrape(&watcher).await;
    assert_eq!(value(&page, &named("in_use")), Some(0.0), "{page}");
    let held = app.services.db.begin().await.unwrap();
    let page = scrape(&watcher).await;
    assert_eq!(value(&page, &named("in_use")), Some(1.0), "{page}");
    assert_eq!(value(&page, &named("free")), Some(rest));
    held.rollback().await.unwrap();
}

#[tokio::test]
async fn the_listener_for_metrics_serves_nothing_else_and_is_off_by_default() {
    let (app, anon) = TestApp::with(&[WATCHED]).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(metrics::serve(app.app().gateway, listener));
    for (path, status) in [
        ("/metrics", "200 OK"),
        ("/healthz", "200 OK"),
        ("/readyz", "200 OK"),
        ("/graphql", "404 Not Found"),
        ("/api/jobs", "404 Not Found"),
        ("/", "404 Not Found"),
    ] {
        let answer = Connection::to(address).await.get(path).await;
        assert_eq!(answer.status, format!("HTTP/1.1 {status}"), "{path}");
    }
    serving.abort();
    assert_eq!(anon.get("/metrics").await.status, 404);
    let (app, _) = TestApp::new().await;
    assert!(app.services.config.observing.metrics_addr.is_none());
    let server = Server::start(&app).await;
    graphql(&server, &json!({ "query": "{ jobTypes { slug } }" })).await;
    assert!(!scrape(&watcher(&app)).await.contains("find_helper_http_requests"));
}

/// The metrics that a file names, without the suffixes of histograms and counters.
fn named(text: &str) -> Vec<String> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let words = text.split(|c: char| !is_name(c));
    let ours = words.filter(|it| it.starts_with("find_helper_") || it.starts_with("process_"));
    let suffixes = ["_total", "_bucket", "_sum", "_count"];
    let without = |name: &str| {
        suffixes.iter().find_map(|it| name.strip_suffix(it)).unwrap_or(name).to_owned()
    };
    let mut names: Vec<_> = ours.map(without).collect();
    names.sort();
    names.dedup();
    names
}

#[tokio::test]
async fn every_metric_is_described_and_rules_and_dashboard_name_no_other() {
    let (app, _) = TestApp::with(&[WATCHED]).await;
    let page = scrape(&watcher(&app)).await;
    let described = page.lines().filter_map(|line| line.strip_prefix("# HELP "));
    let exported: Vec<_> =
        described.map(|line| line.split(' ').next().unwrap().to_owned()).collect();
    let read = |path: &str| std::fs::read_to_string(path).unwrap();
    for path in ["deploy/prometheus/alerts.yml", "deploy/grafana/dashboard.json"] {
        for name in named(&read(path)) {
            // PostgreSQL has no such log.
            let is_there = exported.contains(&name) || name == "find_helper_sqlite_wal_bytes";
            assert!(is_there, "{path} names {name}, which nobody exports");
        }
    }
    let told = named(&read("docs/operations.md"));
    for name in &exported {
        assert!(told.contains(name), "docs/operations.md does not tell of {name}");
    }
}

#[test]
fn every_alert_has_a_section_that_says_what_to_do_and_a_test() {
    let read = |path: &str| std::fs::read_to_string(path).unwrap();
    let (rules, tests) =
        (read("deploy/prometheus/alerts.yml"), read("deploy/prometheus/alerts_test.yml"));
    let guide = read("docs/operations.md");
    let names = rules.lines().filter_map(|line| line.trim().strip_prefix("- alert: "));
    let names: Vec<_> = names.collect();
    assert!(names.len() >= 10, "{names:?}");
    for name in &names {
        let section = guide.split_once(&format!("\n### {name}\n"));
        let section = section.unwrap_or_else(|| panic!("no section for {name}")).1;
        let section = section.split("\n##").next().unwrap();
        for part in ["**Means.**", "**Look.**", "**Do.**"] {
            assert!(section.contains(part), "{name} has no {part}");
        }
        let fires = format!("alertname: {name}\n        exp_alerts:");
        assert!(tests.contains(&fires), "no test in which {name} fires");
        assert!(tests.contains(&format!("alertname: {name} }}")), "no test in which {name} rests");
    }
    let sections = guide.matches("\n### FindHelper").count();
    assert_eq!(sections, names.len(), "a section for an alert that is none");
}
