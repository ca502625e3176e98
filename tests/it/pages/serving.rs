use axum::{body::Body, http::Method};
use serde_json::json;

use super::{between, number, open, open_in};
use crate::{
    jobs::steps::{post, published},
    support::{Client, Reply, TestApp},
};

async fn asking(client: &Client, path: &str, name: &str, value: &str) -> Reply {
    let request = client.request(Method::GET, path).header(name, value);
    client.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn p16_a_visitor_opens_sixty_pages_in_a_minute_without_meeting_a_limit() {
    let (app, anon) = TestApp::new().await;
    let job = published(&app.member("ann").await).await;
    let job = format!("/jobs/{}", number(&job));
    let search = "/jobs?q=掃&min=1000&when=week&city=台北市";
    for path in ["/", "/jobs", &job, "/jobs/台北市", "/jobs/台北市/居家清潔", search] {
        for _ in 0..10 {
            open(&anon, path).await;
        }
    }
    let searcher = app.anon();
    for _ in 0..60 {
        open(&searcher, search).await;
    }
}

#[tokio::test]
async fn pages_are_charged_like_the_queries_that_they_are() {
    let (_, anon) = TestApp::with(&["--limit-reading-per-minute=2"]).await;
    let first = open_in(&anon, "/", "zh-TW").await;
    assert_eq!(first.header("x-ratelimit-remaining"), "1");
    assert!(first.header("ratelimit-policy").contains("\"cost\""), "{first:?}");
    assert_eq!(anon.get("/graphql?query={__typename}").await.header("x-ratelimit-remaining"), "0");
    let refused = open_in(&anon, "/jobs", "zh-TW").await;
    assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (429, "60"));
    assert!(refused.text.contains("<h1>操作太頻繁，請稍等一下</h1>"), "{}", refused.text);
    assert_eq!(refused.header("cache-control"), "no-store");
}

#[tokio::test]
async fn browsers_get_pages_where_nothing_is_and_programs_get_what_they_always_got() {
    let (_, anon) = TestApp::new().await;
    let page = open_in(&anon, "/nowhere", "en").await;
    assert_eq!(page.status, 404);
    assert!(page.text.contains("<h1>Page not found</h1>"), "{}", page.text);
    assert_eq!(page.header("x-ratelimit-limit"), "60", "counted as ever");
    for accept in ["*/*", "application/json", "application/json, text/html;q=0.5"] {
        let reply = asking(&anon, "/nowhere", "accept", accept).await;
        assert_eq!(reply.jobs_error(), "404 NOT_FOUND", "{accept}");
    }
    let reply = open_in(&anon, "/api/nowhere", "en").await;
    assert_eq!(reply.jobs_error(), "404 NOT_FOUND", "the documented APIs know no pages");
}

#[tokio::test]
async fn a_page_is_kept_briefly_and_not_sent_again_while_it_is_the_same() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    published(&ann).await;
    for path in ["/", "/jobs", "/sitemap.xml", "/robots.txt"] {
        let first = anon.get(path).await;
        assert!(first.header("cache-control").starts_with("public, max-age="), "{path}");
        let again = asking(&anon, path, "if-none-match", first.header("etag")).await;
        assert_eq!((again.status.as_u16(), again.text.as_str()), (304, ""), "{path}");
    }
    let before = anon.get("/jobs").await;
    post(&ann, json!({ "title": "新的" })).await;
    let after = asking(&anon, "/jobs", "if-none-match", before.header("etag")).await;
    assert_eq!(after.status, 200);
}

#[tokio::test]
async fn a_page_knows_nobody_so_that_everybody_may_be_sent_the_same_one() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    published(&ann).await;
    for path in ["/", "/jobs", "/jobs/1"] {
        assert_eq!(open(&ann, path).await, open(&anon, path).await, "{path}");
        let wrong = anon.clone().with_key(1, "fhk_00000000000000000000", "fhs_wrong");
        assert_eq!(open(&wrong, path).await, open(&anon, path).await, "{path}");
    }
}

#[tokio::test]
async fn files_of_pages_are_kept_for_a_year_under_the_address_of_their_version() {
    let (_, anon) = TestApp::new().await;
    let html = open(&anon, "/").await;
    let style = between(&html, "rel=\"stylesheet\" href=\"", "\"");
    let file = anon.get(style).await;
    assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable");
    let again = asking(&anon, style, "if-none-match", file.header("etag")).await;
    assert_eq!(again.status, 304);
    let other = anon.get("/pages/pages.css?v=older").await;
    assert_eq!((other.status.as_u16(), other.header("cache-control")), (200, "public, no-cache"));
    for path in ["/pages/nothing.css", "/pages/..%2fshell.html"] {
        assert_eq!(anon.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn no_inline_script_may_run_on_a_page_and_no_other_origin_is_asked() {
    let (_, anon) = TestApp::new().await;
    for path in ["/", "/jobs", "/jobs/1", "/nowhere"] {
        let policy = open_in(&anon, path, "en").await.header("content-security-policy").to_owned();
        let loaded = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';";
        assert!(policy.starts_with(loaded) && !policy.contains("unsafe"), "{policy}");
    }
}

#[tokio::test]
async fn f08_pages_stay_below_the_prefix() {
    let (app, anon) = TestApp::with(&["--public-url=https://gateway.example/gw"]).await;
    let job = published(&app.member("ann").await).await;
    let job = format!("/jobs/{}", number(&job));
    for path in ["/", "/?lang=en", "/jobs", &job, "/jobs/台北市?q=x", "/jobs/台北市/居家清潔"]
    {
        let html = open(&anon, path).await;
        for address in html.split("=\"/").skip(1) {
            assert!(address.starts_with("gw/"), "{path}: /{address:.60}");
        }
        for address in html.split("https://gateway.example/").skip(1) {
            assert!(address.starts_with("gw/"), "{path}: {address:.60}");
        }
    }
    let moved = anon.get("/jobs/taipei").await;
    assert_eq!(moved.header("location"), "/gw/jobs/%E5%8F%B0%E5%8C%97%E5%B8%82");
}
