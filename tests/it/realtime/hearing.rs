//! Who hears of what.

use find_helper::domain::viewer::Scope;
use serde_json::{Value, json};

use super::OPEN;
use crate::{
    jobs::steps::{apply, done, draft, post, published},
    support::{Client, Server, Socket, TestApp},
};

const WHOLE: &str = "subscription { jobEvents { kind job { id status address owner { email } }
    application { id applicant { id } } event { kind actor { id } } } }";

/// Who listens to everything from now on.
async fn listening(server: &Server, client: &Client) -> Socket {
    let (mut socket, here) = Socket::of(server.address, client).await;
    socket.subscribe("1", WHOLE, &here).await;
    socket
}

/// Kind and job of all events up to the cancellation of a last job.
async fn heard(socket: &mut Socket, last: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    loop {
        let event = socket.event().await;
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let (kind, job) = (text(&event["kind"]), text(&event["job"]["id"]));
        if job == last {
            return all;
        }
        all.push((kind, job));
    }
}

fn kinds(heard: &[(String, String)]) -> Vec<&str> {
    heard.iter().map(|(kind, _)| kind.as_str()).collect()
}

async fn rename(owner: &Client, job: &str, title: &str) {
    let mutation = "mutation($id: ID!, $title: String!) {
        updateJob(input: {id: $id, title: $title}) { job { id } } }";
    owner.data(mutation, json!({ "id": job, "title": title })).await;
}

#[tokio::test]
async fn everybody_hears_what_they_may_know_and_nothing_else() {
    let (app, anon) = TestApp::with(OPEN).await;
    let (ann, ben, eve) =
        (app.member("ann").await, app.member("ben").await, app.member("eve").await);
    let (cat, admin) = (app.member("cat").await, app.admin("zoe").await);
    let server = Server::start(&app).await;
    let mut sockets = Vec::new();
    for client in [&anon, &eve, &ben, &cat, &ann, &admin] {
        sockets.push(listening(&server, client).await);
    }
    let job = draft(&ann).await;
    rename(&ann, &job, "草稿").await;
    done(&ann, "publishJob", &job).await;
    rename(&ann, &job, "公開").await;
    let (bens, _cats) = (apply(&ben, &job).await, apply(&cat, &job).await);
    // Each has heard so far before the job is taken from the public.
    let mut early = Vec::new();
    for socket in &mut sockets[..2] {
        early.push([socket.event().await["kind"].clone(), socket.event().await["kind"].clone()]);
    }
    done(&ann, "acceptApplication", &bens).await;
    done(&ann, "startJob", &job).await;
    let last = published(&ann).await;
    assert_eq!(early, [["PUBLISHED", "UPDATED"], ["PUBLISHED", "UPDATED"]]);
    let all = [
        "CREATED",
        "UPDATED",
        "PUBLISHED",
        "UPDATED",
        "APPLICATION_RECEIVED",
        "APPLICATION_RECEIVED",
        "APPLICATION_ACCEPTED",
        "APPLICATION_REJECTED",
        "STARTED",
    ];
    let expected: [&[&str]; 6] = [
        &[],
        &[],
        // The assignee has been a party since acceptance; before, they heard of their application.
        &[
            "PUBLISHED",
            "UPDATED",
            "APPLICATION_RECEIVED",
            "APPLICATION_ACCEPTED",
            "APPLICATION_REJECTED",
            "STARTED",
        ],
        &["PUBLISHED", "UPDATED", "APPLICATION_RECEIVED", "APPLICATION_REJECTED", "STARTED"],
        &all,
        &all,
    ];
    for ((socket, expected), who) in sockets.iter_mut().zip(expected).zip(0..) {
        let found = heard(socket, &last).await;
        let found = kinds(&found);
        if who == 2 {
            // Depending on the moment, the assignee hears of the other application as a party.
            let others = found.iter().filter(|kind| **kind != "APPLICATION_RECEIVED");
            let mine = expected.iter().filter(|kind| **kind != "APPLICATION_RECEIVED");
            assert_eq!(others.collect::<Vec<_>>(), mine.collect::<Vec<_>>(), "{found:?}");
        } else {
            assert_eq!(found, expected, "listener {who}");
        }
    }
}

#[tokio::test]
async fn a_visitor_never_hears_of_addresses_contacts_and_the_timeline() {
    let (app, anon) = TestApp::with(OPEN).await;
    let ann = app.member("ann").await;
    let server = Server::start(&app).await;
    let (mut visitor, mut owner) =
        (listening(&server, &anon).await, listening(&server, &ann).await);
    draft(&ann).await;
    let job = published(&ann).await;
    let event = visitor.event().await;
    assert_eq!(event["kind"], "PUBLISHED");
    assert_eq!(
        event["job"],
        json!({ "id": job, "status": "PUBLISHED", "address": null, "owner": { "email": null } })
    );
    assert_eq!(event["event"], Value::Null);
    for kind in ["CREATED", "CREATED", "PUBLISHED"] {
        let event = owner.event().await;
        let actor = json!({ "id": format!("user_{}", ann.user_id()) });
        assert_eq!(event["event"], json!({ "kind": kind, "actor": actor }));
        assert!(event["job"]["address"].is_string());
    }
}

