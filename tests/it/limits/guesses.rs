//! Whoever guesses is stopped, and a guess costs next to nothing.

use axum::http::{Method, header};
use find_helper::{
    auth::{ApiSecret, RefreshToken},
    random::Random,
};
use futures_util::future::join_all;
use serde_json::json;

use super::{LOGIN, person, wrong_login};
use crate::support::{
    Client, PASSWORD, Reply, Server, Socket, TestApp, client::Proof, database::redis_url, socket,
};

/// As many requests at once as numbers, each in a task of its own.
async fn at_once<F>(count: usize, ask: impl Fn(usize) -> F) -> Vec<Reply>
where
    F: Future<Output = Reply> + Send + 'static,
{
    let asked: Vec<_> = (0..count).map(|number| tokio::spawn(ask(number))).collect();
    join_all(asked).await.into_iter().map(Result::unwrap).collect()
}

fn with_status(replies: &[Reply], status: u16) -> usize {
    replies.iter().filter(|reply| reply.status == status).count()
}

/// A wrong password at one door or the other.
async fn guess(client: Client, number: usize) -> Reply {
    match number % 3 {
        0 => client.post("/login", wrong_login()).await,
        1 => client.post("/auth/login", wrong_login()).await,
        _ => client.gql(LOGIN, wrong_login()).await,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b16_of_200_wrong_passwords_at_once_five_are_looked_at() {
    let (app, anon) = TestApp::new().await;
    app.member("ann").await;
    let runs = app.services.passwords.runs();
    let replies = at_once(200, |number| guess(anon.clone(), number)).await;
    assert_eq!(with_status(&replies, 429), 195);
    let told = |reply: &&Reply| reply.text.contains("INVALID_CREDENTIALS");
    assert_eq!(replies.iter().filter(told).count(), 5);
    assert_eq!(app.services.passwords.runs() - runs, 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b16_two_replicas_together_look_at_five_wrong_passwords() {
    let Some(url) = redis_url() else { return };
    let flags = [format!("--redis-url={url}")];
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    let (one, anon) = TestApp::with(&flags).await;
    let two = one.restarted(&flags).await;
    one.member("ann").await;
    let runs = || one.services.passwords.runs() + two.services.passwords.runs();
    let before = runs();
    let doors = [anon.clone(), anon.towards(&two.router)];
    let replies = at_once(200, |number| guess(doors[number % 2].clone(), number)).await;
    assert_eq!(with_status(&replies, 429), 195);
    assert_eq!(runs() - before, 5);
}

async fn right(client: Client) -> Reply {
    client.post("/login", json!({ "email": "ann@example.com", "password": PASSWORD })).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b17_the_right_password_ten_times_at_once_signs_in_or_has_to_wait() {
    let (app, anon) = TestApp::new().await;
    app.member("ann").await;
    let replies = at_once(10, |_| right(anon.clone())).await;
    assert_eq!((with_status(&replies, 200), with_status(&replies, 429)), (5, 5), "{replies:?}");
    let (app, anon) = TestApp::with(&["--limit-login-per-minute=10"]).await;
    app.member("ann").await;
    let replies = at_once(10, |_| right(anon.clone())).await;
    assert_eq!(with_status(&replies, 200), 10, "{replies:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn d12_wrong_passwords_of_others_do_not_shut_an_account() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let guessers: Vec<_> = (0..50).map(|_| app.anon()).collect();
    for reply in at_once(200, |number| guess(guessers[number % 50].clone(), number)).await {
        assert!(reply.text.contains("INVALID_CREDENTIALS"), "{reply:?}");
    }
    assert_eq!(right(ann.without_proof()).await.status, 200, "where she has signed in before");
}

/// A guess of each kind of secret that is not a password, in the form of a true one.
async fn miss(client: &Client, key: &str, number: usize) -> Reply {
    let refresh = RefreshToken::generate(&Random::System);
    let secret = ApiSecret::generate(&Random::System);
    // The mail of the first registration has a token of this number.
    let mailed = format!("fhv_00000000001_{number:043}");
    let document = "mutation($t: String!) { refreshToken(input: {refreshToken: $t}) { token } }";
    match number % 6 {
        0 => client.post("/refresh", json!({ "refresh_token": refresh.reveal() })).await,
        1 => client.gql(document, json!({ "t": refresh.reveal() })).await,
        2 => client.get(&format!("/verify?token={mailed}")).await,
        3 => {
            let form = client
                .request(Method::POST, "/app/reject")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            client.send(form.body(format!("token={mailed}").into()).unwrap()).await
        }
        4 => client.clone().with_key(1, key, secret.reveal()).get("/api/jobs").await,
        _ => {
            client.clone().with_key(1, key, secret.reveal()).gql("{ __typename }", json!({})).await
        }
    }
}

#[tokio::test]
async fn b18_a_thousand_guesses_of_tokens_and_secrets_are_sixty_and_cost_no_hash() {
    let (app, anon) = TestApp::new().await;
    app.anon().post("/register", person(1)).await;
    let machine = app.machine("ann").await;
    let Proof::ApiKey { key, .. } = machine.proof() else { panic!("no key") };
    let runs = app.services.passwords.runs();
    for number in 0..1_000 {
        let reply = miss(&anon, key, number).await;
        let expected = if number < 60 { reply.status != 429 } else { reply.status == 429 };
        assert!(expected, "{number}: {reply:?}");
        for success in
            ["\"success\":true", "\"data\":{", "帳戶已刪除", "Account deleted", "INTERNAL"]
        {
            assert!(!reply.text.contains(success), "{number}: {reply:?}");
        }
    }
    assert_eq!(app.services.passwords.runs(), runs);
    assert_eq!(machine.get("/api/jobs").await.status, 200, "the key's owner is not held up");
}

/// A key that was never made, in the form of a true one.
fn invented(client: &Client) -> Client {
    let secret = ApiSecret::generate(&Random::System);
    client.clone().with_key(1, "fhk_00000000000000000000", secret.reveal())
}

async fn by_events(client: &Client) -> Reply {
    let request = client.request(Method::POST, "/graphql");
    let request = request.header(header::ACCEPT, "text/event-stream");
    let request = request.header(header::CONTENT_TYPE, "application/json");
    let body = json!({ "query": "subscription { jobPublished { cursor } }" }).to_string();
    client.send(request.body(body.into()).unwrap()).await
}

#[tokio::test]
async fn s19_what_an_address_invents_reaches_no_database_once_it_has_shown_too_many() {
    let (app, anon) = TestApp::with(&["--limit-general-per-minute=3"]).await;
    let machine = app.machine("ann").await;
    let [ann, gone] =
        [app.signed_in("ann@example.com").await, app.signed_in("ann@example.com").await];
    app.anon().post("/register", person(1)).await;
    gone.data("mutation { logout { ok } }", json!({})).await;
    for client in [&machine, &ann] {
        client.data("{ __typename }", json!({})).await;
    }
    assert_eq!(gone.gql("{ __typename }", json!({})).await.status, 401);
    for _ in 0..3 {
        assert_eq!(invented(&anon).get("/api/jobs").await.jobs_error(), "401 UNAUTHORIZED");
    }
    let address = anon.address().to_string();
    let statements = app.statements(async {
        for client in [&invented(&anon), &gone.at(&address)] {
            assert_eq!(client.get("/api/jobs").await.status, 429);
            assert_eq!(client.gql("{ __typename }", json!({})).await.status, 429);
            assert_eq!(by_events(client).await.status, 429);
        }
        let Proof::ApiKey { key, .. } = machine.proof() else { panic!("no key") };
        for number in 0..6 {
            assert_eq!(miss(&anon, key, number).await.status, 429, "{number}");
        }
    });
    assert_eq!(statements.await, 0);
    for client in [&machine, &ann] {
        let beside = client.at(&address).gql("{ __typename }", json!({})).await;
        assert_eq!(beside.status, 200, "good lately, from the same address");
    }
}

#[tokio::test]
async fn s19_what_a_socket_invents_reaches_no_database_either() {
    let (app, _) = TestApp::with(&["--limit-general-per-minute=3"]).await;
    let server = Server::start(&app).await;
    let closed = async || {
        let mut socket = Socket::open(server.address).await;
        let payload = socket::shown(&invented(&app.anon()));
        socket.say(&json!({ "type": "connection_init", "payload": payload })).await;
        socket.closed().await.0
    };
    // Chores look at keys too, but not by what a client shows.
    let is_look_up = |sql: &String| sql.contains("\"api_keys\".\"public_id\" =");
    for _ in 0..3 {
        let sql = app.sql_of(async { assert_eq!(closed().await, 4403) }).await;
        assert!(sql.iter().any(is_look_up), "{sql:?}");
    }
    let sql = app.sql_of(async { assert_eq!(closed().await, 1013) }).await;
    assert!(!sql.iter().any(is_look_up), "{sql:?}");
}

#[tokio::test]
async fn s19_a_key_works_where_visitors_have_used_up_the_requests_of_its_address() {
    let flags = ["--limit-general-per-minute=20"];
    let (app, anon) = TestApp::with(&flags).await;
    let machine = app.machine("ann").await;
    // A process that has never seen the key.
    let fresh = app.restarted(&flags).await;
    let (anon, machine) = (anon.towards(&fresh.router), machine.towards(&fresh.router));
    while anon.get("/user").await.status != 429 {}
    let machine = machine.at(&anon.address().to_string());
    assert_eq!(invented(&anon).get("/api/jobs").await.status, 429);
    for _ in 0..60 {
        assert_eq!(machine.get("/api/jobs").await.status, 200);
    }
    let looked_up = async || fresh.statements(invented(&anon).get("/api/jobs")).await;
    assert_eq!([looked_up().await, looked_up().await], [1, 0], "a tenth of the limit is borne");
}
