//! Who is told the street address of a job.

use find_helper::domain::viewer::Scope;
use serde_json::{Value, json};

use crate::{
    jobs::steps::{UNLIMITED, apply, done, published},
    support::{Client, TestApp},
};

const STREET: &str = "信義路五段7號";

/// The job by every way through the schema that a viewer may have.
const WAYS: &str = "query($job: ID!, $owner: ID!, $signedIn: Boolean!) {
    job(by: {id: $job}) { address owner @include(if: $signedIn) { jobs { nodes { address } } } }
    node(id: $job) { ... on Job { address } }
    nodes(ids: [$job]) { ... on Job { address } }
    jobs(filter: {owner: $owner}) { nodes { address } edges { node { address } } }
    withOwners: jobs(filter: {owner: $owner}) { nodes { address owner { id } } }
    viewer @include(if: $signedIn) { applications { nodes { job { address } } } }
    user(id: $owner) @include(if: $signedIn) { jobs { nodes { address } } } }";

/// Every value of a member of this name, however deep.
fn found(value: &Value, name: &str, all: &mut Vec<Value>) {
    match value {
        Value::Object(members) => {
            all.extend(members.get(name).cloned());
            members.values().for_each(|member| found(member, name, all));
        }
        Value::Array(items) => items.iter().for_each(|item| found(item, name, all)),
        _ => {}
    }
}

/// Whether the viewer is told the address: the same whichever way they ask.
async fn is_told(client: &Client, job: &str, owner: &Client) -> bool {
    let signed_in = matches!(client.proof(), crate::support::client::Proof::Bearer(_));
    let owner = format!("user_{}", owner.user_id());
    let variables = json!({ "job": job, "owner": owner, "signedIn": signed_in });
    let mut told = Vec::new();
    found(&client.data(WAYS, variables).await, "address", &mut told);
    assert!(told.len() >= 5, "{told:?}");
    let is_told = |address: &Value| address.as_str().is_some_and(|text| text.contains(STREET));
    assert!(told.iter().all(|one| is_told(one) == is_told(&told[0])), "{told:?}");
    is_told(&told[0])
}

#[tokio::test]
async fn p05_the_street_address_is_for_owner_assignee_and_administrators_on_every_way() {
    let (app, anon) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let (cat, dan) = (app.member("cat").await, app.member("dan").await);
    let admin = app.admin("zoe").await;
    let key_of = async |member: &Client| app.key(member, &[Scope::JobsRead]).await;
    let keys = [key_of(&ann).await, key_of(&dan).await, key_of(&admin).await];
    let job = published(&ann).await;
    let application = apply(&ben, &job).await;
    apply(&cat, &job).await;
    for client in [&anon, &dan, &ben, &cat, &keys[1], &keys[2]] {
        assert!(!is_told(client, &job, &ann).await, "{:?}", client.proof());
    }
    for client in [&ann, &keys[0], &admin] {
        assert!(is_told(client, &job, &ann).await, "{:?}", client.proof());
    }
    done(&ann, "acceptApplication", &application).await;
    assert!(is_told(&cat, &job, &ann).await.eq(&false), "who was rejected still sees the job");
    assert!(is_told(&ben, &job, &ann).await, "who got it is told where");
}

#[tokio::test]
async fn p05_rest_keeps_the_field_and_tells_it_to_the_owners_key_only() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, dan) = (app.member("ann").await, app.member("dan").await);
    published(&ann).await;
    for (owner, told) in [(&ann, json!(format!("台北市信義區{STREET}"))), (&dan, Value::Null)]
    {
        let key = app.key(owner, &[Scope::JobsRead]).await;
        for path in ["/api/jobs", "/api/jobs/1"] {
            let reply = key.get(path).await;
            let data = &reply.json()["data"];
            let job = if path == "/api/jobs" { &data[0] } else { data };
            assert_eq!(job.get("address"), Some(&told), "{path}: {}", reply.text);
        }
    }
}

#[tokio::test]
async fn p05_neither_export_nor_timeline_nor_mail_nor_the_audit_log_repeats_the_address() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben, admin) =
        (app.member("ann").await, app.member("ben").await, app.admin("zoe").await);
    let job = published(&ann).await;
    apply(&ben, &job).await;
    let update = "mutation($id: ID!) {
        updateJob(input: {id: $id, address: \"松仁路7號\"}) { job { address events { nodes {
            kind changedFields } } } } }";
    let own = ann.data(update, json!({ "id": job })).await;
    assert_eq!(own["updateJob"]["job"]["address"], "松仁路7號", "the owner reads what they wrote");
    let export = ben.gql("mutation { exportData { data } }", json!({})).await.text;
    assert!(export.contains(&job), "{export}");
    let log = admin.gql("{ auditEvents { nodes { kind detail } } }", json!({})).await.text;
    app.send_mails().await;
    let mails = app.mails().into_iter().map(|mail| mail.text + &mail.html);
    let events = own["updateJob"]["job"]["events"].to_string();
    for text in mails.chain([export, log, events]) {
        assert!(!text.contains(STREET) && !text.contains("松仁路"), "{text}");
    }
}
