//! A gateway below a path, behind a proxy that takes the path away.

use axum::http::{Method, header};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use find_helper::domain::viewer::Scope;
use serde_json::{Value, json};
use url::Url;

use super::{get_with, with};
use crate::{
    account::cookies::Page,
    rest::jobs::cleaning,
    support::{Client, PASSWORD, TestApp, received::Received},
};

const BELOW: &str = "--public-url=https://gateway.example/gw/";
const BROWSER: (&str, &str) = ("accept", "text/html,*/*;q=0.8");

/// What the gateway is asked for behind its proxy.
fn stripped(url: &Url) -> String {
    assert_eq!(url.origin().ascii_serialization(), "https://gateway.example", "{url}");
    let path = url.path().strip_prefix("/gw").unwrap_or_else(|| panic!("{url}"));
    format!("{path}?{}", url.query().unwrap_or_default())
}

/// Every address in a page that begins at the root of the host is below the prefix.
fn stays_below(html: &str, what: &str) {
    for address in html.split("=\"/").skip(1) {
        assert!(
            address.starts_with("gw/") || address.starts_with("gw\""),
            "{what}: /{address:.60}"
        );
    }
}

async fn page(client: &Client, path: &str) -> String {
    let reply = get_with(client, path, &[BROWSER]).await;
    assert!(reply.header("content-type").starts_with("text/html"), "{path}: {reply:?}");
    stays_below(&reply.text, path);
    reply.text
}

#[tokio::test]
async fn f08_redirects_and_pages_stay_below_the_prefix() {
    let (_, anon) = TestApp::with(&[BELOW]).await;
    for (path, to) in [("/app", "/gw/app/"), ("/docs.html", "/gw/docs")] {
        assert_eq!(anon.get(path).await.header("location"), to, "{path}");
    }
    for path in [
        "/",
        "/jobs",
        "/jobs/1",
        "/nowhere",
        "/app/",
        "/app/jobs/1",
        "/docs",
        "/docs/errors",
        "/graphql",
    ] {
        page(&anon, path).await;
    }
    for path in ["/app/reject", "/app/reset", "/app/confirm-email", "/verify?token=x"] {
        page(&anon, path).await;
    }
}

#[tokio::test]
async fn f08_mails_lead_below_the_prefix_and_their_pages_go_on_there() {
    let (app, anon) = TestApp::with(&[BELOW]).await;
    let ben = json!({ "name": "Ben", "email": "ben@example.com", "password": PASSWORD });
    assert_eq!(anon.post("/register", ben).await.status, 200);
    let ann = app.member("ann").await;
    let forgot = "mutation { requestPasswordReset(input: {email: \"ann@example.com\"}) { ok } }";
    anon.data(forgot, json!({})).await;
    let change = "mutation($password: String!) { requestEmailChange(
        input: {newEmail: \"new@example.com\", currentPassword: $password}) { ok } }";
    ann.data(change, json!({ "password": PASSWORD })).await;
    app.send_mails().await;
    let mails = app.mails();
    let addresses = |text: &str| text.matches("gateway.example").count();
    for Received { html, text, .. } in &mails {
        assert!(addresses(text) > 0, "{text}");
        assert_eq!(addresses(text), text.matches("https://gateway.example/gw/").count(), "{text}");
        assert_eq!(addresses(html), html.matches("https://gateway.example/gw/").count(), "{html}");
    }
    let link = |last: &str| {
        let mail = mails.iter().find(|mail| mail.text.contains(&format!("/{last}?")));
        stripped(&mail.unwrap_or_else(|| panic!("no mail with {last}")).link(last))
    };
    let confirmed = page(&anon, &link("verify")).await;
    assert!(confirmed.contains("href=\"/gw/app/login?verified\""), "{confirmed}");
    for last in ["reject", "reset", "confirm-email"] {
        page(&anon, &link(last)).await;
    }
    let reset = link("reset");
    let token = reset.split_once("token=").unwrap().1;
    let form = format!("token={token}&password=another+horse+battery");
    let headers = [(header::CONTENT_TYPE.as_str(), "application/x-www-form-urlencoded")];
    let done = with(&anon, Method::POST, "/app/reset", &headers, &form).await;
    assert_eq!(done.status, 200, "{done:?}");
    assert!(done.text.contains("href=\"/gw/app/login\""), "{done:?}");
    stays_below(&done.text, "reset");
}

#[tokio::test]
async fn f08_cookies_are_sent_below_the_prefix_only_and_sign_a_page_in() {
    let (app, _) = TestApp::with(&[BELOW]).await;
    app.member("ann").await;
    let mut page = Page::signed_in(&app).await;
    let names: Vec<&str> = page.cookies.keys().map(String::as_str).collect();
    assert_eq!(names, ["__Secure-fh_access", "__Secure-fh_refresh"]);
    assert_eq!(page.name().await, "ann 測試");
    for query in
        ["mutation { refreshToken(input: {}) { expiresIn } }", "mutation { logout { ok } }"]
    {
        let reply = page.gql(query, json!({})).await;
        let set: Vec<_> = reply.headers.get_all(header::SET_COOKIE).iter().collect();
        assert_eq!(set.len(), 2, "{query}");
        for cookie in set {
            let attributes = cookie.to_str().unwrap().split("; ").collect::<Vec<_>>();
            let path = attributes.iter().find_map(|it| it.strip_prefix("Path=")).unwrap();
            assert!(path == "/gw" || path == "/gw/graphql", "{cookie:?}");
            assert!(attributes.contains(&"Secure"), "{cookie:?}");
        }
    }
    assert!(page.cookies.is_empty(), "{:?}", page.cookies);
}

#[tokio::test]
async fn f08_programs_are_told_addresses_below_the_prefix() {
    let (app, anon) = TestApp::with(&[BELOW]).await;
    let ann = app.member("ann").await;
    let machine = app.key(&ann, Scope::ALL).await;
    for _ in 0..2 {
        machine.post("/api/jobs", cleaning()).await;
    }
    let list = machine.get("/api/jobs?limit=1&city=台北市").await;
    let link = list.header("link");
    let next = link.strip_prefix('<').unwrap().split_once('>').unwrap().0;
    let next = machine.get(&stripped(&next.parse().unwrap())).await;
    assert_eq!(next.json()["data"].as_array().map(Vec::len), Some(1), "{link}: {next:?}");
    let description = anon.get("/openapi.json").await.json();
    assert_eq!(description["servers"], json!([{ "url": "https://gateway.example/gw" }]));
    let login = json!({ "email": "ann@example.com", "password": PASSWORD });
    let login = anon.post("/login", login).await.json();
    let token = login["data"]["token"].as_str().unwrap();
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!(claims["iss"], "https://gateway.example/gw");
}
