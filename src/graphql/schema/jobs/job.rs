//! Jobs in the schema.

mod owned;
mod proposal;

use async_graphql::{Context, Description, ID, Object};

pub(in crate::graphql) use self::owned::of_owner;
use self::proposal::JobProposal;
use crate::{
    domain::{
        account::user::Person,
        jobs::job::{self, Detail, Found, Status, Wanted},
    },
    error::{Error, FieldProblem, Noun, Result},
    graphql::{
        engine::{
            context::ContextExt,
            loaders::UserById,
            written::{ready, written_enum},
        },
        schema::{
            account::user::User,
            constraint,
            jobs::{
                application::{self, ApplicationConnection},
                event::{self, JobEventConnection},
                highlights::JobHighlights,
                place::District,
                review::{self, Review},
                total::JobTotal,
            },
            page::{Connected, page_input},
            scalars::DateTime,
        },
    },
    id::GlobalId,
};

/// A piece of work that somebody wants done.
#[derive(Description)]
pub struct Job {
    job: job::Job,
    /// Set if the owner was read with the job.
    owner: Option<Box<(Person, Detail)>>,
}

/// A page of jobs.
pub(in crate::graphql) type JobConnection = Connected<Job, JobTotal>;

#[Object(use_type_description)]
impl Job {
    /// Global id, such as `job_123`.
    pub(in crate::graphql) async fn id(&self) -> ID {
        ID(GlobalId::Job(self.job.id).to_string())
    }

    /// The number that the REST API knows the job by.
    async fn database_id(&self) -> i64 {
        self.job.id
    }

    /// What is to be done, in one line; empty once the account of its owner was erased.
    async fn title(&self) -> &str {
        &self.job.title
    }

    /// What is to be done, in full.
    async fn description(&self) -> &str {
        &self.job.description
    }

    /// Slug of the job's type; `jobTypes` has the labels.
    async fn job_type(&self) -> &str {
        &self.job.job_type
    }

    /// The city, as its owner wrote it.
    async fn city(&self) -> &str {
        &self.job.city
    }

    /// The district, as its owner named it or as the address certainly says; null if neither does.
    async fn district(&self) -> Option<District> {
        District::of(&self.job.district)
    }

    /// The street address of the work; for the owner, the assignee and administrators, null for others.
    async fn address(&self, ctx: &Context<'_>) -> Option<&str> {
        job::address(&self.job, ctx.viewer())
    }

    /// What the owner expects to pay, in whole TWD.
    async fn estimated_amount(&self) -> i64 {
        self.job.estimated_amount
    }

    /// What owner and assignee agreed on, in whole TWD: what was offered, else what was expected. For both of them and
    /// administrators, null for others and before anybody was accepted.
    async fn agreed_amount(&self, ctx: &Context<'_>) -> Option<i64> {
        job::agreed_amount(&self.job, ctx.viewer())
    }

    /// How many people apply, without those who have withdrawn.
    async fn application_count(&self) -> i64 {
        self.job.application_count
    }

    /// Where the job is in its life.
    async fn status(&self) -> Status {
        self.job.status
    }

    /// When the work is to be done.
    async fn scheduled_at(&self) -> Option<DateTime> {
        self.job.scheduled_at.map(|at| DateTime::millis(at.0))
    }

    /// Until when applications are taken.
    async fn expires_at(&self) -> Option<DateTime> {
        self.job.expires_at.map(|at| DateTime::millis(at.0))
    }

    /// When the assignee said that the work is done.
    async fn reported_at(&self) -> Option<DateTime> {
        self.job.reported_at.map(|at| DateTime::millis(at.0))
    }

    /// When the job was completed; it can be disputed for seven days.
    async fn completed_at(&self) -> Option<DateTime> {
        self.job.completed_at.map(|at| DateTime::millis(at.0))
    }

    /// When the job was disputed, which happens once at most.
    async fn disputed_at(&self) -> Option<DateTime> {
        self.job.disputed_at.map(|at| DateTime::millis(at.0))
    }

    /// The step that one side waits for the other to agree to; for the owner, the assignee and administrators, null
    /// for others.
    async fn proposal(&self, ctx: &Context<'_>) -> Option<JobProposal> {
        job::concerns(&self.job, ctx.viewer()).then(|| JobProposal::of(&self.job)).flatten()
    }

    /// Counts the changes, from 1; `updateJob` can insist on it.
    async fn version(&self) -> i64 {
        self.job.version
    }

