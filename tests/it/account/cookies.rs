//! Browser sessions: cookies that only pages of this gateway can use.

use std::collections::BTreeMap;

use axum::{
    body::Body,
    http::{HeaderValue, Method, header},
};
use serde_json::{Value, json};

use crate::support::{Client, PASSWORD, Reply, Server, Socket, TestApp, socket::PROTOCOL};

const OWN: &str = "https://gateway.example";
const ACCESS: &str = "__Host-fh_access";
const REFRESH_COOKIE: &str = "__Secure-fh_refresh";
const LOGIN: &str = "mutation($password: String!, $transport: TokenTransport!) {
    login(input: {email: \"ann@example.com\", password: $password, transport: $transport}) {
        token refreshToken expiresIn user { name } } }";
const REFRESH: &str = "mutation { refreshToken(input: {}) { token refreshToken expiresIn } }";

/// A page in a browser, with the browser's cookies.
pub(crate) struct Page {
    client: Client,
    headers: Vec<(&'static str, &'static str)>,
    pub(crate) cookies: BTreeMap<String, String>,
}

impl Page {
    fn new(app: &TestApp) -> Self {
        let headers = vec![("origin", OWN), ("sec-fetch-site", "same-origin")];
        Self { client: app.anon(), headers, cookies: BTreeMap::new() }
    }

    /// A page of this browser that is signed in with cookies.
    pub(crate) async fn signed_in(app: &TestApp) -> Self {
        let mut page = Self::new(app);
        let reply = page.gql(LOGIN, json!({ "password": PASSWORD, "transport": "COOKIE" })).await;
        assert_eq!(reply.json().get("errors"), None, "{}", reply.text);
        page
    }

    pub(crate) fn cookie(&self) -> String {
        let pairs = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("; ")
    }

