//! The district of a job: the one that its owner names, else the one that its address says.

use super::Job;
use crate::{
    domain::{
        jobs::place,
        parse::{Length, Parsed, line},
    },
    error::FieldProblem,
};

pub const DISTRICT: Length = 1..=50;

/// The key of the district that an owner names, once the city is known.
pub(super) fn named(city: Option<&str>, name: Option<&str>) -> Parsed<String> {
    let (Some(city), Some(name)) = (city, name) else { return Ok(String::new()) };
    let district = place::district(city, &line(name, DISTRICT)?);
    district.map(place::District::key).ok_or(FieldProblem::NotADistrict)
}

/// The key of the district that an address is certainly in; empty if none is certain.
pub(super) fn read(city: &str, address: &str) -> String {
    place::district_of_address(city, address).map(place::District::key).unwrap_or_default()
}

/// The key of the district of a job in this city at this address by now, of which its owner says nothing:
/// what was named stays while it is in the city, what was read is read anew.
pub(super) fn kept(job: &Job, city: &str, address: &str) -> String {
    let now = read(city, address);
    let was_named = job.district != read(&job.city, &job.address);
    let stays = || place::district(city, &job.district).is_some();
    if now.is_empty() && was_named && stays() { job.district.clone() } else { now }
}
