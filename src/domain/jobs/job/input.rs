//! Parsing jobs as clients send them.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::{NotSet, Set};

use super::index;
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
    error::Result,
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
    pub address: String,
    pub estimated_amount: i64,
    pub scheduled_at: Option<DateTime<Utc>>,
    pub expires_at: Option<DateTime<Utc>>,
    pub publish: bool,
}

/// Changes as sent: None keeps a value; `Some(None)` removes an optional time.
#[derive(Debug, Clone, Default)]
pub struct JobChange {
    pub title: Option<String>,
    pub description: Option<String>,
    pub job_type: Option<String>,
    pub city: Option<String>,
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
}

impl NewJob {
    /// Checks all fields and reports all problems together.
    pub fn parse(self, known: &[JobType], now: Timestamp) -> Result<job::ActiveModel> {
        let all = JobChange {
            title: Some(self.title),
            description: Some(self.description.unwrap_or_default()),
            job_type: Some(self.job_type),
            city: Some(self.city),
            address: Some(self.address),
            estimated_amount: Some(self.estimated_amount),
            scheduled_at: Some(self.scheduled_at),
            expires_at: Some(self.expires_at),
            expected_version: None,
        };
        Ok(all.parse(known, now)?.columns)
    }
}

impl JobChange {
    /// Checks the fields that are set and tells all problems together. Every column of a job stands
    /// here, so that none is forgotten.
    pub fn parse(self, known: &[JobType], now: Timestamp) -> Result<ParsedChange> {
        let time =
            |at: Option<DateTime<Utc>>| at.map(|at| future(at, now).map(to_millis)).transpose();
        let mut fields = Fields::default();
        let columns = job::ActiveModel {
            title: fields.column("title", self.title, |text| line(&text, TITLE)),
            description: fields
                .column("description", self.description, |text| paragraph(&text, DESCRIPTION)),
            job_type: fields.column("jobType", self.job_type, |slug| job_type::parse(known, &slug)),
            city_folded: self.city.as_deref().map_or(NotSet, |city| Set(place::city_key(city))),
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
        };
        let names = fields.names()?;
        Ok(ParsedChange { columns, names, expected_version: self.expected_version })
    }
}