    async fn send(
        &self,
        headers: &[(&'static str, &str)],
        body: Option<Value>,
        path: &str,
    ) -> Reply {
        let method = if body.is_some() { Method::POST } else { Method::GET };
        let cookie = HeaderValue::from_bytes(self.cookie().as_bytes()).unwrap();
        let mut request = self.client.request(method, path).header(header::COOKIE, cookie);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = match body {
            Some(body) => request
                .header(header::CONTENT_TYPE, "application/json")
                .body(Body::from(body.to_string())),
            None => request.body(Body::empty()),
        };
        self.client.send(request.unwrap()).await
    }

    pub(crate) async fn gql(&mut self, query: &str, variables: Value) -> Reply {
        let headers = self.headers.clone();
        let body = json!({ "query": query, "variables": variables });
        let reply = self.send(&headers, Some(body), "/graphql").await;
        for set in reply.headers.get_all(header::SET_COOKIE) {
            let set = set.to_str().unwrap();
            let (name, rest) = set.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            match value {
                "" => self.cookies.remove(name),
                value => self.cookies.insert(name.into(), value.into()),
            };
        }
        reply
    }

    pub(crate) async fn name(&mut self) -> Value {
        self.gql("{ viewer { name } }", json!({})).await.json()["data"]["viewer"]["name"].clone()
    }
}

fn code(reply: &Reply) -> Value {
    reply.json()["errors"][0]["extensions"]["code"].clone()
}

#[tokio::test]
async fn a_browser_stays_signed_in_without_a_script_ever_holding_a_token() {
    let (app, _) = TestApp::new().await;
    app.member("ann").await;
    let mut page = Page::new(&app);
    let login = page.gql(LOGIN, json!({ "password": PASSWORD, "transport": "COOKIE" })).await;
    let payload = &login.json()["data"]["login"];
    assert_eq!((&payload["token"], &payload["refreshToken"]), (&Value::Null, &Value::Null));
    assert_eq!(page.cookies.keys().collect::<Vec<_>>(), [ACCESS, REFRESH_COOKIE]);
    assert!(!login.text.contains(&page.cookies[ACCESS]));
    assert_eq!(page.name().await, "ann 測試");

    let before = page.cookies.clone();
    let refreshed = page.gql(REFRESH, json!({})).await;
    assert_eq!(refreshed.json()["data"]["refreshToken"]["token"], Value::Null);
    assert_ne!(page.cookies[REFRESH_COOKIE], before[REFRESH_COOKIE], "it rotates");
    assert_eq!(page.name().await, "ann 測試");

    page.gql("mutation { logout { ok } }", json!({})).await;
    assert!(page.cookies.is_empty(), "{:?}", page.cookies);
    page.cookies = before;
    assert_eq!(page.name().await, Value::Null, "the old cookies are dead");
}

#[tokio::test]
async fn f3_cookies_on_a_request_that_no_page_of_ours_makes_are_refused() {
    let (app, _) = TestApp::new().await;
    app.member("ann").await;
    let page = Page::signed_in(&app).await;
    let query = || Some(json!({ "query": "{ viewer { name } }" }));
    let foreign: [&[(&str, &str)]; 8] = [
        &[],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("origin", OWN), ("sec-fetch-site", "cross-site")],
        &[("origin", "https://gateway.example:8081"), ("sec-fetch-site", "same-site")],
        &[("origin", "https://gateway.example.evil.example")],
    ];
    for headers in foreign {
        for reply in [
            page.send(headers, query(), "/graphql").await,
            page.send(headers, None, "/graphql?query={viewer{name}}").await,
        ] {
            assert_eq!(reply.status, 403, "{headers:?}: {}", reply.text);
            assert_eq!(code(&reply), "FORBIDDEN");
            assert!(!reply.text.contains("ann"));
        }
        let refresh = page.send(headers, Some(json!({ "query": REFRESH })), "/graphql").await;
        assert_eq!(code(&refresh), "FORBIDDEN", "{headers:?}");
    }
    let own: [&[(&str, &str)]; 3] = [
        &[("origin", OWN)],
        &[("sec-fetch-site", "same-origin")],
        &[("origin", "https://127.0.0.1:9"), ("host", "127.0.0.1:9")],
    ];
    for headers in own {
        let reply = page.send(headers, query(), "/graphql").await;
        assert_eq!(reply.json()["data"]["viewer"]["name"], "ann 測試", "{headers:?}");
    }
}

#[tokio::test]
async fn f1_what_forms_of_other_sites_can_send_is_not_executed() {
    let (app, _) = TestApp::new().await;
    app.member("ann").await;
    let page = Page::signed_in(&app).await;
    let body = json!({ "query": "mutation { logout { ok } }" }).to_string();
    for media_type in
        ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
    {
        for site in ["same-origin", "cross-site"] {
            let mut request = page.client.request(Method::POST, "/graphql");
            request = request.header("cookie", page.cookie()).header("sec-fetch-site", site);
            if !media_type.is_empty() {
                request = request.header("content-type", media_type);
            }
            let reply = page.client.send(request.body(Body::from(body.clone())).unwrap()).await;
            assert!(matches!(reply.status.as_u16(), 403 | 415), "{media_type}: {}", reply.text);
        }
    }
    let reply =
        page.send(&[("origin", OWN)], Some(json!({ "query": "{ viewer { id } }" })), "/graphql");
    assert_ne!(reply.await.json()["data"]["viewer"], Value::Null, "nobody was signed out");
}

#[tokio::test]
async fn nobody_but_an_own_page_is_given_cookies() {
    let (app, anon) = TestApp::new().await;
    app.member("ann").await;
    let login = json!({ "password": PASSWORD, "transport": "COOKIE" });
    let reply = anon.gql(LOGIN, login).await;
    assert_eq!(code(&reply), "FORBIDDEN");
    assert!(!reply.has("set-cookie"));
    let body = anon.gql(LOGIN, json!({ "password": PASSWORD, "transport": "BODY" })).await;
    assert!(!body.has("set-cookie") && body.text.contains("fhr_"));
}

#[tokio::test]
async fn cookies_count_for_graphql_only_and_header_credentials_beat_them() {
    let (app, _) = TestApp::new().await;
    app.member("ann").await;
    let bob = app.member("bob").await;
    let mut page = Page::signed_in(&app).await;
    let own = [("origin", OWN)];
    assert_eq!(page.send(&own, None, "/user").await.status, 401);
    assert_eq!(page.send(&own, None, "/api/jobs").await.status, 401);
    page.client = bob;
    assert_eq!(page.name().await, "bob 測試");
}

#[tokio::test]
async fn f04_cookies_of_others_sign_nobody_out() {
    let (app, _) = TestApp::new().await;
    app.member("ann").await;
    let mut page = Page::signed_in(&app).await;
    // One before and one behind ours.
    page.cookies.insert("City".into(), "台北市".into());
    page.cookies.insert("城市".into(), "=\u{a0}".into());
    assert!(page.cookie().starts_with("City=台北市; __Host-"), "{}", page.cookie());
    assert_eq!(page.name().await, "ann 測試");
    let refreshed = page.gql(REFRESH, json!({})).await;
    assert_eq!(refreshed.json().get("errors"), None, "{}", refreshed.text);
    assert_eq!(page.name().await, "ann 測試");
    page.headers.clear();
    assert_eq!(code(&page.gql("{ viewer { name } }", json!({})).await), "FORBIDDEN");
}

#[tokio::test]
async fn an_old_cookie_does_not_keep_anybody_from_signing_in_again() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let mut page = Page::signed_in(&app).await;
    ann.data("mutation { logoutEverywhere { ok } }", json!({})).await;
    let refused = page.gql("{ viewer { name } }", json!({})).await;
    assert_eq!((refused.status.as_u16(), code(&refused)), (401, json!("UNAUTHORIZED")));
    let mixed = page.gql("mutation { refreshToken(input: {}) { token } logout { ok } }", json!({}));
    assert_eq!(code(&mixed.await), "UNAUTHORIZED", "only what needs no credentials runs");
    page.gql(LOGIN, json!({ "password": PASSWORD, "transport": "COOKIE" })).await;
    assert_eq!(page.name().await, "ann 測試");
    let bearer = page.client.clone().with_session(ann.user_id(), "expired", None);
    let login = bearer.gql(LOGIN, json!({ "password": PASSWORD, "transport": "BODY" })).await;
    assert_eq!(login.json().get("errors"), None, "nor does an old token: {}", login.text);
}

