use chrono::TimeDelta;
use find_helper::domain::jobs::job::expire_due;
use serde_json::{Value, json};

use super::{between, number, open, open_in, titles};
use crate::{
    jobs::steps::{assigned, draft, post, published},
    support::{Client, TestApp},
};

/// A text that would do harm wherever it is not escaped.
const HOSTILE: &str = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;";

fn posting(html: &str) -> Value {
    serde_json::from_str(between(html, "<script type=\"application/ld+json\">", "</script>"))
        .unwrap()
}

async fn cancel(owner: &Client, job: &str) {
    let cancel = "mutation($id: ID!) { cancelJob(input: {id: $id}) { job { id } } }";
    owner.data(cancel, json!({ "id": job })).await;
}

#[tokio::test]
async fn the_page_of_a_job_has_pay_time_and_district_on_top_and_a_way_to_apply() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let changes = json!({
        "scheduledAt": "2026-02-10T01:00:00Z",
        "estimatedAmount": 1800,
        "description": "第一行\n第二行",
    });
    let job = post(&ann, changes).await;
    let html = open(&anon, &format!("/jobs/{}", number(&job))).await;
    let glance = between(&html, "<p class=\"glance\">", "</p>");
    assert_eq!(glance, "<strong>NT$1,800</strong><span>2/10（二）09:00</span><span>信義區</span>");
    assert!(html.contains("<p>第一行</p>\n<p>第二行</p>"), "{html}");
    assert!(html.contains(&format!("href=\"/app/jobs/{job}\">應徵</a>")), "{html}");
    assert!(html.contains("content=\"NT$1,800 · 2/10（二）09:00 · 台北市信義區 — 第一行 第二行\""));
    let picture = between(&html, "property=\"og:image\" content=\"", "\"");
    let picture = picture.split_once("//").unwrap().1.split_once('/').unwrap().1;
    assert!(picture.starts_with("pages/cleaning.png?v="), "{picture}");
}

#[tokio::test]
async fn p05_no_page_shows_a_street_address_or_how_to_reach_anybody() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let job = post(&ann, json!({ "description": "打掃" })).await;
    for reader in [&anon, &ann] {
        let path = format!("/jobs/{}", number(&job));
        for path in [&path, "/jobs", "/", "/jobs/台北市"] {
            let html = open(reader, path).await;
            for secret in ["信義路", "7號", "ann@example.com", "0912"] {
                assert!(!html.contains(secret), "{path} shows {secret}");
            }
        }
    }
}

