//! Averages and numbers, for pages of people.

use serde_json::{Value, json};

use super::{completed, of, rating, ratings, reviewed, stars, two};
use crate::{
    jobs::steps::{each, published},
    support::{Client, TestApp},
};

/// Both sides review a job that the worker has done for the owner.
async fn done_and_reviewed(owner: &Client, worker: &Client, stars: [i64; 2]) {
    let job = completed(owner, worker).await;
    reviewed(owner, &job, stars[0], "").await;
    reviewed(worker, &job, stars[1], "").await;
}

#[tokio::test]
async fn the_average_is_exact_and_nobody_without_reviews_has_one() {
    let (app, ann, bob) = two().await;
    let cat = app.member("cat").await;
    done_and_reviewed(&ann, &bob, [5, 1]).await;
    done_and_reviewed(&cat, &bob, [5, 2]).await;
    done_and_reviewed(&bob, &ann, [3, 4]).await;
    let expected = json!([{ "average": 2.0, "count": 2 }, { "average": 14.0 / 3.0, "count": 3 }]);
    assert_eq!(ratings(&cat, &[&ann, &bob]).await, expected);
    let dan = app.member("dan").await;
    assert_eq!(rating(&cat, &dan).await, Value::Null);
    assert_eq!(rating(&cat, &cat).await, stars(2.0, 1));
}

#[tokio::test]
async fn the_jobs_that_somebody_has_done_are_counted_and_not_those_they_had_done() {
    let (_, ann, bob) = two().await;
    for _ in 0..2 {
        completed(&ann, &bob).await;
    }
    crate::jobs::steps::assigned(&ann, &bob).await;
    let query = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on User { completedJobs } } }";
    let data = ann.data(query, json!({ "ids": [of(&ann), of(&bob)] })).await;
    assert_eq!(each(&data["nodes"], "completedJobs"), [0, 2]);
}

/// The statements of an operation besides the one that finds the caller's session.
async fn statements(app: &TestApp, client: &Client, query: &str) -> u32 {
    app.statements(client.data(query, json!({}))).await - 1
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_are_known_by_is_one_statement_each_whatever_the_size_of_the_page() {
    let (app, ann, _) = two().await;
    for n in 0..10 {
        let (owner, worker) =
            (app.member(&format!("o{n}")).await, app.member(&format!("w{n}")).await);
        done_and_reviewed(&owner, &worker, [n % 5 + 1, 3]).await;
        published(&owner).await;
    }
    for size in [1, 5, 10] {
        let query = |owner: &str| {
            format!("{{ jobs(first: {size}) {{ nodes {{ title owner {{ name {owner} }} }} }} }}")
        };
        let nodes = ann.data(&query("rating { count }"), json!({})).await["jobs"]["nodes"].take();
        assert!(each(&nodes, "owner").iter().all(|owner| owner["rating"]["count"] == 1), "{nodes}");
        for (owner, expected) in [
            ("rating { average count }", 2),
            ("completedJobs", 2),
            ("rating { average } completedJobs", 3),
            ("reviews(first: 3) { totalCount nodes { text author { name } } }", 4),
        ] {
            assert_eq!(statements(&app, &ann, &query(owner)).await, expected, "{owner}: {size}");
        }
        let reviews =
            format!("{{ jobs(first: {size}) {{ nodes {{ title reviews {{ text }} }} }} }}");
        assert_eq!(statements(&app, &ann, &reviews).await, 2, "of jobs: {size}");
    }
}
