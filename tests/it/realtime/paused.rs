//! What listeners hear of jobs whose owner is suspended and comes back.

use serde_json::{Value, json};

use super::OPEN;
use crate::{
    jobs::steps::{apply, done, published},
    support::{Client, Server, Socket, TestApp},
};

async fn listening(server: &Server, client: &Client, field: &str) -> Socket {
    let (mut socket, here) = Socket::of(server.address, client).await;
    let query = format!("subscription {{ {field} {{ kind job {{ id status address }} }} }}");
    socket.subscribe("1", &query, &here).await;
    socket
}

async fn told(socket: &mut Socket) -> String {
    let event = socket.event().await;
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    assert_eq!(event["job"]["address"], Value::Null, "no stranger hears where it is");
    format!(
        "{} {} {}",
        text(&event["kind"]),
        text(&event["job"]["id"]),
        text(&event["job"]["status"])
    )
}

#[tokio::test]
async fn p06_listeners_learn_that_a_job_pauses_and_returns() {
    let (app, anon) = TestApp::with(OPEN).await;
    let (ann, ben, admin) =
        (app.member("ann").await, app.member("ben").await, app.admin("zoe").await);
    let server = Server::start(&app).await;
    let job = published(&ann).await;
    apply(&ben, &job).await;
    let one = format!("jobUpdated(id: \"{job}\")");
    let mut applicant = listening(&server, &ben, &one).await;
    let mut stranger = listening(&server, &anon, &one).await;
    let mut board = listening(&server, &anon, "jobEvents").await;
    // All listen: they hear of a change.
    let rename = "mutation($id: ID!) { updateJob(input: {id: $id, title: \"新\"}) { job { id } } }";
    ann.data(rename, json!({ "id": job })).await;
    for socket in [&mut applicant, &mut stranger, &mut board] {
        assert_eq!(told(socket).await, format!("UPDATED {job} PUBLISHED"));
    }
    let user = format!("user_{}", ann.user_id());
    let suspend =
        "mutation($id: ID!) { suspendUser(input: {id: $id, reason: \"x\"}) { user { id } } }";
    admin.data(suspend, json!({ "id": user })).await;
    assert_eq!(told(&mut applicant).await, format!("PAUSED {job} PAUSED"));
    assert_eq!(stranger.hear().await["type"], "complete", "who sees it no more hears no more");
    done(&admin, "reinstateUser", &user).await;
    assert_eq!(told(&mut applicant).await, format!("RESUMED {job} PUBLISHED"));
    assert_eq!(told(&mut board).await, format!("RESUMED {job} PUBLISHED"), "and nothing before");
}
