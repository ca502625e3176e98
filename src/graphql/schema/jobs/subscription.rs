//! Subscriptions. Each event is a separate execution with current rights, loaders and job; so a
//! root field is resolved either to subscribe or to deliver.

use std::sync::{Arc, OnceLock};

use async_graphql::{Context, Description, ID, Object, Subscription as SubscriptionFields};
use futures_util::stream::{self, Iter};

use crate::{
    domain::jobs::{
        application,
        event::{self, Interest, Kind, Logged, Told},
        job::{self, JobFilter},
    },
    error::{Error, Noun, Result},
    graphql::{
        engine::context::ContextExt,
        schema::{
            jobs::{
                application::Application,
                event::JobEvent,
                filter::JobFilterInput,
                job::{Job, job_id},
                list_update::JobListUpdate,
            },
            scalars::DateTime,
        },
    },
};

/// Why a field of the subscription type is resolved.
pub(in crate::graphql) enum Phase {
    /// To find out what the client subscribes to.
    Subscribe(Box<OnceLock<Request>>),
    /// To deliver one event.
    Deliver(News),
}

/// What a client subscribes to.
#[derive(Debug, Clone)]
pub(in crate::graphql) struct Request {
    pub interest: Interest,
    /// The cursor to resume after.
    pub after: Option<String>,
}

/// An event and what is told of its job.
#[derive(Clone)]
pub(in crate::graphql) struct News {
    pub logged: Arc<Logged>,
    pub told: Told,
}

/// One event, or none in the subscribe phase.
type Shown<T> = Iter<std::option::IntoIter<T>>;

/// Something that happened to a job which the caller may see, told as it happens.
#[derive(Description)]
pub struct JobNews {
    logged: Arc<Logged>,
    job: Box<job::Job>,
}

impl JobNews {
    /// None for a departure, which only lists are told of.
    fn of(News { logged, told }: News) -> Option<Self> {
        if let Told::Job(job) = told { Some(Self { logged, job }) } else { None }
    }
}

#[Object(use_type_description)]
impl JobNews {
    /// The place of the event; a client that connects anew goes on after it.
    async fn cursor(&self, ctx: &Context<'_>) -> String {
        event::cursor(ctx.services(), self.logged.event.position)
    }

    /// What happened.
    async fn kind(&self) -> Kind {
        self.logged.event.kind
    }

    /// When it happened.
    async fn created_at(&self) -> DateTime {
        DateTime::millis(self.logged.event.created_at.0)
    }

    /// The job as it is now, which may be after later changes.
    async fn job(&self) -> Job {
        (*self.job).clone().into()
    }

    /// The application that it is about, as it is now.
    async fn application(&self, ctx: &Context<'_>) -> Option<Result<Application>> {
        let id = event::about(&self.logged.event)["applicationId"].as_i64()?;
        let audience = match ctx.audience() {
            Ok(audience) => audience,
            Err(error) => return Some(Err(error)),
        };
        let found = application::find(ctx.services(), audience, id).await.transpose()?;
        Some(found.map(Application))
    }

    /// The entry of the job's timeline; for its owner, its assignee and administrators.
    async fn event(&self, ctx: &Context<'_>) -> Option<JobEvent> {
        job::concerns(&self.job, ctx.viewer()).then(|| JobEvent(self.logged.event.clone()))
    }
}

/// Everything that can be listened to.
#[derive(Description)]
pub struct Subscription;

#[SubscriptionFields(use_type_description)]
impl Subscription {
    /// Jobs as they are published.
    async fn job_published(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only jobs for which this holds when they are told of.")] filter: Option<
            JobFilterInput,
        >,
    ) -> Result<Shown<JobNews>> {
        answer(ctx, JobNews::of, async || Ok((Interest::in_publications(parsed(filter)?), None)))
            .await
    }

    /// Whatever changes one job; ends when the caller sees it no more.
    async fn job_updated(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global id of the job.")] id: ID,
    ) -> Result<Shown<JobNews>> {
        answer(ctx, JobNews::of, async || {
            let id = job_id(&id, "id")?;
            let found = job::find(ctx.services(), ctx.audience()?, id).await?;
            found.ok_or(Error::NotFound(Noun::Job))?;
            Ok((Interest::in_job(id), None))
        })
        .await
    }

    /// Applications for the caller's jobs as they come in.
    async fn application_received(&self, ctx: &Context<'_>) -> Result<Shown<JobNews>> {
        answer(ctx, JobNews::of, async || {
            let owner = ctx.viewer().user_id().ok_or(Error::Unauthenticated)?;
            ctx.audience()?;
            Ok((Interest::in_applications_to(owner), None))
        })
        .await
    }

    /// Keeps a list of jobs up to date: tells of jobs that come, change and leave, in order, without a
    /// gap.
    async fn job_list_updated(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The jobs of the list: the same filter that it was read with.")]
        filter: Option<JobFilterInput>,
        #[graphql(desc = "Only what comes after this cursor; without it, what comes from now on.")]
        after: Option<String>,
    ) -> Result<Shown<JobListUpdate>> {
        let shown = |News { logged, told }| Some(JobListUpdate { logged, told });
        answer(ctx, shown, async || Ok((Interest::in_list(parsed(filter)?), after))).await
    }

    /// Everything that happens to jobs which the caller may see, in order, without a gap.
    async fn job_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only jobs for which this holds when they are told of.")] filter: Option<
            JobFilterInput,
        >,
        #[graphql(desc = "Only what comes after this cursor; without it, what comes from now on.")]
        after: Option<String>,
    ) -> Result<Shown<JobNews>> {
        answer(ctx, JobNews::of, async || Ok((Interest::in_jobs(parsed(filter)?), after))).await
    }
}

fn parsed(filter: Option<JobFilterInput>) -> Result<JobFilter> {
    filter.map_or_else(|| Ok(JobFilter::default()), TryInto::try_into)
}

/// Delivers the event, or records the request, which requires the right to see jobs.
async fn answer<T>(
    ctx: &Context<'_>,
    shown: fn(News) -> Option<T>,
    wanted: impl AsyncFnOnce() -> Result<(Interest, Option<String>)>,
) -> Result<Shown<T>> {
    match &**ctx.data_unchecked::<Arc<Phase>>() {
        Phase::Deliver(news) => Ok(stream::iter(shown(news.clone()))),
        Phase::Subscribe(request) => {
            ctx.audience()?;
            let (interest, after) = wanted().await?;
            request.get_or_init(|| Request { interest, after });
            Ok(stream::iter(None))
        }
    }
}
