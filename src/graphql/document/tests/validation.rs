use super::{limit, problems};

/// Checks that each text has one problem with this message.
fn refused_with(cases: &[(&str, &str)]) {
    for (source, expected) in cases {
        let problems = problems(source);
        assert_eq!(problems.len(), 1, "{source}: {problems:?}");
        assert!(problems[0].contains(expected), "{source}: {problems:?}");
    }
}

#[test]
fn fields_that_conflict_are_refused() {
    refused_with(&[
        ("{ a: page a: raw }", "same alias `a`"),
        ("{ page(size: 1) page(size: 2) }", "conflicting"),
        ("{ me { jobs(first: 1) { totalCount } jobs { totalCount } } }", "conflicting"),
        (
            "{ search(words: [\"a\"]) { __typename } search(words: [\"a\", \"b\"]) { __typename } }",
            "arguments differ",
        ),
        (
            "{ ...A ...B } fragment A on Query { raw(json: [1]) } fragment B on Query { raw(json: []) }",
            "arguments differ",
        ),
    ]);
}

#[test]
fn the_order_of_arguments_and_of_object_fields_makes_no_conflict() {
    let source = "{ raw(json: {a: 1, b: [2]}, flag: true) raw(flag: true, json: {b: [2], a: 1}) }";
    assert_eq!(limit(source), "admitted");
}

#[test]
fn values_must_fit_their_types() {
    refused_with(&[
        ("{ page(city: \"TAIPEI\") }", "City"),
        ("{ page(city: PARIS) }", "PARIS"),
        ("{ page(size: \"1\") }", "Int"),
        ("{ page(size: 2147483648) }", "32-bit"),
        ("{ raw(ratio: 1e999) }", "64-bit"),
        ("{ raw(json: 1e999) }", "out of range"),
        ("{ raw(json: {a: [-1e999]}) }", "out of range"),
    ]);
}

#[test]
fn an_input_field_is_given_once() {
    refused_with(&[
        (
            "{ jobs(filter: {words: \"a\", words: \"b\"}) { totalCount } }",
            "`words` is provided multiple",
        ),
        (
            "{ jobs(filter: {within: {words: \"a\", words: \"b\"}}) { totalCount } }",
            "multiple times",
        ),
        ("{ raw(json: {a: 1, a: 2}) }", "multiple times"),
        (
            "query ($f: JobFilter = {words: \"a\", words: \"b\"}) { jobs(filter: $f) { totalCount } }",
            "multiple times",
        ),
    ]);
}

#[test]
fn a_one_of_object_has_exactly_one_key_that_is_not_null() {
    assert_eq!(limit("{ job(by: {id: 1}) { id } }"), "admitted");
    assert_eq!(limit("query ($id: ID!) { job(by: {id: $id}) { id } }"), "admitted");
    refused_with(&[
        ("{ job(by: {id: 1, databaseId: 1}) { id } }", "not null (1:11)"),
        ("{ job(by: {}) { id } }", "exactly one field"),
        ("{ job(by: {id: null}) { id } }", "exactly one field"),
        ("query ($id: ID) { job(by: {id: $id}) { id } }", "`ID!` is expected (1:32)"),
        ("query ($id: ID = 1) { job(by: {id: $id}) { id } }", "`ID!` is expected"),
        (
            "query ($by: JobBy! = {id: 1, databaseId: 1}) { job(by: $by) { id } }",
            "exactly one field",
        ),
        (
            "mutation { createJob(input: {title: \"t\", by: {}}) { job { id } } }",
            "exactly one field",
        ),
    ]);
}

#[test]
fn variables_fit_where_they_stand_also_within_lists_and_objects() {
    refused_with(&[
        ("query ($w: String) { search(words: [$w]) { __typename } }", "`String!` is expected"),
        ("query ($w: [String]) { search(words: $w) { __typename } }", "cannot be used"),
        (
            "query ($n: [Int!]) { search(words: [], matrix: [$n]) { __typename } }",
            "`[Int!]!` is expected",
        ),
        (
            "mutation ($t: String) { createJob(input: {title: $t}) { job { id } } }",
            "`String!` is expected",
        ),
    ]);
    for source in [
        "query ($s: Int) { page(size: $s) }",
        "query ($t: City) { ...F } fragment F on Query { page(city: $t) }",
        "mutation ($c: City, $t: String = \"x\") { createJob(input: {title: $t, city: $c}) { job { id } } }",
        "query ($n: [Int!]!) { search(words: [], matrix: [$n]) { __typename } }",
    ] {
        assert_eq!(limit(source), "admitted", "{source}");
    }
}

