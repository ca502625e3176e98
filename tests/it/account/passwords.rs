//! Passwords: what may be chosen, what is compared, and what that may cost.

use std::sync::mpsc;

use find_helper::entity::user;
use futures_util::{StreamExt, future::join_all, stream::FuturesUnordered};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use crate::support::{Client, PASSWORD, Process, Reply, TestApp};

const ROOMY: &[&str] = &["--limit-login-per-minute=10000", "--limit-register-per-hour=10000"];

fn credentials(password: &str) -> Value {
    json!({ "email": "ann@example.com", "password": password })
}

async fn login(client: Client, password: &str) -> Reply {
    client.post("/login", credentials(password)).await
}

/// Registers with this password, and confirms the account.
async fn registered(app: &TestApp, password: &str) -> Reply {
    let new = json!({ "name": "王小安", "email": "ann@example.com", "password": password });
    let reply = app.anon().post("/register", new).await;
    app.execute("UPDATE users SET verified_at = 1").await;
    reply
}

async fn stored_hash(app: &TestApp) -> String {
    user::Entity::find().one(app.services.db.read()).await.unwrap().unwrap().password_hash
}

#[tokio::test]
async fn d3_every_byte_of_a_password_counts() {
    let (app, _) = TestApp::with(ROOMY).await;
    let long: String =
        (0..256).map(|n| char::from(33 + u8::try_from(n * 37 % 90).unwrap())).collect();
    assert_eq!(
        registered(&app, &format!("{PASSWORD}\0B")).await.auth_error(),
        "400 INVALID_REQUEST"
    );
    assert_eq!(registered(&app, &long).await.status, 200);
    let cut = [&long[..72], &long[..255], &format!("{}x", &long[..255]), &format!("{long}\0")];
    for wrong in cut {
        assert!(login(app.anon(), wrong).await.status.is_client_error(), "{wrong}");
    }
    assert_eq!(login(app.anon(), &long).await.status, 200);
}

#[tokio::test]
async fn d4_all_ways_to_type_a_password_are_one() {
    let (app, _) = TestApp::with(ROOMY).await;
    let registration =
        registered(&app, "caf\u{e9} \u{fb01} \u{ff21}\u{ff22} 👩\u{200d}🔧 zebra").await;
    assert_eq!(registration.status, 200, "{registration:?}");
    for typed in
        ["cafe\u{301} \u{fb01} AB 👩\u{200d}🔧 zebra", "caf\u{e9} fi \u{ff21}B 👩\u{200d}🔧 zebra"]
    {
        assert_eq!(login(app.anon(), typed).await.status, 200, "{typed}");
    }
    assert_eq!(login(app.anon(), "caf\u{e9} fi AB 👩🔧 zebra").await.status, 401);
    let grows = registered(&app, &"\u{fdfa}".repeat(256)).await;
    assert_eq!(grows.auth_error(), "400 INVALID_REQUEST");
}

/// Keeps the only place for hashes busy until it is dropped.
fn occupied(app: &TestApp) -> mpsc::Sender<()> {
    let (gate, closed) = mpsc::channel::<()>();
    let services = app.services.clone();
    tokio::spawn(async move { services.passwords.in_turn(None, move || closed.recv()).await });
    gate
}

