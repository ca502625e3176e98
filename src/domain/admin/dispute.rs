//! Deciding disputes of jobs; every decision is in the audit log of both sides.

use async_graphql::Enum;
use serde_json::json;

use super::audit::Kind;
use crate::{
    domain::{
        Services,
        change::Change,
        jobs::job::{self, Job, Transition},
        origin::Origin,
        spelled,
        viewer::Admin,
    },
    error::Result,
};

/// How a dispute ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "DisputeOutcome")]
pub enum Outcome {
    /// The work counts as done.
    Completed,
    /// The job counts as called off.
    Cancelled,
}

/// Decides a dispute of other people, for good.
pub async fn resolve(
    services: &Services,
    admin: &Admin,
    origin: &Origin,
    id: i64,
    (outcome, reason): (Outcome, &str),
) -> Result<Job> {
    let reason = job::said(reason)?;
    let transition = match outcome {
        Outcome::Completed => Transition::Uphold,
        Outcome::Cancelled => Transition::Annul,
    };
    let (change, actor) = Change::ruling(services, admin, origin).await?;
    let job = job::visible(&change, actor.audience(), id).await?;
    job::rule_for(&job, &actor, transition)?;
    let to = spelled(transition.to());
    let told = json!({ "job": id, "outcome": to, "reason": reason });
    for party in [Some(job.owner_id), job.assignee_id].into_iter().flatten() {
        change.record(Kind::DisputeDecided, Some(party), Some(told.clone())).await?;
    }
    let facts = json!({ "to": to, "reason": reason });
    let job = job::advance(&change, job, transition, facts).await?;
    change.commit().await?;
    Ok(job)
}
