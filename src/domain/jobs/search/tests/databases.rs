//! What the databases are told.

use super::{
    super::{Question, Term, fold, fts5_query, indexed, terms, tokens, tsquery},
    question,
};

/// As a database decides: by encoded tokens, then by substrings of the indexed text.
pub(super) fn finds_by_index(question: &Question, title: &str, description: &str) -> bool {
    let stored = indexed(title, description);
    has_terms(question, title, description)
        && question.substrings().iter().all(|part| stored.contains(part))
}

/// The part of it that the full-text index decides.
pub(super) fn has_terms(question: &Question, title: &str, description: &str) -> bool {
    let tokens = tokens(title, description);
    let query = fts5_query(&question.terms());
    query.split(" AND ").all(|term| match term.strip_suffix('*') {
        Some(prefix) => tokens.split(' ').any(|token| token.starts_with(prefix)),
        None => tokens.split(' ').any(|token| token == term),
    })
}

fn exact(term: &str) -> Term {
    Term::Exact(term.to_owned())
}

fn prefix(term: &str) -> Term {
    Term::Prefix(term.to_owned())
}

#[test]
fn a_text_has_its_characters_its_pairs_and_its_words_as_terms() {
    let expected = ["13", "wifi", "安", "安裝", "樓", "裝"];
    assert_eq!(terms(&fold("WiFi安裝，13樓 安裝")), expected);
}

#[test]
fn a_question_has_pairs_and_only_the_last_word_of_a_part_may_go_on() {
    assert_eq!(question("搬").terms(), [exact("搬")]);
    assert_eq!(question("水電維修").terms(), [exact("水電"), exact("維修"), exact("電維")]);
    assert_eq!(question("802.11").terms(), [exact("802"), prefix("11")]);
    assert_eq!(question("wifi安 wifi").terms(), [exact("wifi"), exact("安"), prefix("wifi")]);
}

#[test]
fn one_or_two_characters_and_lone_words_need_no_check() {
    for text in ["搬", "搬家", "wifi", "搬家 清潔 iphone 15"] {
        assert!(question(text).substrings().is_empty(), "{text}");
    }
}

#[test]
fn longer_and_mixed_parts_are_checked_with_the_beginnings_of_their_words() {
    let substrings = question("搬家 搬家公司 3樓 安裝wif 802.11").substrings();
    let expected = ["搬家公司", "\u{1F}3樓", "安裝\u{1F}wif", "\u{1F}802.\u{1F}11"];
    assert_eq!(substrings, expected);
}

#[test]
fn a_text_is_stored_with_a_marker_before_each_word() {
    assert_eq!(indexed("wifi安裝 3樓", "b1"), "\u{1F}wifi安裝 \u{1F}3樓\n\u{1F}b1");
}

#[test]
fn a_very_long_word_is_known_by_its_beginning_and_then_checked() {
    let long = "é".repeat(40);
    assert_eq!(terms(&long), ["é".repeat(32)]);
    assert!(question(&"é".repeat(32)).substrings().is_empty());
    let longer = question(&"é".repeat(33));
    assert!(!longer.substrings().is_empty() && finds_by_index(&longer, &long, ""));
    assert!(!finds_by_index(&longer, &"é".repeat(32), ""));
    assert_eq!(tokens(&"𝼀".repeat(40), "").len(), 257, "the longest token");
}

#[test]
fn tokens_begin_with_a_letter_and_are_hexadecimal_and_each_once() {
    assert_eq!(tokens("搬", "b1 搬"), "x6231 xe690ac");
    assert_eq!(tokens("", ""), "");
}

#[test]
fn the_queries_have_the_operators_of_their_databases() {
    let terms = [exact("搬"), prefix("b1")];
    assert_eq!(fts5_query(&terms), "xe690ac AND x6231*");
    assert_eq!(tsquery(&terms), "xe690ac & x6231:*");
}

#[test]
fn no_text_reaches_a_query_but_as_letters_and_digits() {
    let hostile = "a'b\"c*d:e&f|g!(h)NEAR OR 搬'\\";
    let plain = |text: &str, operators: &[&str]| {
        let pieces = text.split(' ').filter(|piece| !operators.contains(piece));
        pieces.map(|piece| piece.trim_end_matches(['*', ':'])).all(|piece| {
            piece.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) && !piece.is_empty()
        })
    };
    let terms = question(hostile).terms();
    assert!(plain(&fts5_query(&terms), &["AND"]) && plain(&tsquery(&terms), &["&"]));
    assert!(plain(&tokens(&fold(hostile), ""), &[]));
}