#[tokio::test]
async fn cookies_of_an_ended_session_are_taken_back_when_the_page_tries_to_renew_them() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let mut page = Page::signed_in(&app).await;
    let refused =
        page.gql("mutation { refreshToken(input: {refreshToken: \"x\"}) { token } }", json!({}));
    assert_eq!(code(&refused.await), "UNAUTHORIZED");
    assert_eq!(page.name().await, "ann 測試", "a bad token of another client takes nothing");

    ann.data("mutation { logoutEverywhere { ok } }", json!({})).await;
    assert_eq!(code(&page.gql("{ viewer { name } }", json!({})).await), "UNAUTHORIZED");
    assert_eq!(code(&page.gql(REFRESH, json!({})).await), "UNAUTHORIZED");
    assert!(page.cookies.is_empty(), "{:?}", page.cookies);
    let visitor = page.gql("{ viewer { name } }", json!({})).await;
    assert_eq!((visitor.status.as_u16(), &visitor.json()["data"]["viewer"]), (200, &Value::Null));
}

#[tokio::test]
async fn f4_a_socket_with_cookies_opens_for_welcome_pages_only() {
    let (app, _) = TestApp::with(&["--allowed-origins=https://app.example"]).await;
    app.member("ann").await;
    let page = Page::signed_in(&app).await;
    let server = Server::start(&app).await;
    let cookie = page.cookie();
    let open = async |origin: Option<&str>| {
        let mut headers = vec![("sec-websocket-protocol", PROTOCOL), ("cookie", &cookie)];
        headers.extend(origin.map(|origin| ("origin", origin)));
        Socket::upgrade(server.address, &headers).await
    };
    for origin in [None, Some("https://evil.example"), Some("null")] {
        assert_eq!(open(origin).await.err(), Some(403), "{origin:?}");
    }
    assert!(open(Some("https://app.example")).await.is_ok(), "as the settings say");
    let mut socket = open(Some(OWN)).await.unwrap();
    socket.say(&json!({ "type": "connection_init" })).await;
    assert_eq!(socket.hear().await["type"], "connection_ack");
    let query = json!({ "query": "{ viewer { name } }" });
    socket.say(&json!({ "id": "1", "type": "subscribe", "payload": query })).await;
    assert_eq!(socket.hear().await["payload"]["data"]["viewer"]["name"], "ann 測試");
}
