//! A job as a row of a list shows it.

use super::{
    address::Address,
    assets,
    data::{JobType, Rating, Row},
    spoken,
};
use crate::{domain::jobs::place, language::Language};

/// The texts of a row, in the reader's language.
pub(super) struct Card {
    pub address: Address,
    pub title: String,
    pub job_type: String,
    pub drawing: &'static str,
    pub pay: String,
    pub when: Option<String>,
    /// City and district, or the district alone in the list of a city.
    pub place: String,
    pub applicants: u32,
    pub owner: String,
    pub rating: Option<String>,
    pub posted: String,
}

impl Card {
    pub fn new(row: &Row, types: &[JobType], language: Language, is_in_city: bool) -> Self {
        let district = row.district.as_ref().filter(|_| is_in_city);
        let place = district
            .map_or_else(|| place(row, language), |it| language.pick(&it.names()).to_owned());
        Self {
            address: Address::jobs(&[&row.database_id.to_string()]),
            job_type: type_name(types, &row.job_type, language),
            drawing: assets::drawing(&row.job_type),
            title: row.title.clone(),
            pay: spoken::money(row.estimated_amount),
            when: row.scheduled_at.map(|at| spoken::moment(at, language)),
            place,
            applicants: row.application_count,
            owner: row.owner.name.clone(),
            rating: row.owner.rating.as_ref().map(stars),
            posted: spoken::day(row.created_at, language),
        }
    }
}

/// The average of the stars, and how many gave them: 4.8 (12).
fn stars(Rating { average, count }: &Rating) -> String {
    format!("{average:.1} ({count})")
}

/// What a kind of work is called.
pub(super) fn type_name(types: &[JobType], slug: &str, language: Language) -> String {
    let found = types.iter().find(|job_type| job_type.slug == slug);
    let name = found.map_or(slug, |it| language.pick(&(&it.label_zh, &it.label_en)));
    name.to_owned()
}

/// City and district: 台北市信義區, or Xinyi District, Taipei City.
pub(super) fn place(row: &Row, language: Language) -> String {
    let city = city_name(&row.city, language);
    match (&row.district, language) {
        (None, _) => city,
        (Some(district), Language::ZhTw) => format!("{city}{}", district.name),
        (Some(district), Language::En) => format!("{}, {city}", district.name_en),
    }
}

/// A city as readers of a language know it; as it was written if it is none of Taiwan.
pub(super) fn city_name(written: &str, language: Language) -> String {
    let names = place::city(written).map_or((written, written), |city| (city.name, city.name_en));
    language.pick(&names).to_owned()
}

/// The text in a language.
pub(super) fn pick(language: Language, zh: String, en: String) -> String {
    match language {
        Language::ZhTw => zh,
        Language::En => en,
    }
}
