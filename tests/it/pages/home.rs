use serde_json::json;

use super::{open, open_in, titles};
use crate::{
    jobs::steps::{draft, post},
    support::TestApp,
};

#[tokio::test]
async fn the_first_page_says_what_this_is_and_shows_the_eight_newest_jobs() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    draft(&ann).await;
    for number in 1..=9 {
        post(&ann, json!({ "title": format!("工作{number}") })).await;
    }
    let html = open(&anon, "/").await;
    assert!(html.contains("<h1>今天就找到幫手</h1>"), "{html}");
    assert_eq!(titles(&html), (2..=9).rev().map(|it| format!("工作{it}")).collect::<Vec<_>>());
    assert!(html.contains("<dt>件工作徵人中</dt><dd>9</dd>"), "{html}");
    assert!(html.contains("<dt>件今天刊登</dt><dd>9</dd>"), "{html}");
    assert_eq!(html.matches("class=\"drawing\"").count(), 12 + 8, "each kind of work, each job");
}

#[tokio::test]
async fn the_first_page_is_small_and_needs_one_file_to_be_readable() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    for _ in 0..8 {
        post(&ann, json!({ "title": "界".repeat(100) })).await;
    }
    let html = open(&anon, "/").await;
    let style = super::between(&html, "rel=\"stylesheet\" href=\"", "\"");
    let style = anon.get(style).await;
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    assert!(html.len() + style.text.len() < 150_000, "{} {}", html.len(), style.text.len());
    assert_eq!(html.matches("rel=\"stylesheet\"").count(), 1);
    assert_eq!(
        html.matches("<script").count(),
        html.matches("<script src=\"/pages/chosen.js?v=").count()
    );
    for foreign in ["@import", "url(", "style=", "onclick"] {
        assert!(!html.contains(foreign) && !style.text.contains(foreign), "{foreign}");
    }
}

#[tokio::test]
async fn a_gateway_without_jobs_has_a_first_page_too() {
    let (_, anon) = TestApp::new().await;
    assert!(open(&anon, "/").await.contains("現在沒有工作在徵人"));
}

#[tokio::test]
async fn pages_are_chinese_unless_the_browser_prefers_english_or_the_address_says_so() {
    let (_, anon) = TestApp::new().await;
    for (path, languages, expected) in [
        ("/", "", "zh-TW"),
        ("/", "fr", "zh-TW"),
        ("/", "en-GB,zh;q=0.5", "en"),
        ("/?lang=en", "zh-TW", "en"),
        ("/?lang=zh-TW", "en", "zh-TW"),
        ("/?lang=klingon", "en", "en"),
    ] {
        let reply = open_in(&anon, path, languages).await;
        let lang = super::between(&reply.text, "<html lang=\"", "\"");
        assert_eq!(lang, expected, "{path} {languages}");
        assert!(reply.header("vary").contains("Accept-Language"), "{path}");
    }
    let pinned = open_in(&anon, "/?lang=en", "zh-TW").await.text;
    assert!(pinned.contains("href=\"/jobs?lang=en\""), "links keep what the address says");
    assert!(pinned.contains("name=\"lang\" value=\"en\""), "and so does the form: {pinned}");
    assert!(open(&anon, "/").await.contains("href=\"/jobs\""));
}
