//! What of a request is read with tolerance, and what strictly: one test for each line of the table in
//! docs/http.md that has none elsewhere.

use axum::{
    body::Body,
    http::{HeaderValue, Method, header},
};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use crate::{
    documents::{by_hash, trusting},
    rest::jobs::cleaning,
    support::{Client, Reply, Server, Socket, TestApp},
};

const JAVA: &[u8] = b"text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2";
const MARK: &str = "\u{feff}";

async fn send(
    client: &Client,
    (method, path): (Method, &str),
    headers: &[(&str, &[u8])],
    body: impl Into<Body>,
) -> Reply {
    let mut request = client.request(method, path);
    for (name, value) in headers {
        request = request.header(*name, HeaderValue::from_bytes(value).unwrap());
    }
    client.send(request.body(body.into()).unwrap()).await
}

async fn get(client: &Client, path: &str, headers: &[(&str, &[u8])]) -> Reply {
    send(client, (Method::GET, path), headers, "").await
}

async fn post(client: &Client, path: &str, media_type: &[u8], body: impl Into<Body>) -> Reply {
    send(client, (Method::POST, path), &[("content-type", media_type)], body).await
}

#[tokio::test]
async fn f05_accept_is_read_with_tolerance_on_every_door_that_reads_it() {
    let (_, anon) = TestApp::new().await;
    let accepted: [&[u8]; 6] = [
        JAVA,
        b"*",
        b"application/json;q=0.33333",
        b"application/json; Q=1",
        b"application/json, text/\xff",
        b"\xff",
    ];
    for accept in accepted {
        let told = accept.escape_ascii().to_string();
        let query = "/graphql?query={__typename}";
        assert_eq!(get(&anon, query, &[("accept", accept)]).await.status, 200, "{told}");
        let trusted = get(&anon, "/q/unknown", &[("accept", accept)]).await;
        assert_eq!(trusted.status, 404, "and not 406: {told}");
    }
    for accept in [&b"text/plain"[..], b"text/plain, \xff", b"*;q=0", b"*/*;Q=0.0"] {
        let told = accept.escape_ascii().to_string();
        let reply = get(&anon, "/graphql?query={__typename}", &[("accept", accept)]).await;
        assert_eq!(reply.status, 406, "{told}");
    }
    let page = get(&anon, "/graphql", &[("accept", JAVA)]).await;
    assert!(page.header("content-type").starts_with("text/html"), "asked for by name");
    let page = get(&anon, "/verify?token=x", &[("accept", b"text/HTML, \xff")]).await;
    assert!(page.header("content-type").starts_with("text/html"), "{page:?}");
}

#[tokio::test]
async fn f05_a_language_is_found_beside_what_cannot_be_read() {
    let (_, anon) = TestApp::new().await;
    let language = async |accepted: &[u8]| {
        let page = get(&anon, "/app/reject?token=x", &[("accept-language", accepted)]).await;
        page.text.contains("<html lang=\"zh-TW\">")
    };
    assert!(language(b"\xff, zh-TW;Q=.9, en;q=0.1").await);
    assert!(!language(b"\xff, en;q=0.5, zh-TW;q=0.1").await);
    assert!(language(b"en;q=nonsense").await, "as without a header");
}

