//! What a listener wants to hear of.

use sea_orm::{ColumnTrait, Condition};

use super::{Kind, Logged};
use crate::{
    domain::{jobs::job::JobFilter, viewer::Audience},
    entity::{job, job_event},
    error::Result,
};

/// What changes a job itself.
const CHANGES: &[Kind] = &[
    Kind::Created,
    Kind::Updated,
    Kind::Published,
    Kind::Paused,
    Kind::Resumed,
    Kind::ApplicationAccepted,
    Kind::Started,
    Kind::Completed,
    Kind::Cancelled,
    Kind::Expired,
];

/// Which events a listener wants; whether they may be told is decided for each event anew.
#[derive(Debug, Clone, Default)]
pub struct Interest {
    /// Unset: of any kind.
    kinds: Option<&'static [Kind]>,
    pub(super) job_id: Option<i64>,
    owner_id: Option<i64>,
    pub(super) filter: JobFilter,
}

impl Interest {
    /// Whatever happens to jobs that the filter leaves.
    pub fn in_jobs(filter: JobFilter) -> Result<Self> {
        // Whoever listens is judged anew for each event, and texts are not searched for each.
        filter.check(Audience::Public)?;
        Ok(Self { owner_id: filter.owner_id, filter, ..Self::default() })
    }

    /// That jobs which the filter leaves are published.
    pub fn in_publications(filter: JobFilter) -> Result<Self> {
        Ok(Self { kinds: Some(&[Kind::Published]), ..Self::in_jobs(filter)? })
    }

    /// Whatever changes one job.
    #[must_use]
    pub fn in_job(id: i64) -> Self {
        Self { kinds: Some(CHANGES), job_id: Some(id), ..Self::default() }
    }

    /// Applications for the jobs of this owner.
    #[must_use]
    pub fn in_applications_to(owner_id: i64) -> Self {
        let kinds = Some(&[Kind::ApplicationReceived][..]);
        Self { kinds, owner_id: Some(owner_id), ..Self::default() }
    }

    /// Whether the event may be wanted, by what never changes about it.
    pub(super) fn covers(&self, logged: &Logged) -> bool {
        self.kinds.is_none_or(|kinds| kinds.contains(&logged.event.kind))
            && self.job_id.is_none_or(|id| id == logged.event.job_id)
            && self.owner_id.is_none_or(|id| id == logged.owner_id)
    }

    /// The same for rows of the log joined with their jobs.
    pub(super) fn condition(&self) -> Condition {
        let kinds = self.kinds.map(|kinds| job_event::Column::Kind.is_in(kinds.iter().copied()));
        Condition::all()
            .add_option(kinds)
            .add_option(self.job_id.map(|id| job_event::Column::JobId.eq(id)))
            .add_option(self.owner_id.map(|id| job::Column::OwnerId.eq(id)))
    }
}
