//! Rotation: a new secret, and a while in which the old one is taken as well.

use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::{
    jobs::steps::{UNLIMITED, done, fields, message, outcome, text},
    keys::making::{create, halves, program, works},
    realtime::{OPEN, open_and},
    support::{Client, PASSWORD, Reply, Server, Socket, TestApp},
};

async fn try_to_rotate(member: &Client, id: &str, changes: Value) -> Reply {
    let mutation = "mutation($input: RotateApiKeyInput!) { rotateApiKey(input: $input) { secret
        apiKey { id key expiresAt previousSecretUntil } } }";
    let mut input = changes;
    input["id"] = id.into();
    // Asked for some time after signing in.
    input["password"] = PASSWORD.into();
    member.gql(mutation, json!({ "input": input })).await
}

/// The program with its new secret, and its key.
async fn rotate(member: &Client, old: &Client, id: &str, changes: Value) -> (Client, Value) {
    let reply = try_to_rotate(member, id, changes).await;
    assert_eq!(outcome(&reply), "ok", "{}", reply.text);
    let payload = reply.json()["data"]["rotateApiKey"].take();
    let (key, _) = halves(old);
    assert_eq!(payload["apiKey"]["key"], key.as_str(), "the same X-API-Key");
    let new = old.clone().with_key(old.user_id(), &key, &text(&payload["secret"]));
    (new, payload["apiKey"].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn g3_no_request_fails_while_programs_change_to_the_new_secret() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let replica = app.restarted(UNLIMITED).await;
    let ann = app.member("ann").await;
    let (old, id) = program(&app, &ann, json!({})).await;
    let asks = async |program: &Client| {
        let all = (0..20).map(|n| {
            let router = if n % 2 == 0 { &app.router } else { &replica.router };
            let program = program.towards(router);
            async move { program.get("/api/jobs").await.status.as_u16() }
        });
        join_all(all).await
    };
    let ((before, after), (new, key)) = tokio::join!(
        async { (asks(&old).await, asks(&old).await) },
        rotate(&ann, &old, &id, json!({})),
    );
    assert_eq!([before, after], [[200; 20], [200; 20]], "while it is rotated");
    assert_eq!(key["previousSecretUntil"], "2026-02-08T08:00:00.000Z");
    app.advance(TimeDelta::hours(24) - TimeDelta::milliseconds(1));
    assert_eq!([asks(&old).await, asks(&new).await], [[200; 20], [200; 20]]);
    app.advance(TimeDelta::milliseconds(1));
    assert_eq!([asks(&old).await, asks(&new).await], [[401; 20], [200; 20]]);
}

#[tokio::test]
async fn g3_without_an_overlap_the_old_secret_and_its_sockets_stop_at_once() {
    let (app, _) = TestApp::with(OPEN).await;
    let ann = app.member("ann").await;
    let (old, id) = program(&app, &ann, json!({})).await;
    let server = Server::start(&app).await;
    let (mut socket, _) = Socket::of(server.address, &local(&old)).await;
    let (new, key) = rotate(&ann, &old, &id, json!({ "overlapHours": 0 })).await;
    assert_eq!(socket.closed().await, (4401, "UNAUTHORIZED".into()));
    assert_eq!(key["previousSecretUntil"], Value::Null);
    assert!(!works(&old).await);
    assert!(works(&new).await);
}

/// The same credentials, wherever they are used.
fn local(program: &Client) -> Client {
    program.at("127.0.0.1")
}

#[tokio::test]
async fn g3_sockets_of_the_old_secret_close_when_the_overlap_ends_and_others_stay() {
    let (app, _) = TestApp::with(&open_and(&["--session-check-ms=20"])).await;
    let ann = app.member("ann").await;
    let (old, id) = program(&app, &ann, json!({})).await;
    let server = Server::start(&app).await;
    let (mut ends, _) = Socket::of(server.address, &local(&old)).await;
    let (new, _) = rotate(&ann, &old, &id, json!({ "overlapHours": 1 })).await;
    let (mut stays, _) = Socket::of(server.address, &local(&new)).await;
    let query = json!({ "id": "1", "type": "subscribe", "payload": { "query": "{ __typename }" } });
    for socket in [&mut ends, &mut stays] {
        socket.say(&query).await;
        assert_eq!(socket.hear().await["type"], "next");
        assert_eq!(socket.hear().await["type"], "complete");
    }
    app.advance(TimeDelta::hours(1));
    assert_eq!(ends.closed().await, (4401, "UNAUTHORIZED".into()));
    stays.say(&query).await;
    assert_eq!(stays.hear().await["type"], "next");
}

#[tokio::test]
async fn g3_rotating_again_drops_the_oldest_secret() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (first, id) = program(&app, &ann, json!({})).await;
    let (second, _) = rotate(&ann, &first, &id, json!({ "overlapHours": 168 })).await;
    let (third, _) = rotate(&ann, &second, &id, json!({})).await;
    let work = [works(&first).await, works(&second).await, works(&third).await];
    assert_eq!(work, [false, true, true]);
}

