//! Disputes of jobs: how administrators decide them. `jobs(filter: {status: DISPUTED})` lists them.

use async_graphql::{Context, ID, InputObject, Object};

use crate::{
    domain::{
        admin::dispute::{self, Outcome},
        jobs::job::{self, REASON},
    },
    error::Result,
    graphql::{
        engine::context::ContextExt,
        schema::{
            constraint,
            jobs::job::{Job, job_id},
            payload::payloads,
        },
    },
};

/// Which dispute to decide, how and why.
#[derive(InputObject)]
pub struct ResolveDisputeInput {
    /// Global id of the job.
    job_id: ID,
    /// How the job ends.
    outcome: Outcome,
    /// Why; both sides are told, and it is kept in the audit log.
    #[graphql(directive = constraint::Length::apply(REASON))]
    reason: String,
}

payloads! {
    /// What `resolveDispute` returns.
    ResolveDisputePayload {
        /// The job as it is now.
        job: Job = job::Job,
    }
}

#[derive(Default)]
pub struct DisputeMutation;

#[Object]
impl DisputeMutation {
    /// Decides the dispute of a job, for good. For administrators who are no party of it.
    async fn resolve_dispute(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The disputed job, and the decision.")] input: ResolveDisputeInput,
    ) -> Result<ResolveDisputePayload> {
        let (admin, id) = (ctx.viewer().admin()?, job_id(&input.job_id, "jobId")?);
        let (services, origin) = (ctx.services(), ctx.origin());
        let decision = (input.outcome, input.reason.as_str());
        Ok(dispute::resolve(services, &admin, &origin, id, decision).await?.into())
    }
}
