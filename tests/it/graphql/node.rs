//! `node` and `nodes`: the same things for the same people, by id.

use apollo_compiler::Schema;
use find_helper::{domain::viewer::Scope, graphql::sdl, id::GlobalId};
use serde_json::{Value, json};

use super::viewers::Market;
use crate::{
    jobs::{
        reviews::{completed, report, reviewed},
        steps::{act, apply, draft, fields, outcome, published, text, try_to_apply},
    },
    support::TestApp,
};

/// What each viewer gets for the id of each thing; the keys are the owner's.
#[rustfmt::skip]
const SEEN: [(&str, [&str; 8]); 13] = [
    //               anonymous       stranger  applicant      owner          assignee       admin          reader         writer
    ("draft",       ["null",         "null",   "null",        "Job",         "null",        "Job",         "Job",         "FORBIDDEN"]),
    ("published",   ["Job",          "Job",    "Job",         "Job",         "Job",         "Job",         "Job",         "FORBIDDEN"]),
    ("assigned",    ["null",         "null",   "Job",         "Job",         "Job",         "Job",         "Job",         "FORBIDDEN"]),
    ("application", ["null",         "null",   "Application", "Application", "null",        "Application", "Application", "FORBIDDEN"]),
    ("user",        ["UNAUTHORIZED", "User",   "User",        "User",        "User",        "User",        "User",        "User"]),
    ("key",         ["UNAUTHORIZED", "null",   "null",        "ApiKey",      "null",        "null",        "FORBIDDEN",   "FORBIDDEN"]),
    ("session",     ["UNAUTHORIZED", "null",   "null",        "Session",     "null",        "null",        "FORBIDDEN",   "FORBIDDEN"]),
    ("event",       ["UNAUTHORIZED", "null",   "null",        "AuditEvent",  "null",        "AuditEvent",  "FORBIDDEN",   "FORBIDDEN"]),
    ("notice",      ["UNAUTHORIZED", "null",   "null",        "Notice",      "null",        "null",        "FORBIDDEN",   "FORBIDDEN"]),
    // Of an assignee; one is seen by all, the other waits for that of the owner.
    ("review",      ["Review",       "Review", "Review",      "Review",      "Review",      "Review",      "Review",      "FORBIDDEN"]),
    ("sealed",      ["null",         "null",   "null",        "null",        "Review",      "Review",      "null",        "FORBIDDEN"]),
    ("report",      ["UNAUTHORIZED", "null",   "null",        "null",        "null",        "ReviewReport", "FORBIDDEN",  "FORBIDDEN"]),
    ("missing",     ["null",         "null",   "null",        "null",        "null",        "null",        "null",        "FORBIDDEN"]),
];

const NODE: &str = "query($id: ID!) { node(id: $id) { __typename id } }";
const NODES: &str = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";

/// The type, `null` or the code of the error at a place of the answer.
fn found(answer: &Value, path: &Value, node: &Value) -> String {
    let errors = answer["errors"].as_array().cloned().unwrap_or_default();
    match errors.iter().find(|error| error["path"] == *path) {
        Some(error) => text(&error["extensions"]["code"]),
        None if node.is_null() => "null".into(),
        None => text(&node["__typename"]),
    }
}

#[tokio::test]
async fn each_viewer_gets_what_the_table_says_one_by_one_and_together() {
    let (app, _) = TestApp::new().await;
    let market = Market::new(&app).await;
    let owner = &market.owner;
    app.tell().await;
    let own = "{ apiKeys { nodes { id } } viewer {
        sessions { nodes { id } } auditEvents { nodes { id } } notices { nodes { id } } } }";
    let own = owner.data(own, json!({})).await;
    let assignee = &market.clients[4];
    let job = completed(owner, assignee).await;
    let sealed = reviewed(assignee, &completed(owner, assignee).await, 1, "").await;
    reviewed(owner, &job, 5, "").await;
    let review = reviewed(assignee, &job, 5, "").await;
    assert_eq!(outcome(&report(owner, &review).await), "ok");
    let first = |list: &Value| text(&list["nodes"][0]["id"]);
    let ids = [
        draft(owner).await,
        published(owner).await,
        market.job.clone(),
        market.application.clone(),
        GlobalId::User(owner.user_id()).to_string(),
        first(&own["apiKeys"]),
        first(&own["viewer"]["sessions"]),
        first(&own["viewer"]["auditEvents"]),
        first(&own["viewer"]["notices"]),
        review,
        sealed,
        "report_1".into(),
        "job_999999".into(),
    ];
    for (column, (viewer, client)) in market.viewers().enumerate() {
        let together = client.gql(NODES, json!({ "ids": ids })).await.json();
        for (row, ((thing, seen), id)) in SEEN.iter().zip(&ids).enumerate() {
            let alone = client.gql(NODE, json!({ "id": id })).await.json();
            let node = &alone["data"]["node"];
            let expected = seen[column];
            assert_eq!(found(&alone, &json!(["node"]), node), expected, "{viewer}, {thing}");
            assert!(node.is_null() || node["id"] == *id, "{alone}");
            let among = &together["data"]["nodes"][row];
            let at = json!(["nodes", row]);
            assert_eq!(found(&together, &at, among), expected, "{viewer}, {thing} among others");
        }
    }
}

