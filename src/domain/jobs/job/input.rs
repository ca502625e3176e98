//! Parsing jobs as clients send them.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::{self, NotSet, Set};

use super::{Job, district, index};
use crate::{
    clock::Timestamp,
    domain::{
        jobs::{
            job_type::{self, JobType},
            place,
        },
        parse::{Length, Range, fields::Fields, future, line, number, paragraph},
        to_millis,
    },
    entity::job,
    error::{Error, Result},
};

pub const TITLE: Length = 1..=100;
pub const DESCRIPTION: Length = 0..=5_000;
pub const CITY: Length = 1..=50;
pub const ADDRESS: Length = 1..=200;
/// In New Taiwan dollars.
pub const AMOUNT: Range = 0..=10_000_000;

/// A job as sent.
#[derive(Debug, Clone, Default)]
pub struct NewJob {
    pub title: String,
    pub description: Option<String>,
    pub job_type: String,
    pub city: String,
    /// None to read it from the address.
    pub district: Option<String>,
    pub address: String,
    pub estimated_amount: i64,
    pub scheduled_at: Option<DateTime<Utc>>,
    pub expires_at: Option<DateTime<Utc>>,
    pub publish: bool,
}

/// Changes as sent: None keeps a value; `Some(None)` removes an optional time, and has the district read
/// from the address.
#[derive(Debug, Clone, Default)]
pub struct JobChange {
    pub title: Option<String>,
    pub description: Option<String>,
    pub job_type: Option<String>,
    pub city: Option<String>,
    pub district: Option<Option<String>>,
    pub address: Option<String>,
    pub estimated_amount: Option<i64>,
    pub scheduled_at: Option<Option<DateTime<Utc>>>,
    pub expires_at: Option<Option<DateTime<Utc>>>,
    pub expected_version: Option<i64>,
}

/// Changes that may be stored.
#[derive(Debug)]
pub struct ParsedChange {
    /// The columns that its owner writes; what was not sent is not set.
    pub columns: job::ActiveModel,
    /// The fields that were sent.
    pub names: Vec<&'static str>,
    pub expected_version: Option<i64>,
    /// As it was sent: what it means depends on the city.
    pub district: Option<Option<String>>,
}

impl NewJob {
    /// Checks all fields and reports all problems together.
    pub fn parse(self, known: &[JobType], now: Timestamp) -> Result<job::ActiveModel> {
        let all = JobChange {
            title: Some(self.title),
            description: Some(self.description.unwrap_or_default()),
            job_type: Some(self.job_type),
            city: Some(self.city),
            district: self.district.map(Some),
            address: Some(self.address),
            estimated_amount: Some(self.estimated_amount),
            scheduled_at: Some(self.scheduled_at),
            expires_at: Some(self.expires_at),
            expected_version: None,
        };
        all.parse(known, now)?.placed(None)
    }
}

impl JobChange {
    /// Checks the fields that are set and tells all problems together. Every column of a job stands
    /// here, so that none is forgotten.
    pub fn parse(self, known: &[JobType], now: Timestamp) -> Result<ParsedChange> {
        let time =
            |at: Option<DateTime<Utc>>| at.map(|at| future(at, now).map(to_millis)).transpose();
        let mut fields = Fields::default();
        let named = |text: Option<String>| district::named(self.city.as_deref(), text.as_deref());
        let columns = job::ActiveModel {
            title: fields.column("title", self.title, |text| line(&text, TITLE)),
            description: fields
                .column("description", self.description, |text| paragraph(&text, DESCRIPTION)),
            job_type: fields.column("jobType", self.job_type, |slug| job_type::parse(known, &slug)),
            city_folded: self.city.as_deref().map_or(NotSet, |city| Set(place::city_key(city))),
            district: fields.column("district", self.district.clone(), named),
            city: fields.column("city", self.city, |text| line(&text, CITY)),
            address: fields.column("address", self.address, |text| line(&text, ADDRESS)),
            estimated_amount: fields
                .column("estimatedAmount", self.estimated_amount, |it| number(it, AMOUNT)),
            scheduled_at: fields.column("scheduledAt", self.scheduled_at, time),
            expires_at: fields.column("expiresAt", self.expires_at, time),
            id: NotSet,
            owner_id: NotSet,
            assignee_id: NotSet,
            status: NotSet,
            version: NotSet,
            created_at: NotSet,
            updated_at: NotSet,
            indexed: Set(index::KIND),
            application_count: NotSet,
            agreed_amount: NotSet,
            reported_at: NotSet,
            completed_at: NotSet,
            disputed_at: NotSet,
            proposal: NotSet,
            proposed_by: NotSet,
        };
        let names = fields.names()?;
        let Self { expected_version, district, .. } = self;
        Ok(ParsedChange { columns, names, expected_version, district })
    }
}

impl ParsedChange {
    /// The columns with the district that they mean, for a new job or for one that they change.
    pub fn placed(self, job: Option<&Job>) -> Result<job::ActiveModel> {
        let Self { mut columns, district: sent, .. } = self;
        let moves = columns.city.is_set() || columns.address.is_set() || sent.is_some();
        if !moves && job.is_some_and(|job| job.indexed == index::KIND) {
            return Ok(columns);
        }
        let text = |column: &ActiveValue<String>, stored: Option<&String>| {
            column.try_as_ref().or(stored).cloned().unwrap_or_default()
        };
        let city = text(&columns.city, job.map(|job| &job.city));
        let address = text(&columns.address, job.map(|job| &job.address));
        let key = match (sent, job) {
            (Some(Some(name)), _) => district::named(Some(&city), Some(&name))
                .map_err(|problem| Error::field("district", problem))?,
            (None, Some(job)) => district::kept(job, &city, &address),
            _ => district::read(&city, &address),
        };
        columns.district = Set(key);
        Ok(columns)
    }
}
