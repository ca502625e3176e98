//! What is seen of a person, by whom and on which way.

use find_helper::{domain::viewer::Scope, id::GlobalId};
use serde_json::{Value, json};

use crate::{
    jobs::steps::{apply, assigned, done, outcome, published},
    support::{Client, PASSWORD, TestApp},
};

const PERSON: &str = "id name createdAt email phone isVerified language role updatedAt";

/// `public`, `contact` or `all`, by the fields that are there.
fn seen(person: &Value) -> &'static str {
    for field in ["id", "name", "createdAt"] {
        assert!(person[field].is_string(), "{field} of {person}");
    }
    let there = ["email", "phone", "isVerified", "language", "role", "updatedAt"]
        .map(|field| !person.get(field).unwrap_or_else(|| panic!("{field}: {person}")).is_null());
    match there {
        [false, false, false, false, false, false] => "public",
        [true, true, false, false, false, false] => "contact",
        [true, true, true, true, true, true] => "all",
        _ => panic!("an odd part is seen: {person}"),
    }
}

/// Who looks, where the person is in the answer, and how much is seen of them.
type Sight<'a> = (&'a Client, &'a str, &'a str);

async fn assert_seen(query: &str, id: &str, sights: &[Sight<'_>]) {
    let query = query.replace("PERSON", PERSON);
    for (n, (client, pointer, expected)) in sights.iter().enumerate() {
        let data = client.data(&query, json!({ "id": id })).await;
        let person = data.pointer(pointer).unwrap_or_else(|| panic!("no {pointer} in {data}"));
        assert_eq!(seen(person), *expected, "sight {n} of {query}: {person}");
    }
}

#[tokio::test]
async fn owner_and_assignee_see_how_to_reach_each_other_through_their_job() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let (cat, admin) = (app.member("cat").await, app.admin("zoe").await);
    let job = published(&ann).await;
    apply(&cat, &job).await;
    done(&ann, "acceptApplication", &apply(&ben, &job).await).await;
    let (ann_key, ben_key) =
        (app.key(&ann, Scope::ALL).await, app.key(&ben, &[Scope::JobsRead]).await);
    let query = "query($id: ID!) { job(by: {id: $id}) { owner { PERSON } assignee { PERSON } } }";
    let (owner, assignee) = ("/job/owner", "/job/assignee");
    assert_seen(
        query,
        &job,
        &[
            (&ann, owner, "all"),
            (&ann, assignee, "contact"),
            (&ben, owner, "contact"),
            (&ben, assignee, "all"),
            (&cat, owner, "public"),
            (&cat, assignee, "public"),
            (&admin, owner, "all"),
            (&admin, assignee, "all"),
            (&ann_key, owner, "public"),
            (&ann_key, assignee, "contact"),
            (&ben_key, owner, "contact"),
            (&ben_key, assignee, "public"),
        ],
    )
    .await;
    let reached = ben
        .data(
            "query($id: ID!) { job(by: {id: $id}) { owner { email phone } } }",
            json!({ "id": job }),
        )
        .await;
    assert_eq!(
        reached["job"]["owner"],
        json!({ "email": "ann@example.com", "phone": "0912-345-678" })
    );
}

#[tokio::test]
async fn before_acceptance_nobody_is_reached_through_a_job() {
    let (app, anon) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = published(&ann).await;
    apply(&ben, &job).await;
    let query = "query($id: ID!) { job(by: {id: $id}) {
        owner { PERSON } assignee { id } applications { nodes { applicant { PERSON } } } } }";
    let (owner, applicant) = ("/job/owner", "/job/applications/nodes/0/applicant");
    assert_seen(
        query,
        &job,
        &[
            (&anon, owner, "public"),
            (&ben, owner, "public"),
            (&ann, owner, "all"),
            (&ann, applicant, "public"),
            (&ben, applicant, "all"),
        ],
    )
    .await;
}

#[tokio::test]
async fn other_ways_to_a_person_do_not_tell_how_to_reach_them() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let (dan, admin) = (app.member("dan").await, app.admin("zoe").await);
    let key = app.key(&ann, Scope::ALL).await;
    let job = assigned(&ann, &ben).await;
    let id = GlobalId::User(ann.user_id()).to_string();
    let sights =
        [(&ann, "all"), (&admin, "all"), (&ben, "public"), (&dan, "public"), (&key, "public")];
    for (query, pointer) in [
        ("query($id: ID!) { user(id: $id) { PERSON } }", "/user"),
        ("query($id: ID!) { node(id: $id) { ... on User { PERSON } } }", "/node"),
        ("query($id: ID!) { nodes(ids: [$id]) { ... on User { PERSON } } }", "/nodes/0"),
    ] {
        assert_seen(query, &id, &sights.map(|(client, seen)| (client, pointer, seen))).await;
    }
    let timeline =
        "query($id: ID!) { job(by: {id: $id}) { events { nodes { actor { PERSON } } } } }";
    let actor = "/job/events/nodes/0/actor";
    assert_seen(timeline, &job, &[(&ben, actor, "public"), (&ann, actor, "all")]).await;
}

#[tokio::test]
async fn one_sees_oneself_in_full_as_viewer_and_when_signing_in() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let viewer = ann.data(&format!("{{ viewer {{ {PERSON} suspendedAt }} }}"), json!({})).await;
    insta::assert_snapshot!(viewer.to_string(), @r#"{"viewer":{"createdAt":"2026-02-07T08:00:00Z","email":"ann@example.com","id":"user_1","isVerified":true,"name":"ann 測試","phone":"0912-345-678","role":"USER","suspendedAt":null,"updatedAt":"2026-02-07T08:00:00Z"}}"#);
    let login = format!(
        "mutation {{ login(input: {{email: \"ann@example.com\", password: \"{PASSWORD}\"}}) {{
            user {{ {PERSON} }} }} }}"
    );
    assert_eq!(seen(&anon.data(&login, json!({})).await["login"]["user"]), "all");
    let register = format!(
        "mutation {{ register(input: {{name: \"新人\", email: \"new@example.com\",
            password: \"{PASSWORD}\", phone: \"02 1234 5678\"}}) {{ user {{ {PERSON} }} }} }}"
    );
    assert_eq!(seen(&anon.data(&register, json!({})).await["register"]["user"]), "all");
}

#[tokio::test]
async fn a_stranger_who_is_not_signed_in_cannot_look_people_up() {
    let (app, anon) = TestApp::new().await;
    app.member("ann").await;
    for query in [
        "{ user(id: \"user_1\") { id } }",
        "{ user(id: \"user_999\") { id } }",
        "{ node(id: \"user_1\") { id } }",
        "{ node(id: \"user_999\") { id } }",
    ] {
        assert_eq!(anon.code(query, json!({})).await, "UNAUTHORIZED", "{query}");
    }
}

#[tokio::test]
async fn whom_nobody_is_is_not_found() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let reply = ann.gql("{ user(id: \"user_999\") { id } }", json!({})).await;
    assert_eq!(outcome(&reply), "USER_NOT_FOUND");
    assert_eq!(reply.json()["data"]["user"], Value::Null, "its failure nulls itself");
}
