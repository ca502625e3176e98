//! Jobs that are found, what fits best first.

use find_helper::domain::jobs::job::index;
use serde_json::{Value, json};

use crate::{
    graphql::walk::{List, nothing},
    jobs::{
        found::of_another_release,
        steps::{UNLIMITED, each, fields, outcome, post},
    },
    support::{Client, TestApp},
};

const BY_RELEVANCE: &str =
    "{ jobs(filter: {search: \"搬家 台北\"}, orderBy: RELEVANCE, ARGS) PAGE }";

const EXPENSIVE: &[&str] = &["--limit-cost-per-minute=100000000"];

async fn app() -> (TestApp, Client) {
    let (app, _) = TestApp::with(&[UNLIMITED, EXPENSIVE].concat()).await;
    let ann = app.member("ann").await;
    (app, ann)
}

async fn found(client: &Client, search: &str) -> Vec<Value> {
    let query = "query($search: String) { jobs(filter: {search: $search}, orderBy: RELEVANCE) {
        nodes { databaseId } } }";
    let data = client.data(query, json!({ "search": search })).await;
    each(&data["jobs"]["nodes"], "databaseId")
}

/// The numbers of jobs as the walker names them.
fn ids(numbers: impl IntoIterator<Item = u32>) -> Vec<Value> {
    numbers.into_iter().map(|number| json!(format!("job_{number}"))).collect()
}

/// Jobs that are found, each with its title, description and age in days; numbered from 1.
async fn posted(app: &TestApp, owner: &Client, jobs: &[(&str, &str, i64)]) {
    for (title, description, days) in jobs {
        let job = post(owner, json!({ "title": title, "description": description })).await;
        let id = job.trim_start_matches("job_");
        let age = days * 86_400_000;
        app.execute(&format!("UPDATE jobs SET created_at = created_at - {age} WHERE id = {id}"))
            .await;
    }
}

#[tokio::test]
async fn titles_count_more_than_descriptions_and_all_words_more_than_some_and_a_day_is_a_point() {
    let (app, ann) = app().await;
    let jobs = [
        ("請人幫忙", "台北，搬家", 0), // 0
        ("幫忙搬家", "台北", 0),       // 300
        ("搬家", "台北", 0),           // 350
        ("大台北搬家", "", 0),         // 950
        ("臺北市搬家", "", 0),         // 1000
        ("大台北：搬家", "", 50),      // 950 - 50
        ("台北搬家", "", 101),         // 1000 - 101
        ("台北搬家", "", 100),         // 1000 - 100, as the one before the last
        ("台北", "搬家", 351),         // 350 - 351
        ("台北清潔", "", 0),           // not found
    ];
    posted(&app, &ann, &jobs).await;
    assert_eq!(json!(found(&ann, "搬家 台北").await), json!([5, 4, 8, 6, 7, 3, 2, 1, 9]));
    assert_eq!(found(&ann, "鯨鯊").await.len(), 0);
}

/// Twelve jobs that are found: several of each title.
async fn twelve(app: &TestApp, owner: &Client) {
    let titles = [("台北搬家", ""), ("搬家", "台北"), ("請人幫忙", "台北搬家")];
    let jobs: Vec<_> = (0..12).map(|n| (titles[n % 3].0, titles[n % 3].1, 0)).collect();
    posted(app, owner, &jobs).await;
}

#[tokio::test]
async fn the_pages_are_the_whole_list_in_both_directions() {
    let (app, ann) = app().await;
    twelve(&app, &ann).await;
    let list = List { client: &ann, document: BY_RELEVANCE };
    let whole = ids([10, 7, 4, 1, 11, 8, 5, 2, 12, 9, 6, 3]);
    for size in [1, 5, 11, 12, 13] {
        assert_eq!(list.forward(size, nothing).await, whole, "by {size}");
        assert_eq!(list.backward(size, nothing).await, whole, "back by {size}");
    }
    let (start, end) = (list.page("first: 3").await, list.page("last: 3").await);
    let between = format!("after: \"{}\", before: \"{}\"", start.cursors[2], end.cursors[0]);
    assert_eq!(list.page(&between).await.keys, whole[3..9]);
}

