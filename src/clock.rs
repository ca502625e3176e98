//! The only source of time.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc};

/// A moment with a precision of milliseconds, as stored.
pub type Timestamp = DateTime<Utc>;

/// The number of a moment's day in Taiwan, which has had no summer time since 1979.
#[must_use]
pub fn taipei_day(at: Timestamp) -> i64 {
    const HOURS_AHEAD: i64 = 8;
    (at.timestamp() + HOURS_AHEAD * 3_600).div_euclid(86_400)
}

/// The last moment that RFC 3339 can express: years have four digits.
const LAST: i64 = 253_402_300_799_999;
/// The first such moment.
const FIRST: i64 = -62_167_219_200_000;

/// The RFC 3339 text of a moment, clamped to the range that RFC 3339 can express.
#[must_use]
pub fn rfc3339(at: Timestamp, precision: Precision) -> String {
    let millis = at.timestamp_millis();
    let shown = DateTime::from_timestamp_millis(millis.clamp(FIRST, LAST)).unwrap_or_default();
    let (date, time) = (shown.date_naive(), shown.time());
    let mut text = String::with_capacity(24);
    // A third of the instructions of chrono's formatter, which was a tenth of a list of jobs.
    for (number, digits, end) in [
        (date.year().unsigned_abs(), 4, '-'),
        (date.month(), 2, '-'),
        (date.day(), 2, 'T'),
        (time.hour(), 2, ':'),
        (time.minute(), 2, ':'),
    ] {
        push(&mut text, number, digits);
        text.push(end);
    }
    push(&mut text, time.second(), 2);
    if precision == Precision::Millis {
        text.push('.');
        push(&mut text, shown.timestamp_subsec_millis(), 3);
    }
    text.push('Z');
    text
}

/// The smallest unit of time that a text shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    Seconds,
    Millis,
}

/// Appends the last digits of a number.
fn push(text: &mut String, number: u32, digits: u32) {
    let digit = |place| char::from_digit(number / 10_u32.pow(place) % 10, 10);
    text.extend((0..digits).rev().filter_map(digit));
}

/// Source of the time: the system, or a clock that tests set.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    #[default]
    System,
    /// Milliseconds since the Unix epoch, shared by all clones.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stays at `start` until it is advanced.
    #[must_use]
    pub fn manual(start: Timestamp) -> Self {
        Self::Manual(Arc::new(AtomicI64::new(start.timestamp_millis())))
    }

    /// The current moment, truncated to milliseconds.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let millis = match self {
            #[expect(clippy::disallowed_methods, reason = "the clock is where time enters")]
            Self::System => Utc::now().timestamp_millis(),
            Self::Manual(millis) => millis.load(Ordering::SeqCst),
        };
        DateTime::from_timestamp_millis(millis).unwrap_or_default()
    }

    /// Advances a manual clock; does nothing to the system's clock.
    pub fn advance(&self, by: TimeDelta) {
        if let Self::Manual(millis) = self {
            millis.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_moment_has_a_text_of_rfc_3339() {
        for (millis, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (LAST, "9999-12-31T23:59:59.999Z"),
            (LAST + 1, "9999-12-31T23:59:59.999Z"),
            (FIRST, "0000-01-01T00:00:00.000Z"),
            (FIRST - 1, "0000-01-01T00:00:00.000Z"),
        ] {
            let at = DateTime::from_timestamp_millis(millis).unwrap();
            assert_eq!(rfc3339(at, Precision::Millis), text, "{millis}");
            assert!(DateTime::parse_from_rfc3339(text).is_ok(), "{text}");
        }
    }
}