#[tokio::test]
async fn d5_a_flood_of_sign_ins_waits_to_its_bound_and_hurts_nobody_else() {
    let flags = [ROOMY, &["--argon2-concurrency=1", "--argon2-queue=4"]].concat();
    let (app, anon) = TestApp::with(&flags).await;
    app.member("ann").await;
    let gate = occupied(&app);
    tokio::task::yield_now().await;
    let asked = (0..50).map(|number| {
        let client = app.anon();
        let name = if number % 2 == 0 { "ann" } else { "nobody" };
        let body = json!({ "email": format!("{name}@example.com"), "password": "wrong password" });
        tokio::spawn(async move { client.post("/login", body).await })
    });
    let mut answers: FuturesUnordered<_> = asked.collect();
    for _ in 0..46 {
        let reply = answers.next().await.unwrap().unwrap();
        assert_eq!(reply.auth_error(), "503 SERVICE_UNAVAILABLE");
        assert_eq!(reply.header("retry-after"), "2");
    }
    assert_eq!(anon.get("/healthz").await.status, 200);
    anon.data("{ jobs { totalCount } }", json!({})).await;
    drop(gate);
    while let Some(reply) = answers.next().await {
        assert_eq!(reply.unwrap().auth_error(), "401 INVALID_CREDENTIALS");
    }
    assert_eq!(app.services.passwords.most_at_once(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn d6_clients_that_hang_up_do_not_make_room_for_more_hashes() {
    let flags = [ROOMY, &["--argon2-concurrency=2", "--argon2-memory-kib=4096"]].concat();
    let (app, _) = TestApp::with(&flags).await;
    app.member("ann").await;
    let runs = app.services.passwords.runs();
    let asked: Vec<_> = (0..40)
        .map(|_| {
            let client = app.anon();
            tokio::spawn(async move { login(client, "wrong password").await })
        })
        .collect();
    while app.services.passwords.runs() < runs + 5 {
        tokio::task::yield_now().await;
    }
    asked.iter().for_each(tokio::task::JoinHandle::abort);
    assert_eq!(login(app.anon(), "wrong password").await.status, 401);
    assert!((1..=2).contains(&app.services.passwords.most_at_once()));
}

#[tokio::test]
async fn d7_a_hostile_stored_hash_is_a_wrong_password() {
    let (app, _) = TestApp::with(ROOMY).await;
    app.member("ann").await;
    let wrong = login(app.anon(), "wrong password").await.text;
    let salt = "c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    for hash in [
        &format!("$argon2id$v=19$m=4194304,t=100,p=64${salt}"),
        &format!("$argon2id$v=19$m=8,t=4294967295,p=1${salt}"),
        "$2b$12$é",
        "$argon2id$",
        "",
    ] {
        app.execute(&format!("UPDATE users SET password_hash = '{hash}'")).await;
        let cost = app.services.passwords.cost();
        assert_eq!(login(app.anon(), PASSWORD).await.text, wrong, "{hash}");
        assert_eq!(app.services.passwords.cost() - cost, 8, "{hash}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn d8_a_sign_in_raises_the_cost_of_an_old_hash_and_none_lowers_it() {
    let (old, _) = TestApp::with(ROOMY).await;
    old.member("ann").await;
    let new = old.restarted(&[ROOMY, &["--argon2-memory-kib=16"]].concat()).await;
    let before = stored_hash(&new).await;
    let tries = (0..10).map(|_| {
        let client = new.anon();
        tokio::spawn(async move { login(client, PASSWORD).await.status })
    });
    for status in join_all(tries.collect::<Vec<_>>()).await {
        assert_eq!(status.unwrap(), 200);
    }
    let raised = stored_hash(&new).await;
    assert_ne!(raised, before);
    assert!(raised.starts_with("$argon2id$v=19$m=16,t=1,p=1$"), "{raised}");
    for app in [&new, &old] {
        assert_eq!(login(app.anon(), PASSWORD).await.status, 200);
        assert_eq!(stored_hash(app).await, raised, "once, and never back");
    }
}

#[tokio::test]
async fn d9_common_passwords_are_refused_where_they_are_chosen_and_taken_where_they_are() {
    let (app, anon) = TestApp::with(ROOMY).await;
    for password in [
        "password",
        "ｐａｓｓｗｏｒｄ",
        "12345678",
        "findhelper2025",
        "ann@example.com",
        "王小安王小安王小安",
    ] {
        let reply = registered(&app, password).await;
        assert_eq!(reply.auth_error(), "400 INVALID_REQUEST", "{password}");
        assert!(reply.text.contains("password 太常見"), "{}", reply.text);
    }
    let register = "mutation { register(input:
        {name: \"Ann\", email: \"ann@example.com\", password: \"password\"}) { user { id } } }";
    let refused = anon.gql(register, json!({})).await.json();
    let extensions = &refused["errors"][0]["extensions"];
    assert_eq!(extensions["fields"][0]["path"], "password", "{refused}");
    assert!(refused.to_string().contains("too common"), "{refused}");
    app.member("ann").await;
    let hash = app.services.passwords.hash(None, "password").await.unwrap();
    app.execute(&format!("UPDATE users SET password_hash = '{hash}'")).await;
    assert_eq!(login(app.anon(), "password").await.status, 200, "not at login");
}

#[tokio::test]
async fn d10_nothing_is_asked_of_a_password_but_its_length_and_nothing_is_trimmed() {
    let long: String =
        (0..255).map(|n| char::from(b'a' + u8::try_from(n * n % 26).unwrap())).collect();
    for password in [
        "securePassword123",
        "  tea and four lemons  ",
        "38291047561029384756",
        "🐳🧂🚲🪴🎈🧭🪁🥁",
        &long,
    ] {
        let (app, _) = TestApp::with(ROOMY).await;
        assert_eq!(registered(&app, password).await.status, 200, "{password}");
        assert_eq!(login(app.anon(), password).await.status, 200, "{password}");
        let trimmed = login(app.anon(), password.trim()).await.status;
        assert_eq!(trimmed == 200, password.trim() == password, "{password}");
    }
}

#[tokio::test]
async fn d15_words_of_other_languages_are_passwords_and_a_log_line_stays_one_line() {
    let (app, _) = TestApp::new().await;
    app.member("ann").await;
    let settings = app.settings(&["--log-level=trace", "--limit-login-per-minute=1000"]);
    let process = Process::start(&settings);
    let hostile = [
        "' OR 1=1 --",
        "*)(uid=*))(|(uid=*",
        "%s%n{}",
        "x\r\n2026-01-01T00:00:00Z ERROR forged",
        "\u{1b}[31mforged",
        "\u{9b}31mforged\u{2028}forged",
    ];
    for text in hostile.into_iter().cycle().take(15) {
        let agent = text.replace(char::is_control, " ");
        let answer = process.post("/login", &credentials(text), &agent);
        assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
        let address = json!({ "email": text, "password": text });
        let answer = process.post("/login?x=%0d%0aforged", &address, &agent);
        assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    }
    let (_, log) = process.terminate();
    let (_, log) = log.split_once("Ctrl-C\n").unwrap();
    let held_up =
        log.lines().filter(|line| line.contains("sign-in attempts of an account are slowed down"));
    assert_eq!(held_up.count(), 5, "{log}");
    for line in log.lines().filter(|line| !line.is_empty()) {
        assert!(line.starts_with("20") && line.contains("Z "), "no line of ours: {line:?}");
        assert!(!line.contains("forged") && !line.contains(char::is_control), "{line:?}");
    }
}
