//! The spellings of cities and districts.

use std::{collections::HashMap, sync::LazyLock};

use super::{City, District, cities, districts};
use crate::domain::parse::folded;

/// What each spelling, bare, may mean.
type Meanings<T> = HashMap<String, Vec<&'static T>>;

/// Counties that became, or became a part of, a city.
const MERGED: [(&str, &str, &str); 5] = [
    ("台北縣", "Taipei County", "新北市"),
    ("桃園縣", "Taoyuan County", "桃園市"),
    ("台中縣", "Taichung County", "台中市"),
    ("台南縣", "Tainan County", "台南市"),
    ("高雄縣", "Kaohsiung County", "高雄市"),
];

/// The city that a spelling certainly means: 新竹 may be the city or the county.
#[must_use]
pub fn city(text: &str) -> Option<&'static City> {
    only(cities_meant(text).iter().copied())
}

/// How the city of a job is stored for comparison: the name of the city that the text certainly
/// means, else the text itself, folded.
#[must_use]
pub fn city_key(text: &str) -> String {
    city(text).map_or_else(|| settled(text), |city| city.name.to_owned())
}

/// The keys that a filter by this text means: one, or for 新竹 and 嘉義 those of the city, of the
/// county, and of jobs that do not say which.
#[must_use]
pub fn city_keys(text: &str) -> Vec<String> {
    match cities_meant(text) {
        [] | [_] => vec![city_key(text)],
        several => several.iter().map(|city| city.name.to_owned()).chain([settled(text)]).collect(),
    }
}

/// The districts that a spelling may mean: of the city that another spelling means, or of any. It may
/// have the name of the city in front.
#[must_use]
pub fn districts_meant(city: Option<&str>, text: &str) -> Vec<&'static District> {
    let within = city.map(cities_meant);
    let is_within = |district: &&District| {
        within.is_none_or(|cities| cities.iter().any(|city| city.name == district.city))
    };
    let bare = bare(text);
    let fronts = cities_in_front(&bare).flat_map(|(cities, rest)| {
        let named = DISTRICTS.get(rest).into_iter().flatten().copied();
        named.filter(|district| cities.iter().any(|city| city.name == district.city))
    });
    let alone = DISTRICTS.get(&bare).into_iter().flatten().copied();
    let mut meant: Vec<_> = alone.chain(fronts).filter(is_within).collect();
    meant.sort_unstable_by_key(|district| (district.city, district.name));
    meant.dedup();
    meant
}

/// The district that a spelling certainly means, in the city that another spelling means.
#[must_use]
pub fn district(city: &str, text: &str) -> Option<&'static District> {
    only(districts_meant(Some(city), text).into_iter())
}

/// All cities that a spelling may mean.
pub(super) fn cities_meant(text: &str) -> &'static [&'static City] {
    CITIES.get(&bare(text)).map_or(&[], Vec::as_slice)
}

/// The cities that the beginning of a bare text may mean, each time with what follows.
pub(super) fn cities_in_front(
    bare: &str,
) -> impl Iterator<Item = (&'static [&'static City], &str)> {
    CITIES.iter().filter_map(move |(spelling, cities)| {
        Some((cities.as_slice(), bare.strip_prefix(spelling.as_str())?))
    })
}

/// The districts of all cities that this is the name of, with its 區, "District" or the like.
pub(super) fn districts_named(text: &str) -> &'static [&'static District] {
    FULL.get(&bare(text)).map_or(&[], Vec::as_slice)
}

/// Folded, and without what joins or separates words: New-Taipei is New Taipei.
pub(super) fn bare(text: &str) -> String {
    const JOINTS: &str = "-_.'`\u{2BC}\u{2018}\u{2019}";
    let joint = |c: char| c.is_whitespace() || JOINTS.contains(c) || ('‐'..='―').contains(&c);
    folded(text).chars().filter(|c| !joint(*c)).collect()
}

/// A Chinese name without its 市, 縣, 區, 鄉 or 鎮.
pub(super) fn stem(name: &str) -> &str {
    name.strip_suffix(['市', '縣', '區', '鄉', '鎮']).unwrap_or(name)
}

/// The one there is, if there are not several.
pub(super) fn only<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// Folded so that folding it again changes nothing: a mark like ¨ turns into a space to trim.
fn settled(text: &str) -> String {
    folded(&folded(text))
}

static CITIES: LazyLock<Meanings<City>> = LazyLock::new(|| {
    let own = cities().iter().flat_map(|city| {
        let names = [city.name, stem(city.name), city.name_en, split(city.name_en).0];
        names.map(|name| (bare(name), city))
    });
    let merged = MERGED.iter().flat_map(|(name, name_en, now)| {
        let city = cities().iter().find(|city| city.name == *now);
        [name, name_en].into_iter().filter_map(move |name| Some((bare(name), city?)))
    });
    meanings(own.chain(merged))
});

static DISTRICTS: LazyLock<Meanings<District>> = LazyLock::new(|| {
    let short = districts().flat_map(|district| {
        // Nobody writes 東 for 東區.
        let stem = Some(stem(district.name)).filter(|stem| stem.chars().count() > 1);
        let names = stem.into_iter().chain([split(district.name_en).0]);
        names.map(move |name| (bare(name), district))
    });
    meanings(full_names().chain(short))
});

static FULL: LazyLock<Meanings<District>> = LazyLock::new(|| meanings(full_names()));

/// The bare names of all districts, with the abbreviations that the post uses.
fn full_names() -> impl Iterator<Item = (String, &'static District)> {
    districts().flat_map(|district| {
        let (stem, kind) = split(district.name_en);
        let abbreviated = match kind {
            "District" => Some("Dist"),
            "Township" => Some("Twp"),
            _ => None,
        };
        let abbreviated = abbreviated.map(|kind| bare(&format!("{stem}{kind}")));
        let names = [bare(district.name), bare(district.name_en)];
        names.into_iter().chain(abbreviated).map(move |name| (name, district))
    })
}

/// An English name and its last word.
fn split(name_en: &str) -> (&str, &str) {
    name_en.rsplit_once(' ').unwrap_or((name_en, ""))
}

fn meanings<T>(spellings: impl Iterator<Item = (String, &'static T)>) -> Meanings<T> {
    let mut meanings = Meanings::new();
    for (spelling, meant) in spellings {
        meanings.entry(spelling).or_insert_with(Vec::new).push(meant);
    }
    meanings
}
