use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::json;

use super::number;
use crate::{
    jobs::steps::{UNLIMITED, draft, post, published},
    support::{Client, TestApp},
};

const PUBLIC: &str = "--public-url=https://helpers.example/gw";

async fn addresses(client: &Client, path: &str) -> Vec<String> {
    let reply = client.get(path).await;
    assert_eq!(reply.status, StatusCode::OK, "{path}: {reply:?}");
    assert_eq!(reply.header("content-type"), "application/xml; charset=utf-8");
    let found = reply.text.split("<loc>").skip(1).map(|rest| rest.split('<').next().unwrap());
    let below = |it: &str| it.strip_prefix("https://helpers.example/gw").unwrap().to_owned();
    found.map(below).collect()
}

#[tokio::test]
async fn the_sitemap_is_split_by_the_days_on_which_jobs_were_posted() {
    let (app, anon) = TestApp::with(&[PUBLIC]).await;
    let ann = app.member("ann").await;
    let first = published(&ann).await;
    draft(&ann).await;
    app.advance(TimeDelta::days(2));
    let second = published(&app.signed_in("ann@example.com").await).await;
    let parts = addresses(&anon, "/sitemap.xml").await;
    let expected =
        ["/sitemap.xml?part=lists", "/sitemap.xml?part=2026-02-09", "/sitemap.xml?part=2026-02-07"];
    assert_eq!(parts, expected);
    for (part, job) in [(1, &second), (2, &first)] {
        let jobs = addresses(&anon, &parts[part]).await;
        assert_eq!(jobs, [format!("/jobs/{}", number(job))], "{}", parts[part]);
    }
    for missing in ["nonsense", "2026-02-08"] {
        assert_eq!(
            anon.get(&format!("/sitemap.xml?part={missing}")).await.status,
            404,
            "{missing}"
        );
    }
}

#[tokio::test]
async fn the_sitemap_names_the_lists_that_have_jobs() {
    let (app, anon) = TestApp::with(&[PUBLIC]).await;
    let ann = app.member("ann").await;
    published(&ann).await;
    post(&ann, json!({ "city": "月球", "address": "某處1號" })).await;
    let taipei = "/jobs/%E5%8F%B0%E5%8C%97%E5%B8%82";
    let cleaning = format!("{taipei}/%E5%B1%85%E5%AE%B6%E6%B8%85%E6%BD%94");
    let lists = addresses(&anon, "/sitemap.xml?part=lists").await;
    assert_eq!(lists, ["/", "/jobs", taipei, &cleaning]);
}

#[tokio::test]
async fn a_part_holds_more_jobs_than_a_page_of_the_api() {
    let (app, anon) = TestApp::with(&[UNLIMITED, &[PUBLIC]].concat()).await;
    let ann = app.member("ann").await;
    published(&ann).await;
    app.advance(TimeDelta::days(100));
    let ann = app.signed_in("ann@example.com").await;
    for _ in 0..101 {
        published(&ann).await;
    }
    let days = ["/sitemap.xml?part=2026-05-18", "/sitemap.xml?part=2026-02-07"];
    assert_eq!(addresses(&anon, "/sitemap.xml").await[1..], days, "one on each page of the API");
    assert_eq!(addresses(&anon, "/sitemap.xml?part=2026-05-18").await.len(), 101);
}

#[tokio::test]
async fn crawlers_are_told_of_the_sitemap_and_what_to_leave_alone() {
    let (_, anon) = TestApp::with(&[PUBLIC]).await;
    let robots = anon.get("/robots.txt").await.text;
    assert!(robots.contains("Disallow: /gw/app/\n"), "{robots}");
    assert!(robots.contains("\nSitemap: https://helpers.example/gw/sitemap.xml\n"), "{robots}");
}
