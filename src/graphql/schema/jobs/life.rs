//! Mutations of the life of a job after somebody was accepted, and after its end.

use async_graphql::{Context, ID, InputObject, Object};

use crate::{
    domain::jobs::{
        application,
        job::{self, REASON},
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

/// Which job to step back from, and why.
#[derive(InputObject)]
pub struct ReleaseJobInput {
    /// Global id of the job.
    job_id: ID,
    /// Why; the other side is told.
    #[graphql(directive = constraint::Length::apply(REASON))]
    reason: String,
}

/// Whose work is done.
#[derive(InputObject)]
pub struct ReportDoneInput {
    /// Global id of the job.
    job_id: ID,
}

/// Which job to dispute, and why.
#[derive(InputObject)]
pub struct DisputeJobInput {
    /// Global id of the job.
    job_id: ID,
    /// What is wrong; the other side and administrators are told.
    #[graphql(directive = constraint::Length::apply(REASON))]
    reason: String,
}

/// Which job to post again.
#[derive(InputObject)]
pub struct RepostJobInput {
    /// Global id of the job.
    job_id: ID,
}

payloads! {
    /// What `releaseJob` returns.
    ReleaseJobPayload {
        /// The job as it is now.
        job: Job = job::Job,
    }
    /// What `reportDone` returns.
    ReportDonePayload {
        /// The job as it is now.
        job: Job = job::Job,
    }
    /// What `disputeJob` returns.
    DisputeJobPayload {
        /// The job as it is now.
        job: Job = job::Job,
    }
    /// What `repostJob` returns.
    RepostJobPayload {
        /// The new draft.
        job: Job = job::Job,
    }
}

#[derive(Default)]
pub struct LifeMutation;

#[Object]
impl LifeMutation {
    /// Steps back from an assigned job before its work begins; its owner or its assignee may. The job takes
    /// applications again, also from those who were turned down for the assignee, and from an assignee who steps back
    /// by themselves.
    async fn release_job(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The job, and why.")] input: ReleaseJobInput,
    ) -> Result<ReleaseJobPayload> {
        let (id, actor) = (job_id(&input.job_id, "jobId")?, ctx.viewer().actor()?);
        Ok(application::release(ctx.services(), &actor, id, &input.reason).await?.into())
    }

    /// Says that the work is done; the assignee does. If its owner neither confirms nor disputes it, the job is
    /// completed by itself, usually after three days.
    async fn report_done(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The job whose work is done.")] input: ReportDoneInput,
    ) -> Result<ReportDonePayload> {
        let id = job_id(&input.job_id, "jobId")?;
        Ok(job::report(ctx.services(), &ctx.viewer().actor()?, id).await?.into())
    }

    /// Calls the work or its end into question, once at most; the owner or the assignee may, until seven days after
    /// the job was completed. An administrator decides.
    async fn dispute_job(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The job, and what is wrong.")] input: DisputeJobInput,
    ) -> Result<DisputeJobPayload> {
        let (id, actor) = (job_id(&input.job_id, "jobId")?, ctx.viewer().actor()?);
        Ok(job::dispute(ctx.services(), &actor, id, &input.reason).await?.into())
    }

    /// Makes a new draft of the caller's own completed, cancelled or expired job, without times that are past.
    async fn repost_job(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The job to post again.")] input: RepostJobInput,
    ) -> Result<RepostJobPayload> {
        let id = job_id(&input.job_id, "jobId")?;
        Ok(job::repost(ctx.services(), &ctx.viewer().actor()?, id).await?.into())
    }
}
