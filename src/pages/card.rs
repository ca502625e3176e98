//! A job as a row of a list shows it.

use super::{
    address::Address,
    assets,
    data::{JobType, Named, Rating, Row},
    spoken,
};
use crate::language::Language;

/// The texts of a row, in the reader's language.
pub(super) struct Card {
    pub address: Address,
    pub title: String,
    pub job_type: String,
    pub drawing: &'static str,
    pub pay: String,
    pub when: Option<String>,
    /// The district, else the city.
    pub place: String,
    pub city: String,
    pub applicants: u32,
    pub owner: String,
    pub rating: Option<String>,
    pub posted: String,
}

impl Card {
    pub fn new(row: Row, types: &[JobType], language: Language) -> Self {
        let district = row.district.map(|Named { name, name_en }| pick(language, name, name_en));
        let place = district.unwrap_or_else(|| row.city.clone());
        Self {
            address: Address::jobs(&[&row.database_id.to_string()]),
            job_type: type_name(types, &row.job_type, language),
            drawing: assets::drawing(&row.job_type),
            title: row.title,
            pay: spoken::money(row.estimated_amount),
            when: row.scheduled_at.map(|at| spoken::moment(at, language)),
            place,
            city: row.city,
            applicants: row.application_count,
            owner: row.owner.name,
            rating: row.owner.rating.as_ref().map(stars),
            posted: spoken::day(row.created_at, language),
        }
    }
}

/// ★ 4.8（12）
pub(super) fn stars(Rating { average, count }: &Rating) -> String {
    format!("★ {average:.1} ({count})")
}

/// What a kind of work is called.
pub(super) fn type_name(types: &[JobType], slug: &str, language: Language) -> String {
    let found = types.iter().find(|job_type| job_type.slug == slug);
    let name = found.map_or(slug, |it| language.pick(&(&it.label_zh, &it.label_en)));
    name.to_owned()
}

pub(super) fn pick(language: Language, zh: String, en: String) -> String {
    match language {
        Language::ZhTw => zh,
        Language::En => en,
    }
}
