//! What owner and worker agreed on.

use serde_json::{Value, json};

use crate::{
    jobs::steps::{BECAUSE, apply, assigned, done, done_on, published, text},
    support::{Client, TestApp},
};

/// Applies for an amount; the global id of the application.
async fn offer(applicant: &Client, job: &str, amount: i64) -> String {
    let mutation = "mutation($job: ID!, $amount: Int) {
        applyToJob(input: {jobId: $job, offeredAmount: $amount}) { application { id } } }";
    let data = applicant.data(mutation, json!({ "job": job, "amount": amount })).await;
    text(&data["applyToJob"]["application"]["id"])
}

async fn agreed(viewer: &Client, job: &str) -> Value {
    let query = "query($id: ID!) { job(by: {id: $id}) { agreedAmount } }";
    viewer.data(query, json!({ "id": job })).await["job"]["agreedAmount"].take()
}

#[tokio::test]
async fn what_was_offered_is_agreed_on_acceptance_or_else_the_estimate() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = published(&ann).await;
    let application = offer(&ben, &job, 2_800).await;
    assert_eq!(agreed(&ann, &job).await, Value::Null, "nobody was accepted yet");
    done(&ann, "acceptApplication", &application).await;
    assert_eq!(agreed(&ann, &job).await, 2_800);
    let other = assigned(&ann, &ben).await;
    assert_eq!(agreed(&ann, &other).await, 3_000);
    let free = published(&ann).await;
    done(&ann, "acceptApplication", &offer(&ben, &free, 0).await).await;
    assert_eq!(agreed(&ben, &free).await, 0);
}

#[tokio::test]
async fn only_both_sides_and_administrators_see_what_was_agreed() {
    let (app, _) = TestApp::new().await;
    let (ann, ben, cat) =
        (app.member("ann").await, app.member("ben").await, app.member("cat").await);
    let job = published(&ann).await;
    apply(&cat, &job).await;
    done(&ann, "acceptApplication", &apply(&ben, &job).await).await;
    for (viewer, seen) in [
        (&ann, json!(3_000)),
        (&ben, json!(3_000)),
        (&app.admin("root").await, json!(3_000)),
        (&cat, json!(null)),
    ] {
        assert_eq!(agreed(viewer, &job).await, seen);
    }
}

#[tokio::test]
async fn a_list_shows_what_was_agreed_to_whom_it_concerns() {
    let (app, _) = TestApp::new().await;
    let (ann, ben, cat) =
        (app.member("ann").await, app.member("ben").await, app.member("cat").await);
    let job = published(&ann).await;
    apply(&cat, &job).await;
    done(&ann, "acceptApplication", &apply(&ben, &job).await).await;
    let query = "{ jobs { nodes { agreedAmount estimatedAmount } } }";
    let seen = async |viewer: &Client| viewer.data(query, json!({})).await["jobs"]["nodes"].take();
    assert_eq!(seen(&ben).await, json!([{ "agreedAmount": 3_000, "estimatedAmount": 3_000 }]));
    assert_eq!(seen(&cat).await, json!([{ "agreedAmount": null, "estimatedAmount": 3_000 }]));
}

#[tokio::test]
async fn a_release_ends_what_was_agreed_and_the_next_acceptance_agrees_anew() {
    let (app, _) = TestApp::new().await;
    let (ann, ben, cat) =
        (app.member("ann").await, app.member("ben").await, app.member("cat").await);
    let job = published(&ann).await;
    done(&ann, "acceptApplication", &offer(&ben, &job, 2_500).await).await;
    done_on(&ben, "releaseJob", &job, BECAUSE).await;
    assert_eq!(agreed(&ann, &job).await, Value::Null);
    done(&ann, "acceptApplication", &offer(&cat, &job, 2_700).await).await;
    assert_eq!(agreed(&ann, &job).await, 2_700);
    assert_eq!(agreed(&cat, &job).await, 2_700);
}
