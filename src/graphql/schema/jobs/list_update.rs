//! What keeps a list of jobs up to date.

use std::sync::Arc;

use async_graphql::{Context, Description, ID, Object};

use crate::{
    domain::jobs::event::{self, Kind, Logged, Told},
    graphql::{
        engine::context::ContextExt,
        schema::{jobs::job::Job, scalars::DateTime},
    },
    id::GlobalId,
};

/// A change of a list of jobs: `job` takes the place of the job with this id in it, or comes into it; if
/// `job` is null, the job with this id is not in the list any more, if it ever was.
#[derive(Description)]
pub struct JobListUpdate {
    pub(super) logged: Arc<Logged>,
    pub(super) told: Told,
}

#[Object(use_type_description)]
impl JobListUpdate {
    /// The place of the event; a client that connects anew goes on after it.
    async fn cursor(&self, ctx: &Context<'_>) -> String {
        event::cursor(ctx.services(), self.logged.event.position)
    }

    /// What happened; null if the caller does not see the job any more.
    async fn kind(&self) -> Option<Kind> {
        match self.told {
            Told::Job(_) | Told::Left => Some(self.logged.event.kind),
            Told::Gone => None,
        }
    }

    /// When it happened.
    async fn created_at(&self) -> DateTime {
        DateTime::millis(self.logged.event.created_at.0)
    }

    /// Global id of the job that it happened to.
    async fn job_id(&self) -> ID {
        ID(GlobalId::Job(self.logged.event.job_id).to_string())
    }

    /// The job as it is now, which may be after later changes; null if it is not in the list.
    async fn job(&self) -> Option<Job> {
        if let Told::Job(job) = &self.told { Some((**job).clone().into()) } else { None }
    }
}
