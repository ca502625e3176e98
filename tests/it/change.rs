//! What a change promises besides its rows: it is told with the commit, and never without it.

use std::iter;

use find_helper::cluster::Topic;
use sea_orm::DbBackend;
use serde_json::json;
use tokio::sync::broadcast::Receiver;

use crate::{
    jobs::steps::{UNLIMITED, job_with, published},
    support::{Client, PASSWORD, TestApp},
};

/// What was heard since the last look; whoever is answered finds it there.
fn heard(wake_ups: &mut Receiver<Topic>) -> Vec<Topic> {
    iter::from_fn(|| wake_ups.try_recv().ok()).collect()
}

async fn suspend(admin: &Client, user: &Client) {
    let mutation =
        "mutation($id: ID!) { suspendUser(input: {id: $id, reason: \"x\"}) { user { id } } }";
    admin.data(mutation, json!({ "id": format!("user_{}", user.user_id()) })).await;
}

#[tokio::test]
async fn a_change_that_promises_a_mail_wakes_whoever_sends_it() {
    let (app, anon) = TestApp::with(UNLIMITED).await;
    let (ann, admin) = (app.member("ann").await, app.admin("zoe").await);
    let mut wake_ups = app.services.cluster.subscribe();
    let person = json!({ "name": "新人", "email": "new@example.com", "password": PASSWORD });
    assert_eq!(anon.post("/register", person).await.status, 200);
    assert_eq!(heard(&mut wake_ups), [Topic::Outbox], "a mail with a link");
    let password = "mutation($old: String!) { changePassword(input: {
        currentPassword: $old, newPassword: \"another horse battery\"}) { ok } }";
    ann.data(password, json!({ "old": PASSWORD })).await;
    assert!(heard(&mut wake_ups).contains(&Topic::Outbox), "a notice");
    ann.data("mutation { updateProfile(input: {name: \"another\"}) { user { id } } }", json!({}))
        .await;
    assert_eq!(heard(&mut wake_ups), [], "nobody is mailed");
    suspend(&admin, &ann).await;
    assert!(heard(&mut wake_ups).contains(&Topic::Outbox), "a notice of what another one does");
}

#[tokio::test]
async fn a_change_of_a_job_is_in_the_log_and_wakes_whoever_reads_it() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let mut wake_ups = app.services.cluster.subscribe();
    published(&ann).await;
    assert_eq!(heard(&mut wake_ups), [Topic::Events]);
    let events = format!(
        "SELECT count(*) FROM job_events WHERE job_id = 1 AND position IN (1, 2) AND actor_id = {}",
        ann.user_id()
    );
    assert_eq!(app.count(&events).await, 2, "created and published");
}

#[tokio::test]
async fn a_change_that_takes_access_away_wakes_whoever_keeps_connections() {
    let (app, _) = TestApp::new().await;
    let (ann, admin) = (app.member("ann").await, app.admin("zoe").await);
    let mut wake_ups = app.services.cluster.subscribe();
    suspend(&admin, &ann).await;
    assert!(heard(&mut wake_ups).contains(&Topic::AccessRevoked(ann.user_id())));
}

/// From now on no commit succeeds that adds a job: a row of it refers to one that is not there.
async fn refuse_jobs(app: &TestApp) {
    let trap = "CREATE TABLE nobody (id INTEGER PRIMARY KEY);
        CREATE TABLE trap (id INTEGER REFERENCES nobody (id) DEFERRABLE INITIALLY DEFERRED);";
    let trigger = match app.services.db.backend() {
        DbBackend::Postgres => {
            "CREATE FUNCTION spring() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN INSERT INTO trap VALUES (1); RETURN NEW; END';
            CREATE TRIGGER spring AFTER INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION spring()"
        }
        _ => "CREATE TRIGGER spring AFTER INSERT ON jobs BEGIN INSERT INTO trap VALUES (1); END",
    };
    app.execute(&format!("{trap} {trigger}")).await;
}

#[tokio::test]
async fn a_change_whose_commit_fails_wakes_nobody_and_leaves_nothing() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    refuse_jobs(&app).await;
    let mut wake_ups = app.services.cluster.subscribe();
    let create = "mutation($input: CreateJobInput!) { createJob(input: $input) { job { id } } }";
    let refused = ann.code(create, json!({ "input": job_with(&json!({})) })).await;
    assert_eq!(refused, "INTERNAL_ERROR");
    assert_eq!(heard(&mut wake_ups), []);
    for table in ["jobs", "job_events"] {
        assert_eq!(app.count(&format!("SELECT count(*) FROM {table}")).await, 0, "{table}");
    }
    let on = if app.services.db.backend() == DbBackend::Postgres { "ON jobs" } else { "" };
    app.execute(&format!("DROP TRIGGER spring {on}")).await;
    published(&ann).await;
    assert_eq!(heard(&mut wake_ups), [Topic::Events], "the next one is a change like any other");
}
