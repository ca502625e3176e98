use std::thread;

use super::{limit, problems};
use crate::graphql::document::{GateLimits, guard::admissible};

/// The stack of a worker thread of the runtime.
fn on_a_small_stack<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = thread::Builder::new().stack_size(2 << 20).spawn(work).expect("a thread");
    thread.join().expect("no panic")
}

fn nested(open: &str, close: &str, levels: usize) -> String {
    format!("{}{}", open.repeat(levels), close.repeat(levels))
}

/// The same literal in each place that accepts one.
fn with_literal(literal: &str) -> [String; 3] {
    [
        format!("{{ raw(json: {literal}) }}"),
        format!("{{ me @note(text: {literal}) {{ id }} }}"),
        format!("query ($json: JSON = {literal}) {{ raw(json: $json) }}"),
    ]
}

#[test]
fn literals_nested_deeper_than_32_never_reach_a_recursive_parser() {
    on_a_small_stack(|| {
        for levels in [33, 500, 1_000, 2_000, 3_000, 5_000, 10_000, 100_000] {
            for literal in
                [nested("[", "]", levels), nested("{a:", "}", levels), "[".repeat(levels)]
            {
                for source in with_literal(&literal) {
                    let limit = limit(&source);
                    assert!(matches!(&*limit, "nesting" | "tokens"), "{levels}: {limit}");
                }
            }
        }
    });
}

#[test]
fn literals_nested_32_deep_are_read() {
    on_a_small_stack(|| {
        for literal in [nested("[", "]", 32), format!("{}1{}", "{a:".repeat(32), "}".repeat(32))] {
            assert_eq!(limit(&format!("{{ raw(json: {literal}) }}")), "admitted");
        }
    });
}

#[test]
fn selections_fragments_and_types_nested_deeper_than_32_are_refused() {
    on_a_small_stack(|| {
        for levels in [33, 500, 2_000, 5_000, 100_000] {
            for source in [
                nested("{me", "}", levels),
                format!("{{ me {} }}", nested("{...", "}", levels)),
                format!("query ($a: {}) {{ me {{ id }} }}", nested("[", "]", levels)),
                "{".repeat(levels),
                "(".repeat(levels + 1),
            ] {
                let limit = limit(&source);
                assert!(matches!(&*limit, "nesting" | "tokens"), "{levels}: {limit}");
            }
        }
    });
}

#[test]
fn a_query_15_fields_deep_with_arguments_and_inline_fragments_is_admitted() {
    let open = "jobs(first: 1, filter: {within: {cities: [TAIPEI]}}) { ... { nodes { owner { ";
    let close = "} } } }";
    let inner = "jobs(first: 1) { nodes { owner { ";
    let source = format!("{{ {open}{}id{} {close} }}", inner.repeat(3), "} } }".repeat(3));
    assert_eq!(limit(&source), "admitted");
}

#[test]
fn brackets_count_only_where_they_are_brackets() {
    let brackets = "[{(".repeat(40);
    for source in [
        format!("{{ raw(json: \"{brackets}\") }}"),
        format!("{{ raw(json: \"\\\"{brackets}\") }}"),
        format!("{{ raw(json: \"\"\"{brackets} \" \\\"\"\" {brackets}\n{brackets}\"\"\") }}"),
        format!("{{ me # {brackets} \" \"\"\"\n {{ id }} }}"),
        format!("{{ me # {brackets}\r {{ id }} }}"),
        format!("# \"\n{{ raw(json: \"#\") }} # {brackets}"),
    ] {
        assert_eq!(limit(&source), "admitted", "{source}");
    }
    for source in [
        format!("{{ raw(json: \"\" {brackets}"),
        format!("{{ raw(json: \"\\\\\" {brackets}"),
        format!("{{ raw(json: \"\"\"\"\"\" {brackets}"),
        format!("{{ raw(json: \"\n {brackets}"),
        format!("# comment\r{brackets}"),
    ] {
        assert_eq!(limit(&source), "nesting", "{source}");
    }
}

#[test]
fn two_thousand_tokens_are_admitted_and_one_more_is_not() {
    let list = |numbers: usize| format!("{{ raw(json: [{}]) }}", "1, ".repeat(numbers));
    let limits = GateLimits::default();
    assert!(admissible(&list(1_991), &limits).is_ok());
    assert_eq!(limit(&list(1_992)), "tokens");
    assert_eq!(limit(&"@aa ".repeat(70_000)), "tokens");
    assert_eq!(limit(&"é".repeat(5_000)), "tokens");
}

#[test]
fn separators_and_comments_are_no_tokens() {
    let ignored = ", \t\r\n\u{feff}# {{{ \"\n".repeat(3_000);
    assert_eq!(limit(&format!("{ignored}{{ me {{ id }} }}{ignored}")), "admitted");
}

#[test]
fn descriptions_of_definitions_and_variables_are_left_out() {
    let source = r#"
        "an operation" query Jobs(
            "how many" $first: Int = 5,
            """of a
            filter""" $filter: JobFilter
        ) { jobs(first: $first, filter: $filter) { ...Page } }
        """a fragment""" fragment Page on JobConnection { totalCount }
    "#;
    assert_eq!(limit(source), "admitted");
}

#[test]
fn strings_elsewhere_are_not_taken_for_descriptions() {
    for source in [
        r#""description" { me { id } }"#,
        r#""one" "two" query { me { id } }"#,
        r#"{ me { id } } "end""#,
        r#"{ raw(json: "text" $a: 1) }"#,
        r#""description" é"#,
    ] {
        assert_eq!(limit(source), "GraphqlParseFailed", "{source}");
    }
    let text = r#"query ($a: String = "text" $b: Int = 1) { raw(json: ["x" $a $b]) }"#;
    assert_eq!(admissible(text, &GateLimits::default()).expect("small").text, text);
}

#[test]
fn places_are_those_of_the_clients_text() {
    let source = "\"\"\"工作\n說明\"\"\" query {\r\n  me { id }\r  raw(json: \"找幫手\") nope }";
    assert_eq!(problems(source), ["type `Query` does not have a field `nope` (4:20)"]);
    assert_eq!(
        problems("\"找\" query { nope }"),
        ["type `Query` does not have a field `nope` (1:13)"]
    );
}
