//! The steps of a job from draft to completion: who takes one, what it asks for, and what it changes.

use sea_orm::{ActiveValue::Set, IntoActiveModel};
use serde_json::{Value as Json, json};

use super::{
    Job, Transition,
    status::{DISPUTABLE, Guard, Rule, Who, conflict},
    visible,
    write::{save, store},
};
use crate::{
    clock::{Timestamp, taipei_day},
    domain::{
        Services,
        change::{Change, NewEvent, about_transition},
        jobs::pending,
        parse::{Length, paragraph},
        to_millis,
        viewer::Actor,
    },
    entity::{
        application::Model as Application,
        job::{self, Proposal},
        job_event::Kind,
    },
    error::{Error, Result},
};

/// Why somebody steps back from a job, disputes one or decides a dispute.
pub const REASON: Length = 1..=500;

/// Publishes a draft.
pub async fn publish(services: &Services, actor: &Actor, id: i64) -> Result<Job> {
    step(services, actor, id, Transition::Publish, Asking::default()).await
}

/// Cancels a job; pending applications are rejected. Once the work has begun this is proposed to the other side,
/// or refused unless `or_propose`.
pub async fn cancel(services: &Services, actor: &Actor, id: i64, or_propose: bool) -> Result<Job> {
    let asking = Asking { at_once: !or_propose, ..Asking::default() };
    step(services, actor, id, Transition::Cancel, asking).await
}

/// Starts the work, or proposes to start it before its day.
pub async fn start(services: &Services, actor: &Actor, id: i64) -> Result<Job> {
    step(services, actor, id, Transition::Start, Asking::default()).await
}

/// Says that the work is done.
pub async fn report(services: &Services, actor: &Actor, id: i64) -> Result<Job> {
    step(services, actor, id, Transition::Report, Asking::default()).await
}

/// Confirms that the work is done.
pub async fn complete(services: &Services, actor: &Actor, id: i64) -> Result<Job> {
    step(services, actor, id, Transition::Complete, Asking::default()).await
}

/// Calls the work or its end into question.
pub async fn dispute(services: &Services, actor: &Actor, id: i64, reason: &str) -> Result<Job> {
    let asking = Asking { at_once: true, facts: json!({ "reason": said(reason)? }) };
    step(services, actor, id, Transition::Dispute, asking).await
}

/// A reason as sent, checked.
pub fn said(reason: &str) -> Result<String> {
    paragraph(reason, REASON).map_err(|problem| Error::field("reason", problem))
}

/// How somebody asks for a step.
#[derive(Default)]
struct Asking {
    /// Whether to refuse what needs the other side instead of proposing it.
    at_once: bool,
    /// What the event of the step tells.
    facts: Json,
}

async fn step(
    services: &Services,
    actor: &Actor,
    id: i64,
    transition: Transition,
    asking: Asking,
) -> Result<Job> {
    let (change, ref actor) = Change::acting(services, actor).await?;
    let job = visible(&change, actor.audience(), id).await?;
    let (rule, who) = rule_for(&job, actor, transition)?;
    let job = match weighed(rule, &job, who, actor.user_id, change.now())? {
        None => advance(&change, job, transition, asking.facts).await?,
        Some(_) if asking.at_once => return Err(conflict(job.status)),
        Some(proposal) => propose(&change, job, proposal, actor.user_id).await?,
    };
    change.commit().await?;
    Ok(job)
}

/// The rule by which the actor may take the step now, and as whom.
pub(in crate::domain) fn rule_for(
    job: &Job,
    actor: &Actor,
    transition: Transition,
) -> Result<(&'static Rule, Who)> {
    let who = if job.owner_id == actor.user_id {
        Who::Owner
    } else if job.assignee_id == Some(actor.user_id) {
        Who::Worker
    } else if actor.is_admin {
        Who::Administrator
    } else {
        return Err(Error::Forbidden);
    };
    Ok((Rule::of(transition, job.status, who)?, who))
}

/// What has to be proposed to the other side first; None if the step may be taken now.
fn weighed(
    rule: &Rule,
    job: &Job,
    who: Who,
    user_id: i64,
    now: Timestamp,
) -> Result<Option<Proposal>> {
    match rule.guard {
        Guard::OnceInTime => {
            // Earlier releases did not write down when.
            let ended = job.completed_at.unwrap_or(job.updated_at).0;
            let is_over = job.status == job::Status::Completed && ended + DISPUTABLE < now;
            if job.disputed_at.is_some() || is_over { Err(conflict(job.status)) } else { Ok(None) }
        }
        Guard::DayOrBoth if has_come(job, now) => Ok(None),
        _ if who == Who::Administrator => Ok(None),
        _ => {
            let is_agreed = |proposal: &Proposal| {
                job.proposal == Some(*proposal) && job.proposed_by != Some(user_id)
            };
            Ok(rule.proposal().filter(|proposal| !is_agreed(proposal)))
        }
    }
}

/// Whether the day of the work has come, in Taiwan; a job without a day may begin any time.
fn has_come(job: &Job, now: Timestamp) -> bool {
    job.scheduled_at.is_none_or(|at| taipei_day(at.0) <= taipei_day(now))
}

/// Asks the other side; who has asked already changes nothing.
async fn propose(change: &Change<'_>, job: Job, proposal: Proposal, user_id: i64) -> Result<Job> {
    if job.proposal == Some(proposal) {
        return Ok(job);
    }
    let kind = match proposal {
        Proposal::Start => Kind::StartProposed,
        Proposal::Cancel => Kind::CancelProposed,
    };
    let event = NewEvent { job_id: job.id, kind, data: about_transition(job.status, json!({})) };
    let mut model = job.into_active_model();
    model.proposal = Set(Some(proposal));
    model.proposed_by = Set(Some(user_id));
    save(change, model, event).await
}

/// Applies a transition within a change; the event tells these facts besides the status before.
pub(in crate::domain) async fn advance(
    change: &Change<'_>,
    job: Job,
    transition: Transition,
    facts: Json,
) -> Result<Job> {
    transition.from(job.status)?;
    let data = about_transition(job.status, facts);
    let event = NewEvent { job_id: job.id, kind: transition.kind(), data };
    let job = save(change, taken(change, job, transition), event).await?;
    if matches!(transition, Transition::Cancel | Transition::Expire) {
        pending::reject(change, job.id, false).await?;
    }
    Ok(job)
}

/// The job after a transition, with what its time is written down for.
fn taken(change: &Change<'_>, job: Job, transition: Transition) -> job::ActiveModel {
    let now = to_millis(change.now());
    let completed_at = job.completed_at;
    let mut model = job.into_active_model();
    model.status = Set(transition.to());
    model.proposal = Set(None);
    model.proposed_by = Set(None);
    match transition {
        Transition::Report => model.reported_at = Set(Some(now)),
        Transition::Complete | Transition::Uphold => {
            model.completed_at = Set(completed_at.or(Some(now)));
        }
        Transition::Dispute => model.disputed_at = Set(Some(now)),
        Transition::Release => {
            model.assignee_id = Set(None);
            model.agreed_amount = Set(None);
        }
        _ => {}
    }
    model
}

/// Assigns a job to an applicant for what was offered; the application's event reports it.
pub(in crate::domain) async fn assign(
    change: &Change<'_>,
    job: Job,
    application: &Application,
) -> Result<Job> {
    let estimated = job.estimated_amount;
    let mut model = taken(change, job, Transition::Assign);
    model.assignee_id = Set(Some(application.applicant_id));
    model.agreed_amount = Set(Some(application.offered_amount.unwrap_or(estimated)));
    store(change, model).await
}
