//! Lists that are written as JSON at once are what the engine would have made of them.

use apollo_compiler::{Schema, schema::ExtendedType};
use find_helper::{domain::viewer::Scope, graphql::sdl};
use serde_json::{Value, json};

use crate::{
    jobs::steps::{UNLIMITED, apply, assigned, published},
    support::{Client, TestApp},
};

/// All fields of a type that have no fields themselves, and need no arguments.
fn leaves(kind: &str) -> String {
    let schema = Schema::parse_and_validate(sdl(), "schema.graphql").unwrap();
    let fields = schema.get_object(kind).unwrap().fields.values();
    let leaves = fields.filter(|field| {
        let of = schema.types.get(field.ty.inner_named_type());
        let is_leaf = !matches!(of, Some(ExtendedType::Object(_)));
        is_leaf && field.arguments.is_empty() && field.name != "recoveryCodesLeft"
    });
    let names = leaves.map(|field| field.name.to_string());
    names.chain(["__typename".to_owned()]).collect::<Vec<_>>().join(" ")
}

/// The data of a page, written at once; and by the engine, which merges what is selected twice.
async fn both(client: &Client, around: &str, list: &str, kind: &str) -> (Value, Value) {
    let leaves = leaves(kind);
    let page = format!(
        "{list}(first: 3) {{ edges {{ cursor node {{ {leaves} }} }} nodes {{ {leaves} }} # }}"
    );
    let page = around.replace('*', &page);
    let twice = "nodes @include(if: true) { __typename } edges @skip(if: false) { cursor }";
    let (once, twice) = (page.replace('#', ""), page.replace('#', twice));
    (client.data(&once, json!({})).await, client.data(&twice, json!({})).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_the_same_written_at_once_as_resolved_by_the_engine() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben, admin) =
        (app.member("ann").await, app.member("ben").await, app.admin("zoe").await);
    let job = assigned(&ann, &ben).await;
    apply(&ben, &published(&ann).await).await;
    app.key(&ann, Scope::ALL).await;
    let (of_job, own) = (format!("{{ job(by: {{id: \"{job}\"}}) {{ * }} }}"), "{ viewer { * } }");
    for (client, around, list, kind) in [
        (&ann, "{ * }", "jobs", "Job"),
        (&admin, "{ * }", "users", "User"),
        (&admin, "{ * }", "auditEvents", "AuditEvent"),
        (&ann, "{ * }", "apiKeys", "ApiKey"),
        (&ann, own, "sessions", "Session"),
        (&ben, own, "applications", "Application"),
        (&ann, &of_job, "events", "JobEvent"),
    ] {
        let (written, resolved) = both(client, around, list, kind).await;
        assert_eq!(written, resolved, "{list}");
        assert!(written.to_string().contains(&format!("\"__typename\":\"{kind}\"")), "{written}");
    }
}

#[tokio::test]
async fn what_is_selected_twice_under_conditions_is_merged() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    published(&ann).await;
    let document = "query($yes: Boolean!) { jobs { nodes @include(if: $yes) { title } }
        jobs @include(if: $yes) { nodes { city title @skip(if: $yes) } } }";
    let data = ann.data(document, json!({ "yes": true })).await;
    assert_eq!(data["jobs"]["nodes"][0], json!({ "title": "居家清潔", "city": "台北市" }));
}
