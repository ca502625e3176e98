//! Answers that their clients do not take.

use std::net::SocketAddr;

use axum::{body::Bytes, http::Request};
use futures_util::future::join_all;
use h2::client::{self, SendRequest};
use serde_json::json;
use tokio::{net::TcpStream, task::JoinHandle, time::timeout};

use super::server::{Server, soon};
use crate::{
    jobs::steps::{UNLIMITED, post},
    support::{Client, Process, TestApp, client::Proof},
};

/// The longest description, in characters of three bytes.
const DESCRIPTION: usize = 5_000;
/// 450 KB for each job.
const ALIASES: usize = 29;
/// Bytes that a steady client takes between two pauses.
const STEP: usize = 64 * 1_024;

/// A connection of HTTP/2 that grants each answer so many bytes before it takes any.
async fn connect(address: SocketAddr, window: u32) -> (SendRequest<Bytes>, JoinHandle<()>) {
    let stream = TcpStream::connect(address).await.unwrap();
    // What the client grants must not wait for an acknowledgement: that alone would make it slow.
    stream.set_nodelay(true).unwrap();
    let mut builder = client::Builder::new();
    let (requests, connection) =
        builder.initial_window_size(window).handshake(stream).await.unwrap();
    let connection = tokio::spawn(async { drop(connection.await) });
    (requests, connection)
}

/// A query as a client of this address behind a proxy.
fn request(query: &str, client: &Client, address: &str) -> (Request<()>, Bytes) {
    let request = Request::post("http://x/graphql").header("content-type", "application/json");
    let request = request.header("x-forwarded-for", address);
    let request = match client.proof() {
        Proof::ApiKey { key, secret } => {
            request.header("x-api-key", key).header("x-api-secret", secret)
        }
        Proof::Bearer(token) => request.header("authorization", format!("Bearer {token}")),
        Proof::None => request,
    };
    (request.body(()).unwrap(), json!({ "query": query }).to_string().into())
}

type Answer = axum::http::Response<h2::RecvStream>;

async fn ask(requests: &SendRequest<Bytes>, request: (Request<()>, Bytes)) -> Answer {
    try_ask(requests, request).await.unwrap()
}

/// The same on a connection that may end before.
async fn try_ask(
    requests: &SendRequest<Bytes>,
    (head, body): (Request<()>, Bytes),
) -> Result<Answer, h2::Error> {
    let mut requests = requests.clone().ready().await?;
    let (answer, mut sending) = requests.send_request(head, false)?;
    sending.send_data(body, true)?;
    answer.await
}

/// So many jobs with the longest descriptions, and the key of their owner.
async fn world(jobs: usize, flags: &[&str]) -> (TestApp, Client) {
    let flags = [UNLIMITED, flags].concat();
    let (app, _) = TestApp::with(&flags).await;
    let machine = app.machine("ann").await;
    for _ in 0..jobs {
        post(&machine, json!({ "description": "界".repeat(DESCRIPTION) })).await;
    }
    (app, machine)
}

/// The descriptions of a page of jobs again and again, 435 KB for each job.
fn long(jobs: usize) -> String {
    let fields = (0..ALIASES).map(|number| format!("a{number}: description "));
    let fields = fields.collect::<Vec<_>>().concat();
    format!("{{ jobs(first: {jobs}) {{ nodes {{ {fields} }} }} }}")
}

