//! Validated values: each parses a client's input or reports the problem.

pub(in crate::domain) mod fields;

use std::ops::RangeInclusive;

use chrono::{DateTime, Months, Utc};
use unicode_normalization::UnicodeNormalization;

use crate::{auth::MAX_PASSWORD_BYTES, clock::Timestamp, error::FieldProblem};

pub type Parsed<T> = Result<T, FieldProblem>;

/// Minimum and maximum number of code points; 0 allows an empty text.
pub type Length = RangeInclusive<usize>;
/// Minimum and maximum of a number.
pub type Range = RangeInclusive<i64>;

/// A new password, after NFKC.
pub const PASSWORD: Length = 8..=256;
/// An existing password.
pub const PRESENTED_PASSWORD: Length = 1..=256;
/// RFC 5321, section 4.5.3.1.3, without the angle brackets; in bytes.
pub const EMAIL: Length = 0..=254;
pub const PHONE: Length = 0..=30;
/// A code of the second factor, or a recovery code with its hyphens; longer texts are wrong.
pub const CODE: Length = 0..=32;

/// One line of text, trimmed.
pub fn line(text: &str, length: Length) -> Parsed<String> {
    let text = text.trim();
    if text.chars().any(char::is_control) {
        return Err(FieldProblem::ControlCharacters);
    }
    sized(text, text.chars().count(), length).map(str::to_owned)
}

/// Text of several lines, trimmed.
pub fn paragraph(text: &str, length: Length) -> Parsed<String> {
    let text = text.trim();
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(FieldProblem::ControlCharacters);
    }
    sized(text, text.chars().count(), length).map(str::to_owned)
}

fn sized(text: &str, count: usize, length: Length) -> Parsed<&str> {
    let (min, max) = length.into_inner();
    match count {
        0 if min > 0 => Err(FieldProblem::Required),
        count if count < min => Err(FieldProblem::TooShort { min }),
        count if count > max => Err(FieldProblem::TooLong { max }),
        _ => Ok(text),
    }
}

/// A whole number within bounds.
pub fn number(value: i64, range: Range) -> Parsed<i64> {
    let (min, max) = range.into_inner();
    if (min..=max).contains(&value) {
        Ok(value)
    } else {
        Err(FieldProblem::OutOfRange { min, max })
    }
}

/// How far in the future a moment may be: enough for planning, and within RFC 3339's four-digit
/// years.
const YEARS_AHEAD: u32 = 10;

/// A moment after `now` and not too far in the future, truncated to milliseconds.
pub fn future(at: DateTime<Utc>, now: Timestamp) -> Parsed<Timestamp> {
    let at = DateTime::from_timestamp_millis(at.timestamp_millis()).unwrap_or_default();
    let last = now.checked_add_months(Months::new(12 * YEARS_AHEAD)).unwrap_or(now);
    match at {
        _ if at <= now => Err(FieldProblem::NotInTheFuture),
        _ if at > last => Err(FieldProblem::TooFarAhead { years: YEARS_AHEAD }),
        _ => Ok(at),
    }
}

/// Text for comparison: ignores compatibility forms, letter case, and 臺 versus 台.
#[must_use]
pub fn folded(text: &str) -> String {
    text.trim()
        .nfkc()
        .flat_map(char::to_lowercase)
        .map(|c| if c == '臺' { '台' } else { c })
        .collect()
}

/// An address that mail can be sent to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email {
    as_typed: String,
    canonical: String,
}

impl Email {
    /// Parses `local@domain`; quoted local parts and IP domains are refused.
    pub fn parse(text: &str) -> Parsed<Self> {
        let as_typed = text.trim();
        if as_typed.is_empty() {
            return Err(FieldProblem::Required);
        }
        sized(as_typed, as_typed.len(), EMAIL)?;
        let canonical = Self::canonical_form(as_typed).ok_or(FieldProblem::NotAnEmail)?;
        Ok(Self { as_typed: as_typed.to_owned(), canonical })
    }

    #[must_use]
    pub fn as_typed(&self) -> &str {
        &self.as_typed
    }

    /// NFKC, lower case, and the domain in ASCII: equal for one mailbox.
    #[must_use]
    pub fn canonical(&self) -> &str {
        &self.canonical
    }

    fn canonical_form(text: &str) -> Option<String> {
        let folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
        let (local, domain) = folded.rsplit_once('@')?;
        let url::Host::Domain(domain) = url::Host::parse(domain).ok()? else { return None };
        let canonical = format!("{local}@{domain}");
        let sendable =
            text.parse::<lettre::Address>().is_ok() && canonical.parse::<lettre::Address>().is_ok();
        (sendable && domain.contains('.') && !local.contains(['"', ',', ' '])).then_some(canonical)
    }
}

/// A phone number of 6 to 20 digits, optionally with a plus, spaces, hyphens and parentheses; an empty
/// text is none.
pub fn phone(text: Option<&str>) -> Parsed<Option<String>> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let text = line(text, PHONE)?;
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let rest = text.strip_prefix('+').unwrap_or(&text);
    let shaped =
        rest.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')' | '#'));
    if shaped && (6..=20).contains(&digits) { Ok(Some(text)) } else { Err(FieldProblem::NotAPhone) }
}

/// An existing password: only refused if it is longer than any password can be.
pub fn presented_password(text: &str) -> Parsed<&str> {
    let is_short = text.len() <= MAX_PASSWORD_BYTES;
    let count = if is_short { text.nfkc().count() } else { usize::MAX };
    sized(text, count, PRESENTED_PASSWORD)
}

/// A new password: no control characters, never trimmed.
pub fn password(text: &str) -> Parsed<String> {
    presented_password(text)?;
    let normal: String = text.nfkc().collect();
    sized(text, normal.chars().count(), PASSWORD)?;
    if normal.chars().any(char::is_control) {
        return Err(FieldProblem::ControlCharacters);
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_mailbox_have_one_canonical_form() {
        let canonical = |text| Email::parse(text).map(|email| email.canonical().to_owned());
        assert_eq!(canonical("Mike@Example.ORG"), Ok("mike@example.org".into()));
        assert_eq!(
            canonical("mi\u{212A}e@example.org"),
            Ok("mike@example.org".into()),
            "Kelvin sign"
        );
        assert_eq!(canonical("a@台灣.tw"), canonical("a@xn--kpry57d.tw"));
    }

    #[test]
    fn what_is_not_one_sendable_address_is_refused() {
        for text in [
            "a",
            "a@",
            "@b.c",
            "a@x.y,b@x.y",
            "a@x.y\r\nBcc: b@x.y",
            "\"a b\"@x.y",
            "a@[127.0.0.1]",
            "a@localhost",
        ] {
            assert_eq!(Email::parse(text), Err(FieldProblem::NotAnEmail), "{text:?}");
        }
        assert_eq!(Email::parse("  "), Err(FieldProblem::Required));
    }

    #[test]
    fn both_ways_to_write_tai_are_one_city() {
        assert_eq!(folded("臺北市"), folded(" 台北市"));
    }

    #[test]
    fn lengths_count_code_points() {
        assert_eq!(line("張三", 2..=50), Ok("張三".into()));
        assert_eq!(line("張", 2..=50), Err(FieldProblem::TooShort { min: 2 }));
        assert_eq!(password(&"界".repeat(256)), Ok("界".repeat(256)));
        assert_eq!(password(&"\u{FDFA}".repeat(256)), Err(FieldProblem::TooLong { max: 256 }));
    }
}
