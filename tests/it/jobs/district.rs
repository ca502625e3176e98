//! The district of a job: named or read from the address, shown to all, and found.

use find_helper::domain::jobs::job::index;
use serde_json::{Value, json};

use crate::{
    jobs::steps::{each, fields, job_with, post, text},
    support::{Client, Reply, TestApp},
};

/// The name of a job's district, as anybody sees it.
async fn district(client: &Client, job: &str) -> Value {
    let query = "query($id: ID!) { job(by: {id: $id}) { district { name } } }";
    client.data(query, json!({ "id": job })).await["job"]["district"]["name"].take()
}

async fn try_to_post(owner: &Client, changes: Value) -> Reply {
    let mutation = "mutation($input: CreateJobInput!) { createJob(input: $input) { job { id } } }";
    owner.gql(mutation, json!({ "input": job_with(&changes) })).await
}

async fn change(owner: &Client, job: &str, mut changes: Value) -> Reply {
    let mutation = "mutation($input: UpdateJobInput!) { updateJob(input: $input) { job { id } } }";
    changes["id"] = job.into();
    owner.gql(mutation, json!({ "input": changes })).await
}

/// The titles that a filter finds, sorted.
async fn titles(client: &Client, filter: Value) -> String {
    let query = "query($filter: JobFilter) { jobs(filter: $filter) { nodes { title } } }";
    let data = client.data(query, json!({ "filter": filter })).await;
    let mut titles: Vec<_> = each(&data["jobs"]["nodes"], "title").iter().map(text).collect();
    titles.sort_unstable();
    titles.concat()
}

#[tokio::test]
async fn a_district_is_named_in_any_spelling_or_read_from_an_address_that_says_it() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    for (job, expected) in [
        (json!({ "address": "台北市信義區信義路五段7號" }), json!("信義區")),
        (json!({ "address": "某處1號", "district": "Da'an" }), json!("大安區")),
        (json!({ "address": "信義區松仁路1號", "district": "大安區" }), json!("大安區")),
        (json!({ "address": "某處1號", "city": "新竹", "district": "竹北市" }), json!("竹北市")),
        (json!({ "address": "某處1號" }), json!(null)),
        (json!({ "address": "大安區某處1號", "city": "月球" }), json!(null)),
    ] {
        let id = post(&ann, job.clone()).await;
        assert_eq!(district(&anon, &id).await, expected, "{job}");
    }
}

#[tokio::test]
async fn a_district_that_is_none_of_the_city_is_refused() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    for wrong in [
        json!({ "district": "板橋區" }),
        json!({ "district": "大安路" }),
        json!({ "district": "  " }),
        json!({ "district": "大安區", "city": "月球" }),
        json!({ "district": "東區", "city": "新竹縣" }),
    ] {
        assert_eq!(fields(&try_to_post(&ann, wrong.clone()).await), ["district"], "{wrong}");
    }
    let both = try_to_post(&ann, json!({ "district": "板橋區", "title": "" })).await;
    assert_eq!(fields(&both), ["title", "district"], "all problems together");
    let job = post(&ann, json!({ "address": "某處1號" })).await;
    assert_eq!(fields(&change(&ann, &job, json!({ "district": "板橋區" })).await), ["district"]);
}

#[tokio::test]
async fn a_change_of_the_place_keeps_what_was_named_and_reads_the_rest_anew() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let named = post(&ann, json!({ "district": "大安區", "address": "某處1號" })).await;
    let read = post(&ann, json!({ "address": "台北市信義區松仁路1號" })).await;
    for (job, changes, expected) in [
        (&named, json!({ "title": "別的" }), json!("大安區")),
        (&named, json!({ "address": "另一處2號" }), json!("大安區")),
        (&named, json!({ "address": "中山區民生東路1號" }), json!("中山區")),
        (&named, json!({ "district": "松山區" }), json!("松山區")),
        (&named, json!({ "city": "高雄市" }), json!(null)),
        (&named, json!({ "district": "左營" }), json!("左營區")),
        (&named, json!({ "district": null }), json!(null)),
        (&read, json!({ "address": "某處1號" }), json!(null)),
        (&read, json!({ "address": "文山區木柵路1號" }), json!("文山區")),
        (&read, json!({ "city": "Taipei" }), json!("文山區")),
    ] {
        let reply = change(&ann, job, changes.clone()).await;
        assert_eq!(reply.json()["errors"], json!(null), "{changes}");
        assert_eq!(district(&anon, job).await, expected, "{changes}");
    }
}

#[tokio::test]
async fn jobs_are_found_by_one_district_or_several_within_the_city_or_everywhere() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    for (title, city, name) in [
        ("A", "台北市", "大安區"),
        ("B", "臺中", "大安"),
        ("C", "Taipei", "信義區"),
        ("D", "新竹", "竹北市"),
    ] {
        let job = json!({ "title": title, "city": city, "district": name, "address": "某處1號" });
        post(&ann, job).await;
    }
    post(&ann, json!({ "title": "E", "address": "某處1號" })).await;
    for (filter, found) in [
        (json!({ "district": "大安區" }), "AB"),
        (json!({ "district": "大安", "city": "臺北" }), "A"),
        (json!({ "district": "台中大安" }), "B"),
        (json!({ "districts": ["大安區", "Xinyi"] }), "ABC"),
        (json!({ "districts": ["大安區", "信義區"], "city": "台北" }), "AC"),
        (json!({ "districts": ["大安區", "信義區"], "jobType": "pet" }), ""),
        (json!({ "district": "竹北市" }), "D"),
        (json!({ "district": "松山區" }), ""),
        (json!({ "districts": [] }), "ABCDE"),
        (json!({ "district": "" }), "ABCDE"),
    ] {
        assert_eq!(titles(&anon, filter.clone()).await, found, "{filter}");
    }
    let query = "query($filter: JobFilter) { jobs(filter: $filter) { nodes { id } } }";
    for (filter, path) in [
        (json!({ "district": "大安路" }), "filter.district"),
        (json!({ "district": "大安區", "city": "高雄市" }), "filter.district"),
        (json!({ "districts": ["大安區", "沒有"] }), "filter.districts"),
        (json!({ "districts": ["大安區"], "district": "信義區" }), "filter.districts"),
        (
            json!({ "districts": (0..13).map(|n| n.to_string()).collect::<Vec<_>>() }),
            "filter.districts",
        ),
    ] {
        let refused = anon.gql(query, json!({ "filter": filter })).await;
        assert_eq!(fields(&refused), [path], "{filter}");
    }
}

#[tokio::test]
async fn jobs_of_another_release_get_the_district_that_their_address_says() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let job = post(&ann, json!({ "title": "遛狗", "address": "台北市大安區和平東路1號" })).await;
    app.execute("UPDATE jobs SET district = '', indexed = 1").await;
    assert_eq!(titles(&anon, json!({ "district": "大安" })).await, "");
    index::stale(&app.services).await.unwrap();
    assert_eq!(district(&anon, &job).await, "大安區");
    assert_eq!(titles(&anon, json!({ "district": "大安", "search": "遛狗" })).await, "遛狗");
}
