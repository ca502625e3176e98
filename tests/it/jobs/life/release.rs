//! Stepping back before the work begins.

use chrono::TimeDelta;
use find_helper::domain::jobs::job::expire_due;
use serde_json::{Value, json};

use crate::{
    jobs::steps::{
        BECAUSE, UNLIMITED, act_on, apply, assigned, done, done_on, fields, message, outcome, post,
        published, state, text, try_to_apply,
    },
    support::{Client, TestApp},
};

async fn cast() -> (TestApp, [Client; 4]) {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let people = [
        app.member("ann").await,
        app.member("ben").await,
        app.member("cat").await,
        app.member("dan").await,
    ];
    (app, people)
}

async fn last_event(viewer: &Client, job: &str) -> Value {
    let query = "query($id: ID!) { job(by: {id: $id}) { events(last: 1) { nodes {
        kind reason actor { name } applicant { name } } } } }";
    viewer.data(query, json!({ "id": job })).await["job"]["events"]["nodes"][0].take()
}

#[tokio::test]
async fn a_worker_who_steps_back_leaves_the_job_on_the_board_and_says_why() {
    let (_app, [ann, ben, ..]) = cast().await;
    let job = published(&ann).await;
    let application = apply(&ben, &job).await;
    done(&ann, "acceptApplication", &application).await;
    done_on(&ben, "releaseJob", &job, ", reason: \" 生病了\\n抱歉 \"").await;
    assert_eq!(state(&ann, &job).await, "PUBLISHED");
    assert_eq!(state(&ben, &application).await, "RELEASED");
    let query = "query($id: ID!) { job(by: {id: $id}) { assignee { id } address } }";
    let seen = ben.data(query, json!({ "id": job })).await;
    assert_eq!(seen["job"], json!({ "assignee": null, "address": null }), "a stranger again");
    assert_eq!(
        last_event(&ann, &job).await,
        json!({ "kind": "RELEASED", "reason": "生病了\n抱歉", "actor": { "name": "ben 測試" },
            "applicant": { "name": "ben 測試" } })
    );
}

/// What an application says of its end.
async fn end_of(viewer: &Client, application: &str) -> Value {
    let query = "query($id: ID!) { node(id: $id) { ... on Application {
        status releaseReason mayApplyAgain } } }";
    viewer.data(query, json!({ "id": application })).await["node"].take()
}

#[tokio::test]
async fn both_sides_read_at_the_application_why_it_ended_and_whether_it_may_be_sent_again() {
    let (app, [ann, ben, cat, _]) = cast().await;
    let job = published(&ann).await;
    let application = apply(&ben, &job).await;
    let said = |status: &str, reason: Value, again: bool| json!({ "status": status, "releaseReason": reason, "mayApplyAgain": again });
    let because = json!("因為");
    assert_eq!(end_of(&ben, &application).await, said("PENDING", Value::Null, false));
    done(&ann, "acceptApplication", &application).await;
    done_on(&ben, "releaseJob", &job, BECAUSE).await;
    for side in [&ann, &ben] {
        assert_eq!(end_of(side, &application).await, said("RELEASED", because.clone(), true));
    }
    assert_eq!(end_of(&cat, &application).await, Value::Null);
    apply(&ben, &job).await;
    assert_eq!(end_of(&ben, &application).await, said("PENDING", Value::Null, false));
    done(&ann, "acceptApplication", &application).await;
    done_on(&ann, "releaseJob", &job, ", reason: \"改期\"").await;
    assert_eq!(end_of(&ben, &application).await, said("RELEASED", json!("改期"), false));
    app.execute(&format!("UPDATE users SET erase_at = 1 WHERE id = {}", ann.user_id())).await;
    assert_eq!(find_helper::domain::erasure::erase_due(&app.services).await.unwrap(), 1);
    assert_eq!(end_of(&ben, &application).await, said("RELEASED", Value::Null, false));
}

#[tokio::test]
async fn who_has_withdrawn_may_apply_again_until_the_fifth_time() {
    let (_app, [ann, ben, ..]) = cast().await;
    let job = published(&ann).await;
    for times in 1..=5 {
        let application = apply(&ben, &job).await;
        done(&ben, "withdrawApplication", &application).await;
        assert_eq!(end_of(&ben, &application).await["mayApplyAgain"], times < 5, "{times}");
    }
    assert_ne!(outcome(&try_to_apply(&ben, &job).await), "ok");
}

