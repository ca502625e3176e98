//! Times as mails print them.

use chrono::TimeDelta;

use crate::clock::Timestamp;

/// Taiwan is eight hours ahead of UTC all year.
pub(super) fn taipei(moment: Timestamp) -> Timestamp {
    moment + TimeDelta::hours(8)
}

/// Truncated, not rounded, so that no mail promises a minute too much.
pub(super) fn minute(moment: Timestamp) -> impl std::fmt::Display {
    moment.format("%Y-%m-%d %H:%M")
}
