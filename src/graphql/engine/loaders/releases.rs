//! Loads of why jobs were released.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;

use super::Loaders;
use crate::{
    domain::jobs::{application::Application, event},
    error::{Error, Result},
};

/// Why the job of a released application was given back, which both sides may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::graphql) struct ReleaseReason {
    job_id: i64,
    application_id: i64,
}

impl ReleaseReason {
    /// The one of an application that the viewer sees.
    pub(in crate::graphql) fn of(application: &Application) -> Self {
        Self { job_id: application.job_id, application_id: application.id }
    }
}

impl Loader<ReleaseReason> for Loaders {
    type Value = String;
    type Error = Error;

    async fn load(&self, keys: &[ReleaseReason]) -> Result<HashMap<ReleaseReason, String>> {
        let jobs: Vec<i64> = keys.iter().map(|key| key.job_id).collect();
        let reasons = event::release_reasons(&self.services, &jobs).await?;
        let of_key = |key: &ReleaseReason| Some((*key, reasons.get(&key.application_id)?.clone()));
        Ok(keys.iter().filter_map(of_key).collect())
    }
}
