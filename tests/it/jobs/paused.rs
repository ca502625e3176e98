//! Jobs whose owner is away: suspended, or about to be deleted.

use chrono::TimeDelta;
use find_helper::domain::{erasure, jobs::job::expire_due, viewer::Scope};
use serde_json::{Value, json};

use crate::{
    jobs::steps::{
        UNLIMITED, act, apply, assigned, done, message, outcome, post, published, state,
        try_to_apply,
    },
    support::{Client, PASSWORD, TestApp},
};

fn id(client: &Client) -> String {
    format!("user_{}", client.user_id())
}

async fn suspend(admin: &Client, user: &Client) {
    let mutation =
        "mutation($id: ID!) { suspendUser(input: {id: $id, reason: \"spam\"}) { user { id } } }";
    admin.data(mutation, json!({ "id": id(user) })).await;
}

/// What somebody sees of the jobs of an owner, by every way there is.
async fn seen(client: &Client, owner: &Client, jobs: &[String]) -> Value {
    let query = "query($owner: ID!, $ids: [ID!]!, $one: ID!) {
        job(by: {id: $one}) { id }
        nodes(ids: $ids) { id }
        jobs(filter: {owner: $owner}) { totalCount nodes { id } }
        open: jobs(filter: {owner: $owner, status: PUBLISHED, city: \"台北市\"}) { totalCount }
        cheap: jobs(filter: {owner: $owner}, orderBy: AMOUNT_LOWEST) { nodes { owner { id } } }
        board: jobs { totalCount nodes { id owner { jobs { totalCount } } } } }";
    client.data(query, json!({ "owner": id(owner), "ids": jobs, "one": jobs[0] })).await
}

#[tokio::test]
async fn p06_jobs_of_a_suspended_owner_are_hidden_on_every_door_and_come_back() {
    let (app, anon) = TestApp::with(UNLIMITED).await;
    let (ann, bob, dan) =
        (app.member("ann").await, app.member("bob").await, app.member("dan").await);
    let (admin, key) = (app.admin("zoe").await, app.key(&dan, &[Scope::JobsRead]).await);
    let jobs = [published(&ann).await, published(&ann).await];
    published(&bob).await;
    let strangers = [&anon, &dan, &key];
    let mut before = Vec::new();
    for client in strangers {
        before.push(seen(client, &ann, &jobs).await);
    }
    let rest = async || {
        let list = key.get("/api/jobs").await.json();
        (key.get("/api/jobs/1").await.status.as_u16(), list["data"].as_array().unwrap().len())
    };
    assert_eq!(rest().await, (200, 3));

    suspend(&admin, &ann).await;
    for client in strangers {
        let hidden = seen(client, &ann, &jobs).await;
        let none = json!({ "job": null, "nodes": [null, null], "jobs": { "totalCount": 0, "nodes": [] },
            "open": { "totalCount": 0 }, "cheap": { "nodes": [] },
            "board": { "totalCount": 1, "nodes": [{ "id": "job_3", "owner": { "jobs": { "totalCount": 1 } } }] } });
        assert_eq!(hidden, none, "{:?}", client.proof());
    }
    assert_eq!(rest().await, (404, 1));
    let profile = "query($id: ID!) { user(id: $id) { jobs { totalCount nodes { id } } } }";
    let profile = dan.data(profile, json!({ "id": id(&ann) })).await;
    assert_eq!(profile["user"]["jobs"], json!({ "totalCount": 0, "nodes": [] }));
    assert_eq!(state(&admin, &jobs[0]).await, "PAUSED", "administrators see it");

    done(&admin, "reinstateUser", &id(&ann)).await;
    for (client, before) in strangers.into_iter().zip(before) {
        assert_eq!(seen(client, &ann, &jobs).await, before, "{:?}", client.proof());
    }
    assert_eq!(rest().await, (200, 3));
}

#[tokio::test]
async fn p06_a_paused_job_takes_no_applications_and_its_applicants_see_why() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben, cat) =
        (app.member("ann").await, app.member("ben").await, app.member("cat").await);
    let (dan, admin) = (app.member("dan").await, app.admin("zoe").await);
    let (job, given) = (published(&ann).await, assigned(&ann, &ben).await);
    let application = apply(&ben, &job).await;
    done(&cat, "withdrawApplication", &apply(&cat, &job).await).await;
    suspend(&admin, &ann).await;

    assert_eq!(outcome(&try_to_apply(&dan, &job).await), "NOT_FOUND", "strangers see no job");
    let refused = try_to_apply(&cat, &job).await;
    assert_eq!(
        (outcome(&refused).as_str(), message(&refused).as_str()),
        ("CONFLICT", "The job is PAUSED, which does not allow this")
    );
    let own = "{ viewer { applications { nodes { status job { status } } } } }";
    let own = ben.data(own, json!({})).await["viewer"]["applications"]["nodes"].take();
    let both = json!([
        { "status": "PENDING", "job": { "status": "PAUSED" } },
        { "status": "ACCEPTED", "job": { "status": "ASSIGNED" } },
    ]);
    assert_eq!(own, both);
    let list = "{ jobs(filter: {status: PAUSED}) { totalCount nodes { id } } }";
    let paused = json!({ "totalCount": 1, "nodes": [{ "id": job }] });
    assert_eq!(ben.data(list, json!({})).await["jobs"], paused);
    assert_eq!(dan.data(list, json!({})).await["jobs"]["totalCount"], 0);
    for step in ["publishJob", "startJob", "completeJob"] {
        assert_eq!(outcome(&act(&admin, step, &job).await), "CONFLICT", "{step}");
    }
    let accepted = act(&admin, "acceptApplication", &application).await;
    assert_eq!(outcome(&accepted), "CONFLICT", "nobody could tell the applicant where to go");
    done(&ben, "startJob", &given).await;
    done(&admin, "cancelJob", &job).await;
    assert_eq!(state(&ben, &application).await, "REJECTED");
    done(&admin, "reinstateUser", &id(&ann)).await;
    assert_eq!(state(&ben, &job).await, "CANCELLED", "only paused jobs come back");
}