#[tokio::test]
async fn only_publications_that_pass_the_filter_are_told() {
    let (app, anon) = TestApp::with(OPEN).await;
    let ann = app.member("ann").await;
    let server = Server::start(&app).await;
    let (mut socket, here) = Socket::of(server.address, &anon).await;
    let filter = "{city: \"臺北\", search: \"ＷＩＦ\", minAmount: 100}";
    let query =
        format!("subscription {{ jobPublished(filter: {filter}) {{ kind job {{ title }} }} }}");
    socket.subscribe("1", &query, &here).await;
    for (title, city, amount, publish) in [
        ("a WiFi", "台北市", 99, true),
        ("b WiFi", "高雄市", 100, true),
        ("c WiFi", "台北市", 100, false),
        ("d", "台北市", 100, true),
        ("e 安裝WiFi", "台北市", 100, true),
    ] {
        let job =
            json!({ "title": title, "city": city, "estimatedAmount": amount, "publish": publish });
        post(&ann, job).await;
    }
    let expected = json!({ "kind": "PUBLISHED", "job": { "title": "e 安裝WiFi" } });
    assert_eq!(socket.event().await, expected);
    let bad = "subscription { jobPublished(filter: {minAmount: 2, maxAmount: 1}) { kind } }";
    socket.subscribe("2", bad, &here).await;
    let message = socket.hear().await;
    assert_eq!(message["payload"]["errors"][0]["extensions"]["code"], "INVALID_REQUEST");
}

#[tokio::test]
async fn one_job_is_followed_until_it_is_seen_no_more() {
    let (app, anon) = TestApp::with(OPEN).await;
    let ann = app.member("ann").await;
    let server = Server::start(&app).await;
    let job = published(&ann).await;
    let hidden = draft(&ann).await;
    let follow = |id: &str| {
        format!("subscription {{ jobUpdated(id: \"{id}\") {{ kind job {{ title version }} }} }}")
    };
    let (mut visitor, here) = Socket::of(server.address, &anon).await;
    let (mut owner, _) = Socket::of(server.address, &ann).await;
    for (id, job) in [("hidden", hidden.as_str()), ("none", "job_999")] {
        visitor.subscribe(id, &follow(job), &here).await;
        let message = visitor.hear().await;
        assert_eq!(message["payload"]["errors"][0]["extensions"]["code"], "NOT_FOUND", "{job}");
        assert_eq!(visitor.hear().await, json!({ "id": id, "type": "complete" }));
    }
    visitor.subscribe("1", &follow(&job), &here).await;
    owner.subscribe("1", &follow(&job), &here).await;
    published(&ann).await;
    for (title, version) in [("一", 2), ("二", 3)] {
        rename(&ann, &job, title).await;
        let told = json!({ "kind": "UPDATED", "job": { "title": title, "version": version } });
        assert_eq!(visitor.event().await, told, "the job of this moment");
        assert_eq!(owner.event().await, told);
    }
    done(&ann, "cancelJob", &job).await;
    assert_eq!(visitor.hear().await, json!({ "id": "1", "type": "complete" }));
    assert_eq!(owner.event().await["kind"], "CANCELLED");
}

#[tokio::test]
async fn owners_hear_of_applications_for_their_jobs_only() {
    let (app, anon) = TestApp::with(OPEN).await;
    let (ann, ben, cat) =
        (app.member("ann").await, app.member("ben").await, app.member("cat").await);
    let key = app.key(&ann, &[Scope::JobsRead]).await;
    let server = Server::start(&app).await;
    let query = "subscription { applicationReceived {
        application { id applicant { id } } job { id } event { kind } } }";
    let (mut visitor, here) = Socket::of(server.address, &anon).await;
    visitor.subscribe("1", query, &here).await;
    let code = &visitor.hear().await["payload"]["errors"][0]["extensions"]["code"];
    assert_eq!(code, "UNAUTHORIZED");
    let mut listeners = Vec::new();
    for client in [&ann, &key, &cat] {
        let (mut socket, here) = Socket::of(server.address, client).await;
        socket.subscribe("1", query, &here).await;
        listeners.push(socket);
    }
    let (anns, cats) = (published(&ann).await, published(&cat).await);
    let (first, second) = (apply(&ben, &anns).await, apply(&ben, &cats).await);
    let applicant = json!({ "id": format!("user_{}", ben.user_id()) });
    for (socket, job, application) in [(0, &anns, &first), (1, &anns, &first), (2, &cats, &second)]
    {
        let expected = json!({
            "application": { "id": application, "applicant": applicant },
            "job": { "id": job },
            "event": { "kind": "APPLICATION_RECEIVED" },
        });
        assert_eq!(listeners[socket].event().await, expected);
    }
}

#[tokio::test]
async fn each_event_costs_what_its_operation_costs_and_is_no_request() {
    let (app, _) = TestApp::with(OPEN).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let server = Server::start(&app).await;
    let left = async || {
        let reply = ben.gql("{ rateLimit { cost } }", json!({})).await;
        let cost = reply.cost.unwrap()["remaining"].as_i64().unwrap();
        (cost, reply.headers["x-ratelimit-remaining"].to_str().unwrap().parse::<i64>().unwrap())
    };
    let (mut socket, here) = Socket::of(server.address, &ben).await;
    socket.subscribe("1", "subscription { jobPublished { cursor job { id title } } }", &here).await;
    published(&ann).await;
    socket.event().await;
    let (cost, requests) = left().await;
    published(&ann).await;
    socket.event().await;
    let (later_cost, later_requests) = left().await;
    assert_eq!(cost - later_cost, 20 + 5 + 2, "the event's price and fields, and the question's");
    assert_eq!(requests - later_requests, 1, "the question");
}
