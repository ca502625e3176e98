//! When an event may have taken a job out of a list.
//!
//! The gateway does not know what a listener holds, and reads the job as it is now, which may be after
//! later events. So each event is judged alone: it is told as a departure if the job may have belonged
//! to the list before it, and does not belong to it now. docs/adr/0010 says why that misses nothing.

use sea_orm::ActiveEnum;
use serde_json::Value;

use super::{JobEvent, Kind, Logged, about, current::CurrentJob};
use crate::domain::jobs::job::{self, JobFilter, Status};

/// The kinds of events that change a job itself.
pub(super) const CHANGES: &[Kind] = &[
    Kind::Created,
    Kind::Updated,
    Kind::Published,
    Kind::Paused,
    Kind::Resumed,
    Kind::ApplicationAccepted,
    Kind::Released,
    Kind::StartProposed,
    Kind::Started,
    Kind::CancelProposed,
    Kind::ReportedDone,
    Kind::Completed,
    Kind::Disputed,
    Kind::Decided,
    Kind::Cancelled,
    Kind::Expired,
];

/// The same, and those that change how many people apply.
const CHANGES_AND_APPLICANTS: &[Kind] = &[
    Kind::Created,
    Kind::Updated,
    Kind::Published,
    Kind::Paused,
    Kind::Resumed,
    Kind::ApplicationReceived,
    Kind::ApplicationWithdrawn,
    Kind::ApplicationAccepted,
    Kind::Released,
    Kind::StartProposed,
    Kind::Started,
    Kind::CancelProposed,
    Kind::ReportedDone,
    Kind::Completed,
    Kind::Disputed,
    Kind::Decided,
    Kind::Cancelled,
    Kind::Expired,
];

/// What decides whether a job matches a filter, besides its state, which every list watches.
#[derive(Debug, Clone)]
pub(super) struct Watched {
    /// The kinds of events after which a job may match or not.
    pub kinds: &'static [Kind],
    /// Fields of a job, by their names in updates.
    fields: Vec<&'static str>,
}

impl Watched {
    /// Each part of a filter stands here, so that none is forgotten.
    pub fn by(filter: &JobFilter) -> Self {
        let JobFilter {
            cities,
            districts,
            job_types,
            search,
            min_amount,
            max_amount,
            scheduled_from,
            scheduled_before,
            without_applications,
            // Watched by every list.
            status: _,
            // These never change.
            owner_id: _,
            created_from: _,
            created_before: _,
        } = filter;
        let fields = [
            ("city", !cities.is_empty() || !districts.is_empty()),
            ("district", !districts.is_empty()),
            // It may say the district.
            ("address", !districts.is_empty()),
            ("jobType", !job_types.is_empty()),
            ("title", search.is_some()),
            ("description", search.is_some()),
            ("estimatedAmount", min_amount.is_some() || max_amount.is_some()),
            ("scheduledAt", scheduled_from.is_some() || scheduled_before.is_some()),
        ];
        let fields = fields.into_iter().filter_map(|(name, is_watched)| is_watched.then_some(name));
        let kinds = if *without_applications { CHANGES_AND_APPLICANTS } else { CHANGES };
        Self { kinds, fields: fields.collect() }
    }

    /// Whether the event may have taken the job, as it is now, out of the list with this filter.
    pub fn may_be_left(&self, filter: &JobFilter, logged: &Logged, current: &CurrentJob) -> bool {
        let event = &logged.event;
        let before = state_before(event);
        let was_in_state = |status: Status| before.is_none_or(|before: Status| before == status);
        filter.status.is_none_or(was_in_state)
            && match event.kind {
                Kind::Created | Kind::StartProposed | Kind::CancelProposed | Kind::Reviewed => {
                    false
                }
                Kind::Updated => changes(event, &self.fields),
                // Heard of only if their number is watched.
                Kind::ApplicationReceived
                | Kind::ApplicationWithdrawn
                | Kind::ApplicationRejected => true,
                Kind::Published
                | Kind::Paused
                | Kind::Resumed
                | Kind::ApplicationAccepted
                | Kind::Released
                | Kind::Started
                | Kind::ReportedDone
                | Kind::Completed
                | Kind::Disputed
                | Kind::Decided
                | Kind::Cancelled
                | Kind::Expired => {
                    let CurrentJob { job, texts } = current;
                    // What an emptied job was before is unknown.
                    filter.matches_in_any_state(job, texts) || job::is_emptied(job)
                }
            }
    }
}

/// Whether everybody could see the job before the event: who could not is told nothing of it.
pub(super) fn was_public(event: &JobEvent) -> bool {
    state_before(event).is_some_and(job::is_public)
}

/// The state of the job before the event; None if the event does not tell.
fn state_before(event: &JobEvent) -> Option<Status> {
    match event.kind {
        Kind::Updated if about(event)["draft"] == true => Some(Status::Draft),
        Kind::Published => Some(Status::Draft),
        Kind::Updated | Kind::Paused | Kind::ApplicationReceived | Kind::ApplicationAccepted => {
            Some(Status::Published)
        }
        Kind::Resumed => Some(Status::Paused),
        Kind::Started | Kind::Released | Kind::StartProposed => Some(Status::Assigned),
        Kind::ReportedDone => Some(Status::InProgress),
        Kind::Decided => Some(Status::Disputed),
        Kind::Reviewed => Some(Status::Completed),
        // Earlier releases did not write it down: there, only work in progress was completed.
        Kind::Completed => written(event).or(Some(Status::InProgress)),
        Kind::CancelProposed | Kind::Disputed | Kind::Cancelled | Kind::Expired => written(event),
        Kind::Created | Kind::ApplicationWithdrawn | Kind::ApplicationRejected => None,
    }
}

/// The state before the event, as a transition wrote it down.
fn written(event: &JobEvent) -> Option<Status> {
    let from = about(event)["from"].as_str().map(str::to_owned);
    from.and_then(|from| Status::try_from_value(&from).ok())
}

fn changes(event: &JobEvent, fields: &[&str]) -> bool {
    let data = about(event);
    let changed = data["fields"].as_array().into_iter().flatten();
    changed.filter_map(Value::as_str).any(|name| fields.contains(&name))
}
