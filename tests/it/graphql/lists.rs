//! Who sees what of the lists below a job and below its owner.

use find_helper::id::GlobalId;
use serde_json::json;

use super::{page::connections, viewers::Market};
use crate::{
    jobs::{
        reviews::{completed, reviewed},
        steps::text,
    },
    support::{Client, TestApp},
};

/// How many entries each viewer is shown, or the code of the refusal.
#[rustfmt::skip]
const SHOWN: [(&str, [&str; 8]); 8] = [
    //                     anonymous       stranger     applicant    owner assignee     admin        reader       writer
    ("Job.applications",   ["null",         "null",      "1",         "2",  "1",         "2",         "2",         "FORBIDDEN"]),
    ("Job.events",         ["null",         "null",      "null",      "6",  "6",         "6",         "6",         "FORBIDDEN"]),
    ("User.applications",  ["UNAUTHORIZED", "FORBIDDEN", "FORBIDDEN", "0",  "FORBIDDEN", "0",         "FORBIDDEN", "FORBIDDEN"]),
    ("User.auditEvents",   ["UNAUTHORIZED", "FORBIDDEN", "FORBIDDEN", "3",  "FORBIDDEN", "3",         "FORBIDDEN", "FORBIDDEN"]),
    ("User.jobs",          ["UNAUTHORIZED", "0",         "1",         "2",  "2",         "2",         "2",         "FORBIDDEN"]),
    ("User.notices",       ["UNAUTHORIZED", "FORBIDDEN", "FORBIDDEN", "4",  "FORBIDDEN", "FORBIDDEN", "FORBIDDEN", "FORBIDDEN"]),
    ("User.reviews",       ["UNAUTHORIZED", "0",         "0",         "0",  "1",         "1",         "0",         "FORBIDDEN"]),
    ("User.sessions",      ["UNAUTHORIZED", "FORBIDDEN", "FORBIDDEN", "1",  "FORBIDDEN", "FORBIDDEN", "FORBIDDEN", "FORBIDDEN"]),
];

async fn shown(client: &Client, field: &str, id: &str) -> String {
    let (kind, list) = field.split_once('.').unwrap();
    let query = format!(
        "query($id: ID!) {{ node(id: $id) {{ ... on {kind} {{ {list} {{ edges {{ cursor }} }} }} }} }}"
    );
    let answer = client.gql(&query, json!({ "id": id })).await.json();
    if let Some(error) = answer.get("errors") {
        return text(&error[0]["extensions"]["code"]);
    }
    match answer["data"]["node"][list]["edges"].as_array() {
        Some(edges) => edges.len().to_string(),
        None => "null".into(),
    }
}

#[tokio::test]
async fn each_viewer_is_shown_as_much_of_a_list_as_the_table_says() {
    let (app, _) = TestApp::new().await;
    let market = Market::new(&app).await;
    let assignee = &market.clients[4];
    reviewed(assignee, &completed(&market.owner, assignee).await, 5, "").await;
    app.tell().await;
    let owner = GlobalId::User(market.owner.user_id()).to_string();
    let mut wrong = Vec::new();
    for (field, row) in SHOWN {
        let id = if field.starts_with("Job.") { &market.job } else { &owner };
        for ((viewer, client), expected) in market.viewers().zip(row) {
            let found = shown(client, field, id).await;
            if found != expected {
                wrong.push(format!("{field} to {viewer}: {found}, not {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_list_below_a_thing_is_in_the_table() {
    let nested = connections().into_iter().filter(|field| !field.starts_with("Query."));
    let missing: Vec<_> =
        nested.filter(|field| !SHOWN.iter().any(|(shown, _)| shown == field)).collect();
    assert!(missing.is_empty(), "{missing:?}: who is shown how much of it? SHOWN has to say it");
}
