//! Refreshing while the process is killed.

use find_helper::clock::Clock;
use serde_json::{Value, json};

use crate::{
    http::server::{Connection, PROMPT},
    support::{Process, TestApp},
};

const ROUNDS: usize = 12;

/// Asks a process for new tokens; the answer is yet to be read.
async fn ask(process: &Process, token: &str) -> Connection {
    let query =
        "mutation($t: String!) { refreshToken(input: {refreshToken: $t}) { refreshToken } }";
    let body = json!({ "query": query, "variables": { "t": token } }).to_string();
    let head = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    let mut connection = Connection::to(process.address).await;
    connection.send(&format!("{head}Content-Length: {}\r\n\r\n{body}", body.len())).await;
    connection
}

#[tokio::test]
async fn e9_a_client_can_go_on_after_each_kill_in_the_middle_of_a_refresh() {
    let (app, _) = TestApp::new().await;
    // The processes know no other clock.
    app.advance(Clock::System.now() - app.clock.now());
    let ann = app.member("ann").await;
    let settings = app.settings(&[PROMPT]);
    let mut token = ann.refresh_token().to_owned();
    for round in 0..ROUNDS {
        let process = Process::start(&settings);
        let unread = ask(&process, &token).await;
        // A little later each time: before, in and after the transaction.
        for _ in 0..round * 200 {
            tokio::task::yield_now().await;
        }
        drop(process);
        drop(unread);
        let process = Process::start(&settings);
        let answer = ask(&process, &token).await.answer().await;
        let answer: Value = serde_json::from_str(&answer.body).unwrap();
        let next = &answer["data"]["refreshToken"]["refreshToken"];
        token = next.as_str().unwrap_or_else(|| panic!("round {round}: {answer}")).to_owned();
    }
}
