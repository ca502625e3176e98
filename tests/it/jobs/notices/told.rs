//! Each event is told exactly the right people.

use serde_json::json;

use super::{kinds, notices};
use crate::{
    jobs::steps::{apply, done, draft, published},
    support::TestApp,
};

const NOTHING: [&str; 0] = [];

async fn change(owner: &crate::support::Client, job: &str) {
    let mutation =
        "mutation($id: ID!) { updateJob(input: {id: $id, title: \"遛狗\"}) { job { id } } }";
    owner.data(mutation, json!({ "id": job })).await;
}

#[tokio::test]
async fn each_side_is_told_what_the_other_does_and_nothing_of_what_it_did_itself() {
    let (app, _) = TestApp::new().await;
    let (ann, ben, cat) =
        (app.member("ann").await, app.member("ben").await, app.member("cat").await);
    let dan = app.member("dan").await;
    let job = published(&ann).await;
    let application = apply(&ben, &job).await;
    apply(&cat, &job).await;
    app.tell().await;
    assert_eq!(kinds(&ann).await, ["APPLICATION_RECEIVED", "APPLICATION_RECEIVED"]);
    assert_eq!(kinds(&ben).await, NOTHING);
    done(&ann, "acceptApplication", &application).await;
    app.tell().await;
    assert_eq!(kinds(&ben).await, ["APPLICATION_ACCEPTED"]);
    assert_eq!(kinds(&cat).await, ["APPLICATION_REJECTED"]);
    done(&ben, "startJob", &job).await;
    done(&ann, "completeJob", &job).await;
    app.tell().await;
    app.tell().await;
    let of_ann = ["APPLICATION_RECEIVED", "APPLICATION_RECEIVED", "WORK_STARTED"];
    assert_eq!(kinds(&ann).await, of_ann);
    assert_eq!(kinds(&ben).await, ["APPLICATION_ACCEPTED", "COMPLETED"]);
    assert_eq!(kinds(&cat).await, ["APPLICATION_REJECTED"]);
    assert_eq!(kinds(&dan).await, NOTHING);
    let newest = &notices(&ben).await["nodes"][1];
    assert_eq!(newest["job"]["id"], job);
    assert_eq!(newest["application"]["id"], application);
    assert_eq!(newest["actor"]["id"], format!("user_{}", ann.user_id()));
}

#[tokio::test]
async fn those_who_applied_are_told_that_a_job_changes_and_is_called_off() {
    let (app, _) = TestApp::new().await;
    let (ann, ben, cat) =
        (app.member("ann").await, app.member("ben").await, app.member("cat").await);
    let job = published(&ann).await;
    apply(&ben, &job).await;
    done(&cat, "withdrawApplication", &apply(&cat, &job).await).await;
    change(&ann, &job).await;
    change(&ann, &draft(&ann).await).await;
    app.tell().await;
    assert_eq!(kinds(&ben).await, ["JOB_CHANGED"]);
    assert_eq!(
        kinds(&cat).await,
        NOTHING,
        "who took the application back has nothing to do with it"
    );
    let of_ann = ["APPLICATION_RECEIVED", "APPLICATION_RECEIVED", "APPLICATION_WITHDRAWN"];
    assert_eq!(kinds(&ann).await, of_ann);
    done(&ann, "cancelJob", &job).await;
    app.tell().await;
    assert_eq!(kinds(&ben).await, ["JOB_CHANGED", "JOB_CANCELLED"], "and not of a choice as well");
    assert_eq!(kinds(&cat).await, NOTHING);
}

#[tokio::test]
async fn both_sides_are_told_what_an_administrator_does() {
    let (app, _) = TestApp::new().await;
    let (ann, ben, root) =
        (app.member("ann").await, app.member("ben").await, app.admin("root").await);
    let job = published(&ann).await;
    done(&ann, "acceptApplication", &apply(&ben, &job).await).await;
    app.tell().await;
    done(&root, "cancelJob", &job).await;
    app.tell().await;
    assert_eq!(kinds(&ann).await, ["APPLICATION_RECEIVED", "JOB_CANCELLED"]);
    assert_eq!(kinds(&ben).await, ["APPLICATION_ACCEPTED", "JOB_CANCELLED"]);
    assert_eq!(kinds(&root).await, NOTHING);
}

#[tokio::test]
async fn who_is_suspended_or_leaves_is_told_nothing() {
    let (app, _) = TestApp::new().await;
    let (ann, ben, cat) =
        (app.member("ann").await, app.member("ben").await, app.member("cat").await);
    let job = published(&ann).await;
    apply(&ben, &job).await;
    apply(&cat, &job).await;
    change(&ann, &job).await;
    app.execute(&format!("UPDATE users SET suspended_at = 1 WHERE id = {}", ben.user_id())).await;
    app.execute(&format!("UPDATE users SET erase_at = 1 WHERE id = {}", cat.user_id())).await;
    app.tell().await;
    assert_eq!(app.count("SELECT count(*) FROM notices WHERE kind = 'job_changed'").await, 0);
    assert_eq!(app.count("SELECT count(*) FROM notices").await, 2, "ann is told");
}

#[tokio::test]
async fn notices_go_with_the_account_of_their_reader() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    apply(&ben, &published(&ann).await).await;
    super::prefer(&ann, "COMPLETED", "OFF").await;
    app.tell().await;
    app.execute(&format!("UPDATE users SET erase_at = 1 WHERE id = {}", ann.user_id())).await;
    assert_eq!(find_helper::domain::erasure::erase_due(&app.services).await.unwrap(), 1);
    for table in ["notices", "notice_preferences"] {
        let left = format!("SELECT count(*) FROM {table} WHERE user_id = {}", ann.user_id());
        assert_eq!(app.count(&left).await, 0, "{table}");
    }
}
