//! The description of the REST API.

use std::collections::BTreeSet;

use find_helper::rest::openapi;
use serde_json::Value;

use crate::support::config::config;

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