#[tokio::test]
async fn f18_json_may_begin_with_a_byte_order_mark() {
    let (app, anon) = TestApp::new().await;
    let machine = app.machine("ann").await;
    let job = format!("{MARK}{}", cleaning());
    assert_eq!(post(&machine, "/api/jobs", b"application/json", job).await.status, 201);
    let query = r#"{"query":"{__typename}"}"#;
    let reply = post(&anon, "/graphql", b"application/json", format!("{MARK}{query}")).await;
    assert_eq!(reply.json()["data"]["__typename"], "Query");
    let path = format!("/graphql?query={{__typename}}&variables={MARK}{{}}&extensions={MARK}{{}}");
    assert_eq!(anon.get(&path).await.status, 200);
    for body in [MARK.to_owned(), format!("{MARK}{MARK}{query}"), format!("{query}{MARK}")] {
        assert_eq!(post(&anon, "/graphql", b"application/json", body).await.status, 400);
    }
    let server = Server::start(&app).await;
    let mut socket = Socket::open(server.address).await;
    socket.send(Message::text(format!(r#"{MARK}{{"type":"connection_init"}}"#))).await;
    assert_eq!(socket.hear().await["type"], "connection_ack");
}

#[tokio::test]
async fn f18_an_empty_list_stands_for_an_object_without_members() {
    let (app, anon) = TestApp::new().await;
    let machine = app.machine("ann").await;
    for (variables, extensions, status) in [
        (json!([]), json!([]), 200),
        (json!({}), json!([]), 200),
        (json!([]), json!(null), 200),
        (json!([[]]), json!([]), 400),
        (json!([1]), json!({}), 400),
        (json!({}), json!([{}]), 400),
        (json!(""), json!([]), 400),
    ] {
        let body =
            json!({ "query": "{__typename}", "variables": variables, "extensions": extensions });
        assert_eq!(anon.post("/graphql", body.clone()).await.status, status, "{body}");
        let path =
            format!("/graphql?query={{__typename}}&variables={variables}&extensions={extensions}");
        assert_eq!(anon.get(&path).await.status, status, "{path}");
    }
    let list = json!({ "query": "query($filter: JobFilter) { jobs(filter: $filter) { totalCount } }",
        "variables": { "filter": [] } });
    assert_eq!(anon.post("/graphql", list).await.status, 400, "inside of variables it is a list");
    assert_eq!(anon.post("/graphql", json!([])).await.status, 400, "no operation");

    let job = machine.post("/api/jobs", cleaning()).await.json()["data"]["id"].clone();
    let cancel = format!("/api/jobs/{job}/cancel");
    assert_eq!(machine.post(&cancel, json!([])).await.status, 200);
    assert_eq!(machine.post("/api/jobs", json!([])).await.jobs_error(), "400 INVALID_REQUEST");

    let server = Server::start(&app).await;
    let mut socket = Socket::open(server.address).await;
    socket.say(&json!({ "type": "connection_init", "payload": [] })).await;
    assert_eq!(socket.hear().await["type"], "connection_ack");
    let payload = json!({ "query": "{__typename}", "variables": [], "extensions": [] });
    socket.say(&json!({ "type": "subscribe", "id": "1", "payload": payload })).await;
    assert_eq!(socket.hear().await["payload"]["data"]["__typename"], "Query");
    assert_eq!(socket.hear().await["type"], "complete");
    socket.say(&json!({ "type": "subscribe", "id": "2", "payload": [{}] })).await;
    assert_eq!(socket.closed().await.0, 4400);
}

#[tokio::test]
async fn parameters_of_a_content_type_do_not_matter_and_its_type_does() {
    let (_, anon) = TestApp::new().await;
    let typename = r#"{"query":"{__typename}"}"#;
    let accepted: [&[u8]; 6] = [
        b"application/json; charset=utf-8",
        b"Application/JSON;charset=\"Big5\"",
        b" application/json ",
        b"application/json;",
        b"application/json; \xff=\xfe; q",
        b"application/json ; boundary=x",
    ];
    for media_type in accepted {
        let reply = post(&anon, "/graphql", media_type, typename).await;
        assert_eq!(reply.status, 200, "{}", media_type.escape_ascii());
    }
    let refused: [&[u8]; 7] = [
        b"",
        b"text/plain",
        b"text/plain; application/json",
        b"text/plain, application/json",
        b"application/json, text/plain",
        b"application/json\xff",
        b"application/jsonp",
    ];
    for media_type in refused {
        for path in ["/graphql", "/register"] {
            let reply = post(&anon, path, media_type, typename).await;
            assert_eq!(reply.status, 415, "{path} {}", media_type.escape_ascii());
        }
    }
    let twice: [(&str, &[u8]); 2] =
        [("content-type", b"application/json"), ("content-type", b"text/plain")];
    let twice = send(&anon, (Method::POST, "/graphql"), &twice, typename).await;
    assert_eq!(twice.status, 415, "which of them?");
    let big5 = b"{\"query\":\"{__typename}\",\"operationName\":\"\xa5x\"}".to_vec();
    let reply = post(&anon, "/graphql", b"application/json; charset=big5", big5).await;
    assert_eq!(reply.status, 400, "JSON is UTF-8, whatever is said of it");
}

#[tokio::test]
async fn credentials_that_cannot_be_read_are_bad_credentials_and_never_none() {
    let (app, anon) = TestApp::new().await;
    let machine = app.machine("ann").await;
    let credentials: [&[(&str, &[u8])]; 6] = [
        &[("authorization", b"Bearer \xff")],
        &[("authorization", b"\xff")],
        &[("authorization", b"")],
        &[("x-api-key", b"\xff"), ("x-api-secret", b"\xff")],
        &[("x-api-key", b"fh_\xe5\x8f\xb0")],
        &[("authorization", b"Bearer a"), ("authorization", b"Bearer a")],
    ];
    for headers in credentials {
        for path in ["/graphql?query={__typename}", "/api/jobs"] {
            assert_eq!(get(&anon, path, headers).await.status, 401, "{path} {headers:?}");
        }
        let beside = get(&machine, "/api/jobs", headers).await;
        assert!(matches!(beside.status.as_u16(), 400 | 401), "{headers:?}: {beside:?}");
    }
}

#[tokio::test]
async fn what_names_a_client_and_its_request_is_kept_as_far_as_it_can_be_read() {
    let (app, _) = TestApp::new().await;
    app.member("ann").await;
    let credentials = json!({ "email": "ann@example.com", "password": crate::support::PASSWORD });
    let headers: [(&str, &[u8]); 3] = [
        ("content-type", b"application/json"),
        ("user-agent", b"App/1 (\xe5\x8f\xb0; Linux)"),
        ("x-request-id", b"abc\xff"),
    ];
    let login =
        send(&app.anon(), (Method::POST, "/login"), &headers, credentials.to_string()).await;
    assert_ne!(login.header("x-request-id"), "abc");
    let token = login.json()["data"]["token"].as_str().unwrap().to_owned();
    let ann = app.anon().with_session(1, &token, None);
    let sessions = "{ viewer { sessions { nodes { userAgent isCurrent } } } }";
    let sessions = ann.data(sessions, json!({})).await["viewer"]["sessions"]["nodes"].take();
    let current = sessions.as_array().unwrap().iter().find(|session| session["isCurrent"] == true);
    assert_eq!(current.unwrap()["userAgent"], "App/1 (???; Linux)", "{sessions}");
}

#[tokio::test]
async fn an_asset_that_the_client_has_is_found_beside_what_cannot_be_read() {
    let (_app, anon) = trusting(&by_hash(&["query Type { __typename }"]), &[]).await;
    let etag = anon.get("/q/Type").await.header("etag").to_owned();
    let known = [b"\"\xff\", ".as_slice(), etag.as_bytes()].concat();
    let again = get(&anon, "/q/Type", &[(header::IF_NONE_MATCH.as_str(), &known)]).await;
    assert_eq!((again.status.as_u16(), again.text.as_str()), (304, ""));
}

/// `Origin` and `Sec-Fetch-Site` decide over cookies: what cannot be read is a stranger's.
#[tokio::test]
async fn a_page_whose_origin_cannot_be_read_is_not_welcome() {
    let (_, anon) = TestApp::new().await;
    let cookie: (&str, &[u8]) = ("cookie", b"__Host-fh_access=x");
    let strangers: [&[(&str, &[u8])]; 5] = [
        &[("origin", b"https://gateway.example\xff")],
        &[("origin", b"\xff"), ("sec-fetch-site", b"same-origin")],
        &[("sec-fetch-site", b"same-origin\xff")],
        &[("origin", b"")],
        &[("origin", b"HTTPS://gateway.example")],
    ];
    for headers in strangers {
        let headers = [headers, &[cookie]].concat();
        let reply = get(&anon, "/graphql?query={__typename}", &headers).await;
        let code: Value = reply.json()["errors"][0]["extensions"]["code"].clone();
        assert_eq!((reply.status.as_u16(), code), (403, json!("FORBIDDEN")), "{headers:?}");
    }
}
