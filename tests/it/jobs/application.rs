//! Applying, withdrawing, accepting and rejecting.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::{
    jobs::steps::{
        act, apply, assigned, done, fields, message, outcome, published, sorted_outcomes, state,
        try_to_apply,
    },
    support::{Client, TestApp},
};

#[tokio::test]
async fn an_application_tells_what_was_offered_and_waits_for_the_owner() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = published(&ann).await;
    let mutation = "mutation($job: ID!) {
        applyToJob(input: {jobId: $job, message: \" 我會\\n洗窗戶 \", offeredAmount: 0}) { application {
            id message offeredAmount status createdAt updatedAt applicant { name } job { id }
        } } }";
    let reply = ben.gql(mutation, json!({ "job": job })).await;
    insta::assert_snapshot!(reply.text, @r#"{"data":{"applyToJob":{"application":{"id":"application_1","message":"我會\n洗窗戶","offeredAmount":0,"status":"PENDING","createdAt":"2026-02-07T08:00:00.000Z","updatedAt":"2026-02-07T08:00:00.000Z","applicant":{"name":"ben 測試"},"job":{"id":"job_1"}}}}}"#);
}

#[tokio::test]
async fn all_problems_of_an_application_are_told_together() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = published(&ann).await;
    let mutation =
        "mutation($input: ApplyToJobInput!) { applyToJob(input: $input) { __typename } }";
    let input = json!({ "jobId": job, "message": "長".repeat(2_001), "offeredAmount": -1 });
    let reply = ben.gql(mutation, json!({ "input": input })).await;
    assert_eq!(fields(&reply), ["message", "offeredAmount"]);
    let input = json!({ "jobId": "application_1" });
    assert_eq!(fields(&ben.gql(mutation, json!({ "input": input })).await), ["jobId"]);
}

#[tokio::test]
async fn accepting_one_assigns_the_job_and_rejects_all_who_still_wait() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let job = published(&ann).await;
    let mut applications = Vec::new();
    for name in ["ben", "cat", "dan", "eve"] {
        let member = app.member(name).await;
        applications.push(apply(&member, &job).await);
        if name == "cat" {
            done(&member, "withdrawApplication", &applications[1]).await;
        }
    }
    done(&ann, "acceptApplication", &applications[2]).await;
    let query = "query($id: ID!) { job(by: {id: $id}) { status assignee { name }
        applications { nodes { status applicant { name } } } } }";
    let reply = ann.gql(query, json!({ "id": job })).await;
    insta::assert_snapshot!(reply.text, @r#"{"data":{"job":{"status":"ASSIGNED","assignee":{"name":"dan 測試"},"applications":{"nodes":[{"status":"REJECTED","applicant":{"name":"eve 測試"}},{"status":"ACCEPTED","applicant":{"name":"dan 測試"}},{"status":"WITHDRAWN","applicant":{"name":"cat 測試"}},{"status":"REJECTED","applicant":{"name":"ben 測試"}}]}}}}"#);
    let query = "query($id: ID!) { job(by: {id: $id}) { events(last: 3) {
        nodes { kind actor { name } applicant { name email } } } } }";
    let reply = ann.gql(query, json!({ "id": job })).await;
    insta::assert_snapshot!(reply.text, @r#"{"data":{"job":{"events":{"nodes":[{"kind":"APPLICATION_ACCEPTED","actor":{"name":"ann 測試"},"applicant":{"name":"dan 測試","email":null}},{"kind":"APPLICATION_REJECTED","actor":{"name":"ann 測試"},"applicant":{"name":"ben 測試","email":null}},{"kind":"APPLICATION_REJECTED","actor":{"name":"ann 測試"},"applicant":{"name":"eve 測試","email":null}}]}}}}"#);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_accepts_at_once_one_wins_and_the_job_has_one_assignee() {
    let (app, _) = TestApp::new().await;
    let replica = app.restarted(&[]).await;
    let (ann, admin) = (app.member("ann").await, app.admin("zoe").await);
    let job = published(&ann).await;
    let mut applications = Vec::new();
    for name in ["ben", "cat", "dan", "eve", "fay", "gus"] {
        applications.push(apply(&app.member(name).await, &job).await);
    }
    let doors = [ann.clone(), admin.towards(&replica.router)];
    let accepts = applications.iter().zip(doors.iter().cycle());
    let replies = join_all(accepts.map(|(id, client)| act(client, "acceptApplication", id))).await;
    assert_eq!(sorted_outcomes(&replies), [vec!["CONFLICT"; 5], vec!["ok"]].concat());

    let query = "query($id: ID!) { job(by: {id: $id}) { assignee { id }
        applications { nodes { status applicant { id } } } } }";
    let job = ann.data(query, json!({ "id": job })).await["job"].take();
    let nodes = job["applications"]["nodes"].as_array().unwrap();
    let (accepted, others): (Vec<_>, Vec<_>) =
        nodes.iter().partition(|node| node["status"] == "ACCEPTED");
    assert_eq!(accepted.len(), 1);
    assert_eq!(accepted[0]["applicant"], job["assignee"]);
    assert!(others.iter().all(|node| node["status"] == "REJECTED"), "{others:?}");
}

