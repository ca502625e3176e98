use axum::http::StatusCode;
use serde_json::json;

use super::{between, open, open_in, titles};
use crate::{
    jobs::steps::{apply, draft, post},
    support::{Client, TestApp},
};

async fn some_jobs(ann: &Client) {
    for (title, changes) in [
        ("掃家裡", json!({ "scheduledAt": "2026-02-08T01:00:00Z", "estimatedAmount": 1800 })),
        ("搬沙發", json!({ "jobType": "moving", "estimatedAmount": 900 })),
        ("遛小狗", json!({ "jobType": "pet", "city": "臺中", "address": "某處1號" })),
    ] {
        let mut changes = changes;
        changes["title"] = title.into();
        post(ann, changes).await;
    }
}

#[tokio::test]
async fn a_row_says_when_where_for_how_much_by_whom_and_how_many_apply() {
    let (app, anon) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let changes = json!({ "scheduledAt": "2026-02-08T01:00:00Z", "estimatedAmount": 1800 });
    let job = post(&ann, changes).await;
    apply(&ben, &job).await;
    let html = open(&anon, "/jobs").await;
    let row = between(&html, "<a class=\"row\"", "</a>");
    for shown in ["2/8（日）09:00", "台北市信義區", "NT$1,800", "ann 測試", "1 人應徵", "居家清潔"]
    {
        assert!(row.contains(shown), "{shown}: {row}");
    }
    let english = open_in(&anon, "/jobs", "en").await.text;
    let row = between(&english, "<a class=\"row\"", "</a>");
    for shown in ["Sun 2/8 09:00", "Xinyi District, Taipei City", "1 applicant", "Cleaning"] {
        assert!(row.contains(shown), "{shown}: {row}");
    }
}

#[tokio::test]
async fn filters_narrow_the_list_as_the_api_does() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    some_jobs(&ann).await;
    draft(&ann).await;
    for (path, expected) in [
        ("/jobs", &["遛小狗", "搬沙發", "掃家裡"][..]),
        ("/jobs?q=沙發", &["搬沙發"]),
        ("/jobs?city=Taipei", &["搬沙發", "掃家裡"]),
        ("/jobs?type=pet", &["遛小狗"]),
        ("/jobs?when=tomorrow", &["掃家裡"]),
        ("/jobs?when=today", &[]),
        ("/jobs?when=weekend", &["掃家裡"]),
        ("/jobs?min=1000&city=台北市", &["掃家裡"]),
        ("/jobs?sort=pay&city=台北市", &["掃家裡", "搬沙發"]),
        ("/jobs?q=&city=&type=&when=&min=&sort=x&more=1", &["遛小狗", "搬沙發", "掃家裡"]),
        ("/jobs/台北市", &["搬沙發", "掃家裡"]),
        ("/jobs/台北市/居家清潔", &["掃家裡"]),
        ("/jobs/台北市?district=信義區&type=moving", &["搬沙發"]),
    ] {
        assert_eq!(titles(&open(&anon, path).await), expected, "{path}");
    }
}

