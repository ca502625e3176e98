//! What a person has applied for, and what they have posted, by state.

use serde_json::{Value, json};

use crate::{
    graphql::walk::{List, nothing},
    jobs::steps::{UNLIMITED, apply, done, draft, each, fields, outcome, published},
    support::{Client, TestApp},
};

/// Ben has sent five applications, of which the first was withdrawn, the second rejected and the
/// third accepted; cat has sent one.
struct Market {
    app: TestApp,
    ann: Client,
    ben: Client,
    /// Ben's, in the order in which they were sent.
    sent: Vec<String>,
}

async fn market() -> Market {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let mut sent = Vec::new();
    for n in 0..5 {
        // The last two of each time are equal but for their ids.
        app.advance(chrono::TimeDelta::milliseconds(n % 2));
        sent.push(apply(&ben, &published(&ann).await).await);
    }
    done(&ben, "withdrawApplication", &sent[0]).await;
    done(&ann, "rejectApplication", &sent[1]).await;
    done(&ann, "acceptApplication", &sent[2]).await;
    apply(&app.member("cat").await, &published(&ann).await).await;
    Market { app, ann, ben, sent }
}

fn newest_first<'a>(ids: impl DoubleEndedIterator<Item = &'a String>) -> Vec<Value> {
    ids.rev().map(|id| json!(id)).collect()
}

#[tokio::test]
async fn ones_applications_are_paged_newest_first_in_both_directions_and_by_state() {
    let Market { ben, sent, .. } = market().await;
    for (state, expected) in [
        ("null", &sent[..]),
        ("PENDING", &sent[3..]),
        ("WITHDRAWN", &sent[..1]),
        ("REJECTED", &sent[1..2]),
        ("ACCEPTED", &sent[2..3]),
    ] {
        let document = format!("{{ viewer {{ applications(status: {state}, ARGS) PAGE }} }}");
        let list = List { client: &ben, document: &document };
        let expected = newest_first(expected.iter());
        for size in [1, 2, 5, 6] {
            assert_eq!(list.forward(size, nothing).await, expected, "{state} by {size}");
            assert_eq!(list.backward(size, nothing).await, expected, "{state} back by {size}");
        }
        let query =
            format!("{{ viewer {{ applications(first: 1, status: {state}) {{ totalCount }} }} }}");
        let total = ben.data(&query, json!({})).await["viewer"]["applications"].take();
        assert_eq!(total, json!({ "totalCount": expected.len() }), "{state}");
    }
}

#[tokio::test]
async fn an_application_leads_to_its_job_even_when_others_see_it_no_more() {
    let Market { ben, sent, .. } = market().await;
    let query =
        "{ viewer { applications(status: ACCEPTED) { nodes { id job { status title } } } } }";
    let nodes = ben.data(query, json!({})).await["viewer"]["applications"]["nodes"].take();
    let job = json!({ "status": "ASSIGNED", "title": "居家清潔" });
    assert_eq!(nodes, json!([{ "id": sent[2], "job": job }]));
}

#[tokio::test]
async fn nobody_but_the_person_and_administrators_sees_what_they_applied_for() {
    let Market { app, ann, ben, sent } = market().await;
    let of_ben = format!("user_{}", ben.user_id());
    let query =
        "query($id: ID!) { user(id: $id) { name applications { totalCount nodes { id } } } }";
    let all = newest_first(sent.iter());
    for client in [&ben, &app.admin("zoe").await] {
        let user = client.data(query, json!({ "id": of_ben })).await["user"].take();
        assert_eq!(user["applications"]["totalCount"], 5);
        assert_eq!(each(&user["applications"]["nodes"], "id"), all);
    }
    // Not even the owner of all the jobs, nor a program of the person's own.
    let key = app.key(&ben, find_helper::domain::viewer::Scope::ALL).await;
    for client in [&ann, &app.member("dan").await, &key] {
        let reply = client.gql(query, json!({ "id": of_ben })).await;
        assert_eq!(outcome(&reply), "FORBIDDEN");
        let user = reply.json()["data"]["user"].take();
        assert_eq!(user, json!({ "name": "ben 測試", "applications": null }));
    }
}