#[tokio::test]
async fn a_job_that_is_not_public_answers_like_one_that_never_was() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (hidden, ended) = (draft(&ann).await, published(&ann).await);
    cancel(&ann, &ended).await;
    let missing = open_in(&anon, "/jobs/999", "zh-TW").await;
    assert_eq!(missing.status, 404);
    assert!(missing.text.contains("<h1>找不到這個網頁</h1>"), "{}", missing.text);
    for id in [&hidden, &ended] {
        for reader in [&anon, &ann] {
            let reply = open_in(reader, &format!("/jobs/{}", number(id)), "zh-TW").await;
            assert_eq!((reply.status, &reply.text), (missing.status, &missing.text));
        }
    }
    for path in ["/jobs/007", "/jobs/0", "/jobs/99999999999999999999"] {
        assert_eq!(open_in(&anon, path, "zh-TW").await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_job_that_was_public_and_is_taken_or_over_says_so_and_leads_to_jobs_like_it() {
    let (app, anon) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let like = post(&ann, json!({ "title": "還在徵人" })).await;
    let taken = assigned(&ann, &ben).await;
    let over = post(&ann, json!({ "expiresAt": "2026-02-07T09:00:00Z" })).await;
    app.advance(TimeDelta::hours(1));
    expire_due(&app.services).await.unwrap();
    for id in [&taken, &over] {
        let reply = open_in(&anon, &format!("/jobs/{}", number(id)), "zh-TW").await;
        assert_eq!(reply.status, 410, "{reply:?}");
        let html = &reply.text;
        assert!(html.contains("<h1>這件工作已經結束徵人</h1>"), "{html}");
        assert!(html.contains("noindex"), "{html}");
        assert!(
            html.contains("/jobs/台北市/居家清潔") || html.contains("/jobs/%E5%8F%B0"),
            "{html}"
        );
        assert_eq!(titles(html), ["還在徵人"]);
        assert!(html.contains(&format!("/jobs/{}", number(&like))), "{html}");
    }
    let english = open_in(&anon, &format!("/jobs/{}", number(&over)), "en").await.text;
    assert!(english.contains("<h1>This job takes no more applications</h1>"), "{english}");
}

#[tokio::test]
async fn of_an_owner_whose_account_stopped_a_job_that_is_over_answers_like_one_that_never_was() {
    let (app, anon) = TestApp::new().await;
    let (ann, ben, admin) =
        (app.member("ann").await, app.member("ben").await, app.admin("root").await);
    let taken = assigned(&ann, &ben).await;
    let path = format!("/jobs/{}", number(&taken));
    assert_eq!(open_in(&anon, &path, "zh-TW").await.status, 410);
    let suspend =
        "mutation($id: ID!) { suspendUser(input: {id: $id, reason: \"x\"}) { user { id } } }";
    admin.data(suspend, json!({ "id": format!("user_{}", ann.user_id()) })).await;
    let missing = open_in(&anon, "/jobs/999", "zh-TW").await;
    let reply = open_in(&anon, &path, "zh-TW").await;
    assert_eq!((reply.status, reply.text), (missing.status, missing.text));
}

#[tokio::test]
async fn hostile_texts_stay_texts_on_every_page() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let job = post(&ann, json!({ "title": HOSTILE, "description": HOSTILE })).await;
    let path = format!("/jobs/{}", number(&job));
    let search = format!("/jobs?q={}", "\"'><script>alert(1)</script>");
    for path in [path.as_str(), "/", "/jobs", &search] {
        let html = open(&anon, path).await;
        assert!(!html.contains("<script>"), "{path}: {html}");
        assert!(!html.contains("<img src=x"), "{path}: {html}");
    }
    let html = open(&anon, &path).await;
    assert_eq!(html.matches("<script").count(), 2, "that of every page, and the data");
    assert_eq!(posting(&html)["title"], HOSTILE);
    assert_eq!(posting(&html)["description"], HOSTILE);
}

#[tokio::test]
async fn search_engines_read_a_job_as_a_job_posting() {
    let (app, anon) = TestApp::with(&["--public-url=https://helpers.example"]).await;
    let ann = app.member("ann").await;
    let changes = json!({
        "scheduledAt": "2026-02-10T01:00:00Z",
        "expiresAt": "2026-02-09T01:00:00Z",
        "description": "打掃",
    });
    let job = post(&ann, changes).await;
    let html = open(&anon, &format!("/jobs/{}", number(&job))).await;
    let expected = json!({
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "居家清潔",
        "description": "打掃",
        "url": format!("https://helpers.example/jobs/{}", number(&job)),
        "identifier": { "@type": "PropertyValue", "name": "find-helper", "value": job },
        "datePosted": "2026-02-07T08:00:00Z",
        "validThrough": "2026-02-09T01:00:00Z",
        "jobStartDate": "2026-02-10T01:00:00Z",
        "employmentType": "TEMPORARY",
        "industry": "居家清潔",
        "directApply": true,
        "hiringOrganization": { "@type": "Person", "name": "ann 測試" },
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressCountry": "TW",
                "addressRegion": "台北市",
                "addressLocality": "信義區",
            },
        },
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "TWD",
            "value": { "@type": "QuantitativeValue", "value": 3000 },
        },
    });
    assert_eq!(posting(&html), expected);
}
