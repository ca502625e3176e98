//! Jobs and job types in the schema.

use async_graphql::{Context, Description, Enum, ID, Object, OneofObject, SimpleObject};

use crate::{
    domain::{
        account::user::Person,
        jobs::{
            job::{self, JobFilter, JobOrder},
            job_type,
        },
        store::page::PageInput,
        viewer::Audience,
    },
    error::{Error, FieldProblem, Noun, Result},
    graphql::{
        engine::{
            context::ContextExt,
            loaders::{JobCountOf, JobsOf, UserById},
        },
        schema::{
            account::user::User,
            constraint,
            jobs::{
                application::{self, ApplicationConnection},
                event::{self, JobEventConnection},
                filter::{JobFilterInput, JobOrderBy},
            },
            page::{Connected, connection, page_input},
            scalars::DateTime,
        },
    },
    id::{GlobalId, row_key},
};

/// A piece of work that somebody wants done.
#[derive(Description)]
pub struct Job {
    job: job::Job,
    /// Set if the owner was read with the job.
    owner: Option<Box<Person>>,
}

/// A page of jobs.
pub(in crate::graphql) type JobConnection = Connected<Job, JobTotal>;

/// The life of a job: DRAFT → PUBLISHED → ASSIGNED → `IN_PROGRESS` → COMPLETED; or CANCELLED or EXPIRED.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "job::Status")]
pub enum JobStatus {
    /// Only its owner sees it.
    Draft,
    /// Everybody sees it and may apply.
    Published,
    /// On hold while the account of its owner is stopped: applicants still see it, and nobody may apply.
    Paused,
    /// An applicant was accepted.
    Assigned,
    /// The work has begun.
    InProgress,
    /// The owner has confirmed that the work is done.
    Completed,
    /// The owner has called it off.
    Cancelled,
    /// Its time was over before anyone was accepted.
    Expired,
}

/// Names one job.
#[derive(Debug, OneofObject)]
pub enum JobBy {
    /// Global id, such as `job_123`.
    Id(ID),
    /// The number that the REST API knows the job by; text, so that REST paths pass unchanged.
    DatabaseId(ID),
}

