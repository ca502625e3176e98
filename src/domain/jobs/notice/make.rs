//! What an event becomes for those who are told of it.

use super::{Kind, draft::Draft, invite, people::People};
use crate::{
    domain::{
        change::Change,
        jobs::{
            event::{self, Logged, about},
            job::Status,
        },
    },
    error::Result,
};

/// The notices that these events make.
pub(super) async fn drafts(change: &Change<'_>, events: &[Logged]) -> Result<Vec<Draft>> {
    let events: Vec<Logged> =
        events.iter().filter(|logged| notice_of(&logged.event).is_some()).cloned().collect();
    if events.is_empty() {
        return Ok(Vec::new());
    }
    let people = People::read(change, &events).await?;
    let mut drafts: Vec<_> = events.iter().flat_map(|logged| of(&people, logged)).collect();
    drafts.extend(invite::decided(change, &events).await?);
    Ok(drafts)
}

fn of(people: &People, logged: &Logged) -> Vec<Draft> {
    let event = &logged.event;
    let Some(kind) = notice_of(event) else { return Vec::new() };
    let is_over = people.job(event.job_id).is_some_and(|job| job.status == Status::Cancelled);
    // Whoever waited for a job that is called off learns of that, not of a choice.
    let kind = match kind {
        Kind::ApplicationRejected if is_over => Kind::JobCancelled,
        kind => kind,
    };
    let draft = |user_id| Draft {
        user_id,
        kind,
        source: invite::source(event, kind).unwrap_or_else(|| format!("event {}", event.position)),
        job_id: event.job_id,
        application_id: about(event)["applicationId"].as_i64(),
        actor_id: event.actor_id,
    };
    people.told_of(logged).into_iter().map(draft).collect()
}

/// What a notice of an event tells; None if nobody is told of it.
fn notice_of(event: &event::JobEvent) -> Option<Kind> {
    Some(match event.kind {
        event::Kind::ApplicationReceived => Kind::ApplicationReceived,
        event::Kind::ApplicationAccepted => Kind::ApplicationAccepted,
        event::Kind::ApplicationRejected => Kind::ApplicationRejected,
        event::Kind::ApplicationWithdrawn => Kind::ApplicationWithdrawn,
        event::Kind::Updated => Kind::JobChanged,
        event::Kind::Cancelled => Kind::JobCancelled,
        event::Kind::Started => Kind::WorkStarted,
        event::Kind::Expired => Kind::JobExpired,
        event::Kind::Released => Kind::JobReleased,
        event::Kind::StartProposed => Kind::StartProposed,
        event::Kind::CancelProposed => Kind::CancelProposed,
        event::Kind::ReportedDone => Kind::ReportedDone,
        event::Kind::Completed => Kind::Completed,
        event::Kind::Disputed => Kind::Disputed,
        event::Kind::Decided => Kind::Decided,
        event::Kind::Reviewed if about(event)["isVisible"] == true => Kind::ReviewToRead,
        event::Kind::Reviewed => Kind::ReviewToWrite,
        event::Kind::Created
        | event::Kind::Published
        | event::Kind::Paused
        | event::Kind::Resumed => return None,
    })
}
