//! Filters as clients send them.

use super::JobFilter;
use crate::{
    clock::Timestamp,
    domain::{
        jobs::{
            job::input::AMOUNT,
            place,
            search::{Question, Unanswerable},
        },
        parse::{self, Length, Parsed},
    },
    error::{FieldErrors, FieldProblem, Result},
};

pub const CITY_FILTER: Length = 0..=50;
pub const DISTRICT_FILTER: Length = 0..=50;
const JOB_TYPE_FILTER: Length = 0..=50;
pub const SEARCH: Length = 0..=100;
/// Most job types, and most districts, that a list may be narrowed to at once.
const SEVERAL: usize = 12;

/// A filter as sent; None does not filter.
#[derive(Debug, Clone, Default)]
pub struct NewFilter {
    pub city: Option<String>,
    pub district: Option<String>,
    pub districts: Option<Vec<String>>,
    pub job_type: Option<String>,
    pub job_types: Option<Vec<String>>,
    pub search: Option<String>,
    /// What needs no parsing, only comparing.
    pub rest: JobFilter,
}

/// The paths of two fields of which one may be given: one value, or several.
struct Paths {
    one: &'static str,
    several: &'static str,
}

const DISTRICTS: Paths = Paths { one: "filter.district", several: "filter.districts" };
const JOB_TYPES: Paths = Paths { one: "filter.jobType", several: "filter.jobTypes" };

impl NewFilter {
    /// Refuses impossible texts and amounts, places that are none, and reversed ranges, all together.
    pub fn parse(self) -> Result<JobFilter> {
        let mut errors = FieldErrors::default();
        let line = |text: &String| parse::line(text, CITY_FILTER);
        let city = self.city.as_ref().and_then(|city| errors.check("filter.city", line(city)));
        let search = self.search.as_deref().map(question);
        let search = search.and_then(|parsed| errors.check("filter.search", parsed));
        let job_type =
            |slug: &str| parse::line(slug, JOB_TYPE_FILTER).map(|_| vec![slug.to_owned()]);
        let job_types = JOB_TYPES.of(self.job_type, self.job_types, job_type, &mut errors);
        let district = |text: &str| districts(city.as_deref(), text);
        let districts = DISTRICTS.of(self.district, self.districts, district, &mut errors);
        check_ranges(&self.rest, &mut errors);
        if !errors.is_empty() {
            return Err(errors.into());
        }
        let cities = city.map(|city| place::city_keys(&city)).unwrap_or_default();
        Ok(JobFilter { cities, districts, job_types, search: search.flatten(), ..self.rest })
    }
}

/// What is looked for; None if the text has neither letters nor digits.
pub(in crate::domain::jobs::job) fn question(text: &str) -> Parsed<Option<Question>> {
    match Question::parse(&parse::line(text, SEARCH)?) {
        Ok(question) => Ok(Some(question)),
        Err(Unanswerable::Nothing) => Ok(None),
        Err(Unanswerable::TooManyParts { max }) => Err(FieldProblem::TooMany { max }),
    }
}

/// The keys of the districts that a text may mean, in the city if there is one; none for an empty text.
fn districts(city: Option<&str>, text: &str) -> Parsed<Vec<String>> {
    let text = parse::line(text, DISTRICT_FILTER)?;
    let city = city.filter(|city| !city.is_empty());
    match place::districts_meant(city, &text) {
        none if none.is_empty() && !text.is_empty() => Err(FieldProblem::NotADistrict),
        districts => Ok(districts.into_iter().map(place::District::key).collect()),
    }
}

impl Paths {
    /// What the one value, or each of the several, means; sorted, each once.
    fn of(
        &self,
        one: Option<String>,
        several: Option<Vec<String>>,
        parse: impl Fn(&str) -> Parsed<Vec<String>>,
        errors: &mut FieldErrors,
    ) -> Vec<String> {
        if one.is_some() && several.is_some() {
            errors.add(self.several, FieldProblem::Contradicts { other: self.one });
        }
        let path = if one.is_some() { self.one } else { self.several };
        let mut sent: Vec<_> = one.into_iter().chain(several.into_iter().flatten()).collect();
        sent.sort_unstable();
        sent.dedup();
        if sent.len() > SEVERAL {
            errors.add(path, FieldProblem::TooMany { max: SEVERAL });
            return Vec::new();
        }
        let parsed: Parsed<Vec<_>> = sent.iter().map(|text| parse(text)).collect();
        let mut meant = errors.check(path, parsed).unwrap_or_default().concat();
        meant.sort_unstable();
        meant.dedup();
        meant
    }
}

fn check_ranges(filter: &JobFilter, errors: &mut FieldErrors) {
    let JobFilter { min_amount, max_amount, .. } = *filter;
    for (path, amount) in [("filter.minAmount", min_amount), ("filter.maxAmount", max_amount)] {
        amount.and_then(|amount| errors.check(path, parse::number(amount, AMOUNT)));
    }
    let millis = |at: Option<Timestamp>| at.map(|at| at.timestamp_millis());
    let scheduled = (millis(filter.scheduled_from), millis(filter.scheduled_before));
    let created = (millis(filter.created_from), millis(filter.created_before));
    for ((from, to), other, path) in [
        ((min_amount, max_amount), "filter.minAmount", "filter.maxAmount"),
        (scheduled, "filter.scheduledFrom", "filter.scheduledBefore"),
        (created, "filter.createdFrom", "filter.createdBefore"),
    ] {
        if matches!((from, to), (Some(from), Some(to)) if from > to) {
            errors.add(path, FieldProblem::Contradicts { other });
        }
    }
}
