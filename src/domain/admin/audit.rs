//! Reading the audit log: who did what to an account, when and from where.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, Select};

pub use crate::entity::audit_event::{Kind, Model as AuditEvent};
use crate::{
    clock::Timestamp,
    domain::{
        Services,
        store::page::{self, Page, PageArgs, Position},
        to_millis,
    },
    entity::audit_event,
    error::Result,
};

/// Whether a reader may see the origin of an event: of their own acts and those of strangers, but
/// not of administrators. Acts that need no credentials always show it.
#[must_use]
pub fn shows_origin(event: &AuditEvent, reader: i64) -> bool {
    is_open_to_anybody(event.kind) || event.actor_id.is_none_or(|actor| actor == reader)
}

/// Whether this can be done to an account without credentials.
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

/// Whose events a reader may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readable {
    /// Events of one account.
    Of(i64),
    All,
}

/// A filter of events; None does not filter.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    pub user_id: Option<i64>,
    pub actor_id: Option<i64>,
    pub kind: Option<Kind>,
    pub from: Option<Timestamp>,
    pub before: Option<Timestamp>,
}

/// Name of the list that its cursors are bound to.
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

/// The number of events.
pub async fn count(services: &Services, readable: Readable, filter: &AuditFilter) -> Result<i64> {
    page::count(services, selected(readable, filter)).await
}

/// The event, if it may be read.
pub async fn find(services: &Services, readable: Readable, id: i64) -> Result<Option<AuditEvent>> {
    let select = selected(readable, &AuditFilter::default()).filter(audit_event::Column::Id.eq(id));
    Ok(select.one(services.db.read()).await?)
}

/// The position of an event in its list.
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
            .add_option(filter.from.map(|from| audit_event::Column::At.gte(to_millis(from))))
            .add_option(filter.before.map(|end| audit_event::Column::At.lt(to_millis(end)))),
    )
}
