//! Keys that may be used from some networks only.

use axum::{
    body::Body,
    http::{HeaderValue, Method, StatusCode},
};
use find_helper::domain::viewer::Scope;
use serde_json::{Value, json};

use crate::{
    jobs::steps::{fields, outcome, whole},
    keys::making::{create, halves, program, works},
    realtime::OPEN,
    rest::jobs::cleaning,
    support::{Client, Reply, Server, Socket, TestApp},
};

async fn update(member: &Client, id: &str, changes: Value) -> Reply {
    let mutation = "mutation($input: UpdateApiKeyInput!) { updateApiKey(input: $input) {
        apiKey { name scopes networks } } }";
    let mut input = changes;
    input["id"] = id.into();
    member.gql(mutation, json!({ "input": input })).await
}

#[tokio::test]
async fn a_key_works_from_its_networks_only() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let networks = json!({ "networks": ["203.0.113.0/24", "2001:db8::/32"] });
    let (program, _) = program(&app, &ann, networks).await;
    for (address, inside) in [
        ("203.0.113.1", true),
        ("::ffff:203.0.113.1", true),
        ("2001:db8:1::1", true),
        ("203.0.112.255", false),
        ("2001:db9::1", false),
    ] {
        assert_eq!(works(&program.at(address)).await, inside, "{address}");
    }
}

#[tokio::test]
async fn g1_a_key_from_elsewhere_is_answered_like_a_wrong_secret_at_the_same_cost() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let (bound, _) = program(&app, &ann, json!({ "networks": ["203.0.113.7"] })).await;
    let (_, other) = halves(&app.key(&ben, Scope::ALL).await);
    let wrong = bound.clone().with_key(1, &halves(&bound).0, &other);
    let elsewhere = |client: &Client| client.at(&app.anon().address().to_string());
    let (elsewhere, wrong) = (elsewhere(&bound), elsewhere(&wrong));
    let mut answers = Vec::new();
    for client in [&elsewhere, &wrong] {
        let mut rest = None;
        let statements = app.statements(async { rest = Some(client.get("/api/jobs").await) }).await;
        let graphql = whole(client.gql("{ jobs { totalCount } }", json!({})).await);
        answers.push((statements, whole(rest.unwrap()), graphql));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0].1.0, 401);
    assert!(works(&bound.at("203.0.113.7")).await);
}

#[tokio::test]
async fn a_socket_opens_from_the_networks_of_its_key_and_closes_when_they_change() {
    let (app, _) = TestApp::with(OPEN).await;
    let ann = app.member("ann").await;
    let server = Server::start(&app).await;
    let (elsewhere, _) = program(&app, &ann, json!({ "networks": ["203.0.113.0/24"] })).await;
    let mut socket = Socket::open(server.address).await;
    let payload = crate::support::socket::shown(&elsewhere);
    socket.say(&json!({ "type": "connection_init", "payload": payload })).await;
    assert_eq!(socket.closed().await, (4403, "UNAUTHORIZED".into()));
    let (here, id) = program(&app, &ann, json!({ "networks": ["127.0.0.0/8"] })).await;
    let (mut stays, _) = Socket::of(server.address, &here).await;
    let narrower = update(&ann, &id, json!({ "networks": ["127.0.0.1", "203.0.113.0/24"] })).await;
    assert_eq!(outcome(&narrower), "ok");
    stays
        .say(&json!({ "id": "1", "type": "subscribe", "payload": { "query": "{ __typename }" } }))
        .await;
    assert_eq!(stays.hear().await["type"], "next");
    assert_eq!(outcome(&update(&ann, &id, json!({ "networks": ["203.0.113.0/24"] })).await), "ok");
    assert_eq!(stays.hear().await["type"], "complete");
    assert_eq!(stays.closed().await, (4401, "UNAUTHORIZED".into()));
}

