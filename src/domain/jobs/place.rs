//! The cities and districts of Taiwan, and what a spelling of one certainly means.

mod address;
mod spelling;
#[cfg(test)]
mod tests;

use std::{collections::HashMap, sync::LazyLock};

pub use address::district_of_address;
pub use spelling::{city, city_key, city_keys, district, districts_meant};

/// A city or county of the first level, of which there are 22.
#[derive(Debug, PartialEq, Eq)]
pub struct City {
    /// In Chinese with 市 or 縣, and 台 instead of 臺: its own folded form.
    pub name: &'static str,
    /// With "City" or "County".
    pub name_en: &'static str,
    /// In the order of their postal codes.
    pub districts: Vec<District>,
}

/// A part of a city or county: 區, 鄉, 鎮 or 市, of which there are 368.
#[derive(Debug, PartialEq, Eq)]
pub struct District {
    /// In Chinese with 區, 鄉, 鎮 or 市, and 台 instead of 臺; several cities have a 東區.
    pub name: &'static str,
    /// With "District", "Township" or "City".
    pub name_en: &'static str,
    /// Three digits; the districts of 新竹市, and those of 嘉義市, share one.
    pub postal_code: &'static str,
    /// The name of its city, by which `city` finds that.
    pub city: &'static str,
    /// The English name of its city.
    pub city_en: &'static str,
}

impl District {
    /// What names it alone in all of Taiwan, for as long as it exists: `台北市大安區`.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}{}", self.city, self.name)
    }
}

/// All cities and counties, from north to south as the post counts them.
#[must_use]
pub fn cities() -> &'static [City] {
    &CITIES
}

/// The district whose key this is, to the letter.
#[must_use]
pub fn district_by_key(key: &str) -> Option<&'static District> {
    BY_KEY.get(key).copied()
}

const TABLE: &str = include_str!("place/taiwan.tsv");

static CITIES: LazyLock<Vec<City>> = LazyLock::new(|| {
    let mut cities: Vec<City> = Vec::new();
    for district in TABLE.lines().filter_map(row) {
        match cities.last_mut() {
            Some(city) if city.name == district.city => city.districts.push(district),
            _ => cities.push(City {
                name: district.city,
                name_en: district.city_en,
                districts: vec![district],
            }),
        }
    }
    cities
});

static BY_KEY: LazyLock<HashMap<String, &'static District>> =
    LazyLock::new(|| districts().map(|district| (district.key(), district)).collect());

fn districts() -> impl Iterator<Item = &'static District> {
    cities().iter().flat_map(|city| &city.districts)
}

/// A line of the table; comments are none.
fn row(line: &'static str) -> Option<District> {
    let mut columns = line.split('\t');
    let city = columns.next().filter(|first| !first.starts_with('#'))?;
    let (city_en, name) = (columns.next()?, columns.next()?);
    let (name_en, postal_code) = (columns.next()?, columns.next()?);
    Some(District { name, name_en, postal_code, city, city_en })
}
