use super::{SDL, each, limit, problems};
use crate::graphql::document::{Gate, GateLimits};

/// What the parser and the validator alone say of fields that are unknown or not opened.
fn told_by_validator(source: &str) -> Vec<String> {
    let limits =
        GateLimits { problems: usize::MAX, root_fields: usize::MAX, ..GateLimits::default() };
    let gate = Gate::new(SDL, limits, &[]).expect("the schema is valid");
    let error = gate.admit(source).expect_err(source);
    let told = error.problems().iter().map(ToString::to_string);
    told.filter(|it| it.contains("does not have a field") || it.contains("subselection")).collect()
}

#[test]
fn a_flood_of_fields_is_told_of_as_the_validator_does() {
    let unknown = each(30, |number| format!("x{number}"));
    for source in [
        format!("{{ me {{ id {unknown} }} }}"),
        format!("query Q($a: Int = 1 @note(text: \"n\")) @note {{ page(size: $a) {unknown} }}"),
        format!("mutation {{ __typename a: nothing {unknown} }}"),
        format!("subscription {{ ticked {unknown} }}"),
        format!("{{ ...F }} fragment F on User @note {{ id {unknown} }}"),
        format!(
            "{{ job(by: {{id: \"}}\"}}) {{ id ... on Job @note {{ id on {unknown} }} ... {{ id y }} }} }}"
        ),
        format!(
            "{{ search(words: [\"(\"]) {{ __typename ...F {unknown} }} }} fragment F on Job {{ id }}"
        ),
        format!(
            "{{ me {{ id no {{ id {unknown} }} {unknown} }} page nope __schema {{ no types }} }}"
        ),
        format!("{{ page {} }}", each(30, |_| "me".into())),
        format!(
            "{{ me {{ id {} }} }}",
            each(20, |number| format!("a{number}: jobs(first: 1) @note x"))
        ),
        format!("{{ page me \n me @note node(id: 1) {unknown} }}"),
        format!(
            "{{ page # }}\n ... on Nothing {{ {unknown} }} ... on Query {{ page {unknown} }} }}"
        ),
        "query A { page a b c d e } query B { page a b c d e f g }".to_owned(),
    ] {
        let told = problems(&source);
        assert_eq!(told.len(), 10, "{source}");
        assert_eq!(told, told_by_validator(&source)[..10], "{source}");
    }
}

#[test]
fn a_flood_ends_where_the_most_that_is_told_is_reached() {
    let fields = |count| each(count, |number| format!("x{number}"));
    let unclosed = format!("{{ me {{ id {} ", fields(10));
    assert_eq!(limit(&unclosed), "GraphqlValidationFailed", "the rest is not read");
    let unclosed = format!("{{ me {{ id {} ", fields(9));
    assert_eq!(limit(&unclosed), "GraphqlParseFailed");
    let no_fields = format!("{{ me {{ id {} }} }}", each(20, |number| number.to_string()));
    assert_eq!(limit(&no_fields), "GraphqlParseFailed");
}
