//! How many people apply to a job.

use find_helper::domain::erasure;
use serde_json::{Value, json};

use crate::{
    jobs::steps::{act, apply, done, each, outcome, post, published},
    support::{Client, TestApp},
};

/// The number as anybody sees it.
async fn count(client: &Client, job: &str) -> Value {
    let query = "query($id: ID!) { job(by: {id: $id}) { applicationCount } }";
    client.data(query, json!({ "id": job })).await["job"]["applicationCount"].take()
}

/// The ids of the jobs without applications, oldest first.
async fn without(client: &Client) -> Vec<Value> {
    let query = "{ jobs(filter: {withoutApplications: true}, orderBy: OLDEST) { nodes { id } } }";
    each(&client.data(query, json!({})).await["jobs"]["nodes"], "id")
}

#[tokio::test]
async fn applications_count_until_they_are_withdrawn_whatever_the_owner_answers() {
    let (app, anon) = TestApp::new().await;
    let [ann, ben, cat] =
        [app.member("ann").await, app.member("ben").await, app.member("cat").await];
    let (job, other) = (published(&ann).await, published(&ann).await);
    assert_eq!(count(&anon, &job).await, 0);
    let bens = apply(&ben, &job).await;
    let cats = apply(&cat, &job).await;
    assert_eq!(count(&anon, &job).await, 2);
    assert_eq!(without(&anon).await, [json!(other)]);
    done(&ann, "rejectApplication", &cats).await;
    assert_eq!(count(&anon, &job).await, 2, "a rejected one was an application all the same");
    done(&ben, "withdrawApplication", &bens).await;
    assert_eq!(count(&anon, &job).await, 1);
    assert_eq!(outcome(&act(&ben, "withdrawApplication", &bens).await), "CONFLICT");
    assert_eq!(count(&anon, &job).await, 1);
    apply(&ben, &job).await;
    assert_eq!(count(&anon, &job).await, 2, "sent again");
    assert_eq!(without(&anon).await, [json!(other)]);
}

#[tokio::test]
async fn a_job_whose_only_applicant_leaves_is_without_applications_again() {
    let (app, anon) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = published(&ann).await;
    apply(&ben, &job).await;
    assert!(without(&anon).await.is_empty());
    app.execute(&format!("UPDATE users SET erase_at = 1 WHERE id = {}", ben.user_id())).await;
    assert_eq!(erasure::erase_due(&app.services).await.unwrap(), 1);
    assert_eq!(count(&anon, &job).await, 0);
    assert_eq!(without(&anon).await, [json!(job)]);
}

#[tokio::test]
async fn many_who_apply_at_once_are_all_counted() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let job = post(&ann, json!({})).await;
    let mut people = Vec::new();
    for n in 0..8 {
        people.push(app.member(&format!("p{n}")).await);
    }
    futures_util::future::join_all(people.iter().map(|person| apply(person, &job))).await;
    assert_eq!(count(&anon, &job).await, 8);
}
