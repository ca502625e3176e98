//! Mutations of jobs.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};

use crate::{
    domain::jobs::job::{
        self, JobChange, NewJob,
        district::DISTRICT,
        input::{ADDRESS, AMOUNT, CITY, DESCRIPTION, TITLE},
    },
    error::Result,
    graphql::{
        engine::context::ContextExt,
        schema::{
            constraint,
            jobs::job::{Job, job_id},
            payload::payloads,
            scalars::DateTime,
        },
    },
};

/// A job to post.
#[derive(InputObject)]
pub struct CreateJobInput {
    /// What is to be done, in one line.
    #[graphql(directive = constraint::Length::apply(TITLE))]
    title: String,
    /// What is to be done, in full.
    #[graphql(directive = constraint::Length::apply(DESCRIPTION))]
    description: Option<String>,
    /// Slug of one of the `jobTypes`.
    job_type: String,
    /// The city, such as 台北市.
    #[graphql(directive = constraint::Length::apply(CITY))]
    city: String,
    /// The district of that city, such as 大安區, for everybody to see; read from the address if that is certain.
    #[graphql(directive = constraint::Length::apply(DISTRICT))]
    district: Option<String>,
    /// The street address of the work; only the owner, the assignee and administrators see it.
    #[graphql(directive = constraint::Length::apply(ADDRESS))]
    address: String,
    /// What you expect to pay, in whole TWD.
    #[graphql(directive = constraint::Range::apply(AMOUNT))]
    estimated_amount: i32,
    /// When the work is to be done; in the future, within ten years.
    scheduled_at: Option<DateTime>,
    /// Until when applications are taken; in the future, within ten years.
    expires_at: Option<DateTime>,
    /// Publish at once instead of keeping a draft.
    #[graphql(default = false)]
    publish: bool,
}

/// Changes to a job; what is not given stays as it is.
#[derive(InputObject)]
pub struct UpdateJobInput {
    /// Global id of the job.
    id: ID,
    /// Refuse with CONFLICT if the job has another version by now.
    expected_version: Option<i32>,
    /// What is to be done, in one line.
    #[graphql(directive = constraint::Length::apply(TITLE))]
    title: Option<String>,
    /// What is to be done, in full.
    #[graphql(directive = constraint::Length::apply(DESCRIPTION))]
    description: Option<String>,
    /// Slug of one of the `jobTypes`.
    job_type: Option<String>,
    /// The city, such as 台北市.
    #[graphql(directive = constraint::Length::apply(CITY))]
    city: Option<String>,
    /// The district of that city, for everybody to see; null has it read from the address.
    #[graphql(directive = constraint::Length::apply(DISTRICT))]
    district: MaybeUndefined<String>,
    /// The street address of the work; only the owner, the assignee and administrators see it.
    #[graphql(directive = constraint::Length::apply(ADDRESS))]
    address: Option<String>,
    /// What you expect to pay, in whole TWD.
    #[graphql(directive = constraint::Range::apply(AMOUNT))]
    estimated_amount: Option<i32>,
    /// When the work is to be done; null takes it away.
    scheduled_at: MaybeUndefined<DateTime>,
    /// Until when applications are taken; null takes it away.
    expires_at: MaybeUndefined<DateTime>,
}

/// Names the job to act on.
#[derive(InputObject)]
pub struct JobActionInput {
    /// Global id of the job.
    id: ID,
}

payloads! {
    /// What `createJob` returns.
    CreateJobPayload {
        /// The job as it is now.
        job: Job = job::Job,
    }
    /// What `updateJob` returns.
    UpdateJobPayload {
        /// The job as it is now.
        job: Job = job::Job,
    }
    /// What `publishJob` returns.
    PublishJobPayload {
        /// The job as it is now.
        job: Job = job::Job,
    }
    /// What `cancelJob` returns.
    CancelJobPayload {
        /// The job as it is now.
        job: Job = job::Job,
    }
    /// What `startJob` returns.
    StartJobPayload {
        /// The job as it is now.
        job: Job = job::Job,
    }
    /// What `completeJob` returns.
    CompleteJobPayload {
        /// The job as it is now.
        job: Job = job::Job,
    }
}

