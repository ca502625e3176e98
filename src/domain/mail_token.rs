//! Links in mails: who may be mailed one, how long it works and what ends it.
//!
//! Several links of one purpose may be open, since mails arrive late and out of order; the first that
//! is used ends the others.

use std::time::Duration;

use chrono::TimeDelta;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};

pub use crate::entity::mail_token::{Model as Link, Purpose};
use crate::{
    auth::{MailFacts, MailPurpose, MailToken},
    domain::{
        Services,
        change::Change,
        database::Transaction,
        outbox, stored,
        user::{self, User},
    },
    entity::{mail_token, outbox as outbox_entity},
    error::{Error, FieldProblem, Result},
};

/// How long a link works: for as long as the account may have to wait for a further one, or else
/// whoever has five of them mailed would keep its owner out.
const LIFETIME: TimeDelta = TimeDelta::hours(24);
/// A further link of one purpose is mailed to an account after this pause at the earliest …
const PAUSE: TimeDelta = TimeDelta::minutes(1);
/// … and so often in 24 hours.
const PER_DAY: usize = 5;

/// All that a link can be for.
pub(super) const ALL: &[Purpose] =
    &[Purpose::VerifyEmail, Purpose::ResetPassword, Purpose::ChangeEmail];
/// What gives power over an account. The link of a registration gives none once the address is
/// confirmed, and whoever holds a session must not take "this was not me" from the owner of the mailbox.
pub(super) const POWERS: &[Purpose] = &[Purpose::ResetPassword, Purpose::ChangeEmail];

fn mail(purpose: Purpose) -> outbox::Kind {
    match purpose {
        Purpose::VerifyEmail => outbox::Kind::VerifyEmail,
        Purpose::ResetPassword => outbox::Kind::ResetPassword,
        Purpose::ChangeEmail => outbox::Kind::ConfirmEmail,
    }
}

/// Promises a link to the account's own address if there is an account and a mail is due; the work
/// is the same if not, so that the time of an answer tells nothing.
pub(super) async fn offer(
    services: &Services,
    tx: &Transaction,
    user: Option<&User>,
    purpose: Purpose,
) -> Result<()> {
    let wait = wait(services, tx, user.map_or(0, |user| user.id), purpose).await?;
    match user.filter(|_| wait.is_none()) {
        Some(user) => promise(services, tx, user.id, purpose, &user.email).await,
        None => rehearse(tx).await,
    }
}

/// Promises a mail with a link for this account to this address.
pub(super) async fn promise(
    services: &Services,
    tx: &Transaction,
    user_id: i64,
    purpose: Purpose,
    email: &str,
) -> Result<()> {
    let link = create(services, tx, user_id, purpose, email).await?;
    outbox::promise(services, tx, mail(purpose), &link).await
}

/// Notes a link that nobody is mailed: it counts, and costs, like any other.
pub(super) async fn withhold(
    services: &Services,
    tx: &Transaction,
    user_id: i64,
    purpose: Purpose,
    email: &str,
) -> Result<()> {
    create(services, tx, user_id, purpose, email).await?;
    outbox_entity::Entity::delete_by_id(0).exec(tx).await?;
    Ok(())
}

/// As many statements as a promise takes, without a trace.
async fn rehearse(tx: &Transaction) -> Result<()> {
    mail_token::Entity::delete_by_id(0).exec(tx).await?;
    outbox_entity::Entity::delete_by_id(0).exec(tx).await?;
    Ok(())
}

async fn create(
    services: &Services,
    tx: &Transaction,
    user_id: i64,
    purpose: Purpose,
    email: &str,
) -> Result<Link> {
    let now = services.clock.now();
    Ok(mail_token::ActiveModel {
        user_id: Set(user_id),
        purpose: Set(purpose),
        email: Set(email.to_owned()),
        created_at: Set(stored(now)),
        expires_at: Set(stored(now + LIFETIME)),
        ..Default::default()
    }
    .insert(tx)
    .await?)
}

