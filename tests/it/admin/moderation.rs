//! What administrators see of accounts and do to them.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::{Client, TestApp};

const USERS: &str = "query($filter: UserFilter) {
    users(filter: $filter) { totalCount nodes { name email role isVerified suspendedAt } } }";

async fn names(admin: &Client, filter: Value) -> Vec<String> {
    let data = admin.data(USERS, json!({ "filter": filter })).await;
    let nodes = data["users"]["nodes"].as_array().unwrap();
    assert_eq!(data["users"]["totalCount"], nodes.len());
    nodes.iter().map(|node| node["name"].as_str().unwrap().to_owned()).collect()
}

fn id(client: &Client) -> String {
    format!("user_{}", client.user_id())
}

async fn is_alive(client: &Client) -> bool {
    client.gql("{ viewer { id } }", json!({})).await.status == 200
}

async fn act(admin: &Client, field: &str, input: Value) -> Value {
    let kind = format!("{}{}Input", field[..1].to_uppercase(), &field[1..]);
    let mutation =
        format!("mutation($input: {kind}!) {{ {field}(input: $input) {{ user {{ id role }} }} }}");
    let reply = admin.gql(&mutation, json!({ "input": input })).await.json();
    match reply["errors"][0]["extensions"]["code"].clone() {
        Value::Null => reply["data"][field]["user"].clone(),
        code => code,
    }
}

#[tokio::test]
async fn administrators_find_people_by_parts_of_names_and_addresses() {
    let (app, _) = TestApp::new().await;
    let admin = app.admin("root").await;
    for name in ["ann", "Anna_1", "bob"] {
        app.advance(TimeDelta::minutes(1));
        app.member(name).await;
    }
    assert_eq!(names(&admin, json!({})).await.len(), 4);
    assert_eq!(names(&admin, json!({ "search": "ANN" })).await, ["Anna_1 測試", "ann 測試"]);
    assert_eq!(names(&admin, json!({ "search": "bob@example" })).await, ["bob 測試"]);
    assert_eq!(names(&admin, json!({ "search": "a_1" })).await, ["Anna_1 測試"]);
    for nothing in ["n%a", "_nn", "\\", "'; --"] {
        assert!(names(&admin, json!({ "search": nothing })).await.is_empty(), "{nothing}");
    }
    assert_eq!(names(&admin, json!({ "role": "ADMIN" })).await, ["root 測試"]);
    assert_eq!(names(&admin, json!({ "isVerified": false })).await.len(), 0);
    assert_eq!(admin.code(USERS, json!({ "filter": { "search": "" } })).await, "INVALID_REQUEST");
}

#[tokio::test]
async fn a_forced_sign_out_ends_sessions_but_not_keys() {
    let (app, _) = TestApp::new().await;
    let (admin, ann, bob) =
        (app.admin("root").await, app.member("ann").await, app.member("bob").await);
    let key = app.key(&ann, find_helper::domain::viewer::Scope::ALL).await;
    act(&admin, "signOutUser", json!({ "id": id(&ann), "reason": "lost laptop" })).await;
    assert!(!is_alive(&ann).await && is_alive(&bob).await);
    assert_eq!(key.get("/api/jobs").await.status, 200);
    assert!(is_alive(&app.signed_in("ann@example.com").await).await, "and may come back");
    app.send_mails().await;
    assert!(app.mails().iter().any(|mail| mail.subject.contains("signed out")));
}

#[tokio::test]
async fn e24_a_changed_role_counts_from_the_next_request_on() {
    let (app, _) = TestApp::new().await;
    let (admin, ann) = (app.admin("root").await, app.member("ann").await);
    assert_eq!(ann.code(USERS, json!({})).await, "FORBIDDEN");
    let input = |role: &str| json!({ "id": id(&ann), "role": role, "reason": "she helps" });
    assert_eq!(act(&admin, "changeUserRole", input("ADMIN")).await["role"], "ADMIN");
    assert_eq!(names(&ann, json!({})).await.len(), 2);
    act(&admin, "changeUserRole", input("USER")).await;
    assert_eq!(ann.code(USERS, json!({})).await, "FORBIDDEN");
}