#[tokio::test]
async fn one_spelling_of_a_place_is_the_address_and_others_lead_to_it() {
    let (_, anon) = TestApp::new().await;
    let taipei = "/jobs/%E5%8F%B0%E5%8C%97%E5%B8%82";
    let cleaning = format!("{taipei}/%E5%B1%85%E5%AE%B6%E6%B8%85%E6%BD%94");
    for (path, to) in [
        ("/jobs/taipei", taipei.to_owned()),
        ("/jobs/臺北?min=1000", format!("{taipei}?min=1000")),
        ("/jobs/台北市/cleaning", cleaning.clone()),
        ("/jobs/Taipei City/cleaning?lang=en", format!("{cleaning}?lang=en")),
    ] {
        let reply = anon.get(path).await;
        assert_eq!(reply.status, StatusCode::MOVED_PERMANENTLY, "{path}: {reply:?}");
        assert_eq!(reply.header("location"), to, "{path}");
    }
    for path in ["/jobs/月球", "/jobs/台北市/太空漫步", "/jobs/新竹", "/jobs/%ff", "/jobs/a/b/c"]
    {
        assert_eq!(anon.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn pages_follow_each_other_by_links_and_lead_back() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    for number in 1..=45 {
        post(&ann, json!({ "title": format!("工作{number}") })).await;
    }
    let link = |html: &str, rel: &str| {
        let link = html.split_once(&format!("<link rel=\"{rel}\" href=\"")).map(|it| it.1);
        link.map(|rest| rest.split('"').next().unwrap().replace("&#38;", "&"))
    };
    let first = open(&anon, "/jobs?min=1000").await;
    assert_eq!((titles(&first).len(), link(&first, "prev")), (20, None));
    let second = open(&anon, &link(&first, "next").unwrap()).await;
    assert_eq!(titles(&second)[0], "工作25");
    let third = open(&anon, &link(&second, "next").unwrap()).await;
    assert_eq!((titles(&third).len(), link(&third, "next")), (5, None));
    let back = open(&anon, &link(&third, "prev").unwrap()).await;
    assert_eq!(titles(&back), titles(&second));
    let start = open(&anon, &link(&back, "prev").unwrap()).await;
    assert_eq!((titles(&start), link(&start, "prev")), (titles(&first), None));
}

#[tokio::test]
async fn search_engines_list_places_with_jobs_and_no_searches() {
    let (app, anon) = TestApp::new().await;
    some_jobs(&app.member("ann").await).await;
    for (path, is_listed) in [
        ("/jobs", true),
        ("/jobs/台北市", true),
        ("/jobs/台北市/居家清潔", true),
        ("/jobs/高雄市", false),
        ("/jobs?city=台北市", true),
        ("/jobs?q=掃", false),
        ("/jobs/台北市?when=tomorrow", false),
        ("/jobs?sort=pay", false),
    ] {
        let html = open(&anon, path).await;
        assert_eq!(html.contains("rel=\"canonical\""), is_listed, "{path}");
        assert_eq!(html.contains("hreflang=\"x-default\""), is_listed, "{path}");
        assert_eq!(html.contains("content=\"noindex, follow\""), !is_listed, "{path}");
    }
    let canonical = |html: &str| between(html, "rel=\"canonical\" href=\"", "\"").to_owned();
    let by_form = open(&anon, "/jobs?city=台北市").await;
    assert_eq!(canonical(&by_form), canonical(&open(&anon, "/jobs/台北市").await));
    let english = open_in(&anon, "/jobs", "en").await.text;
    assert!(canonical(&english).ends_with("/jobs?lang=en"), "{english}");
}

#[tokio::test]
async fn a_search_that_finds_nothing_says_what_to_leave_out() {
    let (_, anon) = TestApp::new().await;
    let html = open(&anon, "/jobs/台北市?q=沒有這種&min=1000").await;
    let empty = between(&html, "<div class=\"empty\">", "</div>");
    for label in ["不限關鍵字", "不限報酬", "不限縣市"] {
        assert!(empty.contains(label), "{label}: {empty}");
    }
    assert!(!empty.contains("不限時間"), "{empty}");
}

#[tokio::test]
async fn what_the_api_refuses_is_said_on_a_page() {
    let (_, anon) = TestApp::new().await;
    for path in [format!("/jobs?q={}", "界".repeat(101)), "/jobs?after=nonsense".to_owned()] {
        let reply = open_in(&anon, &path, "zh-TW").await;
        assert_eq!(reply.status, 400, "{path}: {reply:?}");
        assert!(reply.text.contains("<h1>無法這樣搜尋</h1>"), "{path}: {}", reply.text);
        assert_eq!(reply.header("cache-control"), "no-store", "{path}");
    }
}

#[tokio::test]
async fn the_form_for_a_job_begins_with_what_the_page_before_it_is_about() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    post(&ann, json!({ "jobType": "moving", "city": "台北市" })).await;
    for (path, form) in [
        ("/", "/app/jobs/new?type=cleaning"),
        ("/jobs", "/app/jobs/new"),
        ("/jobs?type=cleaning", "/app/jobs/new?type=cleaning"),
        ("/jobs/台北市", "/app/jobs/new?city=%E5%8F%B0%E5%8C%97%E5%B8%82"),
        ("/jobs/1", "/app/jobs/new?type=moving&#38;city=%E5%8F%B0%E5%8C%97%E5%B8%82"),
    ] {
        let html = open(&anon, path).await;
        assert!(html.contains(&format!("href=\"{form}\"")), "{path}: {html}");
    }
}
