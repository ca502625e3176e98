//! Choosing a media type and a language by what the client accepts (RFC 9110 §12.5).

use axum::http::{HeaderMap, header};

use crate::language::Language;

/// The language of answers that have no language of their own.
pub(super) fn language(headers: &HeaderMap) -> Language {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Language::negotiate(accepted)
}

/// The best of the offered types; among equals the first offered. Without a header, the first.
pub(super) fn best<'a>(accept: Option<&str>, offers: &[&'a str]) -> Option<&'a str> {
    let accept = accept.filter(|accept| !accept.trim().is_empty()).unwrap_or("*/*");
    let ranges: Vec<Range<'_>> = accept.split(',').take(32).filter_map(Range::parse).collect();
    let quality = |offer: &str| {
        let matching = ranges.iter().filter(|range| range.matches(offer));
        matching.max_by_key(|range| range.specificity()).map_or(0, |range| range.quality)
    };
    let mut best = None;
    for &offer in offers {
        let quality = quality(offer);
        if quality > 0 && best.is_none_or(|(_, other)| quality > other) {
            best = Some((offer, quality));
        }
    }
    best.map(|(offer, _)| offer)
}

/// One media range with its quality in thousandths.
struct Range<'a> {
    kind: &'a str,
    subtype: &'a str,
    quality: u16,
}

impl<'a> Range<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let (kind, subtype) = parts.next()?.split_once('/')?;
        let quality = match parts.find_map(|part| part.strip_prefix("q=")) {
            None => 1_000,
            Some(digits) => thousandths(digits)?,
        };
        Some(Self { kind, subtype, quality })
    }

    fn matches(&self, offer: &str) -> bool {
        let Some((kind, subtype)) = offer.split_once('/') else { return false };
        let fits = |range: &str, part: &str| range == "*" || range.eq_ignore_ascii_case(part);
        fits(self.kind, kind) && fits(self.subtype, subtype)
    }

    fn specificity(&self) -> u8 {
        u8::from(self.kind != "*") + u8::from(self.subtype != "*")
    }
}

/// `0`, `1`, `0.5`, `0.123` and the like.
fn thousandths(digits: &str) -> Option<u16> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if fraction.len() > 3 {
        return None;
    }
    let fraction: u16 = format!("{fraction:0<3}").parse().ok()?;
    Some((whole.parse::<u16>().ok()? * 1_000 + fraction).min(1_000))
}

#[cfg(test)]
mod tests {
    use super::best;

    #[test]
    fn the_client_s_preference_wins_and_our_order_breaks_ties() {
        let offers = ["application/json", "application/graphql-response+json"];
        let cases = [
            (None, Some(offers[0])),
            (Some("*/*"), Some(offers[0])),
            (Some("application/*"), Some(offers[0])),
            (Some("application/graphql-response+json"), Some(offers[1])),
            (Some("application/graphql-response+json, application/json;q=0.9"), Some(offers[1])),
            (Some("application/json;q=0.1, */*;q=0.5"), Some(offers[1])),
            (Some("application/json;q=0, text/html"), None),
            (Some("text/html"), None),
        ];
        for (accept, expected) in cases {
            assert_eq!(best(accept, &offers), expected, "{accept:?}");
        }
    }
}
