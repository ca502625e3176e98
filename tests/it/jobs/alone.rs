//! A field is read alone as it is among all others, on every way to its object.

use apollo_compiler::{Schema, schema::ExtendedType};
use find_helper::graphql::sdl;
use serde_json::{Value, json};

use crate::{
    jobs::steps::{UNLIMITED, apply, done, post},
    support::{Client, TestApp},
};

/// The fields of a type, each as it is selected.
fn selections(kind: &str) -> Vec<String> {
    let schema = Schema::parse_and_validate(sdl(), "schema.graphql").unwrap();
    let selected = |(name, of): (&str, &str)| match schema.types.get(of) {
        Some(ExtendedType::Object(_)) if of.ends_with("Connection") => {
            format!("{name}(first: 1) {{ pageInfo {{ endCursor }} }}")
        }
        Some(ExtendedType::Object(object)) if object.fields.contains_key("id") => {
            format!("{name} {{ id }}")
        }
        Some(ExtendedType::Object(_)) if of == "JobHighlights" => {
            format!("{name}(search: \"三房\") {{ description {{ text isMatch }} }}")
        }
        Some(ExtendedType::Object(_)) => format!("{name} {{ __typename }}"),
        _ => name.to_owned(),
    };
    let fields = schema.get_object(kind).unwrap().fields.values();
    let fields = fields.map(|field| (field.name.as_str(), field.ty.inner_named_type().as_str()));
    fields.chain([("__typename", "String")]).map(selected).collect()
}

/// The data of an answer; an administrator may not see all of it.
async fn asked(client: &Client, document: &str) -> Value {
    client.gql(document, json!({})).await.json()["data"].take()
}

#[tokio::test]
async fn every_field_of_a_job_and_its_owner_is_the_same_alone_as_among_all_others() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, ben, admin) =
        (app.member("ann").await, app.member("ben").await, app.admin("zoe").await);
    let job = json!({
        "description": "三房兩廳", "scheduledAt": "2027-03-01T01:00:00Z",
        "expiresAt": "2027-02-01T01:00:00Z",
    });
    let job = post(&ann, job).await;
    done(&ann, "acceptApplication", &apply(&ben, &job).await).await;
    let owner = format!("user_{}", ann.user_id());
    let node =
        |selected: &str| format!("{{ it: node(id: \"{job}\") {{ ... on Job {{ {selected} }} }} }}");
    let ways = [
        ("/it", format!("it: job(by: {{id: \"{job}\"}}) {{ * }}")),
        ("/jobs/nodes/0", "jobs(first: 1) { nodes { * } }".to_owned()),
        ("/jobs/edges/0/node", "jobs(first: 1) { edges { node { * } } }".to_owned()),
        ("/of/jobs/nodes/0", format!("of: user(id: \"{owner}\") {{ jobs {{ nodes {{ * }} }} }}")),
        (
            "/jobs/nodes/0/owner/jobs/nodes/0",
            "jobs(first: 1) { nodes { owner { jobs { nodes { * } } } } }".to_owned(),
        ),
    ];
    let mut wrong = Vec::new();
    let owners = selections("User").into_iter().map(|field| format!("owner {{ {field} }}"));
    for selected in selections("Job").into_iter().chain(owners) {
        let whole = asked(&admin, &node(&selected)).await["it"].clone();
        for (place, way) in &ways {
            let document = format!("{{ {} }}", way.replace('*', &selected));
            let alone = asked(&admin, &document).await;
            if alone.pointer(place) != Some(&whole) {
                wrong.push(format!("{document}: {alone}, not {whole}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let fragment = "{ jobs { nodes { id ...J } } } fragment J on Job { address }";
    let found = admin.data(fragment, json!({})).await;
    assert_eq!(found["jobs"]["nodes"][0]["address"], "台北市信義區信義路五段7號");
}