#[tokio::test]
async fn p06_those_who_wait_are_mailed_once_when_jobs_pause_and_once_when_they_are_back() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben, cat) =
        (app.member("ann").await, app.member("ben").await, app.member("cat").await);
    let (eve, fay, admin) =
        (app.member("eve").await, app.member("fay").await, app.admin("zoe").await);
    let jobs = [published(&ann).await, published(&ann).await];
    for job in &jobs {
        apply(&ben, job).await;
    }
    apply(&cat, &jobs[0]).await;
    done(&eve, "withdrawApplication", &apply(&eve, &jobs[0]).await).await;
    apply(&fay, &jobs[0]).await;
    suspend(&admin, &fay).await;
    let mails = async |part: &str| {
        while app.send_mails().await > 0 {}
        let mails = app.mails().into_iter().filter(|mail| mail.subject.contains(part));
        let to = |mail: &crate::support::received::Received| mail.headers("to")[0].to_owned();
        let mut told: Vec<_> = mails.map(|mail| (to(&mail), mail.text)).collect();
        told.sort();
        told
    };
    suspend(&admin, &ann).await;
    suspend(&admin, &ann).await;
    let told = mails("Jobs you applied for are paused").await;
    let to: Vec<&str> = told.iter().map(|(to, _)| to.as_str()).collect();
    assert_eq!(to, ["ben@example.com", "cat@example.com"]);
    let counted = told.iter().zip(["applied for: 2.", "applied for: 1."]);
    assert!(counted.into_iter().all(|((_, text), count)| text.contains(count)), "{told:?}");
    assert!(told[0].1.contains("https://gateway.example/app/mine/applications"), "{told:?}");
    assert!(!told[0].1.contains("居家清潔"), "nothing that a suspended person wrote is mailed");
    for _ in 0..2 {
        done(&admin, "reinstateUser", &id(&ann)).await;
    }
    let told = mails("Jobs you applied for are back").await;
    assert_eq!(told.len(), 2);
    assert_eq!(mails("Jobs you applied for are paused").await.len(), 2);
}

#[tokio::test]
async fn p06_jobs_wait_for_an_owner_who_thinks_about_leaving_and_end_with_the_account() {
    let (app, anon) = TestApp::with(UNLIMITED).await;
    let (ann, ben, admin) =
        (app.member("ann").await, app.member("ben").await, app.admin("zoe").await);
    let job = published(&ann).await;
    let application = apply(&ben, &job).await;
    let delete =
        "mutation($password: String!) { deleteAccount(input: {password: $password}) { eraseAt } }";
    let board = "{ jobs { totalCount } }";
    for suspended in [false, true, false] {
        let ann = app.signed_in("ann@example.com").await;
        assert_eq!(state(&ben, &job).await, "PUBLISHED", "who signs in brings the jobs back");
        ann.data(delete, json!({ "password": PASSWORD })).await;
        assert_eq!(anon.data(board, json!({})).await["jobs"]["totalCount"], 0);
        assert_eq!(state(&ben, &job).await, "PAUSED");
        if suspended {
            suspend(&admin, &ann).await;
            done(&admin, "reinstateUser", &id(&ann)).await;
            assert_eq!(state(&ben, &job).await, "PAUSED", "its owner is still away");
        }
    }
    app.advance(TimeDelta::days(14));
    assert_eq!(erasure::erase_due(&app.services).await.unwrap(), 1);
    let admin = app.signed_in("zoe@example.com").await;
    assert_eq!(state(&admin, &job).await, "CANCELLED");
    assert_eq!(state(&admin, &application).await, "REJECTED");
}

#[tokio::test]
async fn p06_a_paused_job_ends_with_its_time() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, admin) = (app.member("ann").await, app.admin("zoe").await);
    let expires_at = (app.clock.now() + TimeDelta::minutes(1)).to_rfc3339();
    let job = post(&ann, json!({ "expiresAt": expires_at })).await;
    suspend(&admin, &ann).await;
    app.advance(TimeDelta::minutes(1));
    assert_eq!(expire_due(&app.services).await.unwrap(), 1);
    assert_eq!(state(&admin, &job).await, "EXPIRED");
    done(&admin, "reinstateUser", &id(&ann)).await;
    assert_eq!(state(&admin, &job).await, "EXPIRED");
}
