mod databases;
mod excerpt;
mod random;
mod table;

use super::{MAX_PARTS, Question, Unanswerable, fold, fold::Traced, highlights};

fn question(text: &str) -> Question {
    Question::parse(text).unwrap_or_else(|problem| panic!("{text:?}: {problem:?}"))
}

fn finds(text: &str, title: &str) -> bool {
    question(text).matches(&fold(title), "")
}

#[test]
fn width_case_and_the_two_tai_are_folded_away() {
    assert_eq!(fold("ＷｉＦｉ　臺北"), "wifi 台北");
    assert_eq!(fold("ﾊﾟｿｺﾝ ㎡ ①"), "パソコン m2 1");
}

#[test]
fn white_space_and_control_characters_become_one_space_and_none_at_the_ends() {
    assert_eq!(fold("\u{3000}\r\n搬\t \u{1F}\u{A0}\u{2028}家\0"), "搬 家");
    assert_eq!(fold(" \n"), "");
}

#[test]
fn upper_case_that_composes_only_in_lower_case_is_folded_like_lower_case() {
    assert_eq!(fold("J\u{30C}"), "\u{1F0}");
    assert_eq!(fold("\u{3D3}\u{17F}"), "\u{3CD}s");
}

/// Without most of Han, Hangul syllables, Tangut and the planes behind, where one character is like the other.
fn characters() -> impl Iterator<Item = char> {
    let scripts = ('\0'..'\u{3500}').chain('\u{A000}'..'\u{AD00}').chain('\u{D700}'..'\u{E000}');
    let more = ('\u{F900}'..'\u{17000}').chain('\u{1AFF0}'..'\u{20000}');
    scripts.chain(more).chain('\u{2F800}'..'\u{2FA20}').chain('\u{E0100}'..'\u{E0200}')
}

#[test]
fn to_fold_again_changes_nothing_for_any_character() {
    for c in characters() {
        for text in [format!("{c}"), format!("a{c}\u{323}\u{301}"), format!("{c}\u{30C}ｶ")] {
            let folded = fold(&text);
            assert_eq!(fold(&folded), folded, "{text:?}");
        }
    }
}

#[test]
fn any_character_is_folded_the_same_when_it_is_traced() {
    for c in characters() {
        let text = format!("ｶ{c}\u{301} \u{1100}{c}각{c}가{c} e\u{323}{c}\u{16D67}{c}\u{9C7}{c}");
        assert_eq!(Traced::of(&text).folded, fold(&text), "{text:?}");
    }
}

#[test]
fn a_text_without_letters_and_digits_asks_for_nothing() {
    for text in ["", " \n", "、 。", "❤\u{FE0F} !?", "\u{301}", "\u{1F}"] {
        assert_eq!(Question::parse(text), Err(Unanswerable::Nothing), "{text:?}");
    }
}

#[test]
fn a_part_counts_once_however_it_is_written() {
    assert_eq!(question("ＷｉＦｉ wifi, 「WiFi」"), question("wifi"));
    assert_eq!(question("搬家 搬家 清潔").parts().count(), 2);
}

#[test]
fn ten_different_parts_can_be_asked_for_and_not_eleven() {
    let numbers = |last| (1..=last).map(|n| format!("{n} 1")).collect::<Vec<_>>().join(" ");
    assert_eq!(question(&numbers(MAX_PARTS)).parts().count(), 10);
    let refused = Question::parse(&numbers(MAX_PARTS + 1));
    assert_eq!(refused, Err(Unanswerable::TooManyParts { max: 10 }));
}

#[test]
fn every_part_may_be_in_either_text_but_none_in_both_together() {
    let (title, description) = (fold("搬家"), fold("清潔 WiFi"));
    assert!(question("搬家 清潔").matches(&title, &description));
    assert!(question("清潔 搬家").matches(&title, &description));
    assert!(!question("家清").matches(&title, &description));
    assert!(!question("搬家 冷氣").matches(&title, &description));
}

