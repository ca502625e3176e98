//! What is sent means one thing, or is refused.

use axum::http::{Method, header};
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use crate::support::{Client, PASSWORD, Reply, Server, Socket, TestApp};

async fn send(client: &Client, path: &str, media_type: &str, body: &str) -> Reply {
    let request = client.request(Method::POST, path).header(header::CONTENT_TYPE, media_type);
    client.send(request.body(body.to_owned().into()).unwrap()).await
}

#[tokio::test]
async fn d14_a_sign_in_is_one_json_object_without_repeated_names() {
    let (app, anon) = TestApp::with(&["--limit-login-per-minute=1000"]).await;
    app.member("ann").await;
    let right = json!({ "email": "ann@example.com", "password": PASSWORD }).to_string();
    let members = right.trim_matches(['{', '}']);
    let other = r#""email":"nobody@example.com""#;
    let form = format!("email=ann%40example.com&password={PASSWORD}");
    for (media_type, body, expected) in [
        ("application/x-www-form-urlencoded", form, "415 UNSUPPORTED_MEDIA_TYPE"),
        ("application/xml", "<email/>".into(), "415 UNSUPPORTED_MEDIA_TYPE"),
        ("text/plain", right.clone(), "415 UNSUPPORTED_MEDIA_TYPE"),
        ("application/json", format!("[{right}]"), "400 INVALID_REQUEST"),
        ("application/json", format!("{{{other},{members}}}"), "400 INVALID_REQUEST"),
        ("application/json", format!("{{{members},{other}}}"), "400 INVALID_REQUEST"),
        ("application/json", format!("{{{members},{members}}}"), "400 INVALID_REQUEST"),
        (
            "application/json",
            format!(r#"{{{members},"x":{{"a":1,"a":2}}}}"#),
            "400 INVALID_REQUEST",
        ),
        ("application/json", right.replace('"', ""), "400 INVALID_REQUEST"),
    ] {
        let runs = app.services.passwords.runs();
        assert_eq!(send(&anon, "/login", media_type, &body).await.auth_error(), expected, "{body}");
        assert_eq!(app.services.passwords.runs(), runs, "{body}");
    }
    let others = format!(r#"{{{members},"admin":true,"user_id":1}}"#);
    let reply = send(&anon, "/login", "application/json; charset=utf-8", &others).await;
    assert_eq!(reply.status, 200, "what no route knows means nothing: {reply:?}");
}

const TWICE: [&str; 3] = [
    r#"{"query":"{ nothing }","query":"{ __typename }"}"#,
    r#"{"query":"query($v: ID!) { node(id: $v) { id } }","variables":{"v":"job_1","v":"job_2"}}"#,
    r#"{"query":"{ __typename }","extensions":{"x":[{"a":1,"a":1}]}}"#,
];

#[tokio::test]
async fn d14_a_graphql_request_that_names_a_member_twice_is_refused() {
    let (_, anon) = TestApp::new().await;
    for body in TWICE {
        let answer = send(&anon, "/graphql", "application/json", body).await.json();
        let error = &answer["errors"][0];
        assert_eq!(error["extensions"]["code"], "INVALID_REQUEST", "{answer}");
        assert!(error["message"].as_str().unwrap().contains("twice"), "{answer}");
    }
    for query in [
        "query={__typename}&query={__typename}",
        r#"query={__typename}&variables={"v":1,"v":1}"#,
        "query={__typename}&variables={}&variables={}",
    ] {
        let answer = anon.get(&format!("/graphql?{query}")).await.json();
        assert_eq!(answer["errors"][0]["extensions"]["code"], "INVALID_REQUEST", "{query}");
    }
}

#[tokio::test]
async fn d14_a_socket_that_names_a_member_twice_is_closed() {
    let (app, _) = TestApp::new().await;
    let server = Server::start(&app).await;
    for body in TWICE {
        let mut socket = Socket::open(server.address).await;
        let message = format!(r#"{{"type":"subscribe","id":"1","payload":{body}}}"#);
        socket.send(Message::text(message)).await;
        let (code, reason) = socket.closed().await;
        assert_eq!(code, 4400, "{reason}");
        assert!(reason.contains("twice"), "{reason}");
    }
}
