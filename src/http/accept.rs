//! Content negotiation: media type, language and encoding (RFC 9110 §12.4.2, §12.5).
//!
//! Parsing is lenient: members of a list that are malformed are skipped, and syntax that older
//! standards allowed is accepted.

use axum::http::{HeaderMap, HeaderName, header};

use crate::language::Language;

/// Members of a preference header that are read at most.
const MEMBERS_MAX: usize = 32;

/// The members of a comma-separated header, over all its lines, except those that are not UTF-8.
pub(super) fn members<'a>(
    headers: &'a HeaderMap,
    name: &HeaderName,
) -> impl Iterator<Item = &'a str> + use<'a> {
    let lines = headers.get_all(name).into_iter();
    let members = lines.flat_map(|line| line.as_bytes().split(|&byte| byte == b','));
    let texts = members.filter_map(|member| str::from_utf8(member.trim_ascii()).ok());
    texts.filter(|text| !text.is_empty())
}

/// The members of a header such as `Accept`, each with its weight from 0 (not acceptable) to 1. A
/// member with a malformed weight is skipped.
fn preferences<'a>(
    headers: &'a HeaderMap,
    name: &HeaderName,
) -> impl Iterator<Item = (&'a str, f32)> + use<'a> {
    members(headers, name).take(MEMBERS_MAX).filter_map(|member| {
        let mut parts = member.split(';').map(str::trim);
        let name = parts.next()?;
        let mut parameters = parts.filter_map(|part| part.split_once('='));
        match parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("q")) {
            None => Some((name, 1.0)),
            Some((_, text)) => weight(text.trim()).map(|weight| (name, weight)),
        }
    })
}

/// Accepts `1`, `0.5`, also `.5` and more than three digits.
fn weight(text: &str) -> Option<f32> {
    let is_decimal = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let weight: f32 = text.parse().ok().filter(|_| is_decimal)?;
    Some(weight.min(1.0))
}

/// The language of answers whose language is not fixed: strangers read English.
pub(super) fn language(headers: &HeaderMap) -> Language {
    asked_language(headers).unwrap_or_default()
}

/// The language that the client prefers among ours, if it names one of them.
pub(super) fn asked_language(headers: &HeaderMap) -> Option<Language> {
    Language::best(preferences(headers, &header::ACCEPT_LANGUAGE))
}

/// Whether the client accepts Brotli; it must name it.
pub(super) fn takes_brotli(headers: &HeaderMap) -> bool {
    let mut encodings = preferences(headers, &header::ACCEPT_ENCODING);
    encodings.any(|(name, weight)| name.eq_ignore_ascii_case("br") && weight > 0.0)
}

/// Whether the client names HTML and prefers it to all other offers, as browsers do.
pub(super) fn wants_page(headers: &HeaderMap, offers: &[&str]) -> bool {
    let mut ranges = preferences(headers, &header::ACCEPT);
    ranges.any(|(name, _)| name.eq_ignore_ascii_case(HTML)) && best(headers, offers) == Some(HTML)
}

/// The media type of pages.
pub(super) const HTML: &str = "text/html";

/// The best of the offered types; among equals the first offered. The first, too, if the header is
/// missing or has no readable member.
pub(super) fn best<'a>(headers: &HeaderMap, offers: &[&'a str]) -> Option<&'a str> {
    let ranges = preferences(headers, &header::ACCEPT).filter_map(Range::parse);
    let mut ranges: Vec<Range<'_>> = ranges.collect();
    if ranges.is_empty() {
        ranges.push(Range::ANY);
    }
    let weight = |offer: &str| {
        let matching = ranges.iter().filter(|range| range.matches(offer));
        matching.max_by_key(|range| range.specificity()).map_or(0.0, |range| range.weight)
    };
    let mut best = None;
    for &offer in offers {
        let weight = weight(offer);
        if weight > best.map_or(0.0, |(_, other)| other) {
            best = Some((offer, weight));
        }
    }
    best.map(|(offer, _)| offer)
}

/// One media range with its weight.
struct Range<'a> {
    kind: &'a str,
    subtype: &'a str,
    weight: f32,
}

impl<'a> Range<'a> {
    const ANY: Self = Self { kind: "*", subtype: "*", weight: 1.0 };

