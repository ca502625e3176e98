//! Cities and districts in the schema.

use async_graphql::{Description, Object};

use crate::domain::jobs::place;

/// A city or county of Taiwan.
#[derive(Description)]
pub struct City(&'static place::City);

/// A district, township or town of a city or county.
#[derive(Description)]
pub struct District(&'static place::District);

#[Object(use_type_description)]
impl City {
    /// Name in Traditional Chinese, such as 台北市.
    async fn name(&self) -> &str {
        self.0.name
    }

    /// Name in English, such as Taipei City.
    async fn name_en(&self) -> &str {
        self.0.name_en
    }

    /// Its districts, by postal code.
    async fn districts(&self) -> Vec<District> {
        self.0.districts.iter().map(District).collect()
    }
}

#[Object(use_type_description)]
impl District {
    /// Name in Traditional Chinese, such as 大安區; several cities have a 東區.
    async fn name(&self) -> &str {
        self.0.name
    }

    /// Name in English, such as Da'an District.
    async fn name_en(&self) -> &str {
        self.0.name_en
    }

    /// Three digits, which some districts of one city share.
    async fn postal_code(&self) -> &str {
        self.0.postal_code
    }
}

impl District {
    /// The district with this key.
    pub(super) fn of(key: &str) -> Option<Self> {
        place::district_by_key(key).map(Self)
    }
}

/// All cities and counties.
pub(super) fn cities() -> Vec<City> {
    place::cities().iter().map(City).collect()
}