#[tokio::test]
async fn a_cursor_of_another_list_of_applications_is_refused() {
    let Market { ann, ben, .. } = market().await;
    let one = "{ viewer { applications(ARGS) PAGE } }";
    let cursor = List { client: &ben, document: one }.page("first: 1").await.cursors.remove(0);
    let of_job = "{ job(by: {id: \"job_1\"}) { applications(ARGS) PAGE } }";
    let others = List { client: &ann, document: of_job }.page("first: 1").await.cursors.remove(0);
    let here =
        "query($cursor: String!) { viewer { applications(after: $cursor) { nodes { id } } } }";
    assert_eq!(outcome(&ben.gql(here, json!({ "cursor": cursor })).await), "ok");
    assert_eq!(fields(&ben.gql(here, json!({ "cursor": others })).await), ["after"]);
    let there = "query($cursor: String!) { job(by: {id: \"job_1\"}) {
        applications(after: $cursor) { nodes { id } } } }";
    assert_eq!(fields(&ann.gql(there, json!({ "cursor": cursor })).await), ["after"]);
    let jobs = "query($cursor: String!) { jobs(after: $cursor) { nodes { id } } }";
    assert_eq!(fields(&ben.gql(jobs, json!({ "cursor": cursor })).await), ["after"]);
}

#[tokio::test]
async fn a_persons_jobs_are_narrowed_to_a_state_with_their_total() {
    let Market { app, ann, .. } = market().await;
    draft(&ann).await;
    for (state, total) in [("DRAFT", 1), ("PUBLISHED", 5), ("ASSIGNED", 1), ("CANCELLED", 0)] {
        let query =
            format!("{{ viewer {{ jobs(status: {state}) {{ totalCount nodes {{ status }} }} }} }}");
        let jobs = ann.data(&query, json!({})).await["viewer"]["jobs"].take();
        assert_eq!(jobs["totalCount"], total, "{state}");
        assert_eq!(each(&jobs["nodes"], "status"), vec![json!(state); total], "{state}");
    }
    let query = format!(
        "{{ user(id: \"user_{}\") {{ drafts: jobs(status: DRAFT) {{ totalCount nodes {{ id }} }}
            jobs {{ totalCount }} }} }}",
        ann.user_id()
    );
    let seen = app.member("dan").await.data(&query, json!({})).await["user"].take();
    let nothing = json!({ "totalCount": 0, "nodes": [] });
    assert_eq!(seen, json!({ "drafts": nothing, "jobs": { "totalCount": 5 } }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_with_its_jobs_is_two_statements_and_the_totals_of_a_state_are_one() {
    let Market { app, ann, ben, .. } = market().await;
    let admin = app.admin("zoe").await;
    let statements = async |client: &Client, query: &str| {
        // Besides the one that finds the caller's session.
        app.statements(client.data(query, json!({}))).await - 1
    };
    let viewer = statements(&ben, "{ viewer { id } }").await;
    for size in [3, 5] {
        let page = format!("applications(first: {size}) {{ nodes {{ id job {{ title }} }} }}");
        assert_eq!(statements(&ben, &format!("{{ viewer {{ {page} }} }}")).await, viewer + 2);
        // Applicants of many applications, and one statement for the lists of all of them.
        let people = format!("{{ users(first: {size}) {{ nodes {{ id }} }} }}");
        let lists = format!("{{ users(first: {size}) {{ nodes {{ {page} }} }} }}");
        assert_eq!(statements(&admin, &lists).await, statements(&admin, &people).await + 2);
    }
    for list in ["jobs", "applications"] {
        let state = if list == "jobs" { "PUBLISHED" } else { "PENDING" };
        let page = format!("{{ viewer {{ {list} {{ nodes {{ id }} }} }} }}");
        let query = format!(
            "{{ viewer {{ {list} {{ totalCount nodes {{ id }} }}
                one: {list}(status: {state}) {{ totalCount }} }} }}"
        );
        // The second list is read as well, although nothing of it is selected.
        let client = if list == "jobs" { &ann } else { &ben };
        assert_eq!(statements(client, &query).await, statements(client, &page).await + 3, "{list}");
    }
}
