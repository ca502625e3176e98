//! A link in each mail of notices ends such mails, without signing in (RFC 8058).

use axum::{
    body::Body,
    http::{Method, header},
};
use serde_json::json;

use super::{mails_to, preference};
use crate::{
    jobs::steps::{apply, published},
    support::{Client, Reply, TestApp, received::Received},
};

const ANN: &str = "ann@example.com";

async fn send(client: &Client, method: Method, path: &str, body: &'static str) -> Reply {
    let request = client.request(method, path);
    let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    client.send(request.body(Body::from(body)).unwrap()).await
}

/// The path of the link that a mail program uses.
fn link(mail: &Received) -> String {
    let header = mail.unsubscribe();
    let url: url::Url = header.trim_matches(['<', '>']).parse().unwrap();
    format!("{}?{}", url.path(), url.query().unwrap())
}

async fn mailed(app: &TestApp) -> (Client, String) {
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    apply(&ben, &published(&ann).await).await;
    let mails = mails_to(app, ANN).await;
    assert_eq!(mails[0].headers("list-unsubscribe-post"), ["List-Unsubscribe=One-Click"]);
    (ann, link(&mails[0]))
}

#[tokio::test]
async fn a_click_in_a_mail_program_ends_mails_of_this_kind_and_looking_ends_nothing() {
    let (app, anon) = TestApp::new().await;
    let (ann, path) = mailed(&app).await;
    for method in [Method::GET, Method::HEAD] {
        assert_eq!(send(&anon, method, &path, "").await.status, 200);
    }
    assert_eq!(preference(&ann, "APPLICATION_RECEIVED").await, "AT_ONCE");
    for _ in 0..2 {
        let reply = send(&anon, Method::POST, &path, "List-Unsubscribe=One-Click").await;
        assert_eq!(reply.status, 200, "{}", reply.text);
    }
    assert_eq!(preference(&ann, "APPLICATION_RECEIVED").await, "OFF");
    assert_eq!(preference(&ann, "COMPLETED").await, "AT_ONCE");
}

#[tokio::test]
async fn the_page_works_without_signing_in_and_without_a_script_and_does_not_expire() {
    let (app, anon) = TestApp::new().await;
    let (ann, path) = mailed(&app).await;
    app.advance(chrono::TimeDelta::days(400));
    let page = send(&anon, Method::GET, &path, "").await;
    assert!(page.text.contains("<form method=\"post\"") && !page.text.contains("<script"));
    let token = path.split_once("token=").unwrap().1;
    let form: &'static str = Box::leak(format!("token={token}").into_boxed_str());
    let done = send(&anon, Method::POST, "/app/unsubscribe", form).await;
    assert_eq!(done.status, 200, "{}", done.text);
    let ann = app.signed_in(ANN).await.at(&ann.address().to_string());
    assert_eq!(preference(&ann, "APPLICATION_RECEIVED").await, "OFF");
}

#[tokio::test]
async fn the_link_of_a_digest_ends_all_mails_of_notices_but_none_about_the_account() {
    let (app, anon) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    super::prefer(&ann, "APPLICATION_RECEIVED", "DAILY").await;
    for _ in 0..2 {
        apply(&ben, &published(&ann).await).await;
    }
    app.tell().await;
    app.advance(chrono::TimeDelta::hours(16));
    let mails = mails_to(&app, ANN).await;
    let path = link(&mails[0]);
    send(&anon, Method::POST, &path, "List-Unsubscribe=One-Click").await;
    for kind in ["APPLICATION_RECEIVED", "COMPLETED", "REVIEW_TO_READ"] {
        assert_eq!(preference(&ann, kind).await, "OFF", "{kind}");
    }
    let before = app.mails().len();
    anon.data(
        "mutation { requestPasswordReset(input: {email: \"ann@example.com\"}) { ok } }",
        json!({}),
    )
    .await;
    app.send_mails().await;
    assert_eq!(app.mails().len(), before + 1);
}

#[tokio::test]
async fn a_token_that_is_not_ours_ends_nothing() {
    let (app, anon) = TestApp::new().await;
    let (ann, path) = mailed(&app).await;
    for wrong in [
        path.replace("application_received", "all"),
        path.replace("application_received", "completed"),
        path.replace("fhu_", "fhv_"),
        "/app/unsubscribe".into(),
        "/app/unsubscribe?token=".into(),
    ] {
        let reply = send(&anon, Method::POST, &wrong, "List-Unsubscribe=One-Click").await;
        assert_eq!(reply.status, 400, "{wrong}");
    }
    assert_eq!(preference(&ann, "COMPLETED").await, "AT_ONCE");
    assert_eq!(preference(&ann, "APPLICATION_RECEIVED").await, "AT_ONCE");
}