    fn parse((name, weight): (&'a str, f32)) -> Option<Self> {
        // Java clients have sent `*` alone for decades.
        let (kind, subtype) = if name == "*" { ("*", "*") } else { name.split_once('/')? };
        let is_whole = !kind.is_empty() && !subtype.is_empty();
        is_whole.then_some(Self { kind, subtype, weight })
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

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &str = "application/json";
    const RESPONSE: &str = "application/graphql-response+json";

    fn sent(name: &HeaderName, lines: &[&[u8]]) -> HeaderMap {
        let value = |line: &&[u8]| header::HeaderValue::from_bytes(line).unwrap();
        lines.iter().map(|line| (name.clone(), value(line))).collect()
    }

    fn chosen(accept: &str) -> Option<&'static str> {
        best(&sent(&header::ACCEPT, &[accept.as_bytes()]), &[JSON, RESPONSE])
    }

    #[test]
    fn the_client_s_preference_wins_and_our_order_breaks_ties() {
        for (accept, expected) in [
            ("*/*", Some(JSON)),
            ("application/*", Some(JSON)),
            (RESPONSE, Some(RESPONSE)),
            ("application/graphql-response+json, application/json;q=0.9", Some(RESPONSE)),
            ("application/json;q=0.1, */*;q=0.5", Some(RESPONSE)),
            ("application/json;q=0, text/html", None),
            ("text/html", None),
        ] {
            assert_eq!(chosen(accept), expected, "{accept}");
        }
        assert_eq!(best(&HeaderMap::new(), &[JSON, RESPONSE]), Some(JSON));
        let two_lines = [&b"application/json;q=0.1"[..], b"*/*;q=0.5"];
        assert_eq!(best(&sent(&header::ACCEPT, &two_lines), &[JSON, RESPONSE]), Some(RESPONSE));
    }

    #[test]
    fn f05_what_clients_really_send_is_understood() {
        for (accept, expected) in [
            ("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", Some(JSON)),
            ("*", Some(JSON)),
            ("*;q=0", None),
            ("application/json;q=0.33333", Some(JSON)),
            ("application/json;q=0.33333, application/graphql-response+json;Q=.4", Some(RESPONSE)),
            (
                "application/json; q = 0.1 , application/graphql-response+json ; Q=1.",
                Some(RESPONSE),
            ),
            ("application/json;q=7, application/graphql-response+json", Some(JSON)),
            ("application/json;charset=utf-8;q=0.5, application/*;q=0.6", Some(RESPONSE)),
        ] {
            assert_eq!(chosen(accept), expected, "{accept}");
        }
    }

    #[test]
    fn f05_a_malformed_member_is_left_out_and_the_rest_counts() {
        let member: [&[u8]; 9] = [
            b"text",
            b"application/",
            b"/json",
            b"application/json;q=high",
            b"application/json;q=-1",
            b"application/json;q=1e0",
            b"application/json;q=",
            b"application/json\xff",
            b"",
        ];
        for member in member {
            let rest = [member, &b", application/graphql-response+json;q=0.1"[..]].concat();
            let choice = best(&sent(&header::ACCEPT, &[&rest]), &[JSON, RESPONSE]);
            assert_eq!(choice, Some(RESPONSE), "{}", rest.escape_ascii());
            let alone = best(&sent(&header::ACCEPT, &[member]), &[JSON, RESPONSE]);
            assert_eq!(alone, Some(JSON), "as without a header: {}", member.escape_ascii());
            let refusing = [member, &b", text/plain"[..]].concat();
            assert_eq!(best(&sent(&header::ACCEPT, &[&refusing]), &[JSON, RESPONSE]), None);
        }
    }

    #[test]
    fn f05_languages_and_encodings_are_weighed_in_the_same_way() {
        let language = |line: &[u8]| language(&sent(&header::ACCEPT_LANGUAGE, &[line]));
        assert_eq!(language(b"\xe4\xb8\xad, zh-TW;Q=.9, en;q=0.33333"), Language::ZhTw);
        assert_eq!(language(b"zh;q=nonsense, en;q=0.1"), Language::En);
        assert_eq!(language(b"zh_TW"), Language::ZhTw);
        let brotli = |line: &[u8]| takes_brotli(&sent(&header::ACCEPT_ENCODING, &[line]));
        assert!(brotli(b"\xff, gzip;q=nonsense, BR ; Q=.5"));
        assert!(!brotli(b"br;q=0.000, gzip") && !brotli(b"br;q=x") && !brotli(b"br\xff"));
    }

    #[test]
    fn a_page_is_for_those_who_name_it() {
        let wants = |accept: &str| {
            wants_page(&sent(&header::ACCEPT, &[accept.as_bytes()]), &[JSON, RESPONSE, HTML])
        };
        assert!(wants("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"));
        assert!(wants("Text/HTML"));
        assert!(!wants("*/*") && !wants("text/*") && !wants("text/html;q=0.1, application/json"));
    }
}
