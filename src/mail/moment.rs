//! Times as mails print them.

use chrono::TimeDelta;

use crate::{clock::Timestamp, language::Language};

/// A minute, truncated so that no mail promises one too much: in Chinese by Taiwan's time, which is eight
/// hours ahead of UTC all year, and in English by UTC.
#[must_use]
pub fn moment(at: Timestamp, language: Language) -> String {
    match language {
        Language::ZhTw => {
            (at + TimeDelta::hours(8)).format("%Y-%m-%d %H:%M（台灣時間）").to_string()
        }
        Language::En => at.format("%Y-%m-%d %H:%M UTC").to_string(),
    }
}