#[tokio::test]
async fn s02_answers_that_nobody_takes_are_bounded_and_hurt_nobody_else() {
    let flags = [
        "--trusted-proxies=127.0.0.0/8",
        "--http-unread-bytes=2000000",
        "--http-unread-bytes-per-address=1000000",
    ];
    let (app, machine) = world(1, &flags).await;
    let server = Server::start(&app).await;
    let (requests, connection) = connect(server.address, 0).await;
    let long = long(1);
    let at = |address| ask(&requests, request(&long, &machine, address));
    let answers = join_all((0..6).map(|_| at("203.0.113.7"))).await;
    let status = |answer: &Answer| answer.status().as_u16();
    let mut statuses: Vec<u16> = answers.iter().map(status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 200, 429, 429, 429, 429], "435 KB each");
    let refused = answers.iter().find(|it| it.status() == 429).unwrap();
    assert_eq!(refused.headers()["retry-after"], "1");
    assert!(app.services.unread.held() <= 1_000_000);

    let small = request("{ jobs(first: 1) { nodes { title } } }", &machine, "203.0.113.7");
    assert_eq!(ask(&requests, small).await.status(), 200, "a small answer always passes");
    let others = join_all(["198.51.100.1", "198.51.100.2"].map(at)).await;
    assert!(others.iter().all(|it| it.status() == 200), "{others:?}");

    // All is held: the largest holder's connection ends, and who asks is answered.
    let (fresh, more) = connect(server.address, 0).await;
    let last = ask(&fresh, request(&long, &machine, "192.0.2.1")).await;
    assert_eq!(last.status(), 200);
    soon(connection).await.unwrap();
    drop((answers, others, last, fresh, more));
}

#[tokio::test]
async fn s02_the_end_of_a_connection_gives_back_what_its_answers_held() {
    // Room for one answer, and for what it takes while it is written.
    let flags = ["--http-unread-bytes-per-address=600000"];
    let (app, machine) = world(1, &flags).await;
    let server = Server::start(&app).await;
    let long = long(1);
    for _ in 0..3 {
        let (requests, connection) = connect(server.address, 0).await;
        // The place is free when the gateway has noticed.
        let answer = async {
            loop {
                let answer = ask(&requests, request(&long, &machine, "")).await;
                if answer.status() == 200 {
                    return answer;
                }
            }
        };
        drop(soon(answer).await);
        connection.abort();
    }
}

#[tokio::test]
async fn s02_a_whole_answer_must_be_taken_in_time() {
    // By its size alone the answer has a few milliseconds more.
    let flags = ["--http-write-timeout-ms=500", "--http-min-bytes-per-second=1000000000"];
    let (app, machine) = world(10, &flags).await;
    let server = Server::start(&app).await;
    let (requests, connection) = connect(server.address, 16_384).await;
    let mut answer = ask(&requests, request(&long(10), &machine, "")).await.into_body();
    let mut taken = 0;
    // Steadily, and ten times as fast as the least pace of any answer.
    while let Some(Ok(piece)) = soon(answer.data()).await {
        let steps = taken / STEP;
        taken += piece.len();
        if taken / STEP > steps {
            drop(timeout(std::time::Duration::from_millis(10), std::future::pending::<()>()).await);
        }
        drop(answer.flow_control().release_capacity(piece.len()));
    }
    assert!(taken < 4_000_000, "{taken} bytes were taken in spite of the deadline");
    soon(connection).await.unwrap();
}

#[tokio::test]
async fn s02_a_real_process_holds_no_more_than_it_should() {
    // The clock of a real process is not that of the test: nobody is signed in.
    let (app, _) = world(20, &[]).await;
    let anon = app.anon();
    let process = Process::start(&app.settings(&[]));
    let (requests, _connection) = connect(process.address, 0).await;
    let small = request("{ jobs { nodes { id } } }", &anon, "");
    assert_eq!(ask(&requests, small).await.status(), 200);
    let before = process.anonymous_memory();
    let long = long(20);
    // There is room for two. Where they take long to make, the first give way to later ones, and the
    // connection ends.
    let asked = (0..24).map(|_| try_ask(&requests, request(&long, &anon, "")));
    let answers: Vec<Answer> = join_all(asked).await.into_iter().flatten().collect();
    let held = answers.iter().filter(|answer| answer.status() == 200).count();
    assert!((1..24).contains(&held), "{held} of 8.7 MB");
    let grown = process.anonymous_memory() - before;
    // All 24 have 209 MB, beside what it takes to make them.
    assert!(grown < 150_000_000, "{grown} bytes more than {before}");
}
