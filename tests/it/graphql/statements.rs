//! How many statements an operation needs: as many as it has levels, whatever the size.

use find_helper::domain::{
    jobs::job::{self, NewJob},
    viewer::Viewer,
};
use serde_json::json;

use crate::{
    jobs::steps::{UNLIMITED, apply, each, published},
    support::{Client, TestApp},
};

/// So many jobs of 20 owners in turn, and an administrator who asks.
async fn market(jobs: usize) -> (TestApp, Client) {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let admin = app.admin("zoe").await;
    let mut owners = Vec::new();
    for n in 0..20.min(jobs) {
        let owner = app.member(&format!("owner-{n}")).await;
        owners.push(Viewer::Member(app.member_of(&owner).await).actor().unwrap());
    }
    for n in 0..jobs {
        let new = NewJob {
            title: format!("工作 {n}"),
            job_type: "pet".into(),
            city: "台北市".into(),
            address: "x".into(),
            publish: true,
            ..NewJob::default()
        };
        job::create(&app.services, &owners[n % owners.len()], new).await.unwrap();
    }
    (app, admin)
}

/// The statements of an operation besides the one that finds the caller's session.
async fn statements(app: &TestApp, client: &Client, query: &str) -> u32 {
    app.statements(client.data(query, json!({}))).await - 1
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_jobs_with_owners_is_one_statement_whatever_its_size() {
    let (app, admin) = market(100).await;
    for size in [1, 20, 100] {
        let query = format!("{{ jobs(first: {size}) {{ nodes {{ title owner {{ name }} }} }} }}");
        for _ in 0..5 {
            assert_eq!(statements(&app, &admin, &query).await, 1, "{size} jobs");
        }
        let nodes = admin.data(&query, json!({})).await["jobs"]["nodes"].take();
        assert_eq!(nodes.as_array().unwrap().len(), size);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nested_pages_are_one_statement_a_level() {
    let (app, admin) = market(60).await;
    for size in [1, 10, 20] {
        let jobs = "owner { name jobs(first: 5) { nodes { title } } }";
        let query = format!("{{ jobs(first: {size}) {{ nodes {{ {jobs} }} }} }}");
        assert_eq!(
            statements(&app, &admin, &query).await,
            2,
            "jobs with owners, their jobs: {size}"
        );
        let jobs = "owner { jobs(first: 5) { totalCount nodes { owner { name } } } }";
        let query = format!("{{ jobs(first: {size}) {{ nodes {{ {jobs} }} }} }}");
        assert_eq!(statements(&app, &admin, &query).await, 3, "totals, known owners: {size}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn applications_and_applicants_are_one_statement_a_level() {
    let (app, admin) = market(0).await;
    let ann = app.member("ann").await;
    let applicants = [app.member("ben").await, app.member("cat").await];
    for _ in 0..10 {
        let job = published(&ann).await;
        for applicant in &applicants {
            apply(applicant, &job).await;
        }
    }
    for size in [1, 10] {
        let below = "applications(first: 2) { nodes { status applicant { name } } }";
        let query = format!("{{ jobs(first: {size}) {{ nodes {{ {below} }} }} }}");
        for client in [&admin, &ann, &applicants[0]] {
            assert_eq!(statements(&app, client, &query).await, 3, "{size} jobs");
        }
        let below = "applications { totalCount nodes { job { title } } }";
        let query = format!("{{ jobs(first: {size}) {{ nodes {{ {below} }} }} }}");
        assert_eq!(statements(&app, &admin, &query).await, 4, "totals and jobs: {size}");
    }
}

#[tokio::test]
async fn a_total_costs_nothing_unless_it_is_asked_for() {
    let (app, admin) = market(3).await;
    for list in ["jobs", "apiKeys"] {
        let without = format!("{{ {list} {{ nodes {{ id }} pageInfo {{ hasNextPage }} }} }}");
        assert_eq!(statements(&app, &admin, &without).await, 1, "{list}");
        let with = format!("{{ {list} {{ nodes {{ id }} totalCount }} }}");
        assert_eq!(statements(&app, &admin, &with).await, 2, "{list}");
    }
}

#[tokio::test]
async fn each_page_of_many_parents_is_what_its_parent_alone_would_show() {
    let (_, admin) = market(60).await;
    for args in ["first: 2", "last: 2", "first: 100"] {
        let page = format!(
            "jobs({args}) {{ nodes {{ id }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }}"
        );
        let query = format!("{{ jobs(first: 20) {{ nodes {{ owner {{ id {page} }} }} }} }}");
        let nodes = admin.data(&query, json!({})).await["jobs"]["nodes"].take();
        for owner in each(&nodes, "owner") {
            let query = format!("query($id: ID!) {{ user(id: $id) {{ id {page} }} }}");
            let alone = admin.data(&query, json!({ "id": owner["id"] })).await;
            assert_eq!(alone["user"], owner, "{args}");
        }
    }
}