#[derive(Default)]
pub struct JobMutation;

#[Object]
impl JobMutation {
    /// Posts a job, as a draft or published at once.
    async fn create_job(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The job to post.")] input: CreateJobInput,
    ) -> Result<CreateJobPayload> {
        Ok(job::create(ctx.services(), &ctx.viewer().actor()?, input.into()).await?.into())
    }

    /// Changes a draft or a published job of the caller's.
    async fn update_job(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The job, and what is to change about it.")] input: UpdateJobInput,
    ) -> Result<UpdateJobPayload> {
        let id = job_id(&input.id, "id")?;
        Ok(job::update(ctx.services(), &ctx.viewer().actor()?, id, input.into()).await?.into())
    }

    /// Shows a draft to everybody.
    async fn publish_job(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The draft to show.")] input: JobActionInput,
    ) -> Result<PublishJobPayload> {
        let id = job_id(&input.id, "id")?;
        Ok(job::publish(ctx.services(), &ctx.viewer().actor()?, id).await?.into())
    }

    /// Calls a job off; pending applications are rejected. Before the work begins its owner may. Afterwards both sides
    /// have to want it: the first call only sets `Job.proposal`, the call of the other side agrees. An administrator
    /// calls it off at once.
    async fn cancel_job(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The job to call off.")] input: JobActionInput,
        #[graphql(
            desc = "Whether to propose what needs the other side; if not, that is refused with CONFLICT.",
            default = true
        )]
        or_propose: bool,
    ) -> Result<CancelJobPayload> {
        let (id, actor) = (job_id(&input.id, "id")?, ctx.viewer().actor()?);
        Ok(job::cancel(ctx.services(), &actor, id, or_propose).await?.into())
    }

    /// Begins the work of an assigned job; its owner or its assignee may say so. Before the day of `scheduledAt`, in
    /// Taiwan, both sides have to want it: the first call only sets `Job.proposal`, the call of the other side agrees.
    async fn start_job(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The job whose work begins.")] input: JobActionInput,
    ) -> Result<StartJobPayload> {
        let id = job_id(&input.id, "id")?;
        Ok(job::start(ctx.services(), &ctx.viewer().actor()?, id).await?.into())
    }

    /// Confirms that the work is done, whether it was reported or not; the owner says so.
    async fn complete_job(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The job whose work is done.")] input: JobActionInput,
    ) -> Result<CompleteJobPayload> {
        let id = job_id(&input.id, "id")?;
        Ok(job::complete(ctx.services(), &ctx.viewer().actor()?, id).await?.into())
    }
}

impl From<CreateJobInput> for NewJob {
    fn from(input: CreateJobInput) -> Self {
        Self {
            title: input.title,
            description: input.description,
            job_type: input.job_type,
            city: input.city,
            district: input.district,
            address: input.address,
            estimated_amount: input.estimated_amount.into(),
            scheduled_at: input.scheduled_at.map(|time| time.at),
            expires_at: input.expires_at.map(|time| time.at),
            publish: input.publish,
        }
    }
}

impl From<UpdateJobInput> for JobChange {
    fn from(input: UpdateJobInput) -> Self {
        let time =
            |time: MaybeUndefined<DateTime>| time.as_opt_ref().map(|time| time.map(|time| time.at));
        Self {
            title: input.title,
            description: input.description,
            job_type: input.job_type,
            city: input.city,
            district: input.district.into(),
            address: input.address,
            estimated_amount: input.estimated_amount.map(Into::into),
            scheduled_at: time(input.scheduled_at),
            expires_at: time(input.expires_at),
            expected_version: input.expected_version.map(Into::into),
        }
    }
}