#[tokio::test]
async fn g3_revoking_during_an_overlap_stops_both_secrets() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (old, id) = program(&app, &ann, json!({})).await;
    let (new, _) = rotate(&ann, &old, &id, json!({})).await;
    done(&ann, "revokeApiKey", &id).await;
    assert!(!works(&old).await && !works(&new).await);
    let data = ann.data("{ apiKeys { nodes { previousSecretUntil } } }", json!({})).await;
    assert_eq!(data["apiKeys"]["nodes"][0]["previousSecretUntil"], Value::Null);
}

#[tokio::test]
async fn a_rotated_key_lives_as_long_as_it_was_made_for_unless_told_otherwise() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (first, id) = program(&app, &ann, json!({ "expiresInDays": 30 })).await;
    app.advance(TimeDelta::hours(12));
    let (second, key) = rotate(&ann, &first, &id, json!({ "expiresInDays": 365 })).await;
    assert_eq!(key["expiresAt"], "2027-02-07T20:00:00.000Z");
    let (third, key) = rotate(&ann, &second, &id, json!({})).await;
    assert_eq!(key["expiresAt"], "2026-03-09T20:00:00.000Z", "30 days again");
    let (_, key) =
        rotate(&ann, &third, &id, json!({ "expiresInDays": 1, "overlapHours": 168 })).await;
    assert_eq!(key["previousSecretUntil"], key["expiresAt"], "no secret outlives its key");
}

#[tokio::test]
async fn a_rotation_keeps_within_its_bounds() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let (program, id) = program(&app, &ann, json!({})).await;
    for (hours, days) in [(-1, 0), (169, 366)] {
        let input = json!({ "overlapHours": hours, "expiresInDays": days });
        let reply = try_to_rotate(&ann, &id, input).await;
        assert_eq!(fields(&reply), ["overlapHours", "expiresInDays"]);
    }
    assert_eq!(outcome(&try_to_rotate(&ben, &id, json!({})).await), "NOT_FOUND");
    assert_eq!(outcome(&try_to_rotate(&program, &id, json!({})).await), "FORBIDDEN");
    assert!(works(&program).await);
}

#[tokio::test]
async fn a_key_that_has_ended_is_not_brought_back_by_rotating_it() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (_, revoked) = program(&app, &ann, json!({})).await;
    let (_, expires) = program(&app, &ann, json!({ "expiresInDays": 1 })).await;
    done(&ann, "revokeApiKey", &revoked).await;
    app.advance(TimeDelta::days(1));
    let ann = app.signed_in("ann@example.com").await;
    for id in [revoked, expires] {
        let reply = try_to_rotate(&ann, &id, json!({})).await;
        assert_eq!(outcome(&reply), "CONFLICT");
        assert_eq!(message(&reply), "The API key is revoked or has expired; make a new one");
    }
    assert_eq!(outcome(&create(&ann, json!({})).await), "ok");
}
