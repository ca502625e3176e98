//! Connections end with the access that they were opened with, at once.

use serde_json::{Value, json};

use super::{
    CHANGE_PASSWORD, DELETE, NEW_PASSWORD, confirm_email, forgot, request_email, reset, token,
};
use crate::{
    jobs::steps::published,
    realtime::{EVENTS, OPEN},
    support::{Client, PASSWORD, Server, Socket, TestApp},
};

const ANN: &str = "ann@example.com";

/// The token that an act takes, if it takes one.
async fn prepared(app: &TestApp, ann: &Client, act: &str) -> String {
    match act {
        "reset" => {
            forgot(app, ANN).await;
            token(app, ANN, "reset").await
        }
        "change address" => {
            request_email(ann, "new@example.com").await;
            token(app, "new@example.com", "confirm-email").await
        }
        _ => String::new(),
    }
}

/// What ends access, and whether the session that does it stays.
async fn act(app: &TestApp, ann: &Client, act: &str, token: &str) -> bool {
    let run = async |mutation: &str, variables: Value| drop(ann.data(mutation, variables).await);
    match act {
        "change password" => {
            run(CHANGE_PASSWORD, json!({ "from": PASSWORD, "to": NEW_PASSWORD })).await;
        }
        "delete" => run(DELETE, json!({ "password": PASSWORD })).await,
        "reset" => assert_eq!(reset(app, token).await, None),
        _ => assert_eq!(confirm_email(ann, token).await, None),
    }
    matches!(act, "change password" | "change address")
}

#[tokio::test]
async fn e13_whatever_ends_sessions_closes_their_sockets_and_no_others() {
    for name in ["change password", "reset", "change address", "delete"] {
        let (app, _) = TestApp::with(OPEN).await;
        let (ann, phone) = (app.member("ann").await, app.signed_in(ANN).await);
        let bob = app.member("bob").await;
        // Before there is a server, whose own worker would send the mails some time.
        let token = prepared(&app, &ann, name).await;
        let server = Server::start(&app).await;
        let mut sockets = Vec::new();
        for client in [&phone, &ann, &bob] {
            let (mut socket, here) = Socket::of(server.address, client).await;
            socket.subscribe("1", EVENTS, &here).await;
            sockets.push(socket);
        }
        let own_stays = act(&app, &ann, name, &token).await;
        let over = (4401, "UNAUTHORIZED".to_owned());
        assert_eq!(sockets[0].closed().await, over, "{name}");
        if !own_stays {
            assert_eq!(sockets[1].closed().await, over, "{name}");
        }
        published(&bob).await;
        for socket in &mut sockets[if own_stays { 1 } else { 2 }..] {
            assert!(socket.event().await["kind"].is_string(), "{name}");
        }
    }
}
