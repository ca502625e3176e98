//! What is shown of a text, and what is marked in it.

use super::{
    super::{Piece, excerpt, pieces},
    question,
};

/// The pieces as one text, matches in brackets.
fn shown(pieces: Vec<Piece>) -> String {
    let show = |piece: Piece| if piece.is_match { format!("[{}]", piece.text) } else { piece.text };
    pieces.into_iter().map(show).collect()
}

#[test]
fn a_short_text_is_shown_whole_and_an_empty_one_has_no_pieces() {
    assert_eq!(shown(excerpt(Some(&question("家")), "搬家 12345", 8)), "搬[家] 12345");
    assert_eq!(excerpt(Some(&question("家")), "", 8), []);
    assert_eq!(shown(pieces(None, "搬家")), "搬家");
    assert_eq!(pieces(None, ""), []);
}

#[test]
fn a_long_text_is_shown_around_its_first_match() {
    let at = |text| shown(excerpt(Some(&question("家")), text, 8));
    assert_eq!(at("家12345678家"), "[家]1234567…");
    assert_eq!(at("123456789家123456789家"), "…89[家]12345…");
    assert_eq!(at("1234567890家"), "…4567890[家]");
    assert_eq!(at("1234567890"), "12345678…");
    assert_eq!(shown(excerpt(None, "1234567890", 8)), "12345678…");
}

#[test]
fn a_match_that_is_longer_than_the_excerpt_is_cut() {
    let text = "12 搬家清潔公司";
    assert_eq!(shown(excerpt(Some(&question("搬家清潔公司")), text, 4)), "… [搬家清]…");
}

#[test]
fn marks_and_joined_emoji_are_one_character_and_never_torn_apart() {
    let family = "👨\u{200D}👩\u{200D}👧";
    for c in [family, "👍🏽", "❤\u{FE0F}", "e\u{301}\u{323}"] {
        let text = format!("{}家{}", c.repeat(9), c.repeat(9));
        let expected = format!("…{}[家]{}…", c.repeat(2), c.repeat(5));
        assert_eq!(shown(excerpt(Some(&question("家")), &text, 8)), expected);
    }
}
