//! Applications in the schema.

use async_graphql::{Context, Description, ID, InputObject, Object};

use crate::{
    domain::{
        jobs::{
            application::{self, NewApplication, Status},
            job::input::AMOUNT,
        },
        store::page::{Page, PageInput},
    },
    error::{Error, FieldProblem, Noun, Result},
    graphql::{
        engine::{
            context::ContextExt,
            loaders::{
                ApplicationCountBy, ApplicationCountFor, ApplicationsBy, ApplicationsFor, JobById,
                UserById, releases::ReleaseReason,
            },
            written::{ready, written_enum},
        },
        schema::{
            account::user::User,
            constraint,
            jobs::job::{Job, job_id},
            page::{Connected, connection},
            payload::payloads,
            scalars::DateTime,
        },
    },
    id::GlobalId,
};

/// Somebody's wish to do a job.
#[derive(Description)]
pub struct Application(pub(in crate::graphql) application::Application);

/// A page of applications.
pub(in crate::graphql) type ApplicationConnection = Connected<Application, ApplicationTotal>;

#[Object(use_type_description)]
impl Application {
    /// Global id, such as `application_9`.
    pub(in crate::graphql) async fn id(&self) -> ID {
        ID(GlobalId::Application(self.0.id).to_string())
    }

    /// The job applied for.
    async fn job(&self, ctx: &Context<'_>) -> Result<Job> {
        let job = ctx.loaders().load_one(JobById(self.0.job_id)).await?;
        Ok(job.ok_or(Error::NotFound(Noun::Job))?.into())
    }

    /// Who applied.
    async fn applicant(&self, ctx: &Context<'_>) -> Result<User> {
        let user = ctx.loaders().load_one(UserById(self.0.applicant_id)).await?;
        Ok(User::new(user.ok_or(Error::NotFound(Noun::User))?))
    }

    /// What the applicant wrote.
    async fn message(&self) -> &str {
        &self.0.message
    }

    /// What the applicant asks for, in whole TWD; null: as estimated.
    async fn offered_amount(&self) -> Option<i64> {
        self.0.offered_amount
    }

    /// What became of it.
    async fn status(&self) -> Status {
        self.0.status
    }

    /// Whether its applicant may send it again while the job takes applications, by the rule of `applyToJob`:
    /// after a withdrawal, after stepping back, or if somebody else was accepted; five times in all.
    async fn may_apply_again(&self) -> bool {
        application::may_return(&self.0)
    }

    /// Why one side ended the match; null unless the application is RELEASED, and if the account of whoever
    /// wrote it was erased.
    async fn release_reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        if self.0.status != Status::Released {
            return Ok(None);
        }
        ctx.loaders().load_one(ReleaseReason::of(&self.0)).await
    }

    /// When it was sent; the last time, if it was withdrawn and sent again.
    async fn created_at(&self) -> DateTime {
        DateTime::millis(self.0.created_at.0)
    }

    /// When it changed last.
    async fn updated_at(&self) -> DateTime {
        DateTime::millis(self.0.updated_at.0)
    }
}

written_enum! { Status }

ready! {
    Application {
        "id": id,
        "message": message,
        "offeredAmount": offered_amount,
        "status": status,
        "mayApplyAgain": may_apply_again,
        "createdAt": created_at,
        "updatedAt": updated_at,
    }
}

/// What a connection of applications knows besides its page.
pub struct ApplicationTotal(Counted);

enum Counted {
    ForJob(ApplicationCountFor),
    ByApplicant(ApplicationCountBy),
}

#[Object]
impl ApplicationTotal {
    /// How many applications the list has in all, counted up to 10,000: that number
    /// stands for as many or more. Counted only if selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        let count = match self.0 {
            Counted::ForJob(applications) => ctx.loaders().load_one(applications).await,
            Counted::ByApplicant(applications) => ctx.loaders().load_one(applications).await,
        };
        Ok(count?.unwrap_or_default())
    }
}

/// A page of the applications for a job that the caller may see.
pub(in crate::graphql) async fn for_job(
    ctx: &Context<'_>,
    job_id: i64,
    input: PageInput,
) -> Result<ApplicationConnection> {
    let args = input.parse(&ctx.services().keys, application::LIST)?;
    let page = ctx.loaders().load_one(ApplicationsFor { job_id, args }).await?;
    let total = Counted::ForJob(ApplicationCountFor(job_id));
    Ok(connected(ctx, application::LIST, page, total))
}

