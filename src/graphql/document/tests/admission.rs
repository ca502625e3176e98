use std::sync::Arc;

use super::{SDL, each, gate, refusal};
use crate::{
    error::{Error, ErrorCode, Malformed},
    graphql::document::{DocumentHash, Gate, GateLimits, OperationType},
};

#[test]
fn the_same_text_is_the_same_document() {
    let gate = gate();
    let first = gate.admit("{ me { id } }").expect("valid");
    let again = gate.admit("{ me { id } }").expect("valid");
    let other = gate.admit("{ me { id }  }").expect("valid");
    assert!(Arc::ptr_eq(&first, &again));
    assert!(!Arc::ptr_eq(&first, &other));
}

#[test]
fn a18_the_documents_kept_stay_within_their_bytes() {
    let limits = GateLimits { cache_bytes: 1 << 20, ..GateLimits::default() };
    let gate = Gate::new(SDL, limits, |_| false).expect("valid");
    for number in 0..1_000 {
        let fields = each(20, |field| format!("a{field}: jobs {{ totalCount }}"));
        gate.admit(&format!("{{ me {{ b{number}: id {fields} }} }}")).expect("valid");
    }
    let (documents, bytes) = gate.cache.size();
    assert!(bytes <= 1 << 20, "{bytes}");
    assert!((10..200).contains(&documents), "{documents} of more than 10 KB each");
}

#[test]
fn a_refusal_is_kept_and_weighs_little() {
    let gate = gate();
    let text = format!("{{ nope{} }}", " ".repeat(50_000));
    let first = gate.admit(&text).expect_err("no such field");
    assert_eq!(gate.admit(&text).expect_err("kept").problems(), first.problems());
    let (refusals, bytes) = gate.cache.size();
    assert!(refusals == 1 && bytes < 500, "{refusals} of {bytes} bytes");
}

#[test]
fn a18_a_hash_recalls_its_document_and_asking_for_hashes_keeps_nothing() {
    let gate = gate();
    let text = "{ me { id } }";
    let admitted = gate.admit(text).expect("valid");
    gate.admit("{ nothing }").expect_err("no such field");
    let before = gate.cache.size();
    for number in 0..1_000 {
        assert!(gate.recall(DocumentHash::of(&number.to_string())).is_none());
    }
    assert!(gate.recall(DocumentHash::of("{ nothing }")).is_none());
    assert_eq!(gate.cache.size(), before);
    let recalled = gate.recall(DocumentHash::of(text)).expect("known");
    assert!(Arc::ptr_eq(&recalled, &admitted));
}

#[test]
fn an_operation_is_found_by_its_name_or_by_being_alone() {
    let gate = gate();
    let unknown = |result: crate::error::Result<&_>| {
        matches!(result, Err(Error::Malformed(Malformed::UnknownOperation)))
    };
    let both = gate.admit(
        "query A { me { id } } mutation B { createJob(input: {title: \"t\"}) { job { id } } }",
    );
    let both = both.expect("valid");
    assert_eq!(both.operation(Some("B")).expect("B").kind, OperationType::Mutation);
    assert!(unknown(both.operation(None).map(|_| &())));
    assert!(unknown(both.operation(Some("C")).map(|_| &())));
    let alone = gate.admit("query A { me { id } }").expect("valid");
    assert_eq!(alone.operation(None).expect("A").name.as_deref(), Some("A"));
    let anonymous = gate.admit("{ me { id } }").expect("valid");
    assert!(anonymous.operation(None).is_ok());
    assert!(unknown(anonymous.operation(Some("A")).map(|_| &())));
}

#[test]
fn root_fields_are_named_without_aliases_and_through_fragments() {
    let source = "query { a: me { id } ...F ... on Query { page } }
        fragment F on Query { job(by: {id: 1}) { id } a: me { id } }";
    let document = gate().admit(source).expect("valid");
    assert_eq!(document.operation(None).expect("alone").root_fields, ["me", "job", "page"]);
}

#[test]
fn each_kind_of_refusal_has_its_code() {
    for (source, code) in [
        ("", ErrorCode::GraphqlParseFailed),
        ("# nothing", ErrorCode::GraphqlParseFailed),
        ("{ me { id }", ErrorCode::GraphqlParseFailed),
        ("{ me }", ErrorCode::GraphqlValidationFailed),
        ("type Query { a: Int }", ErrorCode::GraphqlValidationFailed),
        ("fragment F on User { id }", ErrorCode::GraphqlValidationFailed),
        ("{ me { id } } { me { id } }", ErrorCode::GraphqlValidationFailed),
        ("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", ErrorCode::QueryTooComplex),
    ] {
        assert_eq!(refusal(source).code(), code, "{source}");
    }
}

#[test]
fn a_schema_that_is_not_valid_is_refused() {
    assert!(Gate::new("type Query { a: Nowhere }", GateLimits::default(), |_| false).is_err());
    assert!(Gate::new("type Query {", GateLimits::default(), |_| false).is_err());
}

#[test]
fn one_of_needs_no_definition_in_the_schema() {
    let sdl = "type Query { a(by: By): Int } input By @oneOf { x: Int y: Int }";
    let gate = Gate::new(sdl, GateLimits::default(), |_| false).expect("valid");
    assert!(gate.admit("{ a(by: {x: 1}) }").is_ok());
    assert!(gate.admit("{ a(by: {x: 1, y: 2}) }").is_err());
}
