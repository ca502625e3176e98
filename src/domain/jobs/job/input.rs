//! Parsing jobs as clients send them.

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

/// A valid job, ready to store.
#[derive(Debug)]
pub struct ParsedJob {
    pub title: String,
    pub description: String,
    pub job_type: String,
    pub city: String,
    pub address: String,
    pub estimated_amount: i64,
    pub scheduled_at: Option<Timestamp>,
    pub expires_at: Option<Timestamp>,
    pub publish: bool,
}

/// Valid changes, ready to store; None keeps a value.
#[derive(Debug)]
pub struct ParsedChange {
    pub title: Option<String>,
    pub description: Option<String>,
    pub job_type: Option<String>,
    pub city: Option<String>,
    pub address: Option<String>,
    pub estimated_amount: Option<i64>,
    pub scheduled_at: Option<Option<Timestamp>>,
    pub expires_at: Option<Option<Timestamp>>,
    pub expected_version: Option<i64>,
}

impl NewJob {
    /// Checks all fields and reports all problems together.
    pub fn parse(self, known: &[JobType], now: Timestamp) -> Result<ParsedJob> {
        let mut errors = FieldErrors::default();
        let description = self.description.unwrap_or_default();
        let title = errors.check("title", line(&self.title, TITLE));
        let description = errors.check("description", paragraph(&description, DESCRIPTION));
        let job_type = errors.check("jobType", job_type::parse(known, &self.job_type));
        let city = errors.check("city", line(&self.city, CITY));
        let address = errors.check("address", line(&self.address, ADDRESS));
        let amount = errors.check("estimatedAmount", number(self.estimated_amount, AMOUNT));
        let scheduled_at = time(&mut errors, "scheduledAt", self.scheduled_at, now);
        let expires_at = time(&mut errors, "expiresAt", self.expires_at, now);
        let texts = title.zip(description).zip(job_type).zip(city.zip(address));
        match texts.zip(amount) {
            Some(((((title, description), job_type), (city, address)), estimated_amount))
                if errors.is_empty() =>
            {
                Ok(ParsedJob {
                    title,
                    description,
                    job_type,
                    city,
                    address,
                    estimated_amount,
                    scheduled_at,
                    expires_at,
                    publish: self.publish,
                })
            }
            _ => Err(errors.into()),
        }
    }
}

impl JobChange {
    /// Checks the fields that are set and reports all problems together.
    pub fn parse(self, known: &[JobType], now: Timestamp) -> Result<ParsedChange> {
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
        let scheduled_at = self.scheduled_at.map(|at| time(&mut errors, "scheduledAt", at, now));
        let expires_at = self.expires_at.map(|at| time(&mut errors, "expiresAt", at, now));
        if !errors.is_empty() {
            return Err(errors.into());
        }
        Ok(ParsedChange {
            title,
            description,
            job_type,
            city,
            address,
            estimated_amount,
            scheduled_at,
            expires_at,
            expected_version: self.expected_version,
        })
    }
}

fn time(
    errors: &mut FieldErrors,
    path: &str,
    at: Option<DateTime<Utc>>,
    now: Timestamp,
) -> Option<Timestamp> {
    at.and_then(|at| errors.check(path, future(at, now)))
}
