//! What a client says about a job.

use chrono::{DateTime, Utc};

use crate::{
    clock::Timestamp,
    domain::{
        jobs::job_type::{self, JobType},
        parse::{Length, Range, future, line, number, paragraph},
    },
    error::{FieldErrors, FieldProblem, Result},
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

/// Changes as sent: what is unset stays as it is; `Some(None)` empties an optional time.
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

impl NewJob {
    /// Checks all fields and tells all problems together.
    pub fn parse(self, known: &[JobType], now: Timestamp) -> Result<Self> {
        let publish = self.publish;
        let change = JobChange {
            title: Some(self.title),
            description: self.description,
            job_type: Some(self.job_type),
            city: Some(self.city),
            address: Some(self.address),
            estimated_amount: Some(self.estimated_amount),
            scheduled_at: self.scheduled_at.map(Some),
            expires_at: self.expires_at.map(Some),
            expected_version: None,
        }
        .parse(known, now)?;
        Ok(Self {
            title: change.title.unwrap_or_default(),
            description: change.description,
            job_type: change.job_type.unwrap_or_default(),
            city: change.city.unwrap_or_default(),
            address: change.address.unwrap_or_default(),
            estimated_amount: change.estimated_amount.unwrap_or_default(),
            scheduled_at: change.scheduled_at.flatten(),
            expires_at: change.expires_at.flatten(),
            publish,
        })
    }
}

impl JobChange {
    /// Checks the fields that are set and tells all problems together.
    pub fn parse(self, known: &[JobType], now: Timestamp) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let mut check =
            |path: &str,
             text: Option<String>,
             parse: &dyn Fn(&str) -> Result<String, FieldProblem>| {
                text.and_then(|text| errors.check(path, parse(&text)))
            };
        let title = check("title", self.title, &|text| line(text, TITLE));
        let description =
            check("description", self.description, &|text| paragraph(text, DESCRIPTION));
        let job_type = check("jobType", self.job_type, &|slug| job_type::parse(known, slug));
        let city = check("city", self.city, &|text| line(text, CITY));
        let address = check("address", self.address, &|text| line(text, ADDRESS));
        let estimated_amount = self
            .estimated_amount
            .and_then(|amount| errors.check("estimatedAmount", number(amount, AMOUNT)));
        let mut time = |path: &str, at: Option<Option<DateTime<Utc>>>| {
            at.map(|at| at.and_then(|at| errors.check(path, future(at, now))))
        };
        let (scheduled_at, expires_at) =
            (time("scheduledAt", self.scheduled_at), time("expiresAt", self.expires_at));
        if !errors.is_empty() {
            return Err(errors.into());
        }
        let expected_version = self.expected_version;
        Ok(Self {
            title,
            description,
            job_type,
            city,
            address,
            estimated_amount,
            scheduled_at,
            expires_at,
            expected_version,
        })
    }
}
