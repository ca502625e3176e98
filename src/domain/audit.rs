//! The audit log: who did what to an account, when and from where. Rows are only ever added.

use std::net::IpAddr;

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait,
    QueryFilter, Select,
};
use serde_json::Value;

pub use crate::entity::audit_event::{Kind, Model as AuditEvent};
use crate::{
    clock::Timestamp,
    domain::{
        Services,
        page::{self, Page, PageArgs, Position},
        session::Client,
        stored,
        viewer::Viewer,
    },
    entity::audit_event,
    error::Result,
};

/// Who does something, and from where; nobody for the gateway itself and its operator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    pub user_id: Option<i64>,
    pub api_key_id: Option<i64>,
    pub session_id: Option<i64>,
    pub client: Option<Client>,
}

impl Origin {
    /// A caller, as far as the caller is known.
    #[must_use]
    pub fn of(viewer: &Viewer, client: &Client) -> Self {
        let (api_key_id, session_id) = match viewer {
            Viewer::Anonymous => (None, None),
            Viewer::Member(member) => (None, Some(member.session_id)),
            Viewer::Machine(machine) => (Some(machine.key_id), None),
        };
        Self { user_id: viewer.user_id(), api_key_id, session_id, client: Some(client.clone()) }
    }

    /// The same place, with somebody who has just proven who they are.
    #[must_use]
    pub fn as_user(&self, user_id: i64) -> Self {
        Self { user_id: Some(user_id), ..self.clone() }
    }

    /// The address that limits and turns count by.
    #[must_use]
    pub fn ip(&self) -> Option<IpAddr> {
        self.client.as_ref().map(|client| client.address)
    }

    /// Where it came from, if that is known.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        let address = self.client.as_ref().map(|client| client.address);
        address.filter(|address| *address != Client::UNKNOWN).map(|address| address.to_string())
    }
}

/// Notes what is done to an account, in the transaction that does it.
pub(super) async fn record(
    services: &Services,
    tx: &impl ConnectionTrait,
    origin: &Origin,
    kind: Kind,
    user_id: Option<i64>,
    detail: Option<Value>,
) -> Result<()> {
    let client = origin.client.as_ref();
    audit_event::ActiveModel {
        at: Set(stored(services.clock.now())),
        kind: Set(kind),
        user_id: Set(user_id),
        actor_id: Set(origin.user_id),
        api_key_id: Set(origin.api_key_id),
        session_id: Set(origin.session_id),
        address: Set(origin.address()),
        user_agent: Set(client.and_then(|client| client.user_agent.clone())),
        detail: Set(detail.map(|detail| detail.to_string())),
        ..Default::default()
    }
    .insert(tx)
    .await?;
    Ok(())
}

/// Whether a reader may know from where and with what it was done: strangers' acts and one's own,
/// not those of administrators, whose data it is. What anybody can try is shown whoever it was.
#[must_use]
pub fn shows_origin(event: &AuditEvent, reader: i64) -> bool {
    is_open_to_anybody(event.kind) || event.actor_id.is_none_or(|actor| actor == reader)
}

/// Whether it takes no credentials to do this to an account.
fn is_open_to_anybody(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Registered
            | Kind::EmailVerified
            | Kind::RegistrationRejected
            | Kind::SignInFailed
            | Kind::RefreshTokenReused
            | Kind::PasswordResetRequested
    )
}

/// Whose events somebody may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readable {
    /// Those of one account.
    Of(i64),
    All,
}

/// What a list is narrowed to; unset parts do not narrow.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    pub user_id: Option<i64>,
    pub actor_id: Option<i64>,
    pub kind: Option<Kind>,
    pub from: Option<Timestamp>,
    pub before: Option<Timestamp>,
}

/// The list that cursors of events belong to.
pub const LIST: &str = "audit:newest";

/// One page of events, newest first.
pub async fn list(
    services: &Services,
    readable: Readable,
    filter: &AuditFilter,
    args: &PageArgs,
) -> Result<Page<AuditEvent>> {
    let place = (audit_event::Column::At, audit_event::Column::Id);
    page::newest(services, selected(readable, filter), place, args).await
}

/// How many events there are.
pub async fn count(services: &Services, readable: Readable, filter: &AuditFilter) -> Result<u64> {
    page::count(services, selected(readable, filter)).await
}

/// The event, if it may be read.
pub async fn find(services: &Services, readable: Readable, id: i64) -> Result<Option<AuditEvent>> {
    let select = selected(readable, &AuditFilter::default()).filter(audit_event::Column::Id.eq(id));
    Ok(select.one(services.db.read()).await?)
}

/// The place of an event in its list.
#[must_use]
pub fn position(event: &AuditEvent) -> Position {
    Position { key: event.at.0.timestamp_millis(), id: event.id }
}

fn selected(readable: Readable, filter: &AuditFilter) -> Select<audit_event::Entity> {
    let account = match readable {
        Readable::Of(user_id) => Some(user_id),
        Readable::All => None,
    };
    audit_event::Entity::find().filter(
        Condition::all()
            .add_option(account.map(|id| audit_event::Column::UserId.eq(id)))
            .add_option(filter.user_id.map(|id| audit_event::Column::UserId.eq(id)))
            .add_option(filter.actor_id.map(|id| audit_event::Column::ActorId.eq(id)))
            .add_option(filter.kind.map(|kind| audit_event::Column::Kind.eq(kind)))
            .add_option(filter.from.map(|from| audit_event::Column::At.gte(stored(from))))
            .add_option(filter.before.map(|end| audit_event::Column::At.lt(stored(end)))),
    )
}
