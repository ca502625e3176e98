//! Finding jobs by words: what a question finds, and how a database finds the same.
//!
//! # What a question finds
//!
//! The question and the texts are [folded](fold()): half and full width, letter case, 臺 and 台, and
//! kinds of white space make no difference. In a folded text
//!
//! - a mark (Unicode category M) belongs to the character before it;
//! - **CJK** characters are Han, Bopomofo with its tone marks, Hiragana, Katakana and Hangul;
//! - a **word** is a longest run of other letters and of digits: `802`, `wifi`, `iphone15`, `b1`. Letters
//!   and digits make one word together; a CJK character ends it;
//! - everything else separates.
//!
//! The question is split into parts at white space; a part loses the separators at both of its ends, and is
//! dropped if nothing remains. **A job is found if every part occurs in its title or in its description. A
//! part occurs where its characters stand one after the other exactly as in the part, and where, if it
//! begins with a word, a word begins.**
//!
//! - `搬家` is found inside `台北市搬家清潔`.
//! - `wif` is found in `安裝WiFi`, `ifi` is not; `wif安裝` is not found in `WiFi安裝`, since all words of a
//!   part but the last are whole.
//! - `3樓` is not found in `13樓` or `B3樓`; `安裝wif` is found in `安裝WiFi`.
//! - Punctuation within a part counts: `802.11` and `搬家,清潔` are found only as they stand. Whoever means
//!   both of two words writes a space.
//!
//! [`Question::matches`] is this definition, by brute force.
//!
//! # How a database finds it
//!
//! A job is written with its [`tokens`], for a full-text index, and with its [`indexed`] text. A question
//! is answered by its [`Question::terms`] as [`fts5_query`] or [`tsquery`], and each of
//! [`Question::substrings`] has to be in the indexed text (`instr`, `position`): together they decide
//! exactly what `matches` does. Most questions have no such substrings.

mod characters;
mod excerpt;
mod fold;
mod highlight;
mod index;
mod question;

#[cfg(test)]
mod tests;

pub use excerpt::{Piece, excerpt, pieces};
pub use fold::fold;
pub use highlight::highlights;
pub use index::{Term, encoded, fts5_query, indexed, terms, tokens, tsquery};
pub use question::{MAX_PARTS, Question, Unanswerable};
