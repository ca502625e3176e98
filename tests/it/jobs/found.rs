//! Jobs that are found by words and by places.

use std::collections::HashSet;

use chrono::TimeDelta;
use find_helper::domain::{erasure, jobs::job::index};
use serde_json::{Value, json};

use crate::{
    jobs::steps::{UNLIMITED, draft, each, post},
    support::{Client, TestApp},
};

const JOBS: &str = include_str!("../../../src/domain/jobs/search/tests/jobs.tsv");
const QUESTIONS: &str = include_str!("../../../src/domain/jobs/search/tests/questions.tsv");

async fn found(client: &Client, filter: Value) -> Vec<i64> {
    let query = "query($filter: JobFilter) {
        jobs(filter: $filter, first: 100) { totalCount nodes { databaseId } } }";
    let data = client.data(query, json!({ "filter": filter })).await;
    let ids = each(&data["jobs"]["nodes"], "databaseId");
    assert_eq!(data["jobs"]["totalCount"], ids.len(), "{filter}");
    ids.iter().map(|id| id.as_i64().unwrap()).collect()
}

async fn by_words(client: &Client, words: &str) -> Vec<i64> {
    found(client, json!({ "search": words })).await
}

/// The table's jobs, posted in their order.
async fn table(owner: &Client) {
    for line in JOBS.lines() {
        let fields: Vec<_> = line.split('\t').collect();
        let (title, description) = (fields[1], fields[2].replace("\\n", "\n"));
        post(owner, json!({ "title": title, "description": description })).await;
    }
}

/// More jobs than a search looks through, of which none has anything in common with the table's.
async fn many_others(app: &TestApp, owner: &Client) {
    of_another_release(app, owner, ["ζ", "Ω"], 1_200).await;
    index::stale(&app.services).await.unwrap();
}

/// Jobs that are newer than all others, as a release wrote them that knew no index.
pub(super) async fn of_another_release(
    app: &TestApp,
    owner: &Client,
    [title, city]: [&str; 2],
    count: u32,
) {
    let id = owner.user_id();
    app.execute(&format!(
        "INSERT INTO jobs (owner_id, title, description, job_type, city, city_folded, address,
            estimated_amount, status, version, created_at, updated_at)
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
        SELECT {id}, '{title}', '', 'general', '{city}', '{city}', 'x', 1, 'published', 1,
            4000000000000 + i, 1
        FROM n"
    ))
    .await;
}

#[tokio::test]
async fn every_question_of_the_table_finds_what_it_must_newest_first() {
    let (app, anon) = TestApp::with(
        &[UNLIMITED, &["--limit-cost-per-minute=10000000", "--limit-general-per-minute=100000"]]
            .concat(),
    )
    .await;
    let ann = app.member("ann").await;
    table(&ann).await;
    let compare = async |place: &str| {
        for (text, ids) in QUESTIONS.lines().filter_map(|line| line.split_once('\t')) {
            let ids = ids.split(',').filter(|id| !id.is_empty());
            let mut ids: Vec<i64> = ids.map(|id| id.parse().unwrap()).collect();
            ids.sort_unstable_by_key(|id| -id);
            assert_eq!(by_words(&anon, text).await, ids, "{text}, {place}");
        }
    };
    compare("among the first jobs, which are looked through").await;
    many_others(&app, &ann).await;
    compare("behind more jobs than are looked through, by the index").await;
}

#[tokio::test]
async fn a_search_is_narrowed_by_place_and_type_and_paged_without_gaps() {
    let (app, anon) = TestApp::with(UNLIMITED).await;
    let ann = app.member("ann").await;
    for (city, kind) in [("台北市", "moving"), ("高雄市", "moving"), ("台北", "pet")] {
        for _ in 0..3 {
            post(&ann, json!({ "title": "搬家", "city": city, "jobType": kind })).await;
        }
    }
    many_others(&app, &ann).await;
    let narrowed = async |filter: Value| found(&anon, filter).await;
    assert_eq!(narrowed(json!({ "search": "搬家", "city": "Taipei" })).await, [9, 8, 7, 3, 2, 1]);
    let types = json!({ "search": "搬家", "city": "臺北", "jobTypes": ["pet", "care"] });
    assert_eq!(narrowed(types).await, [9, 8, 7]);
    assert_eq!(narrowed(json!({ "search": "搬家", "jobType": "moving" })).await.len(), 6);

    let query =
        "query($after: String) { jobs(filter: {search: \"搬家\"}, first: 2, after: $after) {
        nodes { databaseId } pageInfo { hasNextPage endCursor } } }";
    let (mut seen, mut after) = (Vec::new(), Value::Null);
    loop {
        let data = anon.data(query, json!({ "after": after })).await;
        seen.extend(each(&data["jobs"]["nodes"], "databaseId"));
        after = data["jobs"]["pageInfo"]["endCursor"].clone();
        if data["jobs"]["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    assert_eq!(json!(seen), json!([9, 8, 7, 6, 5, 4, 3, 2, 1]));
}

#[tokio::test]
async fn only_what_one_may_see_is_found_and_only_as_it_is_now() {
    let (app, anon) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = draft(&ann).await;
    assert_eq!(by_words(&ann, "居家").await, [1]);
    assert_eq!(by_words(&ben, "居家").await.len() + by_words(&anon, "居家").await.len(), 0);
    let rename =
        "mutation($id: ID!) { updateJob(input: {id: $id, title: \"遛狗\", jobType: \"pet\"}) {
        job { id } } }";
    ann.data(rename, json!({ "id": job })).await;
    assert_eq!(by_words(&ann, "居家").await.len(), 0);
    assert_eq!(found(&ann, json!({ "search": "遛狗", "jobType": "pet" })).await, [1]);
}

