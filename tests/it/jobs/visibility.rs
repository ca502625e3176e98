//! Who sees which jobs, and how much of them.

use find_helper::domain::viewer::Scope;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::{
    jobs::steps::{UNLIMITED, apply, assigned, done, draft, each, outcome, published, text},
    support::{Client, TestApp},
};

/// The jobs that a viewer finds on each way to them; all ways must agree.
async fn found(client: &Client, owner: &Client, jobs: &[String]) -> Vec<usize> {
    let ids = json!({ "ids": jobs });
    let data = client.data("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids).await;
    let by_id: Vec<usize> = (0..jobs.len()).filter(|&at| !data["nodes"][at].is_null()).collect();
    let listed = |nodes: &Value| {
        let ids: Vec<String> = each(nodes, "id").iter().map(text).collect();
        (0..jobs.len()).filter(|&at| ids.contains(&jobs[at])).collect::<Vec<_>>()
    };
    let data = client.data("{ jobs(first: 100) { nodes { id } totalCount } }", json!({})).await;
    assert_eq!(listed(&data["jobs"]["nodes"]), by_id);
    assert_eq!(data["jobs"]["totalCount"], by_id.len());
    for (at, id) in jobs.iter().enumerate() {
        let query = "query($id: ID!) { job(by: {id: $id}) { owner {
            jobs(first: 100) { nodes { id } totalCount } } } }";
        let data = client.data(query, json!({ "id": id })).await;
        assert_eq!(data["job"].is_null(), !by_id.contains(&at), "{id}");
        if !data["job"].is_null() {
            let of_owner = &data["job"]["owner"]["jobs"];
            assert_eq!(listed(&of_owner["nodes"]), by_id, "as jobs of {}", owner.user_id());
            assert_eq!(of_owner["totalCount"], by_id.len());
        }
    }
    by_id
}

#[tokio::test]
async fn each_way_to_a_job_shows_the_same_jobs_to_the_same_people() {
    let (app, anon) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let (cat, dan) = (app.member("cat").await, app.member("dan").await);
    let rejected = published(&ann).await;
    apply(&cat, &rejected).await;
    done(&ann, "acceptApplication", &apply(&ben, &rejected).await).await;
    let completed = assigned(&ann, &ben).await;
    done(&ben, "startJob", &completed).await;
    done(&ann, "completeJob", &completed).await;
    let cancelled = published(&ann).await;
    done(&cat, "withdrawApplication", &apply(&cat, &cancelled).await).await;
    done(&ann, "cancelJob", &cancelled).await;
    let jobs = [draft(&ann).await, published(&ann).await, rejected, completed, cancelled];
    for (client, visible) in [
        (&anon, vec![1]),
        (&dan, vec![1]),
        (&cat, vec![1, 2, 4]),
        (&ben, vec![1, 2, 3]),
        (&ann, vec![0, 1, 2, 3, 4]),
        (&app.admin("zoe").await, vec![0, 1, 2, 3, 4]),
        (&app.key(&ann, &[Scope::JobsRead]).await, vec![0, 1, 2, 3, 4]),
        (&app.key(&cat, &[Scope::JobsRead]).await, vec![1, 2, 4]),
        (&app.key(&dan, &[Scope::JobsRead]).await, vec![1]),
    ] {
        assert_eq!(found(client, &ann, &jobs).await, visible, "{:?}", client.proof());
    }
}

#[tokio::test]
async fn the_timeline_is_for_owner_assignee_and_administrators() {
    let (app, anon) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let (cat, dan) = (app.member("cat").await, app.member("dan").await);
    let job = published(&ann).await;
    apply(&cat, &job).await;
    let application = apply(&ben, &job).await;
    let told = async |client: &Client| {
        let query = "query($id: ID!) { job(by: {id: $id}) { events { nodes { kind } } } }";
        !client.data(query, json!({ "id": job })).await["job"]["events"].is_null()
    };
    for client in [&anon, &dan, &cat, &ben] {
        assert!(!told(client).await, "{:?}", client.proof());
    }
    done(&ann, "acceptApplication", &application).await;
    let key = app.key(&ann, &[Scope::JobsRead]).await;
    for client in [&ann, &ben, &app.admin("zoe").await, &key] {
        assert!(told(client).await, "{:?}", client.proof());
    }
    assert!(!told(&cat).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn people_who_ask_at_the_same_time_each_get_their_own_view() {
    let (app, anon) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let (dan, key) = (app.member("dan").await, app.key(&ann, &[Scope::JobsRead]).await);
    let (hidden, given) = (draft(&ann).await, assigned(&ann, &ben).await);
    let query = "query($hidden: ID!, $given: ID!) {
        hidden: job(by: {id: $hidden}) { owner { email } }
        given: job(by: {id: $given}) { owner { email } address } }";
    let variables = json!({ "hidden": hidden, "given": given });
    let viewers = [&anon, &dan, &ben, &ann, &key];
    let ask = async |client: &Client| client.gql(query, variables.clone()).await.text;
    let mut alone = Vec::new();
    for client in viewers {
        alone.push(ask(client).await);
    }
    for _ in 0..10 {
        assert_eq!(join_all(viewers.map(ask)).await, alone);
    }
}

#[tokio::test]
async fn rest_and_graphql_decide_alike() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let (cat, dan) = (app.member("cat").await, app.member("dan").await);
    let given = published(&ann).await;
    apply(&cat, &given).await;
    done(&ann, "acceptApplication", &apply(&ben, &given).await).await;
    let jobs = [draft(&ann).await, published(&ann).await, given, "job_999999".into()];
    for owner in [&dan, &cat, &ben, &ann] {
        for scopes in [&[Scope::JobsRead][..], &[Scope::JobsWrite], Scope::ALL] {
            let key = app.key(owner, scopes).await;
            for job in &jobs {
                let path = format!("/api/jobs/{}", job.trim_start_matches("job_"));
                let query = "query($id: ID!) { job(by: {id: $id}) { id } }";
                let graphql = match outcome(&key.gql(query, json!({ "id": job })).await).as_str() {
                    "null" => "NOT_FOUND".to_owned(),
                    other => other.to_owned(),
                };
                let rest = key.get(&path).await;
                let rest = if rest.status == 200 { "ok".into() } else { code(&rest) };
                assert_eq!(rest, graphql, "GET {path} with {scopes:?}");

                let rest = key.patch(&path, json!({ "estimatedAmount": 1 })).await;
                let rest = if rest.status == 200 { "ok".into() } else { code(&rest) };
                let mutation = "mutation($id: ID!) {
                    updateJob(input: {id: $id, estimatedAmount: 1}) { job { id } } }";
                let graphql = outcome(&key.gql(mutation, json!({ "id": job })).await);
                assert_eq!(rest, graphql, "PATCH {path} with {scopes:?}");
            }
        }
    }
}

fn code(reply: &crate::support::Reply) -> String {
    text(&reply.json()["error"]["code"])
}