/// How long the account has to wait for a further mail of this purpose, if it has to.
pub(super) async fn wait(
    services: &Services,
    db: &impl ConnectionTrait,
    user_id: i64,
    purpose: Purpose,
) -> Result<Option<Duration>> {
    let now = services.clock.now();
    let recent: Vec<Link> = mail_token::Entity::find()
        .filter(mail_token::Column::UserId.eq(user_id))
        .filter(mail_token::Column::Purpose.eq(purpose))
        .filter(mail_token::Column::CreatedAt.gt(stored(now - TimeDelta::days(1))))
        .order_by_desc(mail_token::Column::CreatedAt)
        .limit(PER_DAY as u64)
        .all(db)
        .await?;
    let after_last = recent.first().map(|last| last.created_at.0 + PAUSE);
    let next_day = recent.get(PER_DAY - 1).map(|oldest| oldest.created_at.0 + TimeDelta::days(1));
    let due = after_last.max(next_day).filter(|due| *due > now);
    Ok(due.and_then(|due| (due - now).to_std().ok()))
}

/// The token that the mail with this link holds.
#[must_use]
pub fn token(services: &Services, link: &Link, purpose: MailPurpose) -> MailToken {
    MailToken::new(&services.keys, &facts(link, purpose))
}

/// The link of a token: unknown, foreign and ended ones are a field error, late ones have expired.
pub(super) async fn open(
    services: &Services,
    db: &impl ConnectionTrait,
    token: &str,
    purpose: MailPurpose,
) -> Result<Link> {
    let presented = MailToken::parse(token).ok_or_else(invalid)?;
    let link = mail_token::Entity::find_by_id(presented.id()).one(db).await?;
    let link = link
        .filter(|link| presented.proves(&services.keys, &facts(link, purpose)))
        .ok_or_else(invalid)?;
    if link.expires_at.0 <= services.clock.now() { Err(Error::TokenExpired) } else { Ok(link) }
}

/// Uses a link up, and locks its account: of two uses at once, the second finds it used.
pub(super) async fn take(
    services: &Services,
    tx: &Change,
    token: &str,
    purpose: MailPurpose,
) -> Result<(Link, User)> {
    let seen = open(services, tx, token, purpose).await?;
    let user = user::lock(tx, seen.user_id).await?.ok_or_else(invalid)?;
    // Once more, now that nobody else can change it.
    let link = open(services, tx, token, purpose).await?;
    if link.used_at.is_some() {
        return Err(invalid());
    }
    Ok((spend(services, tx, link).await?, user))
}

/// Notes that a link was used.
pub(super) async fn spend(services: &Services, tx: &Transaction, link: Link) -> Result<Link> {
    let mut model = link.into_active_model();
    model.used_at = Set(Some(stored(services.clock.now())));
    Ok(model.update(tx).await?)
}

/// Ends the open links of an account. Its end is part of what a token vouches for, so that even a
/// clock that is set back does not bring one back to life.
pub(super) async fn end(
    services: &Services,
    tx: &Transaction,
    user_id: i64,
    purposes: &[Purpose],
) -> Result<()> {
    let now = services.clock.now();
    mail_token::Entity::update_many()
        .col_expr(mail_token::Column::ExpiresAt, Expr::val(stored(now)))
        .filter(mail_token::Column::UserId.eq(user_id))
        .filter(mail_token::Column::Purpose.is_in(purposes.iter().copied()))
        .filter(mail_token::Column::ExpiresAt.gt(stored(now)))
        .exec(tx)
        .await?;
    Ok(())
}

/// The refusal of a token that does nothing.
pub(super) fn invalid() -> Error {
    Error::field("token", FieldProblem::InvalidToken)
}

fn facts(link: &Link, purpose: MailPurpose) -> MailFacts<'_> {
    MailFacts {
        purpose,
        id: link.id,
        user: link.user_id,
        email: &link.email,
        expires_at: link.expires_at.0,
    }
}
