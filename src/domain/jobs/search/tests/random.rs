//! Random texts and questions: the index decides exactly what brute force does.

use super::{
    super::{Piece, Question, Term, excerpt, fold, fold::Traced, highlights, pieces, terms},
    databases::{finds_by_index, has_terms},
};

/// Few, so that texts and questions often share them; each can change how its neighbours are read.
const PIECES: [&str; 36] = [
    "搬",
    "家",
    "台",
    "臺",
    "1",
    "樓",
    "１",
    "3",
    "a",
    "搬",
    ",",
    "A",
    " ",
    "家",
    "Ａ",
    "b",
    ".",
    "1",
    "é",
    "e\u{301}",
    "\u{301}",
    "İ",
    "𠮷",
    "ー",
    "パ",
    "ﾊﾟ",
    "一",
    "、",
    "한",
    "\u{1112}\u{1161}",
    "\u{11AB}",
    "\n",
    "ㄨˋ",
    "，",
    "\u{3000}",
    "\u{1F}",
];

/// A linear congruential generator, with the constants of Knuth's MMIX.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }

    /// Of few neighbours among the pieces, so that they are repeated.
    fn text(&mut self, most: usize, window: usize) -> String {
        let pieces =
            (0..self.below(most + 1)).map(|_| PIECES[(window + self.below(5)) % PIECES.len()]);
        pieces.collect()
    }

    /// A word longer than terms are, now and then.
    fn document(&mut self) -> [String; 2] {
        let (one, other) = (self.below(PIECES.len()), self.below(PIECES.len()));
        let mut texts = [self.text(6, one), self.text(14, other)];
        if self.below(8) == 0 {
            let length = 30 + self.below(5);
            texts[1].push_str(&"a".repeat(length));
        }
        texts
    }

    /// Each pair of neighbours is one of the text, but not all of them together have to be.
    fn walk(&mut self, text: &[char]) -> Vec<char> {
        let mut walked = Vec::new();
        let mut at = self.below(text.len() + 1);
        while let Some(c) = text.get(at).filter(|_| walked.len() < 5) {
            walked.push(*c);
            let same: Vec<_> = (0..text.len()).filter(|other| text[*other] == *c).collect();
            at = same[self.below(same.len())] + 1;
        }
        walked
    }

    /// Mostly pieces of the texts, so that it is often found or nearly.
    fn question(&mut self, texts: &[String; 2]) -> String {
        let mut parts = Vec::new();
        for _ in 0..=self.below(3) {
            let text: Vec<char> = texts[self.below(2)].chars().collect();
            let from = self.below(text.len() + 1);
            let to = from + self.below(text.len() - from + 1);
            let mut part = text[from..to].to_vec();
            match self.below(8) {
                0 => part = self.text(3, 7 * from).chars().collect(),
                1..=3 => part = self.walk(&text),
                _ => {}
            }
            parts.push(String::from_iter(part));
        }
        parts.join(" ")
    }
}

/// Calls with questions and folded titles and descriptions, and the texts as posted.
fn each(mut check: impl FnMut(&Question, [&str; 2], &[String; 2])) {
    let mut random = Random(20_240_601);
    for _ in 0..10_000 {
        let texts = random.document();
        if let Ok(question) = Question::parse(&random.question(&texts)) {
            let folded = [fold(&texts[0]), fold(&texts[1])];
            check(&question, [&folded[0], &folded[1]], &texts);
        }
    }
}

#[test]
fn terms_and_substrings_decide_exactly_what_brute_force_does() {
    let (mut found, mut checked_away) = (0, 0);
    each(|question, [title, description], _| {
        let expected = question.matches(title, description);
        let decided = finds_by_index(question, title, description);
        assert_eq!(decided, expected, "{question:?} in {title:?}, {description:?}");
        found += usize::from(expected);
        checked_away += usize::from(!expected && has_terms(question, title, description));
    });
    assert!(found > 2_000 && checked_away > 100, "{found} found, {checked_away} checked away");
}

#[test]
fn whatever_is_found_has_all_terms_of_the_question() {
    each(|question, [title, description], _| {
        let terms: Vec<_> = [terms(title), terms(description)].concat();
        let has = |term: &Term| match term {
            Term::Exact(term) => terms.contains(term),
            Term::Prefix(begin) => terms.iter().any(|term| term.starts_with(begin)),
        };
        let missing = question.terms().into_iter().find(|term| !has(term));
        let found = question.matches(title, description);
        assert!(
            !found || missing.is_none(),
            "{question:?} in {title:?}, {description:?}: {missing:?}"
        );
    });
}

#[test]
fn random_texts_fold_once_and_the_same_when_traced() {
    each(|_, folded, texts| {
        for (folded, text) in folded.into_iter().zip(texts) {
            assert_eq!(fold(folded), folded, "{text:?}");
            assert_eq!(Traced::of(text).folded, folded, "{text:?}");
        }
    });
}

#[test]
fn highlights_are_apart_and_each_begins_and_ends_between_characters() {
    each(|question, folded, texts| {
        for (folded, text) in folded.into_iter().zip(texts) {
            let ranges = highlights(question, text);
            let is_apart = ranges.windows(2).all(|pair| pair[0].end < pair[1].start);
            assert!(is_apart, "{ranges:?} in {text:?}");
            let pieces: Vec<_> = ranges.into_iter().map(|range| &text[range]).collect();
            assert!(pieces.iter().all(|piece| !piece.is_empty()), "{pieces:?} in {text:?}");
            let occurs = question.parts().any(|part| super::finds(part, folded));
            assert_eq!(!pieces.is_empty(), occurs, "{question:?} in {text:?}");
        }
    });
}

#[test]
fn pieces_are_the_text_and_those_of_an_excerpt_a_part_of_it_with_the_first_match() {
    let joined = |pieces: &[Piece]| pieces.iter().map(|piece| &*piece.text).collect::<String>();
    each(|question, _, texts| {
        for text in texts {
            let all = pieces(Some(question), text);
            assert_eq!(joined(&all), *text);
            let highlighted = highlights(question, text).into_iter().map(|range| range.len());
            let matched = all.iter().filter(|piece| piece.is_match).map(|piece| piece.text.len());
            assert_eq!(matched.sum::<usize>(), highlighted.sum::<usize>());
            let excerpt = excerpt(Some(question), text, 5);
            let first = |pieces: &[Piece]| pieces.iter().find(|piece| piece.is_match).cloned();
            let (whole, shown) = (first(&all), first(&excerpt));
            assert_eq!(whole.is_some(), shown.is_some(), "{question:?} in {text:?}");
            if let (Some(whole), Some(shown)) = (whole, shown) {
                assert!(whole.text.starts_with(&shown.text), "{shown:?} in {text:?}");
            }
            assert!(text.contains(joined(&excerpt).trim_matches('…')), "{excerpt:?} of {text:?}");
        }
    });
}
