//! Reviews: who may write, see, answer and report them, and what ratings come of them.

mod clock;
mod moderation;
mod races;
mod random;
mod rating;
mod remains;
mod reply;
mod write;

use serde_json::{Value, json};

use super::steps::{assigned, done, outcome, text};
use crate::support::{Client, Reply, TestApp};

/// A job of the owner's that the worker has done.
pub(crate) async fn completed(owner: &Client, worker: &Client) -> String {
    let job = assigned(owner, worker).await;
    done(owner, "startJob", &job).await;
    done(owner, "completeJob", &job).await;
    job
}

const WRITE: &str = "mutation($input: WriteReviewInput!) { writeReview(input: $input) {
    review { id visibleAt author { id } reviewed { id } } } }";

/// Tries to review the other side of a job.
pub(super) async fn review(author: &Client, job: &str, rating: i64, text: &str) -> Reply {
    let input = json!({ "jobId": job, "rating": rating, "text": text });
    author.gql(WRITE, json!({ "input": input })).await
}

/// The same where it must succeed; the global id of the review.
pub(crate) async fn reviewed(author: &Client, job: &str, rating: i64, words: &str) -> String {
    let reply = review(author, job, rating, words).await;
    assert_eq!(outcome(&reply), "ok", "{}", reply.text);
    text(&reply.json()["data"]["writeReview"]["review"]["id"])
}

/// Ann and Bob have reviewed each other, answered, and reported that of the other.
pub(crate) async fn reviewed_both_ways(ann: &Client, bob: &Client) {
    let job = completed(ann, bob).await;
    let (by_ann, by_bob) =
        (reviewed(ann, &job, 5, "words").await, reviewed(bob, &job, 4, "words").await);
    for (client, other) in [(ann, by_bob), (bob, by_ann)] {
        assert_eq!(outcome(&answer(client, &other, "words").await), "ok");
        assert_eq!(outcome(&report(client, &other).await), "ok");
    }
}

/// A mutation about a review.
async fn about(client: &Client, mutation: &str, id: &str, rest: &str) -> Reply {
    let document = format!(
        "mutation($id: ID!) {{ {mutation}(input: {{reviewId: $id{rest}}}) {{ __typename }} }}"
    );
    client.gql(&document, json!({ "id": id })).await
}

pub(super) async fn answer(client: &Client, id: &str, words: &str) -> Reply {
    about(client, "replyToReview", id, &format!(", text: {}", json!(words))).await
}

pub(crate) async fn report(client: &Client, id: &str) -> Reply {
    about(client, "reportReview", id, ", reason: \"words\"").await
}

pub(super) async fn hide(client: &Client, id: &str) -> Reply {
    about(client, "hideReview", id, ", reason: \"insults\"").await
}

pub(super) async fn dismiss(client: &Client, id: &str) -> Reply {
    about(client, "dismissReviewReports", id, "").await
}

/// Whether the client sees a review: by its id, at its job, and in the list of the person.
async fn sees(client: &Client, id: &str, (job, person): (&str, &Client)) -> [bool; 3] {
    let query = "query($ids: [ID!]!) { nodes(ids: $ids) {
        ... on Review { id } ... on Job { list: reviews { id } } ... on User { page: reviews { nodes { id } } } } }";
    let ids = json!({ "ids": [id, job, of(person)] });
    let data = client.data(query, ids).await;
    let has =
        |list: &Value| list.as_array().is_some_and(|list| list.iter().any(|it| it["id"] == id));
    let nodes = &data["nodes"];
    [nodes[0]["id"] == id, has(&nodes[1]["list"]), has(&nodes[2]["page"]["nodes"])]
}

fn of(client: &Client) -> String {
    format!("user_{}", client.user_id())
}

/// The average and the number of stars of each person, as the client is told; null without any.
async fn ratings(client: &Client, people: &[&Client]) -> Value {
    let query =
        "query($ids: [ID!]!) { nodes(ids: $ids) { ... on User { rating { average count } } } }";
    let ids: Vec<String> = people.iter().map(|person| of(person)).collect();
    let data = client.data(query, json!({ "ids": ids })).await;
    super::steps::each(&data["nodes"], "rating").into()
}

async fn rating(client: &Client, person: &Client) -> Value {
    ratings(client, &[person]).await[0].take()
}

fn stars(average: f64, count: i64) -> Value {
    json!({ "average": average, "count": count })
}

/// Ann, who has jobs done, and Bob, who does them.
async fn two() -> (TestApp, Client, Client) {
    let (app, _) = TestApp::with(super::steps::UNLIMITED).await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    (app, ann, bob)
}