    /// When the job was posted.
    async fn created_at(&self) -> DateTime {
        DateTime::millis(self.job.created_at.0)
    }

    /// When the job changed last.
    async fn updated_at(&self) -> DateTime {
        DateTime::millis(self.job.updated_at.0)
    }

    /// Where words are found in its title and description: in a list, the words of its `filter.search`. They
    /// are asked for by themselves so that a job can be shown so wherever it stands, such as under `job`.
    #[expect(clippy::unused_async, reason = "resolvers are asynchronous")]
    async fn highlights(
        &self,
        #[graphql(
            desc = "Words, as in `JobFilter.search`.",
            directive = constraint::Length::apply(job::SEARCH)
        )]
        search: String,
    ) -> Result<JobHighlights> {
        job::highlights(&self.job, &search).map(JobHighlights::from)
    }

    /// Who posted the job.
    async fn owner(&self, ctx: &Context<'_>) -> Result<User> {
        if let Some(owner) = self.known_owner() {
            return Ok(owner);
        }
        let owner = ctx.loaders().load_one(UserById(self.job.owner_id)).await?;
        Ok(self.person(owner.ok_or(Error::NotFound(Noun::User))?, Detail::Full))
    }

    /// Whose application was accepted; null before that.
    async fn assignee(&self, ctx: &Context<'_>) -> Option<Result<User>> {
        let id = self.job.assignee_id?;
        let user = ctx.loaders().load_one(UserById(id)).await;
        user.map(|user| user.map(|user| self.person(user, Detail::Full))).transpose()
    }

    /// The applications that the caller may see: all for the owner, else the caller's own.
    async fn applications(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Items from the start; 20 if neither `first` nor `last` is given.",
            directive = constraint::PageSize::apply()
        )]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(
            desc = "Items from the end, instead of `first`.",
            directive = constraint::PageSize::apply()
        )]
        last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<ApplicationConnection> {
        application::for_job(ctx, self.job.id, page_input(first, after, last, before)).await
    }

    /// What owner and assignee say of each other, as far as the caller sees it; at most two.
    async fn reviews(&self, ctx: &Context<'_>) -> Result<Vec<Review>> {
        review::of_job(ctx, self.job.id).await
    }

    /// What happened to the job, oldest first; for its owner, its assignee and administrators.
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Items from the start; 20 if neither `first` nor `last` is given.",
            directive = constraint::PageSize::apply()
        )]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(
            desc = "Items from the end, instead of `first`.",
            directive = constraint::PageSize::apply()
        )]
        last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<JobEventConnection>> {
        if !job::concerns(&self.job, ctx.viewer()) {
            return None;
        }
        Some(
            event::of_job(ctx.services(), self.job.id, page_input(first, after, last, before))
                .await,
        )
    }
}

written_enum! { Status }

ready! {
    Job {
        "id": id,
        "databaseId": database_id,
        "title": title,
        "description": description,
        "jobType": job_type,
        "city": city,
        "address": address,
        "estimatedAmount": estimated_amount,
        "agreedAmount": agreed_amount,
        "applicationCount": application_count,
        "status": status,
        "scheduledAt": scheduled_at,
        "expiresAt": expires_at,
        "reportedAt": reported_at,
        "completedAt": completed_at,
        "disputedAt": disputed_at,
        "version": version,
        "createdAt": created_at,
        "updatedAt": updated_at,
        ; "owner": known_owner
    }
}

impl From<job::Job> for Job {
    fn from(job: job::Job) -> Self {
        Self { job, owner: None }
    }
}

impl Job {
    /// A job that was read as wanted.
    pub(super) fn found((job, owner): Found, wanted: Wanted) -> Self {
        Self { job, owner: owner.zip(wanted.owner).map(Box::new) }
    }

    fn known_owner(&self) -> Option<User> {
        self.owner.as_deref().map(|(owner, detail)| self.person(owner.clone(), *detail))
    }

    /// A person seen through this job: owner and assignee may contact each other.
    fn person(&self, user: Person, detail: Detail) -> User {
        match self.job.assignee_id {
            Some(assignee) => User::in_deal(user, detail, [self.job.owner_id, assignee]),
            None => User::plainly(user, detail),
        }
    }
}

/// The row's key of a job's global id.
pub(in crate::graphql) fn job_id(id: &ID, path: &str) -> Result<i64> {
    match id.parse() {
        Ok(GlobalId::Job(id)) => Ok(id),
        _ => Err(Error::field(path, FieldProblem::InvalidId)),
    }
}
