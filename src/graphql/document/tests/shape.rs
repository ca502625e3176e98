use super::{SDL, each, gate, limit, problems};
use crate::graphql::document::{Gate, GateLimits};

/// `width` spreads of the next fragment in each of `levels` fragments.
fn bomb(width: usize, levels: usize) -> String {
    let fragments = each(levels, |level| {
        let spreads = format!("...F{} ", level + 1).repeat(width);
        format!("fragment F{level} on User {{ {spreads} }}")
    });
    format!("{{ me {{ ...F0 }} }} {fragments} fragment F{levels} on User {{ id }}")
}

#[test]
fn fragment_bombs_are_refused_by_their_number_of_fragments_or_spreads() {
    assert_eq!(limit(&bomb(2, 20)), "fragments");
    assert_eq!(limit(&bomb(2, 31)), "fragments");
    assert_eq!(limit(&bomb(10, 6)), "fragment spreads");
    assert_eq!(limit(&bomb(40, 4)), "fragment spreads");
    assert_eq!(limit(&bomb(200, 3)), "fragment spreads");
}

#[test]
fn a_bomb_within_the_number_of_spreads_is_refused_by_what_it_unfolds_to() {
    assert_eq!(limit(&bomb(2, 19)), "selections");
    assert_eq!(limit(&bomb(7, 6)), "selections");
}

#[test]
fn counts_beyond_every_integer_saturate() {
    let limits =
        GateLimits { fragments: 100, spreads: 1_000, tokens: 10_000, ..GateLimits::default() };
    let gate = Gate::new(SDL, limits, |_| false).expect("valid");
    let error = gate.admit(&bomb(8, 90)).expect_err("8^90 selections");
    assert!(error.to_string().contains("selections"), "{error}");
}

#[test]
fn a_fragment_unfolds_with_the_values_of_its_arguments() {
    let words = "\"w\" ".repeat(150);
    let spread = |times: usize| {
        let fragment =
            format!("fragment F on Query {{ search(words: [{words}]) {{ __typename }} }}");
        format!("{{ {} }} {fragment}", "...F ".repeat(times))
    };
    assert_eq!(limit(&spread(12)), "admitted");
    assert_eq!(limit(&spread(14)), "selections");
}

#[test]
fn fragment_cycles_are_refused_as_invalid() {
    let cycle = |length: usize| -> String {
        let fragments =
            each(length, |n| format!("fragment F{n} on User {{ id ...F{} }}", (n + 1) % length));
        format!("{{ me {{ ...F0 }} }} {fragments}")
    };
    for length in [1, 2, 20] {
        let problems = problems(&cycle(length));
        assert!(problems[0].contains("cannot reference itself"), "{length}: {problems:?}");
    }
    let unused = "{ me { id } } fragment A on User { ...B } fragment B on User { ...A }";
    assert_eq!(problems(unused).len(), 2, "both are unused");
}

#[test]
fn aliases_are_counted_where_fragments_repeat_them() {
    let aliases = |count: usize| -> String {
        let fields = each(count, |n| format!("a{n}: id"));
        format!("{{ me {{ {fields} }} }}")
    };
    assert_eq!(limit(&aliases(30)), "admitted");
    assert_eq!(limit(&aliases(31)), "aliases");
    let spread = "{ me { ...F ...F ...F ...F } } fragment F on User { a: id b: id c: id d: id \
                  e: id f: id g: id h: id }";
    assert_eq!(limit(spread), "aliases");
}

#[test]
fn root_fields_are_counted_through_fragments() {
    assert_eq!(limit(&format!("{{ {} }}", "__typename ".repeat(15))), "admitted");
    assert_eq!(limit(&format!("{{ {} }}", "__typename ".repeat(16))), "root fields");
    let spread = "{ ...F ...F } fragment F on Query { ... { a: me { id } b: me { id } c: me { id } \
                  d: me { id } e: me { id } f: me { id } g: me { id } h: me { id } } }";
    assert_eq!(limit(spread), "root fields");
}