#[tokio::test]
async fn s03_a_key_of_the_proxy_s_network_is_of_no_use_to_whom_the_proxy_does_not_name() {
    let (app, _) = TestApp::with(&["--trusted-proxies=127.0.0.1/32"]).await;
    let ann = app.member("ann").await;
    let (near, _) = program(&app, &ann, json!({ "networks": ["127.0.0.0/8", "0.0.0.0/0"] })).await;
    let (far, _) = program(&app, &ann, json!({ "networks": ["203.0.113.7"] })).await;
    let through = async |client: &Client, lines: &[&[u8]]| {
        let proxy = client.at("127.0.0.1");
        let mut request = proxy.request(Method::GET, "/api/jobs");
        for line in lines {
            request = request.header("x-forwarded-for", HeaderValue::from_bytes(line).unwrap());
        }
        proxy.send(request.body(Body::empty()).unwrap()).await.status
    };
    let nobody: [&[&[u8]]; 6] = [
        &[],
        &[b"\xff"],
        &[b"unknown"],
        &[b"203.0.113.7, \xff"],
        &[b"127.0.0.1, evil, 127.0.0.1"],
        &[b"203.0.113.7", b""],
    ];
    for lines in nobody {
        for key in [&near, &far] {
            assert_eq!(through(key, lines).await, StatusCode::UNAUTHORIZED, "{lines:?}");
        }
    }
    let named: [&[&[u8]]; 3] =
        [&[b"\xff, 203.0.113.7"], &[b"\xff", b"203.0.113.7"], &[b"\xff, 203.0.113.7, 127.0.0.1"]];
    for lines in named {
        assert_eq!(through(&far, lines).await, StatusCode::OK, "{lines:?}");
    }
    let (proxys, _) = program(&app, &ann, json!({ "networks": ["127.0.0.0/8"] })).await;
    assert_eq!(through(&proxys, &[b"\xff, 203.0.113.7"]).await, StatusCode::UNAUTHORIZED);
    assert_eq!(
        through(&proxys, &[b"127.0.0.1"]).await,
        StatusCode::OK,
        "a proxy that names itself"
    );
}

#[tokio::test]
async fn networks_are_stored_in_one_form_and_an_empty_list_is_everywhere() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (program, id) = program(&app, &ann, json!({ "networks": ["203.0.113.0/24"] })).await;
    let given = json!({ "networks": ["2001:DB8::1/32", "203.0.113.9", "::ffff:203.0.113.9"] });
    let networks = async |changes: Value| {
        update(&ann, &id, changes).await.json()["data"]["updateApiKey"]["apiKey"]["networks"].take()
    };
    let stored = json!(["203.0.113.9/32", "2001:db8::/32"]);
    assert_eq!(networks(given).await, stored);
    assert_eq!(networks(json!({ "name": "x" })).await, stored, "what is left out stays");
    assert!(!works(&program).await);
    assert_eq!(networks(json!({ "networks": [] })).await, json!([]));
    assert!(works(&program).await);
}

#[tokio::test]
async fn only_networks_are_taken_and_at_most_twenty() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let wrong = json!({ "networks": ["203.0.113.0/24", "example.org", "203.0.113.0/33"] });
    assert_eq!(fields(&create(&ann, wrong).await), ["networks[1]", "networks[2]"]);
    let many =
        |count: usize| -> Vec<String> { (0..count).map(|n| format!("10.0.{n}.0/24")).collect() };
    assert_eq!(fields(&create(&ann, json!({ "networks": many(21) })).await), ["networks"]);
    assert_eq!(outcome(&create(&ann, json!({ "networks": many(20) })).await), "ok");
}

#[tokio::test]
async fn a_key_is_changed_by_its_owner_alone_and_at_once() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let (program, id) = program(&app, &ann, json!({})).await;
    let changes = || json!({ "name": "新名", "scopes": ["JOBS_READ"] });
    assert_eq!(outcome(&update(&ben, &id, changes()).await), "NOT_FOUND");
    assert_eq!(outcome(&update(&program, &id, changes()).await), "FORBIDDEN");
    let changed =
        update(&ann, &id, changes()).await.json()["data"]["updateApiKey"]["apiKey"].take();
    assert_eq!(changed, json!({ "name": "新名", "scopes": ["JOBS_READ"], "networks": [] }));
    assert_eq!(program.post("/api/jobs", cleaning()).await.jobs_error(), "403 FORBIDDEN");
    let wrong = update(&ann, &id, json!({ "name": " ", "scopes": [], "networks": ["x"] })).await;
    assert_eq!(fields(&wrong), ["name", "scopes", "networks[0]"]);
}
