//! A refused sign-in tells nothing about accounts, neither by its answer nor by its work.

use serde_json::{Value, json};

use crate::support::{Client, PASSWORD, Reply, TestApp};

const ROOMY: &[&str] = &["--limit-login-per-minute=1000"];
const LOGIN: &str = "mutation($email: String!, $password: String!) {
    login(input: {email: $email, password: $password}) { token } }";

/// Everything that somebody outside can see, and what it took.
#[derive(Debug, PartialEq)]
struct Refusal {
    status: u16,
    headers: Vec<(String, String)>,
    text: String,
    /// How often argon2 ran, and the memory that it went over in KiB.
    hashes: [u64; 2],
    statements: Vec<String>,
}

async fn refusal(app: &TestApp, ask: impl Future<Output = Reply>) -> Refusal {
    let hashes = || [app.services.passwords.runs(), app.services.passwords.cost()];
    let before = hashes();
    let mut reply = None;
    let statements = app.sql_of(async { reply = Some(ask.await) }).await;
    let reply = reply.unwrap();
    let told = reply.headers.iter().filter(|(name, _)| *name != "x-request-id");
    let told = told.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    let [runs, cost] = hashes();
    Refusal {
        status: reply.status.as_u16(),
        headers: told.collect(),
        text: reply.text,
        hashes: [runs - before[0], cost - before[1]],
        statements,
    }
}

fn credentials(name: &str, password: &str) -> Value {
    json!({ "email": format!("{name}@example.com"), "password": password })
}

/// Accounts in every state in which a wrong password can find them.
async fn world() -> TestApp {
    let (app, anon) = TestApp::with(ROOMY).await;
    for name in ["ann", "shut", "gone", "held", "spent"] {
        app.member(name).await;
    }
    let new = json!({ "name": "新人", "email": "new@example.com", "password": PASSWORD });
    assert_eq!(anon.post("/register", new).await.status, 200);
    app.execute("UPDATE users SET suspended_at = 1 WHERE email = 'shut@example.com'").await;
    app.execute("UPDATE users SET deleted_at = 1 WHERE email = 'gone@example.com'").await;
    app.execute("UPDATE users SET wrong_codes = 20 WHERE email = 'spent@example.com'").await;
    for name in ["held", "nobody-held"] {
        for _ in 0..10 {
            anon.post("/login", credentials(name, "wrong password")).await;
        }
    }
    app
}

const REFUSED: [(&str, &str); 10] = [
    ("ann", "wrong password"),
    ("new", "wrong password"),
    ("shut", "wrong password"),
    ("gone", "wrong password"),
    ("gone", PASSWORD),
    ("held", "wrong password"),
    ("held", PASSWORD),
    ("nobody-held", "wrong password"),
    ("spent", "wrong password"),
    ("spent", PASSWORD),
];

#[tokio::test]
async fn d1_every_refused_sign_in_is_the_same_answer_for_the_same_work() {
    let app = world().await;
    let rest = async |client: Client, name, password| {
        client.post("/login", credentials(name, password)).await
    };
    let unknown = refusal(&app, rest(app.anon(), "nobody", "wrong password")).await;
    assert_eq!((unknown.status, unknown.hashes), (401, [1, 8]), "one run with the live costs");
    assert!(unknown.text.contains("INVALID_CREDENTIALS"), "{}", unknown.text);
    let verbs: Vec<_> = unknown.statements.iter().map(|sql| &sql[..6]).collect();
    assert_eq!(verbs, ["SELECT", "SELECT", "INSERT"], "{:?}", unknown.statements);
    for (name, password) in REFUSED {
        assert_eq!(refusal(&app, rest(app.anon(), name, password)).await, unknown, "{name}");
    }
}

#[tokio::test]
async fn d1_the_same_holds_for_graphql() {
    let app = world().await;
    let graphql =
        async |client: Client, name, password| client.gql(LOGIN, credentials(name, password)).await;
    let unknown = refusal(&app, graphql(app.anon(), "nobody", "wrong password")).await;
    assert!(unknown.text.contains("INVALID_CREDENTIALS"), "{}", unknown.text);
    for (name, password) in REFUSED {
        assert_eq!(refusal(&app, graphql(app.anon(), name, password)).await, unknown, "{name}");
    }
}

#[tokio::test]
async fn d2_a_password_of_impossible_length_is_refused_before_anything_is_looked_up() {
    let (app, _) = TestApp::with(ROOMY).await;
    app.member("ann").await;
    for (length, status) in [(257, 400), (1_025, 400), (60_000, 400), (1_000_000, 413)] {
        let password = "x".repeat(length);
        let login = async |name| app.anon().post("/login", credentials(name, &password)).await;
        let unknown = refusal(&app, login("nobody")).await;
        assert_eq!((unknown.status, unknown.hashes), (status, [0, 0]), "{length}");
        assert_eq!(unknown.statements, Vec::<String>::new(), "{length}");
        assert_eq!(refusal(&app, login("ann")).await, unknown, "{length}");
    }
}