#[test]
fn a_default_of_null_does_not_stand_for_a_value() {
    let query = |default: &str| {
        format!("query ($w: [String!] = {default}) {{ search(words: $w) {{ __typename }} }}")
    };
    assert_eq!(limit(&query("[]")), "admitted");
    refused_with(&[(&*query("null"), "`[String!]!` is expected")]);
}

#[test]
fn variables_must_be_defined_also_within_custom_scalars() {
    refused_with(&[
        ("{ raw(json: {a: [$b]}) }", "`$b` is not defined"),
        ("{ page(size: $b) }", "`$b` is not defined"),
        ("query ($a: Int) { page }", "unused variable"),
        (
            "query A($a: Int) { ...F } query B { ...F } fragment F on Query { raw(json: {a: $a}) }",
            "`$a` is not defined",
        ),
    ]);
}

#[test]
fn a_subscription_has_one_root_field() {
    assert_eq!(limit("subscription { jobChanged { id } }"), "admitted");
    refused_with(&[
        ("subscription { jobChanged { id } ticked }", "one root field"),
        (
            "subscription { ...F } fragment F on Subscription { jobChanged { id } ticked }",
            "one root field",
        ),
        ("subscription { __typename }", "introspection"),
        ("subscription ($a: Boolean!) { ticked @skip(if: $a) }", "@skip"),
    ]);
}

#[test]
fn both_forms_of_unicode_escapes_are_read() {
    assert_eq!(limit(r#"{ raw(json: "\uD83D\uDE00 \u{1F600} \u4F60") }"#), "admitted");
    for escape in
        [r"\uD83D", r"\uDE00", r"\uD83Dx", r"\u{110000}", r"\u{D800}", r"\u{}", r"\u12", r"\x"]
    {
        assert_eq!(
            limit(&format!("{{ raw(json: \"{escape}\") }}")),
            "GraphqlParseFailed",
            "{escape}"
        );
    }
}

#[test]
fn a_directive_may_follow_the_default_of_a_variable() {
    assert_eq!(limit("query ($a: Int = 1 @note(text: \"n\")) { page(size: $a) }"), "admitted");
}

#[test]
fn names_near_to_real_ones_are_not_corrected() {
    for source in
        ["{ mee { id } }", "{ jobs(frist: 1) { totalCount } }", "{ page(city: TAIPE) }", "{ me }"]
    {
        let text = problems(source).join(" ").to_lowercase();
        assert!(
            !text.contains("did you mean") && !text.contains("first") && !text.contains("taipei")
        );
    }
}

#[test]
fn a_syntax_error_is_told_once_at_its_place() {
    assert_eq!(problems("{ me { id }").len(), 1);
    assert_eq!(problems("{\n  me { id ) }\n}")[0], "syntax error: expected R_CURLY, got ) (2:11)");
}

#[test]
fn nothing_that_the_client_wrote_is_dropped() {
    for (source, expected) in [
        ("{ page(size 1) }", "expected"),
        ("{ page(city size: 1) }", "unexpected city (1:8)"),
        ("{ page(query size: 1) }", "unexpected query (1:8)"),
        ("{ me { id @skip(if: true true) } }", "unexpected true (1:26)"),
        ("{ raw(flag) }", "unexpected ( (1:6)"),
    ] {
        let problems = problems(source);
        assert!(problems[0].contains(expected), "{source}: {problems:?}");
    }
    for source in [
        "query { page }",
        "fragment F on Query { page } { ...F }",
        "fragment F on Query { page } query { ...F }",
        "{ raw(json: {query: {a: -1.5e+3}}) query: page a: raw(json: [query, \"\"\"b\"\"\"]) }",
    ] {
        assert_eq!(limit(source), "admitted", "{source}");
    }
}

#[test]
fn long_names_are_cut_in_messages() {
    let name = "n".repeat(60_000);
    let problems = problems(&format!("{{ {name} }}"));
    assert!(problems[0].len() < 300, "{}", problems[0].len());
}