/// A page of the applications of one applicant, of one status if given.
pub(in crate::graphql) async fn by_applicant(
    ctx: &Context<'_>,
    applicant_id: i64,
    status: Option<Status>,
    input: PageInput,
) -> Result<ApplicationConnection> {
    let list = application::LIST_OF_APPLICANT;
    let args = input.parse(&ctx.services().keys, list)?;
    let page = ctx.loaders().load_one(ApplicationsBy { applicant_id, status, args }).await?;
    let total = Counted::ByApplicant(ApplicationCountBy { applicant_id, status });
    Ok(connected(ctx, list, page, total))
}

fn connected(
    ctx: &Context<'_>,
    list: &'static str,
    page: Option<Page<application::Application>>,
    total: Counted,
) -> ApplicationConnection {
    let (page, total) = (page.unwrap_or_default(), ApplicationTotal(total));
    connection(ctx.services(), list, page, application::position, Application, total)
}

/// An application to send.
#[derive(InputObject)]
pub struct ApplyToJobInput {
    /// Global id of the job.
    job_id: ID,
    /// What the owner should know.
    #[graphql(default, directive = constraint::Length::apply(application::MESSAGE))]
    message: String,
    /// What you ask for, in whole TWD; without it, as estimated.
    #[graphql(directive = constraint::Range::apply(AMOUNT))]
    offered_amount: Option<i32>,
}

/// Names the application to act on.
#[derive(InputObject)]
pub struct ApplicationActionInput {
    /// Global id of the application.
    id: ID,
}

payloads! {
    /// What `applyToJob` returns.
    ApplyToJobPayload {
        /// The application as it is now.
        application: Application = application::Application,
    }
    /// What `withdrawApplication` returns.
    WithdrawApplicationPayload {
        /// The application as it is now.
        application: Application = application::Application,
    }
    /// What `rejectApplication` returns.
    RejectApplicationPayload {
        /// The application as it is now.
        application: Application = application::Application,
    }
    /// What `acceptApplication` returns.
    AcceptApplicationPayload {
        /// The accepted application.
        application: Application,
        /// The job, assigned to the applicant.
        job: Job,
    }
}

impl From<application::Application> for Application {
    fn from(application: application::Application) -> Self {
        Self(application)
    }
}

#[derive(Default)]
pub struct ApplicationMutation;

#[Object]
impl ApplicationMutation {
    /// Applies to somebody's published job. Who has withdrawn an application may send it again, and so may, once the
    /// assignee is gone, who was turned down for them or gave the job back: five times in all.
    async fn apply_to_job(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The job, and what its owner should know.")] input: ApplyToJobInput,
    ) -> Result<ApplyToJobPayload> {
        let new = NewApplication {
            job_id: job_id(&input.job_id, "jobId")?,
            message: input.message,
            offered_amount: input.offered_amount.map(Into::into),
        };
        Ok(application::apply(ctx.services(), &ctx.viewer().actor()?, new).await?.into())
    }

    /// Takes one's own application back.
    async fn withdraw_application(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The application to take back.")] input: ApplicationActionInput,
    ) -> Result<WithdrawApplicationPayload> {
        let id = input.row()?;
        Ok(application::withdraw(ctx.services(), &ctx.viewer().actor()?, id).await?.into())
    }

    /// Gives the job to this applicant; all other applications for it are rejected.
    async fn accept_application(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The application to accept.")] input: ApplicationActionInput,
    ) -> Result<AcceptApplicationPayload> {
        let (id, actor) = (input.row()?, ctx.viewer().actor()?);
        let (application, job) = application::accept(ctx.services(), &actor, id).await?;
        Ok(AcceptApplicationPayload { application: application.into(), job: job.into() })
    }

    /// Turns an applicant down.
    async fn reject_application(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The application to turn down.")] input: ApplicationActionInput,
    ) -> Result<RejectApplicationPayload> {
        let id = input.row()?;
        Ok(application::reject(ctx.services(), &ctx.viewer().actor()?, id).await?.into())
    }
}

impl ApplicationActionInput {
    fn row(&self) -> Result<i64> {
        match self.id.parse() {
            Ok(GlobalId::Application(id)) => Ok(id),
            _ => Err(Error::field("id", FieldProblem::InvalidId)),
        }
    }
}
