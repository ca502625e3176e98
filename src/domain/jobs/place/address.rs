//! The district that an address is in.

#[cfg(test)]
mod tests;

use super::{
    City, District, districts,
    spelling::{bare, cities_in_front, cities_meant, districts_named, only, stem},
};
use crate::domain::parse::folded;

/// Where a district of which only the name is known may be.
#[derive(Clone, Copy)]
struct Within {
    /// The cities that the client's spelling may mean; None if it named none.
    given: Option<&'static [&'static City]>,
    /// The cities that the address itself may mean; None if it names none.
    named: Option<&'static [&'static City]>,
}

impl Within {
    fn has(self, district: &District) -> bool {
        let has = |cities: Option<&[&City]>| {
            cities.is_none_or(|cities| cities.iter().any(|city| city.name == district.city))
        };
        has(self.given) && has(self.named) && !(self.is_anywhere() && is_word(district.name))
    }

    fn is_anywhere(self) -> bool {
        self.given.is_none() && self.named.is_none()
    }
}

/// Names that also mean a community, or the new part of any town.
fn is_word(name: &str) -> bool {
    matches!(name, "大社區" | "新社區" | "新市區")
}

/// The district that an address certainly names: in full, where addresses name it, and in no other
/// city than the given one. The given city may be empty; an unknown one makes nothing certain.
#[must_use]
pub fn district_of_address(city: &str, address: &str) -> Option<&'static District> {
    let given = match cities_meant(city) {
        [] if city.trim().is_empty() => None,
        [] => return None,
        cities => Some(cities),
    };
    let mut found = in_chinese(given, address);
    found.extend(in_english(given, address));
    found.sort_unstable_by_key(|district| (district.city, district.name));
    found.dedup();
    // Last, so that what one city rules out does not make another city's 大安區 the only one.
    only(found.into_iter()).filter(|district| !names_another(&folded(address), district))
}

/// The districts that may be meant by an address that goes from large to small.
fn in_chinese(given: Option<&'static [&'static City]>, address: &str) -> Vec<&'static District> {
    let address = bare(&address.replace(is_punctuation, ""));
    let Some(address) = without_code(&address) else { return Vec::new() };
    let address = without_country(address);
    let mut found: Vec<_> = in_front(Within { given, named: None }, address).collect();
    for (cities, rest) in cities_in_front(address) {
        found.extend(in_front(Within { given, named: Some(cities) }, rest));
    }
    found
}

fn is_punctuation(c: char) -> bool {
    matches!(c, ',' | '，' | '、' | '(' | ')' | '（' | '）' | '[' | ']')
}

/// What follows a postal code of three, five or six digits; other digits are none.
fn without_code(address: &str) -> Option<&str> {
    let rest = address.trim_start_matches(|c: char| c.is_ascii_digit());
    matches!(address.len() - rest.len(), 0 | 3 | 5 | 6).then_some(rest)
}

fn without_country(address: &str) -> &str {
    ["中華民國", "台灣省", "台灣", "福建省"]
        .into_iter()
        .fold(address, |address, country| address.strip_prefix(country).unwrap_or(address))
}

/// The districts that the address begins with.
fn in_front(within: Within, address: &str) -> impl Iterator<Item = &'static District> {
    districts().filter(move |district| within.has(district) && begins_with(address, district))
}

fn begins_with(address: &str, district: &District) -> bool {
    // 竹北市場 is a market.
    const OTHER_WORDS: [&str; 4] = ["市場", "區域", "區間", "鄉村"];
    address.starts_with(district.name)
        && address
            .strip_prefix(stem(district.name))
            .is_some_and(|kind| OTHER_WORDS.iter().all(|word| !kind.starts_with(word)))
}

/// Whether a folded address also has the name of another district of the same city.
fn names_another(address: &str, district: &District) -> bool {
    // 安南區 itself contains 南區.
    let rest = address.replace(district.name, "");
    districts()
        .filter(|other| other.city == district.city && other.name != district.name)
        .any(|other| rest.contains(other.name))
}

/// The districts that may be meant by an address that goes from small to large, with commas.
fn in_english(given: Option<&'static [&'static City]>, address: &str) -> Vec<&'static District> {
    let parts: Vec<String> =
        address.split([',', '，']).map(part).filter(|part| !is_country(part)).collect();
    let (named, parts) = match parts.split_last() {
        Some((last, smaller)) if !cities_meant(last).is_empty() => {
            (Some(cities_meant(last)), smaller)
        }
        _ => (None, parts.as_slice()),
    };
    let Some((last, smaller)) = parts.split_last() else { return Vec::new() };
    let is_place =
        |part: &String| !cities_meant(part).is_empty() || !districts_named(part).is_empty();
    if smaller.iter().any(is_place) {
        return Vec::new();
    }
    let within = Within { given, named };
    districts_named(last).iter().copied().filter(|district| within.has(district)).collect()
}

/// A part of an address between commas, bare and without a postal code.
fn part(text: &str) -> String {
    let part = bare(&text.replace(is_punctuation, ""));
    let part = without_code(&part).unwrap_or(&part);
    let rest = part.trim_end_matches(|c: char| c.is_ascii_digit());
    let has_code = matches!(part.len() - rest.len(), 3 | 5 | 6);
    if has_code { rest.to_owned() } else { part.to_owned() }
}

/// Also of what was nothing but a postal code.
fn is_country(part: &str) -> bool {
    matches!(part, "" | "taiwan" | "taiwanroc" | "roc" | "republicofchina" | "台灣")
}
