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
        notice,
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
                notice_news::NoticeNews,
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

/// What a client subscribes to, and the cursor to resume after.
#[derive(Debug, Clone)]
pub(in crate::graphql) enum Request {
    Jobs(Box<Interest>, Option<String>),
    /// Those of this person.
    Notices(i64, Option<String>),
}

/// What a client is told.
#[derive(Clone)]
pub(in crate::graphql) enum News {
    /// An event and what is told of its job.
    Job(Arc<Logged>, Told),
    Notice(Arc<notice::Notice>),
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
    fn of(news: News) -> Option<Self> {
        if let News::Job(logged, Told::Job(job)) = news { Some(Self { logged, job }) } else { None }
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
        answer(ctx, JobNews::of, async || {
            Ok(jobs(Interest::in_publications(parsed(filter)?), None))
        })
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
            Ok(jobs(Interest::in_job(id), None))
        })
        .await
    }

    /// Applications for the caller's jobs as they come in.
    async fn application_received(&self, ctx: &Context<'_>) -> Result<Shown<JobNews>> {
        answer(ctx, JobNews::of, async || {
            let owner = ctx.viewer().user_id().ok_or(Error::Unauthenticated)?;
            ctx.audience()?;
            Ok(jobs(Interest::in_applications_to(owner), None))
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
        answer(ctx, update, async || Ok(jobs(Interest::in_list(parsed(filter)?), after))).await
    }

    /// The caller's notices as they come, in order, without a gap.
    async fn notice_received(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only what comes after this cursor; without it, what comes from now on.")]
        after: Option<String>,
    ) -> Result<Shown<NoticeNews>> {
        answer(ctx, received, async || Ok(Request::Notices(ctx.viewer().member()?.user_id, after)))
            .await
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
        answer(ctx, JobNews::of, async || Ok(jobs(Interest::in_jobs(parsed(filter)?), after))).await
    }
}

fn jobs(interest: Interest, after: Option<String>) -> Request {
    Request::Jobs(Box::new(interest), after)
}

fn update(news: News) -> Option<JobListUpdate> {
    if let News::Job(logged, told) = news { Some(JobListUpdate { logged, told }) } else { None }
}

fn received(news: News) -> Option<NoticeNews> {
    if let News::Notice(notice) = news { Some(NoticeNews(notice)) } else { None }
}

fn parsed(filter: Option<JobFilterInput>) -> Result<JobFilter> {
    filter.map_or_else(|| Ok(JobFilter::default()), TryInto::try_into)
}

/// Delivers the event, or records the request, which requires the right to see jobs.
async fn answer<T>(
    ctx: &Context<'_>,
    shown: fn(News) -> Option<T>,
    wanted: impl AsyncFnOnce() -> Result<Request>,
) -> Result<Shown<T>> {
    match &**ctx.data_unchecked::<Arc<Phase>>() {
        Phase::Deliver(news) => Ok(stream::iter(shown(news.clone()))),
        Phase::Subscribe(request) => {
            ctx.audience()?;
            let wanted = wanted().await?;
            request.get_or_init(|| wanted);
            Ok(stream::iter(None))
        }
    }
}