#[test]
fn every_type_with_an_id_is_in_the_table() {
    let schema = Schema::parse_and_validate(sdl(), "schema.graphql").unwrap();
    let types = &schema.implementers_map()["Node"].objects;
    let seen: Vec<&str> = SEEN.iter().flat_map(|(_, seen)| *seen).collect();
    let missing: Vec<_> = types.iter().filter(|name| !seen.contains(&name.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}: who sees it by its id? SEEN has to say it");
}

#[tokio::test]
async fn nodes_keep_the_order_of_the_ids_and_their_repetitions() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (first, second) = (published(&ann).await, published(&ann).await);
    let user = GlobalId::User(ann.user_id()).to_string();
    let ids = [&second, &first, &"job_77".to_owned(), &user, &second];
    let data = ann.data(NODES, json!({ "ids": ids })).await;
    let nodes = data["nodes"].as_array().unwrap();
    let found: Vec<Option<&str>> = nodes.iter().map(|node| node["id"].as_str()).collect();
    assert_eq!(found, [Some(&*second), Some(&*first), None, Some(&*user), Some(&*second)]);
    assert_eq!(ann.data(NODES, json!({ "ids": [] })).await, json!({ "nodes": [] }));
}

const NO_IDS: [&str; 13] = [
    "",
    "nonsense",
    "job",
    "job_",
    "job_0",
    "job_01",
    "job_+1",
    "job_-1",
    "job_1 ",
    "Job_1",
    "jobs_1",
    "1",
    "job_99999999999999999999",
];

#[tokio::test]
async fn ids_that_cannot_be_are_ids_of_nothing_and_more_than_a_hundred_are_refused() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let user = GlobalId::User(ann.user_id()).to_string();
    for id in NO_IDS {
        assert_eq!(ann.data(NODE, json!({ "id": id })).await, json!({ "node": null }), "{id:?}");
        let nodes = ann.data(NODES, json!({ "ids": [id, user] })).await["nodes"].take();
        assert_eq!((&nodes[0], &nodes[1]["id"]), (&Value::Null, &json!(user)), "{id:?}");
    }
    let ids = vec!["job_1"; 100];
    assert_eq!(ann.data(NODES, json!({ "ids": ids })).await["nodes"][99], Value::Null);
    let ids = vec!["job_1"; 101];
    assert_eq!(fields(&ann.gql(NODES, json!({ "ids": ids })).await), ["ids"]);
    for (mutation, id) in
        [("cancelJob", "application_1"), ("acceptApplication", "job_1"), ("revokeApiKey", "user_1")]
    {
        assert_eq!(fields(&act(&ann, mutation, id).await), ["id"], "{mutation}");
    }
}

/// They see everybody.
const OF_ADMINISTRATORS: [&str; 5] =
    ["changeUserRole", "reinstateUser", "resendMail", "signOutUser", "suspendUser"];

/// The mutations whose input names one thing by its id.
fn mutations_by_id() -> Vec<String> {
    let schema = Schema::parse_and_validate(sdl(), "schema.graphql").unwrap();
    let takes_id = |input: &str| {
        schema.get_input_object(input).is_some_and(|input| input.fields.contains_key("id"))
    };
    let mutations = schema.get_object("Mutation").unwrap().fields.values();
    let by_id = mutations.filter(|field| {
        field.arguments.iter().any(|argument| takes_id(argument.ty.inner_named_type()))
    });
    by_id.map(|field| field.name.to_string()).collect()
}

#[tokio::test]
async fn what_one_may_not_see_answers_as_what_does_not_exist_byte_by_byte() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let dan = app.member("dan").await;
    let hidden = draft(&ann).await;
    let application = apply(&ben, &published(&ann).await).await;
    app.key(&ann, Scope::ALL).await;
    let keys = ann.data("{ apiKeys { nodes { id } } }", json!({})).await;
    let key = text(&keys["apiKeys"]["nodes"][0]["id"]);
    let sessions = ann.data("{ viewer { sessions { nodes { id } } } }", json!({})).await;
    let session = text(&sessions["viewer"]["sessions"]["nodes"][0]["id"]);
    let tried = [
        ("updateJob", &hidden, "job_999999"),
        ("publishJob", &hidden, "job_999999"),
        ("cancelJob", &hidden, "job_999999"),
        ("startJob", &hidden, "job_999999"),
        ("completeJob", &hidden, "job_999999"),
        ("withdrawApplication", &application, "application_999999"),
        ("acceptApplication", &application, "application_999999"),
        ("rejectApplication", &application, "application_999999"),
        ("updateApiKey", &key, "key_999999"),
        ("rotateApiKey", &key, "key_999999"),
        ("revokeApiKey", &key, "key_999999"),
        ("revokeSession", &session, "session_999999"),
    ];
    let untried: Vec<_> = mutations_by_id()
        .into_iter()
        .filter(|name| {
            !tried.iter().any(|(it, ..)| it == name) && !OF_ADMINISTRATORS.contains(&&**name)
        })
        .collect();
    assert!(untried.is_empty(), "{untried:?}: try it with the id of what dan may not see");
    for (mutation, foreign, missing) in tried {
        let (foreign, missing) =
            (act(&dan, mutation, foreign).await, act(&dan, mutation, missing).await);
        assert_eq!(outcome(&foreign), "NOT_FOUND", "{mutation}");
        assert_eq!((foreign.status, foreign.text), (missing.status, missing.text), "{mutation}");
    }
    let foreign = try_to_apply(&dan, &hidden).await;
    assert_eq!(foreign.text, try_to_apply(&dan, "job_999999").await.text);
    for (foreign, missing) in [(&hidden, "job_999999"), (&application, "application_999999")] {
        let foreign = dan.gql(NODE, json!({ "id": foreign })).await;
        assert_eq!(foreign.text, dan.gql(NODE, json!({ "id": missing })).await.text);
    }
}
