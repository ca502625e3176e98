//! What is asked of many things at once takes as many statements as of one, or costs each of them.

use std::collections::BTreeMap;

use apollo_compiler::{
    Schema,
    schema::{ExtendedType, FieldDefinition},
    validation::Valid,
};
use find_helper::{domain::viewer::Scope, graphql::sdl};
use serde_json::{Value, json};

use crate::{
    jobs::{
        reviews::{completed, report, reviewed},
        steps::{UNLIMITED, apply, assigned, each, outcome, text},
    },
    support::{Client, TestApp},
};

/// The least that a statement of its own costs: `LOOK` in `graphql/schema/prices.rs`.
const STATEMENT: u64 = 10;

/// Three things of each type that has an id, and who sees them.
async fn world(app: &TestApp) -> BTreeMap<&'static str, (Client, Vec<String>)> {
    let (ann, admin) = (app.member("ann").await, app.admin("zoe").await);
    let (mut jobs, mut applications, mut users) = (Vec::new(), Vec::new(), Vec::new());
    let mut reviews = Vec::new();
    for name in ["ben", "cat", "dan"] {
        let worker = app.member(name).await;
        jobs.push(assigned(&ann, &worker).await);
        let other = crate::jobs::steps::published(&ann).await;
        applications.push(apply(&worker, &other).await);
        users.push(format!("user_{}", worker.user_id()));
        let review = reviewed(&worker, &completed(&ann, &worker).await, 5, "").await;
        app.execute("UPDATE reviews SET visible_at = created_at").await;
        assert_eq!(outcome(&report(&ann, &review).await), "ok");
        reviews.push(review);
        app.key(&ann, Scope::ALL).await;
        app.signed_in("ann@example.com").await;
    }
    let listed = async |client: &Client, list: &str| {
        let query = format!("{{ viewer {{ id }} {list}(first: 3) {{ nodes {{ id }} }} }}");
        ids(&client.data(&query, json!({})).await[list])
    };
    // Only these have a reason to load.
    app.execute("UPDATE applications SET status = 'released' WHERE status = 'pending'").await;
    let sessions = "{ viewer { sessions(first: 3) { nodes { id } } } }";
    let sessions = ids(&ann.data(sessions, json!({})).await["viewer"]["sessions"]);
    app.tell().await;
    // Of applications, since others have none to load.
    let told = "{ viewer { notices(first: 100) { nodes { id application { id } } } } }";
    let told = ann.data(told, json!({})).await["viewer"]["notices"]["nodes"].clone();
    let told = told.as_array().unwrap().iter().filter(|it| !it["application"].is_null());
    let notices = told.take(3).map(|it| text(&it["id"])).collect();
    let (keys, events) = (listed(&ann, "apiKeys").await, listed(&admin, "auditEvents").await);
    BTreeMap::from([
        ("ApiKey", (ann.clone(), keys)),
        ("Application", (ann.clone(), applications)),
        ("AuditEvent", (admin.clone(), events)),
        ("Job", (ann.clone(), jobs)),
        ("Notice", (ann.clone(), notices)),
        ("Review", (admin.clone(), reviews)),
        ("ReviewReport", (admin.clone(), (1..=3).map(|n| format!("report_{n}")).collect())),
        ("Session", (ann, sessions)),
        ("User", (admin, users)),
    ])
}

fn ids(connection: &Value) -> Vec<String> {
    each(&connection["nodes"], "id").iter().map(text).collect()
}

/// The field as it is selected, with a page of one row where it is a list.
fn selected(schema: &Valid<Schema>, field: &FieldDefinition) -> String {
    let (name, of) = (&field.name, field.ty.inner_named_type());
    match schema.types.get(of) {
        Some(ExtendedType::Object(_)) if of.ends_with("Connection") => {
            format!("{name}(first: 1) {{ pageInfo {{ hasNextPage }} }}")
        }
        Some(ExtendedType::Object(_)) if field.argument_by_name("search").is_some() => {
            format!("{name}(search: \"x\") {{ __typename }}")
        }
        Some(ExtendedType::Object(_)) => format!("{name} {{ __typename }}"),
        _ => name.to_string(),
    }
}

/// What it takes to ask this of things: statements and points.
async fn asked(app: &TestApp, client: &Client, document: &str, ids: &[String]) -> (u32, u64) {
    let (mut cost, variables) = (0, json!({ "ids": ids }));
    let statements = app.statements(async {
        let reply = client.gql(document, variables).await;
        let errors = reply.json()["errors"].as_array().cloned().unwrap_or_default();
        // What an administrator may not know of others takes nothing.
        let is_hidden = |error: &Value| error["extensions"]["code"] == "FORBIDDEN";
        assert!(errors.iter().all(is_hidden), "{document}: {}", reply.text);
        cost = reply.cost.as_ref().unwrap()["cost"].as_u64().unwrap();
    });
    (statements.await, cost)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_field_is_loaded_for_all_things_together_or_costs_a_statement_each() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (world, mut wrong) = (world(&app).await, Vec::new());
    let schema = Schema::parse_and_validate(sdl(), "schema.graphql").unwrap();
    for kind in &schema.implementers_map()["Node"].objects {
        let (client, ids) =
            world.get(kind.as_str()).unwrap_or_else(|| panic!("{kind}: make three of them here"));
        assert_eq!(ids.len(), 3, "{kind}");
        let document = |field: &str| {
            format!("query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {kind} {{ {field} }} }} }}")
        };
        let alone = document("__typename");
        let (one, three) =
            (asked(&app, client, &alone, &ids[..1]).await, asked(&app, client, &alone, ids).await);
        for field in schema.get_object(kind).unwrap().fields.values() {
            let with = document(&selected(&schema, field));
            let of_one = asked(&app, client, &with, &ids[..1]).await.0 - one.0;
            let of_three = asked(&app, client, &with, ids).await;
            let (of_three, price) = (of_three.0 - three.0, (of_three.1 - three.1) / 3);
            if of_three > of_one && price < STATEMENT {
                wrong.push(format!(
                    "{kind}.{}: {of_one} statements for one, {of_three} for three, {price} points: \
                     add a loader to graphql/engine/loaders.rs, or price it as a statement",
                    field.name
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
