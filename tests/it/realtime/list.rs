//! Lists that are kept up to date: what comes, changes and leaves.

use chrono::TimeDelta;
use find_helper::domain::jobs::job::expire_due;
use serde_json::{Value, json};

use super::OPEN;
use crate::{
    jobs::steps::{apply, assigned, done, draft, post, published},
    support::{Client, Server, Socket, TestApp},
};

/// A subscription to the list with this filter.
pub(super) fn list(filter: &str) -> String {
    format!(
        "subscription {{ jobListUpdated(filter: {{{filter}}}) {{
            cursor kind jobId job {{ id status }} }} }}"
    )
}

pub(super) async fn listening(server: &Server, client: &Client, filter: &str) -> Socket {
    let (mut socket, here) = Socket::of(server.address, client).await;
    socket.subscribe("1", &list(filter), &here).await;
    socket
}

/// Kind, job and state, such as `UPDATED job_1 PUBLISHED`, or `- job_1 -` for a job that is gone.
pub(super) fn line(event: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let (job, id) = (&event["job"], text(&event["jobId"]));
    assert!(job.is_null() || job["id"] == id, "{event}");
    format!("{} {id} {}", text(&event["kind"]), text(&job["status"]))
}

pub(super) async fn told(socket: &mut Socket) -> String {
    line(&socket.event().await)
}

pub(super) async fn update(owner: &Client, job: &str, changes: Value) {
    let mut input = changes;
    input["id"] = job.into();
    let mutation = "mutation($input: UpdateJobInput!) { updateJob(input: $input) { job { id } } }";
    owner.data(mutation, json!({ "input": input })).await;
}

async fn suspend(admin: &Client, person: &Client) -> String {
    let user = format!("user_{}", person.user_id());
    let mutation =
        "mutation($id: ID!) { suspendUser(input: {id: $id, reason: \"x\"}) { user { id } } }";
    admin.data(mutation, json!({ "id": user })).await;
    user
}

#[tokio::test]
async fn a_list_is_told_of_jobs_that_come_change_leave_and_return() {
    let (app, anon) = TestApp::with(OPEN).await;
    let ann = app.member("ann").await;
    let server = Server::start(&app).await;
    let mut board = listening(&server, &anon, "city: \"臺北\", minAmount: 500").await;
    let job = post(&ann, json!({ "city": "台北市", "estimatedAmount": 500 })).await;
    assert_eq!(told(&mut board).await, format!("PUBLISHED {job} PUBLISHED"));
    for (changes, expected) in [
        (json!({ "title": "新" }), "PUBLISHED"),
        (json!({ "city": "高雄市" }), "-"),
        (json!({ "city": "Taipei" }), "PUBLISHED"),
        (json!({ "estimatedAmount": 499 }), "-"),
        (json!({ "estimatedAmount": 501, "city": "高雄市" }), "-"),
        (json!({ "city": "台北" }), "PUBLISHED"),
    ] {
        update(&ann, &job, changes).await;
        assert_eq!(told(&mut board).await, format!("UPDATED {job} {expected}"));
    }
}

#[tokio::test]
async fn whoever_sees_a_job_no_more_is_told_that_it_is_gone_and_not_why() {
    let (app, anon) = TestApp::with(OPEN).await;
    let (ann, ben, admin) =
        (app.member("ann").await, app.member("ben").await, app.admin("zoe").await);
    let server = Server::start(&app).await;
    let mut visitor = listening(&server, &anon, "city: \"台北\"").await;
    let mut owner = listening(&server, &ann, "city: \"台北\"").await;
    let accepted = published(&ann).await;
    let cancelled = published(&ann).await;
    let expired = post(&ann, json!({ "expiresAt": "2026-02-07T09:00:00Z" })).await;
    let paused = published(&ann).await;
    let jobs = [&accepted, &cancelled, &expired, &paused];
    for job in jobs {
        assert_eq!(told(&mut visitor).await, format!("PUBLISHED {job} PUBLISHED"));
        assert_eq!(told(&mut owner).await, format!("CREATED {job} PUBLISHED"));
        assert_eq!(told(&mut owner).await, format!("PUBLISHED {job} PUBLISHED"));
    }
    let application = apply(&ben, &accepted).await;
    done(&ann, "acceptApplication", &application).await;
    assert_eq!(told(&mut visitor).await, format!("- {accepted} -"));
    done(&ann, "cancelJob", &cancelled).await;
    assert_eq!(told(&mut visitor).await, format!("- {cancelled} -"));
    app.advance(TimeDelta::hours(1));
    expire_due(&app.services).await.unwrap();
    assert_eq!(told(&mut visitor).await, format!("- {expired} -"));
    for (kind, job, status) in [
        ("APPLICATION_ACCEPTED", &accepted, "ASSIGNED"),
        ("CANCELLED", &cancelled, "CANCELLED"),
        ("EXPIRED", &expired, "EXPIRED"),
    ] {
        assert_eq!(told(&mut owner).await, format!("{kind} {job} {status}"), "still the owner's");
    }
    let user = suspend(&admin, &ann).await;
    assert_eq!(told(&mut visitor).await, format!("- {paused} -"));
    done(&admin, "reinstateUser", &user).await;
    assert_eq!(told(&mut visitor).await, format!("RESUMED {paused} PUBLISHED"));
}