#[tokio::test]
async fn rejecting_one_leaves_the_job_open_to_the_others() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (ben, cat) = (app.member("ben").await, app.member("cat").await);
    let job = published(&ann).await;
    let applications = [apply(&ben, &job).await, apply(&cat, &job).await];
    done(&ann, "rejectApplication", &applications[0]).await;
    assert_eq!(state(&ann, &job).await, "PUBLISHED");
    assert_eq!(state(&ann, &applications[1]).await, "PENDING");
    let again = try_to_apply(&ben, &job).await;
    assert_eq!(outcome(&again), "CONFLICT", "who was rejected does not ask again");
    done(&ann, "acceptApplication", &applications[1]).await;
}

#[tokio::test]
async fn one_applies_once_and_not_to_a_job_of_ones_own() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = published(&ann).await;
    apply(&ben, &job).await;
    let twice = try_to_apply(&ben, &job).await;
    assert_eq!(
        (outcome(&twice).as_str(), message(&twice).as_str()),
        ("CONFLICT", "You have already applied to this job")
    );
    let own = try_to_apply(&ann, &job).await;
    assert_eq!(
        (outcome(&own).as_str(), message(&own).as_str()),
        ("CONFLICT", "You cannot apply to your own job")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn of_applications_of_one_person_at_once_one_is_taken() {
    let (app, _) = TestApp::new().await;
    let replica = app.restarted(&[]).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = published(&ann).await;
    let doors = [ben.clone(), ben.towards(&replica.router)];
    let replies = join_all((0..8).map(|n| try_to_apply(&doors[n % 2], &job))).await;
    assert_eq!(sorted_outcomes(&replies), [vec!["CONFLICT"; 7], vec!["ok"]].concat());
}

#[tokio::test]
async fn who_withdrew_may_send_the_same_application_again_and_be_chosen() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = published(&ann).await;
    let first = apply(&ben, &job).await;
    done(&ben, "withdrawApplication", &first).await;
    let second = apply(&ben, &job).await;
    assert_eq!(first, second);
    done(&ann, "acceptApplication", &second).await;
    assert_eq!(state(&ann, &second).await, "ACCEPTED");
}

