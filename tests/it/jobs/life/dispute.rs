//! Disputes, and how they are decided.

use chrono::TimeDelta;
use find_helper::domain::erasure;
use serde_json::{Value, json};

use super::report::reported;
use crate::{
    jobs::steps::{
        BECAUSE, UNLIMITED, act_on, assigned, dispute, done, done_on, fields, message, outcome,
        state,
    },
    support::{Client, Reply, TestApp},
};

/// A job whose work has begun.
async fn begun(ann: &Client, ben: &Client) -> String {
    let job = assigned(ann, ben).await;
    done(ann, "startJob", &job).await;
    job
}

async fn resolve(admin: &Client, job: &str, outcome: &str) -> Reply {
    act_on(admin, "resolveDispute", job, &format!("{BECAUSE}, outcome: {outcome}")).await
}

#[tokio::test]
async fn either_side_disputes_work_in_every_state_since_it_began() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    for party in [&ann, &ben] {
        let completed = begun(&ann, &ben).await;
        done(&ann, "completeJob", &completed).await;
        for job in [begun(&ann, &ben).await, reported(&ann, &ben).await, completed] {
            dispute(party, &job).await;
            assert_eq!(state(party, &job).await, "DISPUTED");
        }
    }
}

#[tokio::test]
async fn completed_work_can_be_disputed_for_seven_days() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let (job, late) = (begun(&ann, &ben).await, begun(&ann, &ben).await);
    for job in [&job, &late] {
        done(&ann, "completeJob", job).await;
    }
    app.advance(TimeDelta::days(7));
    let ben = app.signed_in("ben@example.com").await;
    dispute(&ben, &job).await;
    app.advance(TimeDelta::seconds(1));
    let refused = act_on(&ben, "disputeJob", &late, BECAUSE).await;
    assert_eq!(message(&refused), "The job is COMPLETED, which does not allow this");
}

#[tokio::test]
async fn an_administrator_decides_and_the_decision_is_final() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let admin = app.admin("root").await;
    for outcome_wanted in ["COMPLETED", "CANCELLED"] {
        let job = begun(&ann, &ben).await;
        dispute(&ben, &job).await;
        let reply = resolve(&admin, &job, outcome_wanted).await;
        assert_eq!(outcome(&reply), "ok", "{}", reply.text);
        assert_eq!(state(&ben, &job).await, outcome_wanted);
        let again = act_on(&ann, "disputeJob", &job, BECAUSE).await;
        assert_eq!(outcome(&again), "CONFLICT", "once a job");
        assert_eq!(outcome(&resolve(&admin, &job, "COMPLETED").await), "CONFLICT");
        let query =
            "query($id: ID!) { job(by: {id: $id}) { events(last: 2) { nodes { kind reason } } } }";
        let told = ben.data(query, json!({ "id": job })).await;
        assert_eq!(
            told["job"]["events"]["nodes"],
            json!([{ "kind": "DISPUTED", "reason": "因為" }, { "kind": "DECIDED", "reason": "因為" }])
        );
    }
}

#[tokio::test]
async fn nobody_decides_their_own_dispute() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (root, ben) = (app.admin("root").await, app.member("ben").await);
    let as_owner = begun(&root, &ben).await;
    let as_worker = begun(&ben, &root).await;
    for job in [as_owner, as_worker] {
        dispute(&ben, &job).await;
        assert_eq!(outcome(&resolve(&root, &job, "COMPLETED").await), "FORBIDDEN");
    }
}

#[tokio::test]
async fn administrators_list_what_waits_for_them() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = begun(&ann, &ben).await;
    begun(&ann, &ben).await;
    dispute(&ben, &job).await;
    let query = "{ jobs(filter: {status: DISPUTED}) { nodes { id } totalCount } }";
    let seen = async |viewer: &Client| viewer.data(query, json!({})).await["jobs"].take();
    let one = json!({ "nodes": [{ "id": job }], "totalCount": 1 });
    assert_eq!(seen(&app.admin("root").await).await, one);
    assert_eq!(seen(&ann).await, one);
    assert_eq!(seen(&app.member("cat").await).await, json!({ "nodes": [], "totalCount": 0 }));
}

#[tokio::test]
async fn a_decision_is_in_the_audit_log_of_both_sides_with_its_reason() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let (admin, job) = (app.admin("root").await, begun(&ann, &ben).await);
    dispute(&ben, &job).await;
    resolve(&admin, &job, "CANCELLED").await;
    let query = "{ auditEvents(filter: {kind: DISPUTE_DECIDED}) { nodes { user { name } actor { name } detail } } }";
    let data = admin.data(query, json!({})).await;
    let nodes = data["auditEvents"]["nodes"].as_array().unwrap().clone();
    let whose: Vec<&Value> = nodes.iter().map(|node| &node["user"]["name"]).collect();
    assert_eq!(whose, ["ben 測試", "ann 測試"]);
    for node in &nodes {
        assert_eq!(node["actor"]["name"], "root 測試");
        assert!(node["detail"].to_string().contains("因為"), "{node}");
    }
}

#[tokio::test]
async fn a_reason_is_required_of_both_sides_and_of_the_administrator() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let (admin, job) = (app.admin("root").await, begun(&ann, &ben).await);
    assert_eq!(fields(&act_on(&ben, "disputeJob", &job, ", reason: \"\"").await), ["reason"]);
    dispute(&ben, &job).await;
    let refused =
        act_on(&admin, "resolveDispute", &job, ", reason: \" \", outcome: COMPLETED").await;
    assert_eq!(fields(&refused), ["reason"]);
}

#[tokio::test]
async fn what_people_wrote_is_in_their_export_and_leaves_the_log_with_their_account() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let (job, released) = (begun(&ann, &ben).await, assigned(&ann, &ben).await);
    done_on(&ben, "disputeJob", &job, ", reason: \"bens-words\"").await;
    done_on(&ben, "releaseJob", &released, ", reason: \"more-of-ben\"").await;
    done_on(&ann, "disputeJob", &begun(&ann, &ben).await, ", reason: \"anns-words\"").await;
    let export = "mutation { exportData { data } }";
    let told = ben.data(export, json!({})).await["exportData"]["data"]["reasons"].take();
    let reasons: Vec<&Value> = told.as_array().unwrap().iter().map(|it| &it["reason"]).collect();
    assert_eq!(reasons, ["more-of-ben", "bens-words"]);
    app.execute(&format!("UPDATE users SET erase_at = 1 WHERE id = {}", ben.user_id())).await;
    assert_eq!(erasure::erase_due(&app.services).await.unwrap(), 1);
    let holding = async |words: &str| {
        app.count(&format!("SELECT count(*) FROM job_events WHERE data LIKE '%{words}%'")).await
    };
    assert_eq!(holding("ben").await, 0);
    assert_eq!(holding("anns-words").await, 1, "of others they stay");
    let from = app.count(
        "SELECT count(*) FROM job_events WHERE kind = 'disputed' AND data LIKE '%in_progress%'",
    );
    assert_eq!(from.await, 2, "where the step began stays");
}