#[tokio::test]
async fn jobs_that_are_posted_between_pages_do_not_shift_them() {
    let (app, ann) = app().await;
    twelve(&app, &ann).await;
    let list = List { client: &ann, document: BY_RELEVANCE };
    let meanwhile =
        async || posted(&app, &ann, &[("搬家", "台北", 0), ("請", "台北搬家", 0)]).await;
    for _ in 0..2 {
        let before = list.page("first: 100").await.keys;
        assert_eq!(list.forward(5, &meanwhile).await, before);
        let before = list.page("first: 100").await.keys;
        assert_eq!(list.backward(5, &meanwhile).await, before);
    }
}

#[tokio::test]
async fn the_newest_thousand_are_ranked_and_stay_the_same_from_page_to_page() {
    let (app, ann) = app().await;
    posted(&app, &ann, &[("台北搬家", "", 0)]).await;
    of_another_release(&app, &ann, ["大台北搬家", "台北市"], 1_010).await;
    index::stale(&app.services).await.unwrap();
    let list = List { client: &ann, document: BY_RELEVANCE };
    let meanwhile = async || {
        let newest = "UPDATE jobs SET created_at = 4100000000000 WHERE id = 1";
        app.execute(newest).await;
    };
    assert_eq!(list.forward(100, &meanwhile).await, ids((12..=1_011).rev()));
    assert_eq!(list.page("first: 2").await.keys, ids([1, 1_011]));
    assert_eq!(list.page("last: 1").await.keys, ids([13]));
    of_another_release(&app, &ann, ["ζ", "Ω"], 1_200).await;
    index::stale(&app.services).await.unwrap();
    assert_eq!(list.page("last: 1").await.keys, ids([13]), "among others that are as new");
}

#[tokio::test]
async fn relevance_needs_words_and_without_letters_all_are_equally_relevant() {
    let (app, ann) = app().await;
    posted(&app, &ann, &[("搬家", "", 0), ("清潔", "", 0)]).await;
    for filter in ["", "filter: null,", "filter: {city: \"台北\"},", "filter: {search: null},"] {
        let document = format!("{{ jobs({filter} orderBy: RELEVANCE) {{ nodes {{ id }} }} }}");
        assert_eq!(fields(&ann.gql(&document, json!({})).await), ["orderBy"], "{filter}");
    }
    assert_eq!(found(&ann, " … ").await, [2, 1]);
}

#[tokio::test]
async fn a_cursor_of_relevance_is_one_of_no_other_order() {
    let (app, ann) = app().await;
    twelve(&app, &ann).await;
    let newest = BY_RELEVANCE.replace("RELEVANCE", "NEWEST");
    for (of, at) in [(BY_RELEVANCE, &*newest), (&*newest, BY_RELEVANCE)] {
        let list = List { client: &ann, document: of };
        let args = format!("after: \"{}\"", list.page("first: 1").await.cursors[0]);
        let document = at.replace("ARGS", &args).replace("PAGE", "{ totalCount }");
        let reply = ann.gql(&document, json!({})).await;
        assert_eq!(
            (outcome(&reply).as_str(), fields(&reply)),
            ("INVALID_REQUEST", vec!["after".into()])
        );
    }
}

#[tokio::test]
async fn an_order_by_relevance_costs_more_than_another_and_so_does_a_variable() {
    let (_, ann) = app().await;
    let cost = async |order: Value| {
        let query = "query($order: JobOrder!) { jobs(filter: {search: \"家\"}, orderBy: $order) {
            nodes { id } } }";
        let reply = ann.gql(query, json!({ "order": order })).await;
        let literal = query.replace("($order: JobOrder!)", "");
        let literal = literal.replace("$order", order.as_str().unwrap());
        let costs = [reply, ann.gql(&literal, json!({})).await];
        let costs = costs.map(|reply| reply.cost.unwrap()["cost"].as_u64().unwrap());
        assert_eq!(costs[0], costs[1]);
        costs[0]
    };
    assert_eq!(cost(json!("OLDEST")).await, cost(json!("NEWEST")).await);
    assert!(cost(json!("RELEVANCE")).await > 2 * cost(json!("NEWEST")).await);
}
