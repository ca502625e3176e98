//! The audit log in the schema.

use std::sync::Arc;

use async_graphql::{Context, Description, ID, InputObject, Object};

use crate::{
    domain::{
        Services,
        admin::audit::{self, AuditFilter, Kind, Readable},
        store::page::PageInput,
        viewer::Viewer,
    },
    error::{Error, Result},
    graphql::{
        engine::{
            context::ContextExt,
            loaders::UserById,
            written::{ready, written_enum},
        },
        schema::{
            account::user::{User, user_id},
            constraint,
            page::{Connected, connection, page_input},
            scalars::{DateTime, Json},
        },
    },
    id::GlobalId,
};

/// Something that was done to an account, by whom, when and from where.
#[derive(Description)]
pub struct AuditEvent(audit::AuditEvent);

/// A page of the audit log.
pub(in crate::graphql) type AuditEventConnection = Connected<AuditEvent, AuditTotal>;

#[Object(use_type_description)]
impl AuditEvent {
    /// Global id, such as `audit_5`.
    pub(in crate::graphql) async fn id(&self) -> ID {
        ID(GlobalId::AuditEvent(self.0.id).to_string())
    }

    /// What was done.
    async fn kind(&self) -> Kind {
        self.0.kind
    }

    /// When.
    async fn created_at(&self) -> DateTime {
        DateTime::millis(self.0.at.0)
    }

    /// Whose account it was done to; null where no account is known.
    async fn user(&self, ctx: &Context<'_>) -> Option<Result<User>> {
        person(ctx, self.0.user_id).await
    }

    /// Who did it; null for strangers and for the gateway itself.
    async fn actor(&self, ctx: &Context<'_>) -> Option<Result<User>> {
        person(ctx, self.0.actor_id).await
    }

    /// Global id of the API key that did it, if one did.
    async fn api_key_id(&self) -> Option<ID> {
        self.0.api_key_id.map(|id| ID(GlobalId::ApiKey(id).to_string()))
    }

    /// Global id of the session that did it, if one did; not that of an administrator.
    async fn session_id(&self, ctx: &Context<'_>) -> Option<ID> {
        self.0
            .session_id
            .filter(|_| self.shows_origin(ctx))
            .map(|id| ID(GlobalId::Session(id).to_string()))
    }

    /// The network address that it was done from; not that of an administrator.
    async fn address(&self, ctx: &Context<'_>) -> Option<&str> {
        self.0.address.as_deref().filter(|_| self.shows_origin(ctx))
    }

    /// What the device called itself (`User-Agent`); not that of an administrator.
    async fn user_agent(&self, ctx: &Context<'_>) -> Option<&str> {
        self.0.user_agent.as_deref().filter(|_| self.shows_origin(ctx))
    }

    /// What else is known of it, depending on the kind; never a secret.
    async fn detail(&self) -> Option<Json> {
        let detail = self.0.detail.as_deref()?;
        serde_json::from_str(detail).ok().map(Json)
    }
}

impl AuditEvent {
    fn shows_origin(&self, ctx: &Context<'_>) -> bool {
        let viewer = ctx.viewer();
        let shows = |reader| audit::shows_origin(&self.0, reader);
        viewer.is_admin() || viewer.user_id().is_some_and(shows)
    }
}

async fn person(ctx: &Context<'_>, id: Option<i64>) -> Option<Result<User>> {
    let found = ctx.loaders().load_one(UserById(id?)).await;
    found.transpose().map(|found| found.map(User::new))
}

/// What a connection of audit events knows besides its page.
pub struct AuditTotal(Readable, AuditFilter);

written_enum! { Kind }

ready! {
    AuditEvent {
        "id": id,
        "kind": kind,
        "createdAt": created_at,
        "apiKeyId": api_key_id,
        "sessionId": session_id,
        "address": address,
        "userAgent": user_agent,
    }
}

#[Object]
impl AuditTotal {
    /// How many events there are in all, counted up to 10,000: that number
    /// stands for as many or more. Counted only if selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        audit::count(ctx.services(), self.0, &self.1).await
    }
}

/// Narrows the audit log; all given conditions must hold.
#[derive(Debug, InputObject)]
#[graphql(name = "AuditFilter")]
pub struct AuditFilterInput {
    /// Global id of whose account it was done to.
    user: Option<ID>,
    /// Global id of who did it.
    actor: Option<ID>,
    /// What was done.
    kind: Option<Kind>,
    /// At this time or later.
    created_from: Option<DateTime>,
    /// Before this time.
    created_before: Option<DateTime>,
}

#[derive(Default)]
pub struct AuditQuery;

#[Object]
impl AuditQuery {
    /// What was done to accounts, newest first. For administrators.
    async fn audit_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Narrows the list.")] filter: Option<AuditFilterInput>,
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
    ) -> Result<AuditEventConnection> {
        ctx.viewer().admin()?;
        let filter = filter.map(TryInto::try_into).transpose()?.unwrap_or_default();
        let page = page_input(first, after, last, before);
        list(ctx.services(), Readable::All, filter, page).await
    }
}

/// A page of the log.
pub(in crate::graphql) async fn list(
    services: &Arc<Services>,
    readable: Readable,
    filter: AuditFilter,
    input: PageInput,
) -> Result<AuditEventConnection> {
    let args = input.parse(&services.keys, audit::LIST)?;
    let page = audit::list(services, readable, &filter, &args).await?;
    let total = AuditTotal(readable, filter);
    Ok(connection(services, audit::LIST, page, audit::position, AuditEvent, total))
}

/// The event, for `node`.
pub(in crate::graphql) async fn find(ctx: &Context<'_>, id: i64) -> Result<Option<AuditEvent>> {
    let readable = match ctx.viewer() {
        viewer if viewer.is_admin() => Readable::All,
        viewer => Readable::Of(Viewer::member(viewer)?.user_id),
    };
    Ok(audit::find(ctx.services(), readable, id).await?.map(AuditEvent))
}

impl TryFrom<AuditFilterInput> for AuditFilter {
    type Error = Error;

    fn try_from(input: AuditFilterInput) -> Result<Self> {
        let id = |id: &Option<ID>, path| id.as_ref().map(|id| user_id(id, path)).transpose();
        Ok(Self {
            user_id: id(&input.user, "filter.user")?,
            actor_id: id(&input.actor, "filter.actor")?,
            kind: input.kind,
            from: input.created_from.map(|from| from.at),
            before: input.created_before.map(|before| before.at),
        })
    }
}