#[tokio::test]
async fn jobs_that_another_release_wrote_are_found_once_they_are_indexed() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    of_another_release(&app, &ann, ["遛狗", "台北"], 1).await;
    assert_eq!(found(&anon, json!({ "city": "台北市" })).await.len(), 0);
    for _ in 0..2 {
        index::stale(&app.services).await.unwrap();
        let filter = json!({ "city": "台北市", "search": "遛狗" });
        assert_eq!(found(&anon, filter).await, [1]);
    }
}

#[tokio::test]
async fn nothing_finds_the_jobs_of_an_erased_account() {
    let (app, anon) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    for owner in [&ann, &ben] {
        post(owner, json!({ "title": "遛狗" })).await;
    }
    app.execute(&format!("UPDATE users SET erase_at = 1 WHERE id = {}", ann.user_id())).await;
    assert_eq!(erasure::erase_due(&app.services).await.unwrap(), 1);
    let admin = app.admin("zoe").await;
    let texts = "SELECT count(*) FROM job_texts WHERE text LIKE '%遛狗%'";
    assert_eq!(app.count(texts).await, 1);
    for _ in 0..2 {
        assert_eq!(by_words(&anon, "遛狗").await, [2]);
        assert_eq!(by_words(&admin, "遛狗").await, [2]);
        index::stale(&app.services).await.unwrap();
    }
}

#[tokio::test]
async fn a_question_without_letters_narrows_nothing_and_one_of_too_many_parts_is_refused() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    post(&ann, json!({})).await;
    assert_eq!(by_words(&anon, " … ").await, [1]);
    let query = "query($words: String) { jobs(filter: {search: $words}) { nodes { id } } }";
    let reply = anon.gql(query, json!({ "words": "1 2 3 4 5 6 7 8 9 10 11" })).await.json();
    let fields = &reply["errors"][0]["extensions"]["fields"];
    assert_eq!(fields[0]["path"], "filter.search", "{reply}");
}

#[tokio::test]
async fn a_job_is_found_in_its_city_however_either_is_spelled() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    for city in ["臺北", "taipei city", "新竹", "新竹縣", "Tōkyō", "高雄縣"] {
        post(&ann, json!({ "city": city })).await;
    }
    for (city, ids) in [
        ("台北市", &[2, 1][..]),
        ("ＴＡＩＰＥＩ", &[2, 1]),
        ("新竹", &[4, 3]),
        ("Hsinchu County", &[4]),
        ("新竹市", &[]),
        ("TŌKYŌ", &[5]),
        ("高雄", &[6]),
    ] {
        assert_eq!(found(&anon, json!({ "city": city })).await, ids, "{city}");
    }
    let data = anon.data("{ jobs { nodes { city } } }", json!({})).await;
    assert_eq!(data["jobs"]["nodes"][5]["city"], "臺北", "as it was posted");
}

#[tokio::test]
async fn a_city_that_folding_makes_many_times_as_long_is_taken_and_found() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let city = "\u{FDFA}".repeat(50);
    post(&ann, json!({ "title": "遛狗", "city": city })).await;
    many_others(&app, &ann).await;
    assert_eq!(found(&anon, json!({ "search": "遛狗", "city": city })).await, [1]);
}

#[tokio::test]
async fn all_cities_and_districts_are_listed_by_name_and_postal_code() {
    let (_app, anon) = TestApp::new().await;
    let query = "{ cities { name nameEn districts { name nameEn postalCode } } }";
    let data = anon.data(query, json!({})).await;
    let cities = data["cities"].as_array().unwrap();
    let districts = cities.iter().flat_map(|city| city["districts"].as_array().unwrap());
    assert_eq!((cities.len(), districts.count()), (22, 368));
    let first = json!({ "name": "中正區", "nameEn": "Zhongzheng District", "postalCode": "100" });
    assert_eq!(cities[0]["name"], "台北市");
    assert_eq!(cities[0]["districts"][0], first);
    let names: HashSet<_> = cities.iter().map(|city| city["nameEn"].to_string()).collect();
    assert_eq!(names.len(), 22);
}

#[tokio::test]
async fn work_is_found_by_the_time_at_which_it_is_to_be_done() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let day = |days: i64| (app.clock.now() + TimeDelta::days(days)).to_rfc3339();
    for days in [1, 2] {
        post(&ann, json!({ "scheduledAt": day(days) })).await;
    }
    post(&ann, json!({})).await;
    let times = async |from: Value, before: Value| {
        found(&anon, json!({ "scheduledFrom": from, "scheduledBefore": before })).await
    };
    assert_eq!(times(json!(day(1)), json!(null)).await, [2, 1]);
    assert_eq!(times(json!(null), json!(day(2))).await, [1]);
    assert_eq!(times(json!(day(2)), json!(day(3))).await, [2]);
}
