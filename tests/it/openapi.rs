//! The description of the REST API.

use std::collections::BTreeSet;

use find_helper::rest::openapi;
use serde_json::Value;

use crate::support::{TestApp, config::config};

fn description() -> Value {
    serde_json::from_str(&openapi::json(&config(&[])).unwrap()).unwrap()
}

/// Every value below this one, with itself.
fn values(value: &Value) -> Vec<&Value> {
    let below: Vec<&Value> = match value {
        Value::Array(items) => items.iter().collect(),
        Value::Object(members) => members.values().collect(),
        _ => Vec::new(),
    };
    std::iter::once(value).chain(below.into_iter().flat_map(values)).collect()
}

#[test]
fn the_checked_in_description_is_what_the_program_prints() {
    let printed = openapi::json(&config(&[])).unwrap();
    let checked_in = include_str!("../../docs/openapi.json");
    assert!(printed == checked_in, "run: find-helper openapi > docs/openapi.json");
}

#[test]
fn every_reference_leads_to_a_part_of_the_description() {
    let description = description();
    let references = values(&description).into_iter().filter_map(|value| value.get("$ref"));
    for reference in references {
        let pointer = reference.as_str().unwrap().strip_prefix('#').unwrap();
        assert!(description.pointer(pointer).is_some(), "{pointer}");
    }
}

#[test]
fn every_shared_part_is_referred_to() {
    let description = description();
    let references = values(&description).into_iter().filter_map(|value| value.get("$ref"));
    let references: BTreeSet<&str> = references.map(|value| value.as_str().unwrap()).collect();
    for (kind, parts) in description["components"].as_object().unwrap() {
        for name in parts.as_object().unwrap().keys().filter(|_| kind != "securitySchemes") {
            assert!(references.contains(format!("#/components/{kind}/{name}").as_str()), "{name}");
        }
    }
}

#[test]
fn operations_can_be_told_apart_by_their_ids() {
    let description = description();
    let items = description["paths"].as_object().unwrap().values();
    let operations: Vec<&Value> =
        items.flat_map(|item| item.as_object().unwrap().values()).collect();
    let ids: BTreeSet<&str> =
        operations.iter().map(|operation| operation["operationId"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), operations.len(), "{ids:?}");
}

#[test]
fn clients_are_sent_to_the_public_address() {
    let config = config(&["--public-url=https://example.org/gateway/".to_owned()]);
    let description: Value = serde_json::from_str(&openapi::json(&config).unwrap()).unwrap();
    assert_eq!(description["servers"][0]["url"], "https://example.org/gateway");
}

#[test]
fn f20_every_body_is_one_object_whose_members_generators_can_type() {
    let description = description();
    let bodies = description["components"]["requestBodies"].as_object().unwrap();
    for (name, body) in bodies {
        let schema = &body["content"]["application/json"]["schema"];
        assert_eq!(schema["type"], "object", "{name}");
        for keyword in ["anyOf", "oneOf", "allOf", "not", "if"] {
            assert!(schema.get(keyword).is_none(), "{name} has {keyword}");
        }
        let properties = schema["properties"].as_object().unwrap();
        assert!(properties.values().all(|it| it.get("type").is_some()), "{name}: {properties:?}");
    }
    let schema = &bodies["Register"]["content"]["application/json"]["schema"];
    let names: BTreeSet<&str> =
        schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, BTreeSet::from(["email", "fullName", "name", "password", "phone"]));
    assert_eq!(schema["required"], serde_json::json!(["email", "password"]));
    let words = schema["description"].as_str().unwrap();
    assert!(words.contains("`name`") && words.contains("`fullName`"), "{words}");
    assert_eq!(bodies["Register"]["required"], true);
}

#[tokio::test]
async fn f21_a_parameter_may_be_empty_exactly_where_the_description_says_so() {
    let (app, _) = TestApp::new().await;
    let client = app.machine("ann").await;
    let description = description();
    let mut seen = BTreeSet::new();
    for (path, item) in description["paths"].as_object().unwrap() {
        let none = Vec::new();
        for parameter in item["get"]["parameters"].as_array().unwrap_or(&none) {
            if parameter["in"] != "query" {
                continue;
            }
            let name = parameter["name"].as_str().unwrap();
            let may_be_empty = parameter.get("allowEmptyValue") == Some(&Value::Bool(true));
            let reply = client.get(&format!("{path}?{name}=")).await;
            let expected = if may_be_empty { 200 } else { 400 };
            assert_eq!(reply.status, expected, "{path}?{name}=: {}", reply.text);
            seen.insert(name.to_owned());
        }
    }
    let all = "city cursor district jobType limit maxAmount minAmount q scheduledBefore scheduledFrom status token";
    assert_eq!(seen, all.split(' ').map(str::to_owned).collect());
}
