//! A limit is one, whichever door leads to it.

use axum::{
    body::Body,
    http::{Method, Request, header},
};
use chrono::TimeDelta;
use serde_json::json;

use super::{LOGIN, REGISTER, TYPENAME, person, retry_after, standing, wrong_login};
use crate::{
    rest::jobs::cleaning,
    support::{PASSWORD, Server, Socket, TestApp},
};

#[tokio::test]
async fn b2_five_logins_a_minute_are_shared_by_all_doors() {
    let (app, anon) = TestApp::new().await;
    app.member("ann").await;
    for (number, path) in
        ["/login", "/auth/login", "/graphql", "/login", "/graphql"].iter().enumerate()
    {
        let reply = match *path {
            "/graphql" => anon.gql(LOGIN, wrong_login()).await,
            path => anon.post(path, wrong_login()).await,
        };
        assert!(reply.text.contains("INVALID_CREDENTIALS"), "{}", reply.text);
        let remaining = 4 - u32::try_from(number).unwrap();
        assert_eq!(standing(&reply), (5, remaining, 1_770_451_260), "{path}");
    }
    let runs = app.services.passwords.runs();
    let right = json!({ "email": "ann@example.com", "password": PASSWORD });
    assert_eq!(anon.post("/login", right.clone()).await.auth_error(), "429 RATE_LIMIT_EXCEEDED");
    assert_eq!(
        anon.post("/auth/login", right.clone()).await.auth_error(),
        "429 RATE_LIMIT_EXCEEDED"
    );
    let over_graphql = anon.gql(LOGIN, right.clone()).await;
    assert_eq!(retry_after(&over_graphql), 60);
    assert_eq!(over_graphql.json()["errors"][0]["extensions"]["code"], "RATE_LIMIT_EXCEEDED");
    assert_eq!(over_graphql.json()["errors"][0]["extensions"]["retryAfter"], 60);
    assert_eq!(app.services.passwords.runs(), runs, "a refused login costs no hash");
    assert_eq!(app.anon().post("/login", right.clone()).await.status, 200, "others may");
    app.advance(TimeDelta::seconds(60));
    assert_eq!(anon.post("/login", right).await.status, 200, "after the minute");
}

#[tokio::test]
async fn b2_neither_events_nor_a_socket_are_a_further_door_to_sign_in_by() {
    let (app, _) = TestApp::new().await;
    let server = Server::start(&app).await;
    // Whoever connects to the server has this address.
    let anon = app.anon().at("127.0.0.1");
    let (mut socket, here) = Socket::of(server.address, &anon).await;
    let login = format!(
        "mutation {{ login(input: {{email: \"ann@example.com\", password: \"{PASSWORD}\"}}) {{ token }} }}"
    );
    let runs = app.services.passwords.runs();
    socket.subscribe("1", &login, &here).await;
    let refused = socket.hear().await;
    assert_eq!(refused["payload"][0]["extensions"]["code"], "FORBIDDEN", "{refused}");
    assert_eq!(app.services.passwords.runs(), runs, "a socket signs nobody in");
    for remaining in [4, 3, 2, 1, 0] {
        let request = anon.request(Method::POST, "/graphql");
        let request = request.header(header::ACCEPT, "text/event-stream");
        let request = request.header(header::CONTENT_TYPE, "application/json");
        let query = json!({ "query": login }).to_string();
        let reply = anon.send(request.body(query.into()).unwrap()).await;
        assert!(reply.text.contains("INVALID_CREDENTIALS"), "{}", reply.text);
        assert_eq!(app.services.passwords.runs() - runs, 5 - remaining);
    }
    assert_eq!(anon.post("/login", wrong_login()).await.status, 429);
}

#[tokio::test]
async fn three_registrations_an_hour_are_shared_by_all_doors() {
    let (app, anon) = TestApp::new().await;
    assert_eq!(standing(&anon.post("/register", person(1)).await).1, 2);
    assert_eq!(standing(&anon.gql(REGISTER, person(2)).await).1, 1);
    assert_eq!(standing(&anon.post("/auth/register", person(3)).await).1, 0);
    let refused = anon.post("/register", person(4)).await;
    assert_eq!(refused.auth_error(), "429 RATE_LIMIT_EXCEEDED");
    assert_eq!(retry_after(&refused), 3_600);
    assert_eq!(retry_after(&anon.gql(REGISTER, person(4)).await), 3_600);
    app.advance(TimeDelta::minutes(60));
    assert_eq!(anon.post("/register", person(4)).await.status, 200);
}

#[tokio::test]
async fn a_registration_that_is_refused_for_its_input_counts_too() {
    let (_, anon) = TestApp::new().await;
    for _ in 0..3 {
        assert_eq!(anon.post("/register", json!({})).await.auth_error(), "400 INVALID_REQUEST");
    }
    assert_eq!(anon.post("/register", person(1)).await.status, 429);
}

