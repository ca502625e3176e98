use async_graphql::Variables;
use serde_json::{Value, json};

use super::{SDL, gate};
use crate::{
    error::{Error, Result},
    graphql::document::{Gate, GateLimits, Price},
};

fn cost_at(gate: &Gate, source: &str, variables: Value) -> Result<u64> {
    let document = gate.admit(source)?;
    let operation = document.operation(None)?;
    operation.cost(&operation.coerce(Variables::from_json(variables))?)
}

fn cost(source: &str, variables: Value) -> u64 {
    cost_at(&gate(), source, variables).expect(source)
}

#[test]
fn every_field_costs_one_and_a_page_multiplies_what_it_holds() {
    for (source, expected) in [
        ("{ me { id } }", 2),
        ("{ jobs(first: 3) { nodes { id title } totalCount } }", 1 + 3 * 4),
        ("{ jobs(last: 7) { totalCount } }", 1 + 20),
        ("{ jobs(first: 1, last: 7) { totalCount } }", 1 + 7),
        ("{ jobs { totalCount } }", 1 + 20),
        ("{ me { jobs { totalCount } } }", 2 + 10),
        ("{ node(id: 1) { ... on Job { applicants { nodes { id } } } } }", 2 + 20 * 2),
        (
            "{ jobs(first: 2) { nodes { owner { jobs(first: 3) { nodes { id } } } } } }",
            1 + 2 * (3 + 3 * 2),
        ),
    ] {
        assert_eq!(cost(source, json!({})), expected, "{source}");
    }
}

#[test]
fn what_a_list_costs_as_a_whole_is_not_multiplied_by_the_size_of_its_own_page() {
    const PRICES: &[Price] = &[Price::of_list("JobConnection.totalCount", 50)];
    let gate = Gate::new(SDL, GateLimits { prices: PRICES, ..GateLimits::default() }, |_| false);
    let gate = gate.expect("valid");
    for (source, expected) in [
        ("{ jobs { totalCount } }", 1 + 20 + 50),
        ("query($n: Int = 3) { jobs(first: $n) { ... { totalCount } nodes { id } } }", 1 + 9 + 50),
        ("{ jobs(first: 3) { nodes { owner { jobs { totalCount } } } } }", 1 + 3 * (3 + 10 + 50)),
    ] {
        assert_eq!(cost_at(&gate, source, json!({})).expect(source), expected, "{source}");
    }
}

#[test]
fn equal_fields_cost_once() {
    let source = "{ me { id } ...F me { id } } fragment F on Query { me { id name } }";
    assert_eq!(cost(source, json!({})), 3);
}

#[test]
fn the_size_of_a_page_may_be_a_variable() {
    let source = "query ($n: Int, $m: Int = 4) {
        jobs(first: $n) { nodes { applicants(first: $m) { nodes { id } } } } }";
    let expected = |n: u64, m: u64| 1 + n * (2 + m * 2);
    assert_eq!(cost(source, json!({"n": 3, "m": 5})), expected(3, 5));
    assert_eq!(cost(source, json!({"n": 3})), expected(3, 4));
    assert_eq!(cost(source, json!({})), expected(20, 4));
    assert_eq!(cost(source, json!({"n": null, "m": null})), expected(20, 20));
    let source = "query ($n: Int) { me { jobs(first: $n) { totalCount } } }";
    assert_eq!(cost(source, json!({})), 2 + 10, "the schema's default is 10");
}

#[test]
fn pages_that_the_domain_refuses_count_as_the_next_that_it_would_serve() {
    let source = "query ($n: Int) { jobs(first: $n) { totalCount } }";
    assert_eq!(cost(source, json!({"n": 101})), 101);
    assert_eq!(cost(source, json!({"n": 2_147_483_647})), 101);
    assert_eq!(cost(source, json!({"n": 0})), 2);
    assert_eq!(cost(source, json!({"n": -5})), 2);
    assert_eq!(cost("{ jobs(first: -5) { totalCount } }", json!({})), 2);
}

#[test]
fn nested_pages_of_a_hundred_exceed_the_limit() {
    let source = "query ($n: Int) {
        jobs(first: $n) { nodes { applicants(first: $n) { nodes { jobs(first: $n) { totalCount } } } } } }";
    assert!(cost_at(&gate(), source, json!({"n": 10})).is_ok());
    let error = cost_at(&gate(), source, json!({"n": 100})).expect_err("a million");
    assert!(matches!(error, Error::DocumentTooComplex { what: "cost", limit: 50_000 }));
}

#[test]
fn a_cost_beyond_every_integer_is_refused_and_not_wrapped() {
    let nested = "jobs(first: 100) { nodes { owner { ".repeat(12);
    let source = format!("{{ me {{ {nested} id {} }} }}", "} } }".repeat(12));
    let limits = GateLimits { depth: 50, nesting: 50, ..GateLimits::default() };
    let gate = Gate::new(SDL, limits, |_| false).expect("valid");
    assert!(cost_at(&gate, &source, json!({})).is_err());
}