#[Object(use_type_description)]
impl Job {
    /// Global id, such as `job_123`.
    pub(in crate::graphql) async fn id(&self) -> ID {
        GlobalId::Job(self.job.id).to_string().into()
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

    /// The street address of the work; for the owner, the assignee and administrators, null for others.
    async fn address(&self, ctx: &Context<'_>) -> Option<&str> {
        job::address(&self.job, ctx.viewer())
    }

    /// What the owner expects to pay, in whole TWD.
    async fn estimated_amount(&self) -> i64 {
        self.job.estimated_amount
    }

    /// Where the job is in its life.
    async fn status(&self) -> JobStatus {
        self.job.status.into()
    }

    /// When the work is to be done.
    async fn scheduled_at(&self) -> Option<DateTime> {
        self.job.scheduled_at.map(|at| DateTime::millis(at.0))
    }

    /// Until when applications are taken.
    async fn expires_at(&self) -> Option<DateTime> {
        self.job.expires_at.map(|at| DateTime::millis(at.0))
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

    /// Who posted the job.
    async fn owner(&self, ctx: &Context<'_>) -> Result<User> {
        if let Some(owner) = &self.owner {
            return Ok(self.person(Person::clone(owner)));
        }
        let owner = ctx.loaders().load_one(UserById(self.job.owner_id)).await?;
        Ok(self.person(owner.ok_or(Error::NotFound(Noun::User))?))
    }

    /// Whose application was accepted; null before that.
    async fn assignee(&self, ctx: &Context<'_>) -> Option<Result<User>> {
        let id = self.job.assignee_id?;
        let user = ctx.loaders().load_one(UserById(id)).await;
        user.map(|user| user.map(|user| self.person(user))).transpose()
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

impl From<job::Job> for Job {
    fn from(job: job::Job) -> Self {
        Self { job, owner: None }
    }
}

impl From<(job::Job, Person)> for Job {
    fn from((job, owner): (job::Job, Person)) -> Self {
        Self { job, owner: Some(Box::new(owner)) }
    }
}

impl Job {
    /// A person seen through this job: owner and assignee may contact each other.
    fn person(&self, user: Person) -> User {
        match self.job.assignee_id {
            Some(assignee) => User::in_deal(user, [self.job.owner_id, assignee]),
            None => User::new(user),
        }
    }
}

/// What a connection of jobs knows besides its page.
pub struct JobTotal(Counted);

enum Counted {
    Filtered(JobFilter, Audience),
    OfOwner(JobCountOf),
}

#[Object]
impl JobTotal {
    /// How many jobs the list has in all, counted up to 10,000: that number
    /// stands for as many or more. Counted only if selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        match &self.0 {
            Counted::Filtered(filter, audience) => {
                let count = job::count(ctx.services(), *audience, filter).await?;
                i64::try_from(count).map_err(Error::internal)
            }
            Counted::OfOwner(jobs) => {
                let count = ctx.loaders().load_one(*jobs).await?;
                Ok(count.unwrap_or_default())
            }
        }
    }
}

/// A page of an owner's jobs in a state or in any, as a connection.
pub(in crate::graphql) async fn of_owner(
    ctx: &Context<'_>,
    owner_id: i64,
    status: Option<JobStatus>,
    input: PageInput,
) -> Result<JobConnection> {
    let (services, order, status) = (ctx.services(), JobOrder::Newest, status.map(Into::into));
    let args = input.parse(&services.keys, order.list())?;
    let page = ctx.loaders().load_one(JobsOf { owner_id, status, args }).await?;
    let total = JobTotal(Counted::OfOwner(JobCountOf { owner_id, status }));
    let position = |job: &job::Job| order.position(job);
    Ok(connection(services, order.list(), page.unwrap_or_default(), position, Job::from, total))
}

#[derive(Default)]
pub struct JobQuery;

#[Object]
impl JobQuery {
    /// One job, or null if there is none that the caller may see.
    async fn job(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which job, by one of its names.")] by: JobBy,
    ) -> Option<Result<Job>> {
        let id = match by.row() {
            Ok(Some(id)) => id,
            Ok(None) => return None,
            Err(error) => return Some(Err(error)),
        };
        find(ctx, id).await.transpose()
    }

    /// The jobs that the caller may see.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a Relay connection")]
    async fn jobs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Narrows the list.")] filter: Option<JobFilterInput>,
        #[graphql(desc = "The order of the list.", default_with = "JobOrderBy::Newest")]
        order_by: JobOrderBy,
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
    ) -> Result<JobConnection> {
        let (services, audience, order) =
            (ctx.services(), ctx.audience()?, JobOrder::from(order_by));
        let filter = filter.map_or_else(|| Ok(JobFilter::default()), TryInto::try_into)?;
        let args = page_input(first, after, last, before).parse(&services.keys, order.list())?;
        let total = |filter| JobTotal(Counted::Filtered(filter, audience));
        if asks_owners(ctx) {
            let page = job::list_with_owners(services, audience, &filter, order, &args).await?;
            let position = |(job, _): &(job::Job, Person)| order.position(job);
            return Ok(connection(
                services,
                order.list(),
                page,
                position,
                Job::from,
                total(filter),
            ));
        }
        let page = job::list(services, audience, &filter, order, &args).await?;
        let position = |job: &job::Job| order.position(job);
        Ok(connection(services, order.list(), page, position, Job::from, total(filter)))
    }

    /// The kinds of work, in the order they are shown.
    async fn job_types(&self, ctx: &Context<'_>) -> Result<Vec<JobType>> {
        Ok(job_type::list(ctx.services()).await?.into_iter().map(JobType::from).collect())
    }
}

/// The job, if the caller may see it.
async fn find(ctx: &Context<'_>, id: i64) -> Result<Option<Job>> {
    let (services, audience) = (ctx.services(), ctx.audience()?);
    if ctx.look_ahead().field("owner").exists() {
        return Ok(job::find_with_owner(services, audience, id).await?.map(Job::from));
    }
    Ok(job::find(services, audience, id).await?.map(Job::from))
}

/// Whether the owner of each job of a connection is selected.
fn asks_owners(ctx: &Context<'_>) -> bool {
    let connection = ctx.look_ahead();
    connection.field("nodes").field("owner").exists()
        || connection.field("edges").field("node").field("owner").exists()
}

/// A kind of work.
#[derive(SimpleObject)]
pub struct JobType {
    /// What jobs name the type by.
    slug: String,
    /// Label in Traditional Chinese.
    label_zh: String,
    /// Label in English.
    label_en: String,
}

impl From<job_type::JobType> for JobType {
    fn from(job_type: job_type::JobType) -> Self {
        let job_type::JobType { slug, label_zh, label_en, .. } = job_type;
        Self { slug, label_zh, label_en }
    }
}

impl JobBy {
    /// The row's key; nothing if no job can have this number.
    fn row(&self) -> Result<Option<i64>> {
        match self {
            Self::Id(id) => job_id(id, "by.id").map(Some),
            Self::DatabaseId(id) => Ok(row_key(id)),
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