#[tokio::test]
async fn nothing_is_told_of_drafts_and_of_what_others_do_among_themselves() {
    let (app, anon) = TestApp::with(OPEN).await;
    let (ann, ben, eve) =
        (app.member("ann").await, app.member("ben").await, app.member("eve").await);
    let job = assigned(&ann, &ben).await;
    let given_back = assigned(&ann, &ben).await;
    let server = Server::start(&app).await;
    let mut strangers = [
        listening(&server, &anon, "").await,
        listening(&server, &eve, "city: \"台北\"").await,
        listening(&server, &eve, "status: CANCELLED").await,
    ];
    let hidden = draft(&ann).await;
    update(&ann, &hidden, json!({ "city": "高雄市" })).await;
    update(&ann, &hidden, json!({ "city": "台北市" })).await;
    done(&ann, "cancelJob", &hidden).await;
    done(&ann, "startJob", &job).await;
    done(&ann, "completeJob", &job).await;
    done(&ann, "cancelJob", &given_back).await;
    let own = published(&eve).await;
    done(&eve, "cancelJob", &own).await;
    for socket in &mut strangers {
        assert_eq!(socket.event().await["jobId"], own, "and of nothing before");
    }
}

#[tokio::test]
async fn a_change_that_cannot_matter_to_a_list_is_not_told() {
    let (app, anon) = TestApp::with(OPEN).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let server = Server::start(&app).await;
    let mut taipei = listening(&server, &anon, "city: \"台北\"").await;
    let mut words = listening(&server, &ben, "search: \"搬家\"").await;
    let far = post(&ann, json!({ "city": "高雄市" })).await;
    update(&ann, &far, json!({ "estimatedAmount": 1, "scheduledAt": null })).await;
    done(&ann, "acceptApplication", &apply(&ben, &far).await).await;
    done(&ann, "cancelJob", &post(&ann, json!({ "city": "高雄市" })).await).await;
    let last = post(&ann, json!({ "title": "台北搬家" })).await;
    assert_eq!(told(&mut taipei).await, format!("PUBLISHED {last} PUBLISHED"));
    assert_eq!(told(&mut words).await, format!("PUBLISHED {last} PUBLISHED"));
}

#[tokio::test]
async fn a_list_of_one_state_is_told_of_jobs_that_leave_the_state() {
    let (app, _) = TestApp::with(OPEN).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    // Before anybody listens: whoever reads an event late is told of it with the state that the job has by then.
    let (job, other) = (published(&ann).await, published(&ann).await);
    let (bens, next) = (apply(&ben, &job).await, apply(&ben, &other).await);
    let server = Server::start(&app).await;
    let mut running = listening(&server, &ann, "status: ASSIGNED").await;
    done(&ann, "acceptApplication", &bens).await;
    assert_eq!(told(&mut running).await, format!("APPLICATION_ACCEPTED {job} ASSIGNED"));
    done(&ann, "startJob", &job).await;
    assert_eq!(told(&mut running).await, format!("STARTED {job} -"));
    done(&ann, "completeJob", &job).await;
    done(&ann, "cancelJob", &published(&ann).await).await;
    done(&ann, "acceptApplication", &next).await;
    assert_eq!(
        told(&mut running).await,
        format!("APPLICATION_ACCEPTED {other} ASSIGNED"),
        "and nothing of what was not in the list"
    );
}

#[tokio::test]
async fn applicants_are_told_of_the_jobs_that_they_applied_to_whoever_gets_them() {
    let (app, _) = TestApp::with(OPEN).await;
    let (ann, ben, cat) =
        (app.member("ann").await, app.member("ben").await, app.member("cat").await);
    let job = published(&ann).await;
    apply(&cat, &job).await;
    let bens = apply(&ben, &job).await;
    let server = Server::start(&app).await;
    let mut open = listening(&server, &cat, "status: PUBLISHED").await;
    let mut all = listening(&server, &cat, "").await;
    done(&ann, "acceptApplication", &bens).await;
    assert_eq!(told(&mut all).await, format!("APPLICATION_ACCEPTED {job} ASSIGNED"));
    assert_eq!(told(&mut open).await, format!("APPLICATION_ACCEPTED {job} -"));
}

#[tokio::test]
async fn s05_lists_that_an_event_is_nothing_to_cost_no_statement() {
    let (app, anon) = TestApp::with(OPEN).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let server = Server::start(&app).await;
    let (mut others, here) = Socket::of(server.address, &ben).await;
    for number in 0..15 {
        let filter = format!("minAmount: {}", 9_000_000 + number);
        others.subscribe(&number.to_string(), &list(&filter), &here).await;
    }
    others.subscribe("all", &list(""), &here).await;
    let mut board = listening(&server, &anon, "").await;
    let job = published(&ann).await;
    board.event().await;
    others.event().await;
    let sql = app.sql_of(async {
        done(&ann, "cancelJob", &job).await;
        assert_eq!(told(&mut board).await, format!("- {job} -"));
        assert_eq!(told(&mut others).await, format!("- {job} -"));
    });
    let sql = sql.await;
    let reads = |table: &str| {
        let from = format!("FROM \"{table}\"");
        // What is pruned at the start is no reading.
        let is_reading = |text: &&String| text.starts_with("SELECT") && text.contains(&from);
        sql.iter().filter(is_reading).count()
    };
    assert!(reads("sessions") <= 3, "nobody is looked up whose list is another: {sql:#?}");
}