#[tokio::test]
async fn aliases_do_not_multiply_logins() {
    let (app, anon) = TestApp::new().await;
    app.member("ann").await;
    let runs = app.services.passwords.runs();
    let login = |alias: &str| {
        format!(
            "{alias}: login(input: {{email: \"ann@example.com\", password: \"{PASSWORD}\"}}) {{ token }} "
        )
    };
    let fragment =
        format!("mutation {{ {} ...F }} fragment F on Mutation {{ {} }}", login("a"), login("b"));
    let documents = [
        format!("mutation {{ {} {} }}", login("a"), login("b")),
        fragment,
        format!("mutation {{ {} logout {{ ok }} }}", login("a")),
        format!("mutation {{ {} ... on Mutation {{ {} }} }}", login("a"), login("b")),
        format!("mutation A {{ {} }} mutation B {{ {} }}", login("a"), login("b")),
    ];
    for document in documents {
        let body = json!({ "query": document, "operationName": "A" });
        let reply = anon.post("/graphql", body).await;
        let code = &reply.json()["errors"][0]["extensions"]["code"];
        assert_eq!(code, "INVALID_REQUEST", "{document}: {}", reply.text);
        assert_eq!(reply.json().get("data"), None);
    }
    assert_eq!(app.services.passwords.runs(), runs);
}

#[tokio::test]
async fn b7_no_spelling_of_a_path_finds_a_fresh_bucket() {
    let (app, anon) = TestApp::new().await;
    app.member("ann").await;
    for _ in 0..5 {
        anon.post("/login", wrong_login()).await;
    }
    let runs = app.services.passwords.runs();
    let spellings = [
        "//login",
        "/login/",
        "/LOGIN",
        "/%6Cogin",
        "/%2Flogin",
        "/login%2F",
        "/login;x=1",
        "/./login",
        "/auth/../login",
        "/auth//login",
        "/login?x=1",
        "/auth/login?x=1",
        "/login#x",
        "/api/../login",
        "/login/.",
        "/%2e/login",
        "/login%5C",
        "/login%00",
        "/login%20",
        "/;/login",
        "/auth/auth/login",
        "/auth;x/login",
        "/auth%2Flogin",
        "/login.json",
        "http://elsewhere.example/login",
        "http://elsewhere.example/auth/login/",
    ];
    for (number, uri) in spellings.iter().enumerate() {
        let request = Request::builder()
            .method(Method::POST)
            .uri(*uri)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(wrong_login().to_string()));
        let reply = anon.send(request.unwrap()).await;
        match reply.status.as_u16() {
            // Nothing is there, and asking for it is counted.
            404 => assert_eq!(standing(&reply).0, 60, "{uri}"),
            status => assert_eq!(status, 429, "{uri}"),
        }
        assert!(standing(&reply).1 < 60, "{uri} {number}");
    }
    assert_eq!(app.services.passwords.runs(), runs);
}

#[tokio::test]
async fn every_answer_tells_how_its_client_stands() {
    let (app, anon) = TestApp::with(&["--limit-general-per-minute=20"]).await;
    let ann = app.member("ann").await;
    let machine = app.key(&ann, find_helper::domain::viewer::Scope::ALL).await;
    let delete = |path| anon.request(Method::DELETE, path).body(Body::empty()).unwrap();
    let replies = [
        (200, anon.get(TYPENAME).await),
        (401, anon.get("/user").await),
        (401, anon.get("/api/jobs").await),
        (404, anon.get("/api/nothing").await),
        (404, anon.get("/auth/nothing").await),
        (405, anon.send(delete("/api/jobs")).await),
        (405, anon.send(delete("/login")).await),
        (405, anon.send(delete("/graphql")).await),
        (400, anon.post("/refresh", json!({})).await),
        (400, anon.post("/graphql", json!({})).await),
        (400, anon.get("/verify?token=x").await),
        (200, ann.get("/user").await),
        (200, machine.get("/api/jobs").await),
        (201, machine.post("/api/jobs", cleaning()).await),
        (404, machine.get("/api/jobs/9").await),
    ];
    for (status, reply) in &replies {
        assert_eq!(reply.status, *status, "{}", reply.text);
        let (limit, remaining, reset) = standing(reply);
        assert!(remaining < limit && reset == 1_770_451_260, "{reply:?}");
    }
    assert_eq!(standing(&replies[0].1).0, 600, "reading counts apart");
    // Ten further answers to the visitor, each with one less.
    let remaining: Vec<u32> = replies[1..11].iter().map(|(_, reply)| standing(reply).1).collect();
    assert_eq!(remaining, (10..20).rev().collect::<Vec<_>>());
}

#[tokio::test]
async fn pages_and_probes_are_not_counted() {
    let (_, anon) = TestApp::with(&["--limit-general-per-minute=1"]).await;
    for path in [
        "/healthz",
        "/readyz",
        "/openapi.json",
        "/robots.txt",
        "/app/reject?token=x",
        "/app/assets/x.js",
    ] {
        for _ in 0..3 {
            let reply = anon.get(path).await;
            assert_ne!(reply.status, 429, "{path}");
            assert!(!reply.has("x-ratelimit-limit"), "{path}");
        }
    }
}