#[tokio::test]
async fn no_administrator_acts_on_themselves_so_one_is_always_left() {
    let (app, _) = TestApp::new().await;
    let admin = app.admin("root").await;
    let on_self = |more: Value| {
        let mut input = json!({ "id": id(&admin), "reason": "x" });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    for (field, more) in [
        ("suspendUser", json!({})),
        ("signOutUser", json!({})),
        ("changeUserRole", json!({ "role": "USER" })),
    ] {
        assert_eq!(act(&admin, field, on_self(more)).await, "FORBIDDEN", "{field}");
    }
    assert!(is_alive(&admin).await);
    let missing = json!({ "id": "user_999", "reason": "x" });
    assert_eq!(act(&admin, "suspendUser", missing).await, "USER_NOT_FOUND");
    let blank = json!({ "id": "user_999", "reason": " " });
    assert_eq!(act(&admin, "signOutUser", blank).await, "INVALID_REQUEST");
}

#[tokio::test]
async fn nobody_acts_on_an_account_that_is_deleted() {
    let (app, _) = TestApp::new().await;
    let (admin, ann) = (app.admin("root").await, app.member("ann").await);
    app.execute(&format!("UPDATE users SET deleted_at = 1 WHERE id = {}", ann.user_id())).await;
    for (field, input) in [
        ("suspendUser", json!({ "id": id(&ann), "reason": "x" })),
        ("reinstateUser", json!({ "id": id(&ann) })),
        ("signOutUser", json!({ "id": id(&ann), "reason": "x" })),
        ("resendMail", json!({ "id": id(&ann), "mail": "PASSWORD_RESET" })),
        ("changeUserRole", json!({ "id": id(&ann), "role": "ADMIN", "reason": "x" })),
    ] {
        assert_eq!(act(&admin, field, input).await, "USER_NOT_FOUND", "{field}");
    }
}

#[tokio::test]
async fn administrators_have_links_mailed_as_rarely_as_people_themselves() {
    let (app, anon) = TestApp::new().await;
    let (admin, ann) = (app.admin("root").await, app.member("ann").await);
    let new =
        json!({ "name": "新人", "email": "new@example.com", "password": crate::support::PASSWORD });
    let registered = anon.post("/register", new).await.json();
    let input = |id: &Value, mail: &str| json!({ "id": id, "mail": mail });
    let newcomer = &registered["data"]["user_id"];
    assert_eq!(
        act(&admin, "resendMail", input(newcomer, "VERIFICATION")).await,
        "RATE_LIMIT_EXCEEDED"
    );
    app.advance(TimeDelta::minutes(1));
    assert_eq!(act(&admin, "resendMail", input(newcomer, "VERIFICATION")).await["id"], *newcomer);
    let ann = json!(id(&ann));
    assert_eq!(act(&admin, "resendMail", input(&ann, "VERIFICATION")).await, "CONFLICT");
    assert_eq!(act(&admin, "resendMail", input(&ann, "PASSWORD_RESET")).await["id"], ann);
    while app.send_mails().await > 0 {}
    let mails = app.mails();
    assert!(
        mails
            .iter()
            .any(|mail| mail.headers("to") == ["ann@example.com"] && mail.link("reset").has_host())
    );
}

#[tokio::test]
async fn administrators_search_everybodys_drafts() {
    let (app, _) = TestApp::new().await;
    let (admin, ann) = (app.admin("root").await, app.member("ann").await);
    let bob = app.member("bob").await;
    let create = "mutation($title: String!) { createJob(input: {title: $title, jobType: \"pet\",
        city: \"台北市\", address: \"x\", estimatedAmount: 1}) { job { id } } }";
    for title in ["遛狗 Dog walk", "搬家"] {
        ann.data(create, json!({ "title": title })).await;
    }
    let search = "query($text: String!) { jobs(filter: {search: $text}) { nodes { title } } }";
    for (client, drafts) in [(&admin, json!([{ "title": "遛狗 Dog walk" }])), (&bob, json!([]))] {
        let found = client.data(search, json!({ "text": "dog" })).await;
        assert_eq!(found["jobs"]["nodes"], drafts);
    }
}
