//! Notices in the schema.

use std::sync::Arc;

use async_graphql::{Context, Description, ID, Object, SimpleObject};

use crate::{
    domain::{
        Services,
        jobs::notice::{self, Delivery, Kind, Preference},
        store::page::PageInput,
        viewer::Member,
    },
    error::Result,
    graphql::{
        engine::{
            context::ContextExt,
            loaders::{ApplicationById, JobById, UserById},
            written::{ready, written_enum},
        },
        schema::{
            account::user::User,
            jobs::{application::Application, job::Job},
            page::{Connected, connection},
            scalars::DateTime,
        },
    },
    id::GlobalId,
};

/// Something that the reader is told of a job; never something that the reader did.
#[derive(Description)]
pub struct Notice(pub(in crate::graphql) notice::Notice);

/// A page of a person's notices.
pub(in crate::graphql) type NoticeConnection = Connected<Notice, UnreadNotices>;

#[Object(use_type_description)]
impl Notice {
    /// Global id, such as `notice_12`.
    pub(in crate::graphql) async fn id(&self) -> ID {
        ID(GlobalId::Notice(self.0.id).to_string())
    }

    /// What it tells.
    async fn kind(&self) -> Kind {
        self.0.kind
    }

    /// The job as it is now; null if the reader does not see it any more.
    async fn job(&self, ctx: &Context<'_>) -> Result<Option<Job>> {
        let job = ctx.loaders().load_one(JobById(self.0.job_id)).await?;
        Ok(job.map(Job::from))
    }

    /// The application that it is about, as it is now; null if it is about none.
    async fn application(&self, ctx: &Context<'_>) -> Option<Result<Application>> {
        let id = self.0.application_id?;
        ctx.loaders().load_one(ApplicationById(id)).await.map(|it| it.map(Application)).transpose()
    }

    /// Who did it; null if it came by itself.
    async fn actor(&self, ctx: &Context<'_>) -> Option<Result<User>> {
        let id = self.0.actor_id?;
        ctx.loaders().load_one(UserById(id)).await.map(|user| user.map(User::new)).transpose()
    }

    /// When it was told.
    async fn created_at(&self) -> DateTime {
        DateTime::millis(self.0.created_at.0)
    }

    /// When it was marked read; null if it was not.
    async fn read_at(&self) -> Option<DateTime> {
        self.0.read_at.map(|at| DateTime::millis(at.0))
    }
}

written_enum! { Kind }

ready! {
    Notice {
        "id": id,
        "kind": kind,
        "createdAt": created_at,
        "readAt": read_at,
    }
}

/// How notices of one kind are mailed.
#[derive(SimpleObject)]
pub struct NoticePreference {
    /// What they tell.
    kind: Kind,
    /// How they are mailed.
    delivery: Delivery,
}

/// What a connection of notices knows besides its page.
pub struct UnreadNotices;

#[Object]
impl UnreadNotices {
    /// How many notices are not marked read, whatever the page shows, counted up to 10,000. Counted only if
    /// selected.
    async fn unread_count(&self, ctx: &Context<'_>) -> Result<i64> {
        notice::count_unread(ctx.services(), ctx.viewer().member()?).await
    }
}

/// A page of the member's notices.
pub(in crate::graphql) async fn list(
    services: &Arc<Services>,
    member: &Member,
    unread_only: bool,
    input: PageInput,
) -> Result<NoticeConnection> {
    let args = input.parse(&services.keys, notice::LIST)?;
    let page = notice::list(services, member, unread_only, &args).await?;
    Ok(connection(services, notice::LIST, page, notice::position, Notice, UnreadNotices))
}

/// The member's notice, for `node`.
pub(in crate::graphql) async fn find(ctx: &Context<'_>, id: i64) -> Result<Option<Notice>> {
    Ok(notice::find(ctx.services(), ctx.viewer().member()?, id).await?.map(Notice))
}

/// How each kind is mailed to the member.
pub(in crate::graphql) async fn preferences(
    services: &Services,
    member: &Member,
) -> Result<Vec<NoticePreference>> {
    Ok(shown(notice::preferences(services, member).await?))
}

/// Preferences as the schema shows them.
pub(super) fn shown(preferences: Vec<Preference>) -> Vec<NoticePreference> {
    let show = |Preference { kind, delivery }| NoticePreference { kind, delivery };
    preferences.into_iter().map(show).collect()
}
