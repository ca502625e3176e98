//! Queries for jobs and job types.

use async_graphql::{Context, ID, Object, OneofObject, SimpleObject};

use crate::{
    domain::jobs::{
        job::{self, Found, JobOrder},
        job_type,
    },
    error::Result,
    graphql::{
        engine::{context::ContextExt, written::Lone},
        schema::{
            constraint,
            jobs::{
                filter::{self, JobFilterInput},
                job::{Job, JobConnection, job_id},
                place::{self, City},
                total::JobTotal,
                wanted,
            },
            page::{connection, page_input},
        },
    },
    id::row_key,
};

/// Names one job.
#[derive(Debug, OneofObject)]
pub enum JobBy {
    /// Global id, such as `job_123`.
    Id(ID),
    /// The number that the REST API knows the job by; text, so that REST paths pass unchanged.
    DatabaseId(ID),
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
    ) -> Option<Result<Lone<Job>>> {
        let id = match by.row() {
            Ok(Some(id)) => id,
            Ok(None) => return None,
            Err(error) => return Some(Err(error)),
        };
        find(ctx, id).await.transpose()
    }

    /// What remains of a job that everybody could see, and that is taken or over: enough to look for others
    /// like it. Null if there was none; nor is anything told of drafts, of jobs that were called off, and of
    /// owners whose account stopped.
    async fn past_job(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which job, by one of its names.")] by: JobBy,
    ) -> Result<Option<PastJob>> {
        ctx.audience()?;
        let Some(id) = by.row()? else { return Ok(None) };
        Ok(job::past(ctx.services(), id).await?.map(PastJob::from))
    }

    /// The jobs that the caller may see.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a Relay connection")]
    async fn jobs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Narrows the list.")] filter: Option<JobFilterInput>,
        #[graphql(desc = "The order of the list.", default_with = "JobOrder::Newest")]
        order_by: JobOrder,
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
        let (services, audience, order) = (ctx.services(), ctx.audience()?, order_by);
        let filter = filter::of_list(filter, order)?;
        let args = page_input(first, after, last, before).parse(&services.keys, order.list())?;
        let total = JobTotal::of(filter.clone(), audience);
        let wanted = wanted::of_connection(ctx);
        let page = job::list(services, audience, &filter, order, &args, wanted).await?;
        let position = |(job, _): &Found| job::position(&filter, order, job);
        let node = |found| Job::found(found, wanted);
        Ok(connection(services, order.list(), page, position, node, total))
    }

    /// The cities and counties of Taiwan with their districts, from north to south.
    async fn cities(&self) -> Vec<City> {
        place::cities()
    }

    /// The kinds of work, in the order they are shown.
    async fn job_types(&self, ctx: &Context<'_>) -> Result<Vec<JobType>> {
        Ok(job_type::list(ctx.services()).await?.into_iter().map(JobType::from).collect())
    }
}

/// The job, if the caller may see it.
async fn find(ctx: &Context<'_>, id: i64) -> Result<Option<Lone<Job>>> {
    let (services, audience) = (ctx.services(), ctx.audience()?);
    let wanted = wanted::of_job(ctx);
    let found = job::read(services, audience, id, wanted).await?;
    Ok(found.map(|found| Lone(Job::found(found, wanted))))
}

/// Where a job was, and of what type.
#[derive(SimpleObject)]
pub struct PastJob {
    /// City or county, as its owner wrote it.
    city: String,
    /// Slug of its type.
    job_type: String,
}

impl From<job::PastJob> for PastJob {
    fn from(job::PastJob { city, job_type }: job::PastJob) -> Self {
        Self { city, job_type }
    }
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
    /// The row's key; None if no job can have this number.
    fn row(&self) -> Result<Option<i64>> {
        match self {
            Self::Id(id) => job_id(id, "by.id").map(Some),
            Self::DatabaseId(id) => Ok(row_key(id)),
        }
    }
}
