//! The steps that stories are made of.

use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use crate::support::{Client, Reply};

/// No limit is in the way of tests that ask often.
pub(crate) const UNLIMITED: &[&str] = &[
    "--limit-graphql-per-minute=100000",
    "--limit-key-per-minute=100000",
    "--limit-login-per-minute=100000",
];

/// A job to post, published at once; `changes` replaces members.
pub(crate) fn job_with(changes: &Value) -> Value {
    let mut job = json!({
        "title": "居家清潔",
        "jobType": "cleaning",
        "city": "台北市",
        "address": "台北市信義區信義路五段7號",
        "estimatedAmount": 3000,
        "publish": true,
    });
    for (name, value) in changes.as_object().unwrap() {
        job[name] = value.clone();
    }
    job
}

/// Posts a job; its global id.
pub(crate) async fn post(owner: &Client, changes: Value) -> String {
    let mutation = "mutation($input: CreateJobInput!) { createJob(input: $input) { job { id } } }";
    let data = owner.data(mutation, json!({ "input": job_with(&changes) })).await;
    text(&data["createJob"]["job"]["id"])
}

pub(crate) async fn published(owner: &Client) -> String {
    post(owner, json!({})).await
}

pub(crate) async fn draft(owner: &Client) -> String {
    post(owner, json!({ "publish": false })).await
}

pub(crate) async fn try_to_apply(applicant: &Client, job: &str) -> Reply {
    let mutation =
        "mutation($job: ID!) { applyToJob(input: {jobId: $job}) { application { id } } }";
    applicant.gql(mutation, json!({ "job": job })).await
}

/// Applies to a job; the global id of the application.
pub(crate) async fn apply(applicant: &Client, job: &str) -> String {
    let reply = try_to_apply(applicant, job).await;
    assert_eq!(outcome(&reply), "ok", "{}", reply.text);
    text(&reply.json()["data"]["applyToJob"]["application"]["id"])
}

/// A published job that the owner has given to the worker.
pub(crate) async fn assigned(owner: &Client, worker: &Client) -> String {
    let job = published(owner).await;
    done(owner, "acceptApplication", &apply(worker, &job).await).await;
    job
}

/// A mutation whose input is one id.
pub(crate) async fn act(client: &Client, mutation: &str, id: &str) -> Reply {
    let document =
        format!("mutation($id: ID!) {{ {mutation}(input: {{id: $id}}) {{ __typename }} }}");
    client.gql(&document, json!({ "id": id })).await
}

/// A mutation whose input is a job and perhaps more, such as a reason.
pub(crate) async fn act_on(client: &Client, mutation: &str, job: &str, more: &str) -> Reply {
    let document = format!(
        "mutation($id: ID!) {{ {mutation}(input: {{jobId: $id{more}}}) {{ __typename }} }}"
    );
    client.gql(&document, json!({ "id": job })).await
}

/// The same where it must succeed.
pub(crate) async fn done_on(client: &Client, mutation: &str, job: &str, more: &str) {
    let reply = act_on(client, mutation, job, more).await;
    assert_eq!(outcome(&reply), "ok", "{mutation} {job}: {}", reply.text);
}

/// A reason to step back, to dispute or to decide.
pub(crate) const BECAUSE: &str = ", reason: \"因為\"";

pub(crate) async fn dispute(client: &Client, job: &str) {
    done_on(client, "disputeJob", job, BECAUSE).await;
}

/// A mutation whose input is one id, where it must succeed.
pub(crate) async fn done(client: &Client, mutation: &str, id: &str) {
    let reply = act(client, mutation, id).await;
    assert_eq!(outcome(&reply), "ok", "{mutation} {id}: {}", reply.text);
}

/// The code of the first error; `null` if there is none and no root field has a value; else `ok`.
pub(crate) fn outcome(reply: &Reply) -> String {
    let json = reply.json();
    if let Some(code) = json["errors"][0]["extensions"]["code"].as_str() {
        return code.to_owned();
    }
    let nothing = |value: &Value| value.is_null() || *value == json!([null]);
    let data = json["data"].as_object().unwrap_or_else(|| panic!("no data: {json}"));
    if data.values().all(nothing) { "null".into() } else { "ok".into() }
}

/// All of an answer that could tell one refusal from another.
pub(crate) fn whole(mut reply: Reply) -> (StatusCode, HeaderMap, String) {
    reply.headers.remove("x-request-id");
    (reply.status, reply.headers, reply.text)
}

/// The message of the first error.
pub(crate) fn message(reply: &Reply) -> String {
    text(&reply.json()["errors"][0]["message"])
}

/// The input fields that a refused input is about.
pub(crate) fn fields(reply: &Reply) -> Vec<String> {
    let json = reply.json();
    let error = &json["errors"][0]["extensions"];
    assert_eq!(error["code"], "INVALID_REQUEST", "{json}");
    error["fields"].as_array().unwrap().iter().map(|field| text(&field["path"])).collect()
}

/// The state of a job or an application.
pub(crate) async fn state(client: &Client, id: &str) -> String {
    let query = "query($id: ID!) { node(id: $id) {
        ... on Job { job: status } ... on Application { application: status } } }";
    let data = client.data(query, json!({ "id": id })).await;
    let node = data["node"].as_object().unwrap_or_else(|| panic!("{id} is not seen"));
    text(node.values().next().unwrap())
}

/// How often each outcome came, such as `["CONFLICT", "ok"]`.
pub(crate) fn sorted_outcomes(replies: &[Reply]) -> Vec<String> {
    let mut outcomes: Vec<String> = replies.iter().map(outcome).collect();
    outcomes.sort();
    outcomes
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not text: {value}")).to_owned()
}

/// The member of each node of a list.
pub(crate) fn each(nodes: &Value, member: &str) -> Vec<Value> {
    nodes.as_array().unwrap().iter().map(|node| node[member].clone()).collect()
}
