use async_graphql::{Value, Variables};
use serde_json::{Value as Json, json};

use super::gate;
use crate::error::{Error, Result};

fn coerce(source: &str, variables: Json) -> Result<Variables> {
    let document = gate().admit(source)?;
    document.operation(None)?.coerce(Variables::from_json(variables))
}

/// The coerced value of a type.
fn coerced(ty: &str, value: &Json) -> Json {
    let source = format!("query ($v: {ty}) {{ raw(json: {{ v: $v }}) }}");
    let variables = coerce(&source, json!({ "v": value })).expect(ty);
    variables["v"].clone().into_json().expect("JSON")
}

/// The paths and problems of one value of a type.
fn refused(ty: &str, value: &Json) -> Vec<String> {
    let source = format!("query ($v: {ty}) {{ raw(json: {{ v: $v }}) }}");
    match coerce(&source, json!({ "v": value })).expect_err(ty) {
        Error::Invalid(fields) => fields
            .iter()
            .map(|field| format!("{} {}", field.path, field.message(crate::language::Language::En)))
            .collect(),
        error => vec![error.to_string()],
    }
}

#[test]
fn values_become_what_their_types_say() {
    for (ty, given, expected) in [
        ("Int", json!(7), json!(7)),
        ("Int", json!(7.0), json!(7)),
        ("Int", json!(-2_147_483_648), json!(-2_147_483_648)),
        ("Float", json!(1), json!(1)),
        ("Float", json!(1.5), json!(1.5)),
        ("String", json!("你好 😀"), json!("你好 😀")),
        ("Boolean", json!(false), json!(false)),
        ("ID", json!("job_1"), json!("job_1")),
        ("ID", json!(5), json!("5")),
        ("ID", json!(-5), json!("-5")),
        ("City", json!("TAINAN"), json!("TAINAN")),
        ("Int", json!(null), json!(null)),
        ("[Int]", json!(1), json!([1])),
        ("[[Int]]", json!(1), json!([[1]])),
        ("[[Int]]", json!([1, [2]]), json!([[1], [2]])),
        ("[Int]", json!([1, null]), json!([1, null])),
        ("[Int!]!", json!([]), json!([])),
        ("JSON", json!({"a": [1, {"b": null}]}), json!({"a": [1, {"b": null}]})),
        ("JobBy", json!({"databaseId": 3}), json!({"databaseId": 3})),
        (
            "JobFilter",
            json!({"cities": "TAIPEI", "within": null}),
            json!({"cities": ["TAIPEI"], "within": null}),
        ),
        ("CreateJobInput!", json!({"title": "t"}), json!({"title": "t", "city": "TAIPEI"})),
    ] {
        assert_eq!(coerced(ty, &given), expected, "{ty}");
    }
}

#[test]
fn values_that_do_not_fit_are_refused_at_their_path() {
    let range = "v must be between -2147483648 and 2147483647";
    for (ty, given, expected) in [
        ("Int", json!("7"), "v must be an integer"),
        ("Int", json!(7.5), "v must be an integer"),
        ("Int", json!(2_147_483_648_i64), range),
        ("Int", json!(1e30), range),
        ("Int", json!(u64::MAX), range),
        ("Float", json!("1"), "v must be a number"),
        ("String", json!(1), "v must be a string"),
        ("Boolean", json!("true"), "v must be true or false"),
        ("ID", json!(1.5), "v must be a string or an integer"),
        ("City", json!("PARIS"), "v must be one of: TAIPEI, TAINAN"),
        ("City", json!(1), "v must be one of: TAIPEI, TAINAN"),
        ("Int!", json!(null), "v is required"),
        ("[Int!]", json!([1, null]), "v[1] is required"),
        ("[[Int]]", json!([[1], ["2"]]), "v[1][0] must be an integer"),
        ("JobFilter", json!("words"), "v must be an object"),
        ("JobFilter", json!({"wrods": "a"}), "v.wrods is not supported"),
        (
            "JobFilter",
            json!({"within": {"within": {"words": 1}}}),
            "v.within.within.words must be a string",
        ),
        ("CreateJobInput", json!({}), "v.title is required"),
        ("CreateJobInput", json!({"title": null}), "v.title is required"),
        ("JobBy", json!({}), "v must have exactly one of: id, databaseId"),
        ("JobBy", json!({"id": null}), "v must have exactly one of: id, databaseId"),
        ("JobBy", json!({"id": 1, "databaseId": 1}), "v must have exactly one of: id, databaseId"),
    ] {
        assert_eq!(refused(ty, &given), [expected], "{ty}");
    }
}

#[test]
fn all_problems_of_one_request_come_together_but_ten_at_most() {
    let input = json!({"tags": [1, 2], "amount": "much", "extra": 1});
    assert_eq!(
        refused("CreateJobInput", &input),
        [
            "v.title is required",
            "v.tags[0] must be a string",
            "v.tags[1] must be a string",
            "v.amount must be an integer",
            "v.extra is not supported",
        ]
    );
    assert_eq!(refused("[Int]", &json!(vec!["x"; 10_000])).len(), 10);
}

#[test]
fn an_absent_variable_takes_its_default_or_stays_absent() {
    let source = "query ($a: Int = 3, $b: [City!] = TAIPEI, $c: Int) {
        page(size: $a) raw(json: {b: $b, c: $c}) }";
    let variables = coerce(source, json!({"unknown": 1})).expect("valid");
    assert_eq!(variables["a"], Value::from(3));
    assert_eq!(variables["b"].to_string(), "[TAIPEI]");
    assert_eq!(variables.len(), 2, "neither c nor what nobody declared");
    let variables = coerce(source, json!({"a": 4, "b": null})).expect("valid");
    assert_eq!((&variables["a"], &variables["b"]), (&Value::from(4), &Value::Null));
}

#[test]
fn a_missing_required_variable_is_named() {
    let source = "mutation ($title: String!) { createJob(input: {title: $title}) { job { id } } }";
    let error = coerce(source, json!({})).expect_err("required");
    assert_eq!(error.to_string(), "Invalid request: title is required");
}

#[test]
fn values_nested_deeper_than_32_are_refused() {
    let nested = |levels: usize| (0..levels).fold(json!(1), |value, _| json!([value]));
    assert_eq!(coerced("JSON", &nested(32)), nested(32));
    let expected = "The document exceeds the limit of 32 for nesting of variables";
    assert_eq!(refused("JSON", &nested(33)), [expected]);
    let filter = (0..40).fold(json!({}), |value, _| json!({ "within": value }));
    assert_eq!(refused("JobFilter", &filter), [expected]);
}

#[test]
fn a_variable_is_not_null_where_a_default_only_lets_it_be_absent() {
    for source in [
        "query ($v: Int) { page(size: $v) }",
        "query ($v: Int = 3) { page(size: $v) }",
        "query ($v: Int) { ...F } fragment F on Query { page(size: $v) }",
        "query ($v: String = \"x\") { search(words: [$v]) { __typename } }",
    ] {
        let error = coerce(source, json!({ "v": null })).expect_err(source);
        assert_eq!(error.to_string(), "Invalid request: v is required", "{source}");
        assert!(coerce(source, json!({})).is_ok(), "{source}");
    }
    let nullable = "query ($v: City) { page(city: $v) }";
    assert!(coerce(nullable, json!({ "v": null })).is_ok());
}
