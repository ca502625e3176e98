use super::{SDL, each, limit, problems};
use crate::graphql::document::{Gate, GateLimits};

/// Errors that are found before parsing.
const NOTICED: [&str; 5] = [
    "does not have a field",
    "must have a subselection",
    "must not have subselections",
    "is not supported by",
    "of inline fragment is not a type",
];

/// What the parser and the validator report for the same text.
fn told_by_validator(source: &str) -> Vec<String> {
    let limits =
        GateLimits { problems: usize::MAX, root_fields: usize::MAX, ..GateLimits::default() };
    let gate = Gate::new(SDL, limits, |_| false).expect("the schema is valid");
    let error = gate.admit(source).expect_err(source);
    let told = error.problems().iter().map(ToString::to_string);
    told.filter(|it| NOTICED.iter().any(|words| it.contains(words))).collect()
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
        format!("{{ me {{ id {} }} }}", each(12, |number| format!("...on X{number} {{ id }}"))),
        format!("{{ me {{ name {} }} }}", each(12, |_| "id @note { id }".into())),
        format!("{{ job(by: {{id: 1}}) {{ id {} }} }}", each(12, |_| "a: city { x }".to_owned())),
    ] {
        let told = problems(&source);
        assert_eq!(told.len(), 10, "{source}");
        assert_eq!(told, told_by_validator(&source)[..10], "{source}");
    }
}

#[test]
fn a_flood_of_arguments_is_told_of_as_the_validator_does() {
    let unknown = each(12, |number| format!("x{number}: [{{first: 1}}]"));
    for source in [
        format!("query Q($size: Int) @note(text: \"x: 1\") {{ page(size: $size, {unknown}) }}"),
        format!(
            "{{ me {{ a: name(style: \"(\" {unknown}) @note(text: \"\") jobs({unknown}) {{ totalCount }} }} }}"
        ),
    ] {
        let told = problems(&source);
        assert_eq!(told.len(), 10, "{source}");
        assert_eq!(told, told_by_validator(&source)[..10], "{source}");
    }
}

#[test]
fn a_large_text_is_told_only_what_was_noticed_in_it() {
    let wrong = |ids| format!("{{ me {{ name(style: $v) {} no }} }}", each(ids, |_| "id".into()));
    let noticed = "type `User` does not have a field `no`";
    let small = problems(&wrong(400));
    assert!(small[0].starts_with("variable `$v` is not defined"), "{small:?}");
    assert!(small[1].starts_with(noticed), "{small:?}");
    let large = problems(&wrong(600));
    assert!(large.len() == 1 && large[0].starts_with(noticed), "{large:?}");
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
