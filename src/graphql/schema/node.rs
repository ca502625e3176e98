//! Objects with a global id.

use async_graphql::{Context, ID, Interface, Object};

use crate::{
    domain::jobs::application,
    error::{Error, FieldProblem, Result},
    graphql::{
        engine::{
            context::ContextExt,
            loaders::{JobById, UserById, reviews::ReviewById},
        },
        schema::{
            account::{
                session::{self, Session},
                user::User,
            },
            admin::{
                audit::{self, AuditEvent},
                review::{self as reports, ReviewReport},
            },
            jobs::{
                application::Application,
                job::Job,
                notice::{self, Notice},
                review::Review,
            },
            keys::api_key::{self, ApiKey},
        },
    },
    id::GlobalId,
};

/// A thing with a global id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Global id, such as `job_123`."))]
pub enum Node {
    Job(Job),
    User(User),
    Application(Application),
    ApiKey(ApiKey),
    Session(Session),
    AuditEvent(AuditEvent),
    Notice(Notice),
    Review(Review),
    ReviewReport(ReviewReport),
}

const MAX_IDS: i64 = 100;

#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The thing with this id, or null if there is none that the caller may see.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global id of any kind.")] id: ID,
    ) -> Option<Result<Node>> {
        find(ctx, &id).await.transpose()
    }

    /// The things with these ids, in the same order; null where there is none that the caller may see.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global ids of any kind, at most 100.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Result<Node>>>> {
        if ids.len() > usize::try_from(MAX_IDS).map_err(Error::internal)? {
            return Err(Error::field("ids", FieldProblem::OutOfRange { min: 0, max: MAX_IDS }));
        }
        let each = ids.iter().map(|id| async move { find(ctx, id).await.transpose() });
        Ok(futures_util::future::join_all(each).await)
    }
}

/// An invalid global id finds nothing.
async fn find(ctx: &Context<'_>, id: &ID) -> Result<Option<Node>> {
    let services = ctx.services();
    let Ok(id) = id.parse() else { return Ok(None) };
    Ok(match id {
        GlobalId::Job(id) => {
            let found = ctx.loaders().load_one(JobById(id)).await?;
            found.map(|found| Node::Job(found.into()))
        }
        GlobalId::User(id) => {
            ctx.viewer().known()?;
            let found = ctx.loaders().load_one(UserById(id)).await?;
            let present = found.filter(|user| user.deleted_at.is_none());
            present.map(|found| Node::User(User::new(found)))
        }
        GlobalId::Application(id) => {
            let found = application::find(services, ctx.audience()?, id).await?;
            found.map(|found| Node::Application(Application(found)))
        }
        GlobalId::Review(id) => {
            let found = ctx.loaders().load_one(ReviewById(id)).await?;
            found.map(|found| Node::Review(found.into()))
        }
        GlobalId::ReviewReport(id) => {
            Box::pin(reports::find(ctx, id)).await?.map(Node::ReviewReport)
        }
        GlobalId::ApiKey(id) => Box::pin(api_key::find(ctx, id)).await?.map(Node::ApiKey),
        GlobalId::AuditEvent(id) => Box::pin(audit::find(ctx, id)).await?.map(Node::AuditEvent),
        GlobalId::Notice(id) => Box::pin(notice::find(ctx, id)).await?.map(Node::Notice),
        GlobalId::Session(id) => Box::pin(session::find(ctx, id)).await?.map(Node::Session),
    })
}
