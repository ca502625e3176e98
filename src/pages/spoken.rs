//! Amounts, numbers and moments as people write them, in Taiwan time.

use chrono::{DateTime, Datelike, FixedOffset, TimeDelta, Timelike, Weekday};

use crate::{clock::Timestamp, language::Language};

/// Taiwan's offset, the same all year since 1979.
const AHEAD: TimeDelta = TimeDelta::hours(8);

/// A number with its thousands apart: 1,800.
pub(super) fn number(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = if number < 0 { "-".to_owned() } else { String::new() };
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// NT$1,800
pub(super) fn money(amount: i64) -> String {
    format!("NT${}", number(amount))
}

/// A count that stops at 10,000, which then means as many or more.
pub(super) fn count(count: u32) -> String {
    let more = if count >= 10_000 { "+" } else { "" };
    format!("{}{more}", number(count.into()))
}

/// 12/1（二）09:00, or Tue 12/1 09:00.
pub(super) fn moment(at: Timestamp, language: Language) -> String {
    let local = local(at);
    format!("{} {:02}:{:02}", day(at, language), local.hour(), local.minute()).replace("） ", "）")
}

/// 12/1（二）, or Tue 12/1.
pub(super) fn day(at: Timestamp, language: Language) -> String {
    let local = local(at);
    let (month, day) = (local.month(), local.day());
    let (zh, en) = weekday(local.weekday());
    match language {
        Language::ZhTw => format!("{month}/{day}（{zh}）"),
        Language::En => format!("{en} {month}/{day}"),
    }
}

/// 2026-12-01, in Taiwan.
pub(super) fn date(at: Timestamp) -> String {
    local(at).date_naive().to_string()
}

/// The midnight in Taiwan at which the day of a moment begins, some days later.
pub(super) fn midnight(at: Timestamp, days_later: i64) -> Timestamp {
    let since = TimeDelta::seconds((at + AHEAD).timestamp().rem_euclid(86_400));
    let whole = DateTime::from_timestamp(at.timestamp(), 0).unwrap_or(at);
    whole - since + TimeDelta::days(days_later)
}

/// How many days are left until the next Monday: from 1 to 7.
pub(super) fn days_of_week_left(at: Timestamp) -> i64 {
    7 - i64::from(local(at).weekday().num_days_from_monday())
}

fn local(at: Timestamp) -> DateTime<FixedOffset> {
    (at + AHEAD).fixed_offset()
}

fn weekday(day: Weekday) -> (&'static str, &'static str) {
    match day {
        Weekday::Mon => ("一", "Mon"),
        Weekday::Tue => ("二", "Tue"),
        Weekday::Wed => ("三", "Wed"),
        Weekday::Thu => ("四", "Thu"),
        Weekday::Fri => ("五", "Fri"),
        Weekday::Sat => ("六", "Sat"),
        Weekday::Sun => ("日", "Sun"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn amounts_and_moments_are_written_as_in_taiwan() {
        assert_eq!(money(1_800), "NT$1,800");
        assert_eq!([number(0), number(999), number(1_234_567)], ["0", "999", "1,234,567"]);
        assert_eq!(moment(at("2026-12-01T01:00:00Z"), Language::ZhTw), "12/1（二）09:00");
        assert_eq!(moment(at("2026-11-30T16:05:00Z"), Language::En), "Tue 12/1 00:05");
        assert_eq!((count(9_999), count(10_000)), ("9,999".into(), "10,000+".into()));
    }

    #[test]
    fn days_begin_at_midnight_in_taiwan() {
        let sunday_night = at("2026-12-06T15:59:59.999Z");
        assert_eq!(midnight(sunday_night, 0), at("2026-12-05T16:00:00Z"));
        assert_eq!(midnight(sunday_night, 1), at("2026-12-06T16:00:00Z"));
        assert_eq!(days_of_week_left(sunday_night), 1);
        assert_eq!(days_of_week_left(at("2026-12-06T16:00:00Z")), 7);
    }
}
