//! What one side of a job proposes to the other.

use async_graphql::{Context, Description, Object};

use crate::{
    domain::jobs::job::{Job, Proposal},
    error::{Error, Noun, Result},
    graphql::{
        engine::{context::ContextExt, loaders::UserById},
        schema::account::user::User,
    },
};

/// A step that one side of a job waits for the other to agree to, by taking it as well.
#[derive(Description)]
pub struct JobProposal {
    step: Proposal,
    by: i64,
}

impl JobProposal {
    pub(super) fn of(job: &Job) -> Option<Self> {
        job.proposal.zip(job.proposed_by).map(|(step, by)| Self { step, by })
    }
}

#[Object(use_type_description)]
impl JobProposal {
    /// What is proposed.
    async fn step(&self) -> Proposal {
        self.step
    }

    /// Who proposes it, and need not do so again.
    async fn by(&self, ctx: &Context<'_>) -> Result<User> {
        let user = ctx.loaders().load_one(UserById(self.by)).await?;
        Ok(User::new(user.ok_or(Error::NotFound(Noun::User))?))
    }
}
