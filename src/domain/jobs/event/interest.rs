//! What a listener is interested in.

use sea_orm::{ColumnTrait, Condition};

use super::{
    Kind, Logged,
    current::CurrentJob,
    departure::{CHANGES, Watched},
};
use crate::{
    domain::jobs::job::JobFilter,
    entity::{job, job_event},
};

/// Which events a listener wants; whether it may see them is checked for each event.
#[derive(Debug, Clone, Default)]
pub struct Interest {
    /// None for any kind.
    kinds: Option<&'static [Kind]>,
    pub(super) job_id: Option<i64>,
    owner_id: Option<i64>,
    pub(super) filter: JobFilter,
    /// What may take jobs out of the list that the listener keeps; None if it keeps none.
    pub(super) list: Option<Watched>,
}

impl Interest {
    /// All events of jobs that match the filter.
    #[must_use]
    pub fn in_jobs(filter: JobFilter) -> Self {
        Self { owner_id: filter.owner_id, filter, ..Self::default() }
    }

    /// Whatever changes the list of jobs that match the filter.
    #[must_use]
    pub fn in_list(filter: JobFilter) -> Self {
        let watched = Watched::by(&filter);
        Self { kinds: Some(watched.kinds), list: Some(watched), ..Self::in_jobs(filter) }
    }

    /// Publications of jobs that match the filter.
    #[must_use]
    pub fn in_publications(filter: JobFilter) -> Self {
        Self { kinds: Some(&[Kind::Published]), ..Self::in_jobs(filter) }
    }

    /// All changes of one job.
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

    pub(super) fn matches(&self, current: &CurrentJob) -> bool {
        self.filter.matches(&current.job, &current.texts)
    }

    /// Whether the event may have taken the job, as it is now, out of the list; false without a list.
    pub(super) fn may_have_left(&self, logged: &Logged, current: &CurrentJob) -> bool {
        self.list.as_ref().is_some_and(|list| list.may_be_left(&self.filter, logged, current))
    }

    /// Whether the event may be wanted, judged by its immutable facts.
    pub(super) fn covers(&self, logged: &Logged) -> bool {
        self.kinds.is_none_or(|kinds| kinds.contains(&logged.event.kind))
            && self.job_id.is_none_or(|id| id == logged.event.job_id)
            && self.owner_id.is_none_or(|id| id == logged.owner_id)
    }

    /// The same condition for rows of the log joined with their jobs.
    pub(super) fn condition(&self) -> Condition {
        let kinds = self.kinds.map(|kinds| job_event::Column::Kind.is_in(kinds.iter().copied()));
        Condition::all()
            .add_option(kinds)
            .add_option(self.job_id.map(|id| job_event::Column::JobId.eq(id)))
            .add_option(self.owner_id.map(|id| job::Column::OwnerId.eq(id)))
    }
}
