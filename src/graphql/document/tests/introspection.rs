use super::limit;

/// As the usual tools send it, with all their options.
const STANDARD: &str = include_str!("introspection.graphql");

#[test]
fn the_standard_introspection_query_is_admitted() {
    assert_eq!(limit(STANDARD), "admitted");
}

#[test]
fn introspection_may_be_16_deep_and_no_deeper() {
    let types = |levels: usize| {
        let nested = "ofType { ".repeat(levels);
        format!("{{ __schema {{ types {{ {nested} name {} }} }} }}", "}".repeat(levels))
    };
    assert_eq!(limit(&types(13)), "admitted");
    assert_eq!(limit(&types(14)), "depth");
    assert_eq!(limit(&types(13).replacen('{', "{ me { id } ", 1)), "depth");
}

#[test]
fn introspection_loops_are_refused() {
    let fields = "{ __schema { types { fields { type { fields { name } } } } } }";
    assert_eq!(limit(fields), "admitted");
    let looped =
        "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }";
    assert_eq!(limit(looped), "nested introspection lists");
    let mixed =
        "{ __type(name: \"Job\") { interfaces { possibleTypes { inputFields { name } } } } }";
    assert_eq!(limit(mixed), "nested introspection lists");
    let spread = "{ __type(name: \"Job\") { ...T } } \
                  fragment T on __Type { fields { type { ...U } } } \
                  fragment U on __Type { fields { type { interfaces { name } } } }";
    assert_eq!(limit(spread), "nested introspection lists");
}
