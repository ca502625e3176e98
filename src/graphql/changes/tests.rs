use super::changes;

/// Two schemas that differ in one thing, below a query type that uses everything, and what is said.
const PAIRS: &[(&str, &str, &[&str])] = &[
    // Types
    ("type T { a: Int }", "", &["breaking T: removed"]),
    ("", "type T { a: Int }", &["safe T: added"]),
    ("scalar T", "enum T { A }", &["breaking T: changed from a scalar to an enum"]),
    (
        "type T { a: Int }",
        "input T { a: Int }",
        &["breaking T: changed from an object type to an input type"],
    ),
    (
        "type Q { a: Int }",
        "type Q { a: Int } extend schema { mutation: Q }",
        &["safe schema.mutation: added"],
    ),
    (
        "type Q { a: Int } extend schema { mutation: Q }",
        "type Q { a: Int }",
        &["breaking schema.mutation: removed"],
    ),
    (
        "type Q { a: Int } type R { a: Int } extend schema { mutation: Q }",
        "type Q { a: Int } type R { a: Int } extend schema { mutation: R }",
        &["breaking schema.mutation: changed from Q to R"],
    ),
    // Fields
    ("type T { a: Int b: Int }", "type T { a: Int }", &["breaking T.b: removed"]),
    (
        "type T { a: Int b: Int @deprecated }",
        "type T { a: Int }",
        &["breaking T.b: removed; it was deprecated"],
    ),
    ("type T { a: Int }", "type T { a: Int b: Int! }", &["safe T.b: added"]),
    ("interface T { a: Int }", "interface T { a: Int b: Int }", &["safe T.b: added"]),
    ("type T { a: Int }", "type T { a: Int @deprecated }", &["safe T.a: deprecated"]),
    ("type T { a: Int @deprecated }", "type T { a: Int }", &["safe T.a: no longer deprecated"]),
    ("type T { a: Int }", "type T { a: Int! }", &["safe T.a: changed from Int to Int!"]),
    ("type T { a: Int! }", "type T { a: Int }", &["breaking T.a: changed from Int! to Int"]),
    ("type T { a: Int }", "type T { a: Float }", &["breaking T.a: changed from Int to Float"]),
    ("type T { a: Int }", "type T { a: [Int] }", &["breaking T.a: changed from Int to [Int]"]),
    (
        "type T { a: [[Int]!] }",
        "type T { a: [[Int!]!]! }",
        &["safe T.a: changed from [[Int]!] to [[Int!]!]!"],
    ),
    (
        "type T { a: [Int!] }",
        "type T { a: [Int]! }",
        &["breaking T.a: changed from [Int!] to [Int]!"],
    ),
    // Arguments
    ("type T { a(b: Int): Int }", "type T { a: Int }", &["breaking T.a(b:): removed"]),
    ("type T { a: Int }", "type T { a(b: Int): Int }", &["dangerous T.a(b:): added"]),
    ("type T { a: Int }", "type T { a(b: Int! = 1): Int }", &["dangerous T.a(b:): added"]),
    ("type T { a: Int }", "type T { a(b: Int!): Int }", &["breaking T.a(b:): added and required"]),
    (
        "type T { a(b: Int): Int }",
        "type T { a(b: Int!): Int }",
        &["breaking T.a(b:): changed from Int to Int!"],
    ),
    (
        "type T { a(b: Int!): Int }",
        "type T { a(b: Int): Int }",
        &["safe T.a(b:): changed from Int! to Int"],
    ),
    (
        "type T { a(b: Int): Int }",
        "type T { a(b: [Int]): Int }",
        &["breaking T.a(b:): changed from Int to [Int]"],
    ),
    (
        "type T { a(b: [Int!]!): Int }",
        "type T { a(b: [Int]): Int }",
        &["safe T.a(b:): changed from [Int!]! to [Int]"],
    ),
    (
        "type T { a(b: Int = 1): Int }",
        "type T { a(b: Int = 2): Int }",
        &["dangerous T.a(b:): default changed from 1 to 2"],
    ),
    (
        "type T { a(b: Int = 1): Int }",
        "type T { a(b: Int): Int }",
        &["dangerous T.a(b:): default 1 removed"],
    ),
    (
        "type T { a(b: Int! = 1): Int }",
        "type T { a(b: Int!): Int }",
        &["breaking T.a(b:): required; the default 1 is gone"],
    ),
    (
        "type T { a(b: Int): Int }",
        "type T { a(b: Int = 1): Int }",
        &["dangerous T.a(b:): default 1 added"],
    ),
    (
        "type T { a(b: Int!): Int }",
        "type T { a(b: Int! = 1): Int }",
        &["safe T.a(b:): default 1 added"],
    ),
    ("type T { a(b: Float = 1): Int }", "type T { a(b: Float = 1.0): Int }", &[]),
    ("type T { a(b: [Int] = 1): Int }", "type T { a(b: [Int] = [1]): Int }", &[]),
    (
        "input I { x: Int y: Int } type T { a(b: I = {x: 1, y: 2}): Int }",
        "input I { x: Int y: Int } type T { a(b: I = {y: 2, x: 1}): Int }",
        &[],
    ),
    // Input types
    ("input T { a: Int b: Int }", "input T { a: Int }", &["breaking T.b: removed"]),
    ("input T { a: Int }", "input T { a: Int b: Int }", &["dangerous T.b: added"]),
    ("input T { a: Int }", "input T { a: Int b: Int! = 1 }", &["dangerous T.b: added"]),
    ("input T { a: Int }", "input T { a: Int b: Int! }", &["breaking T.b: added and required"]),
    ("input T { a: Int }", "input T { a: Int! }", &["breaking T.a: changed from Int to Int!"]),
    ("input T { a: Int! }", "input T { a: Int }", &["safe T.a: changed from Int! to Int"]),
    (
        "input T { a: Int = 1 }",
        "input T { a: Int = 2 }",
        &["dangerous T.a: default changed from 1 to 2"],
    ),
    (
        "input T { a: Int }",
        "input T @oneOf { a: Int }",
        &["breaking T: takes exactly one of its fields"],
    ),
    (
        "input T @oneOf { a: Int }",
        "input T { a: Int }",
        &["safe T: takes more than one of its fields"],
    ),
    // Enums, unions, interfaces, scalars
    ("enum T { A B }", "enum T { A }", &["breaking T.B: removed"]),
    ("enum T { A }", "enum T { A B }", &["dangerous T.B: added"]),
    ("enum T { A }", "enum T { A @deprecated }", &["safe T.A: deprecated"]),
    (
        "type A { a: Int } type B { a: Int } union T = A | B",
        "type A { a: Int } type B { a: Int } union T = A",
        &["breaking T: member B removed"],
    ),
    (
        "type A { a: Int } type B { a: Int } union T = A",
        "type A { a: Int } type B { a: Int } union T = A | B",
        &["dangerous T: member B added"],
    ),
    (
        "interface I { a: Int } type T implements I { a: Int }",
        "interface I { a: Int } type T { a: Int }",
        &["breaking T: no longer implements I"],
    ),
    (
        "interface I { a: Int } interface T { a: Int }",
        "interface I { a: Int } interface T implements I { a: Int }",
        &["dangerous T: implements I"],
    ),
    ("scalar T", "scalar T @specifiedBy(url: \"u\")", &["safe T: specified by \"u\""]),
    (
        "scalar T @specifiedBy(url: \"u\")",
        "scalar T",
        &["dangerous T: no longer specified by \"u\""],
    ),
    // Directives
    ("directive @d on FIELD", "", &["breaking @d: removed"]),
    ("", "directive @d on FIELD", &["safe @d: added"]),
    (
        "directive @d on FIELD | QUERY",
        "directive @d on FIELD",
        &["breaking @d: no longer allowed on QUERY"],
    ),
    ("directive @d on FIELD", "directive @d on FIELD | QUERY", &["safe @d: allowed on QUERY"]),
    (
        "directive @d repeatable on FIELD",
        "directive @d on FIELD",
        &["breaking @d: no longer repeatable"],
    ),
    ("directive @d(a: Int) on FIELD", "directive @d on FIELD", &["breaking @d(a:): removed"]),
    (
        "directive @d on FIELD",
        "directive @d(a: Int!) on FIELD",
        &["breaking @d(a:): added and required"],
    ),
    ("directive @d on FIELD", "directive @d(a: Int) on FIELD", &["dangerous @d(a:): added"]),
    (
        "directive @d(a: Int) on FIELD",
        "directive @d(a: Int!) on FIELD",
        &["breaking @d(a:): changed from Int to Int!"],
    ),
    // Nothing that a client could notice
    ("type T { a: Int b: Int }", "\"new\" type T { b: Int a: Int }", &[]),
    ("", "directive @oneOf on INPUT_OBJECT", &[]),
];

fn schema(part: &str) -> String {
    format!("schema {{ query: Query }} type Query {{ query: Int }} {part}")
}

fn told(old: &str, new: &str) -> Vec<String> {
    let changes = changes(&schema(old), &schema(new)).unwrap();
    changes
        .iter()
        .map(|change| format!("{} {}: {}", change.severity, change.place, change.what))
        .collect()
}

#[test]
fn each_change_is_told_with_how_it_meets_clients() {
    for (old, new, expected) in PAIRS {
        assert_eq!(told(old, new), *expected, "{old}  →  {new}");
    }
}

#[test]
fn a_schema_has_no_changes_to_itself() {
    let sdl = crate::graphql::sdl();
    assert_eq!(changes(&sdl, &sdl).unwrap(), []);
}

#[test]
fn the_worst_comes_first() {
    let told = told("type T { a: Int b: Int }", "type T { b(c: Int): Int } type U { a: Int }");
    assert_eq!(told, ["breaking T.a: removed", "dangerous T.b(c:): added", "safe U: added"]);
}

#[test]
fn what_is_no_schema_is_refused() {
    for text in ["type", "type T { a: Int }", "type Query { a: Nothing }"] {
        assert!(changes(text, &schema("")).is_err(), "{text}");
    }
}