#[tokio::test]
async fn a_reason_is_required_and_has_at_most_500_characters() {
    let (_app, [ann, ben, ..]) = cast().await;
    let job = assigned(&ann, &ben).await;
    for reason in ["", "  ", &"長".repeat(501)] {
        let refused = act_on(&ben, "releaseJob", &job, &format!(", reason: \"{reason}\"")).await;
        assert_eq!(fields(&refused), ["reason"]);
    }
    assert_eq!(state(&ann, &job).await, "ASSIGNED");
    let longest = format!(", reason: \"{}\"", "長".repeat(500));
    done_on(&ben, "releaseJob", &job, &longest).await;
}

#[tokio::test]
async fn who_was_turned_down_for_another_may_apply_again_after_a_release() {
    let (_app, [ann, ben, cat, dan]) = cast().await;
    let job = published(&ann).await;
    let (turned_down, passed_over) = (apply(&dan, &job).await, apply(&cat, &job).await);
    done(&ann, "rejectApplication", &turned_down).await;
    done(&ann, "acceptApplication", &apply(&ben, &job).await).await;
    assert_eq!(state(&cat, &passed_over).await, "REJECTED");
    let early = try_to_apply(&cat, &job).await;
    assert_eq!(message(&early), "The job is ASSIGNED, which does not allow this");
    done_on(&ann, "releaseJob", &job, BECAUSE).await;
    assert_eq!(apply(&cat, &job).await, passed_over, "the same application");
    assert_eq!(state(&cat, &passed_over).await, "PENDING");
    assert_eq!(outcome(&try_to_apply(&cat, &job).await), "CONFLICT", "once at a time");
    assert_eq!(message(&try_to_apply(&dan, &job).await), "You have already applied to this job");
    done(&ann, "rejectApplication", &passed_over).await;
    assert_eq!(outcome(&try_to_apply(&cat, &job).await), "CONFLICT", "turned down by now");
}

#[tokio::test]
async fn a_worker_who_stepped_back_may_return_and_one_who_was_released_may_not() {
    let (_app, [ann, ben, cat, _]) = cast().await;
    let job = assigned(&ann, &ben).await;
    done_on(&ben, "releaseJob", &job, BECAUSE).await;
    let again = apply(&ben, &job).await;
    done(&ann, "acceptApplication", &again).await;
    assert_eq!(state(&ann, &job).await, "ASSIGNED");
    done_on(&ann, "releaseJob", &job, BECAUSE).await;
    assert_eq!(message(&try_to_apply(&ben, &job).await), "You have already applied to this job");
    apply(&cat, &job).await;
}

#[tokio::test]
async fn a_released_job_whose_time_is_over_expires() {
    let (app, [ann, ben, ..]) = cast().await;
    let job = post(&ann, json!({ "expiresAt": "2026-02-07T09:00:00Z" })).await;
    done(&ann, "acceptApplication", &apply(&ben, &job).await).await;
    app.advance(TimeDelta::hours(2));
    assert_eq!(expire_due(&app.services).await.unwrap(), 0);
    done_on(&ben, "releaseJob", &job, BECAUSE).await;
    assert_eq!(expire_due(&app.services).await.unwrap(), 1);
    assert_eq!(state(&ann, &job).await, "EXPIRED");
}

#[tokio::test]
async fn a_job_released_while_its_owner_is_suspended_is_on_hold_until_they_are_back() {
    let (app, [ann, ben, ..]) = cast().await;
    let (job, admin) = (assigned(&ann, &ben).await, app.admin("root").await);
    let id = json!({ "id": format!("user_{}", ann.user_id()) });
    let suspend =
        "mutation($id: ID!) { suspendUser(input: {id: $id, reason: \"x\"}) { user { id } } }";
    admin.data(suspend, id.clone()).await;
    done_on(&ben, "releaseJob", &job, BECAUSE).await;
    assert_eq!(state(&admin, &job).await, "PAUSED");
    let reinstate = "mutation($id: ID!) { reinstateUser(input: {id: $id}) { user { id } } }";
    admin.data(reinstate, id).await;
    assert_eq!(state(&admin, &job).await, "PUBLISHED");
}

#[tokio::test]
async fn a_released_job_comes_back_into_the_lists_of_strangers() {
    let (app, [ann, ben, ..]) = cast().await;
    let job = assigned(&ann, &ben).await;
    let query = "{ jobs(filter: {status: PUBLISHED}) { nodes { id } } }";
    let seen = async || app.anon().data(query, json!({})).await["jobs"]["nodes"].take();
    assert_eq!(seen().await, json!([]));
    done_on(&ben, "releaseJob", &job, BECAUSE).await;
    assert_eq!(seen().await, json!([{ "id": text(&json!(job)) }]));
}