#[tokio::test]
async fn a_decided_application_is_not_decided_again_and_the_conflict_names_its_state() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    for (decided, by, mutation) in [
        ("WITHDRAWN", &ben, "withdrawApplication"),
        ("REJECTED", &ann, "rejectApplication"),
        ("ACCEPTED", &ann, "acceptApplication"),
    ] {
        let job = published(&ann).await;
        let application = apply(&ben, &job).await;
        done(by, mutation, &application).await;
        for (who, again) in [
            (&ben, "withdrawApplication"),
            (&ann, "rejectApplication"),
            (&ann, "acceptApplication"),
        ] {
            let reply = act(who, again, &application).await;
            let named = match (decided, again) {
                ("ACCEPTED", "acceptApplication") => "The job is ASSIGNED".to_owned(),
                _ => format!("The application is {decided}"),
            };
            assert_eq!(outcome(&reply), "CONFLICT", "{again} what is {decided}");
            assert_eq!(message(&reply), format!("{named}, which does not allow this"));
            assert_eq!(state(&ann, &application).await, decided);
        }
    }
}

/// What each person sees of the applications for a job: `applicant state`, newest first.
async fn seen_by(client: &Client, job: &str) -> Option<Vec<String>> {
    let query = "query($id: ID!) { job(by: {id: $id}) {
        applications { totalCount nodes { status applicant { name } } } } }";
    let data = client.data(query, json!({ "id": job })).await;
    let applications = data["job"].get("applications")?;
    let nodes = applications["nodes"].as_array().unwrap();
    assert_eq!(applications["totalCount"], nodes.len(), "the total tells no more than the list");
    let short = |node: &Value| node["applicant"]["name"].as_str().unwrap()[..3].to_owned();
    Some(nodes.iter().map(|node| format!("{} {}", short(node), node["status"])).collect())
}

#[tokio::test]
async fn the_owner_sees_all_applications_and_an_applicant_their_own() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (ben, cat) = (app.member("ben").await, app.member("cat").await);
    let (dan, admin) = (app.member("dan").await, app.admin("zoe").await);
    let job = published(&ann).await;
    for applicant in [&ben, &cat] {
        apply(applicant, &job).await;
    }
    let all = Some(vec!["cat \"PENDING\"".to_owned(), "ben \"PENDING\"".to_owned()]);
    assert_eq!(seen_by(&ann, &job).await, all);
    assert_eq!(seen_by(&admin, &job).await, all);
    assert_eq!(seen_by(&ben, &job).await, Some(vec!["ben \"PENDING\"".to_owned()]));
    assert_eq!(seen_by(&dan, &job).await, Some(vec![]));
    assert_eq!(seen_by(&anon, &job).await, Some(vec![]));
}

#[tokio::test]
async fn applicants_keep_seeing_the_job_and_strangers_do_not() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (ben, cat, dan) =
        (app.member("ben").await, app.member("cat").await, app.member("dan").await);
    let job = published(&ann).await;
    apply(&ben, &job).await;
    let withdrawn = apply(&cat, &job).await;
    done(&cat, "withdrawApplication", &withdrawn).await;
    done(&ann, "cancelJob", &job).await;
    assert_eq!(seen_by(&ben, &job).await, Some(vec!["ben \"REJECTED\"".to_owned()]));
    assert_eq!(seen_by(&cat, &job).await, Some(vec!["cat \"WITHDRAWN\"".to_owned()]));
    assert_eq!(seen_by(&dan, &job).await, None);
    assert_eq!(seen_by(&anon, &job).await, None);
}

#[tokio::test]
async fn an_administrator_who_applies_to_a_draft_is_told_its_state() {
    let (app, _) = TestApp::new().await;
    let (ann, admin) = (app.member("ann").await, app.admin("zoe").await);
    let job = crate::jobs::steps::draft(&ann).await;
    let reply = try_to_apply(&admin, &job).await;
    assert_eq!(outcome(&reply), "CONFLICT", "what one sees is not 404: {}", reply.text);
}

#[tokio::test]
async fn calling_a_job_off_keeps_the_accepted_application() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = assigned(&ann, &ben).await;
    done(&ann, "cancelJob", &job).await;
    assert_eq!(seen_by(&ben, &job).await, Some(vec!["ben \"ACCEPTED\"".to_owned()]));
}