#[test]
fn directives_are_counted_in_one_place_and_in_the_document() {
    let notes = |count: usize| "@note ".repeat(count);
    assert_eq!(limit(&format!("{{ me {} {{ id }} }}", notes(5))), "admitted");
    for source in [
        format!("{{ me {} {{ id }} }}", notes(6)),
        format!("query {} {{ me {{ id }} }}", notes(6)),
        format!("query ($a: Int {}) {{ page(size: $a) }}", notes(6)),
        format!("{{ ... {} {{ me {{ id }} }} }}", notes(6)),
        format!("{{ ...F }} fragment F on Query {} {{ me {{ id }} }}", notes(6)),
    ] {
        assert_eq!(limit(&source), "directives in one place", "{source}");
    }
    let fields = format!("id {} ", notes(5)).repeat(4);
    assert_eq!(limit(&format!("{{ me {{ {fields} }} }}")), "admitted");
    assert_eq!(limit(&format!("{{ me @note {{ {fields} }} }}")), "directives");
}

#[test]
fn unknown_directives_are_told_ten_times_at_most() {
    let fields = "id @aa @bb @cc @dd @ee ".repeat(4);
    assert_eq!(problems(&format!("{{ me {{ {fields} }} }}")).len(), 10);
}

#[test]
fn fifteen_levels_of_fields_are_admitted_and_one_more_is_not() {
    let below_14 = |field: &str| {
        let open = "{ jobs { nodes { owner ".repeat(4);
        format!("{{ me {open} {{ jobs {field} }} {} }}", "} } }".repeat(4))
    };
    assert_eq!(limit(&below_14("{ totalCount }")), "admitted");
    assert_eq!(limit(&below_14("{ nodes { id } }")), "depth");
}

#[test]
fn depth_is_counted_through_fragments() {
    let source = "{ me { ...A } } fragment A on User { jobs { nodes { owner { ...B } } } } \
                  fragment B on User { jobs { nodes { owner { ...C } } } } \
                  fragment C on User { jobs { nodes { owner { ...D } } } } \
                  fragment D on User { jobs { nodes { owner { ...E } } } } \
                  fragment E on User { jobs { totalCount } }";
    assert_eq!(limit(source), "admitted");
    assert_eq!(limit(&source.replace("totalCount", "nodes { id }")), "depth");
}

#[test]
fn many_equal_and_overlapping_fields_are_admitted_within_the_tokens() {
    assert_eq!(limit(&format!("{{ me {{ {} }} }}", "id ".repeat(1_900))), "admitted");
    let overlapping = "name(style: \"s\") ".repeat(280);
    assert_eq!(limit(&format!("{{ me {{ {overlapping} }} }}")), "admitted");
}

#[test]
fn one_authentication_mutation_is_admitted_and_two_are_not() {
    let input = "(input: {email: \"a@b.tw\", password: \"secret\"}) { user { id } }";
    let two = "Malformed(TwoAuthMutations)";
    let verdict = |source: &str| format!("{:?}", gate().admit(source).expect_err(source));
    assert_eq!(limit(&format!("mutation {{ login{input} }}")), "admitted");
    assert_eq!(verdict(&format!("mutation {{ login{input} register{input} }}")), two);
    assert_eq!(verdict(&format!("mutation {{ login{input} b: login{input} }}")), two);
    let fragment = format!("fragment F on Mutation {{ a: login{input} }}");
    assert_eq!(verdict(&format!("mutation {{ ...F ... {{ b: login{input} }} }} {fragment}")), two);
    assert_eq!(
        verdict(&format!("mutation A {{ login{input} }} mutation B {{ login{input} }}")),
        two
    );
    assert_eq!(limit(&format!("mutation {{ ...F ...F }} {fragment}")), "admitted");
}