#[test]
fn a_word_is_found_from_its_beginning_wherever_it_begins() {
    assert!(finds("wif", "安裝WiFi") && finds("wif", "(WiFi)") && finds("wif", "WiFi"));
    assert!(!finds("ifi", "安裝WiFi") && !finds("3樓", "13樓") && !finds("3樓", "B3樓"));
}

#[test]
fn all_words_of_a_part_but_the_last_are_whole() {
    assert!(finds("wifi安", "WiFi安裝") && finds("安裝wif", "安裝WiFi"));
    assert!(!finds("wif安裝", "WiFi安裝") && !finds("802.1x", "802.11x"));
}

#[test]
fn an_occurrence_within_an_earlier_one_is_seen() {
    assert!(finds("1樓1", "21樓1樓1"));
}

#[test]
fn punctuation_counts_within_a_part_and_not_around_it() {
    assert!(finds("搬家,清潔", "搬家，清潔") && finds("「搬家」", "搬家"));
    assert!(!finds("搬家,清潔", "搬家清潔") && !finds("搬家清潔", "搬家,清潔"));
}

#[test]
fn a_mark_belongs_to_the_character_before_it() {
    let x = "x\u{301}"; // No character of its own.
    assert!(finds(x, &format!("{x}y")) && !finds("y", &format!("{x}y")));
    assert!(finds("y", "搬\u{301}y"));
}

#[test]
fn each_script_of_the_neighbours_is_found_within_a_run() {
    for (part, text) in [
        ("ソコン", "パソコン"),
        ("국어", "한국어"),
        ("ㄨˋ", "ㄓㄨˋ"),
        ("野", "𠮷野家"),
        ("々", "人々の"),
    ] {
        assert!(finds(part, text), "{part}");
    }
    assert!(finds("ボ", "ア・ボ"));
}

#[test]
fn a_word_begins_behind_each_script_of_the_neighbours() {
    for c in "搬々〇ー𠮷ぼボ한ㄅˇˊˋ".chars() {
        assert!(finds("b", &format!("{c}b")), "{c}");
    }
}

fn marked(text: &str, original: &str) -> Vec<String> {
    let ranges = highlights(&question(text), original);
    ranges.into_iter().map(|range| original[range].to_owned()).collect()
}

#[test]
fn what_is_highlighted_is_the_text_as_it_was_posted() {
    assert_eq!(marked("wif 台北", "　臺北 \n\n ＷｉＦｉ安裝，台北"), ["臺北", "ＷｉＦ", "台北"]);
    assert_eq!(marked("パソ", "中古ﾊﾟｿｺﾝ"), ["ﾊﾟｿ"]);
    assert_eq!(marked("café", "Cafe\u{301} 咖啡"), ["Cafe\u{301}"]);
    assert_eq!(marked("한국", "\u{1112}\u{1161}\u{11AB}국어"), ["\u{1112}\u{1161}\u{11AB}국"]);
}

#[test]
fn a_character_that_folds_to_several_is_highlighted_whole() {
    assert_eq!(marked("50m", "約 50㎡，50坪"), ["50㎡"]);
    assert_eq!(marked("k", "㎏"), ["㎏"]);
}

#[test]
fn highlights_that_touch_or_overlap_are_one() {
    assert_eq!(marked("搬家 家清 潔", "搬家清潔，搬家"), ["搬家清潔", "搬家"]);
    assert_eq!(marked("台北市 北", "台北市"), ["台北市"]);
}

#[test]
fn all_parts_in_the_title_come_before_some_and_some_before_none() {
    let ten = question("一 二 三 四 五 六 七 八 九 十");
    let score = |title| ten.score(title);
    assert_eq!(score("一二三四五六七八九十"), 1000);
    assert!(score("x 十九八七六五四三二一") > score("一二三四五六七八九"));
    assert!(
        score("x 一二") > score("一"),
        "a title that begins with a part counts less than a part"
    );
    assert!(score("x 一") > score("x"));
    assert_eq!(score("x"), 0);
}

#[test]
fn a_title_that_begins_with_a_part_comes_before_one_that_does_not() {
    assert!(question("搬家").score("搬家清潔") > question("搬家").score("台北搬家"));
}
