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
    cluster::Topic,
    domain::{
        Services,
        account::user::{self, User},
        change::Change,
        to_millis,
    },
    entity::{mail_token, outbox},
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
pub(in crate::domain) const ALL: &[Purpose] =
    &[Purpose::VerifyEmail, Purpose::ResetPassword, Purpose::ChangeEmail];
/// What gives power over an account. The link of a registration gives none once the address is
/// confirmed, and whoever holds a session must not take "this was not me" from the owner of the mailbox.
pub(in crate::domain) const ACCOUNT_CONTROL_PURPOSES: &[Purpose] =
    &[Purpose::ResetPassword, Purpose::ChangeEmail];

fn mail(purpose: Purpose) -> outbox::Kind {
    match purpose {
        Purpose::VerifyEmail => outbox::Kind::VerifyEmail,
        Purpose::ResetPassword => outbox::Kind::ResetPassword,
        Purpose::ChangeEmail => outbox::Kind::ConfirmEmail,
    }
}

/// Promises a link to the account's own address if there is an account and a mail is due; the work
/// is the same if not, so that the time of an answer tells nothing.
pub(in crate::domain) async fn request(
    change: &Change<'_>,
    user: Option<&User>,
    purpose: Purpose,
) -> Result<()> {
    let wait = wait(change.services, change, user.map_or(0, |user| user.id), purpose).await?;
    match user.filter(|_| wait.is_none()) {
        Some(user) => enqueue(change, user.id, purpose, &user.email).await,
        None => dummy_work(change).await,
    }
}

/// Promises a mail with a link for this account to this address.
pub(in crate::domain) async fn enqueue(
    change: &Change<'_>,
    user_id: i64,
    purpose: Purpose,
    email: &str,
) -> Result<()> {
    let link = create(change, user_id, purpose, email).await?;
    change.enqueue(mail(purpose), &link).await
}

/// Notes a link that nobody is mailed: it counts, and costs, like any other.
pub(in crate::domain) async fn record_only(
    change: &Change<'_>,
    user_id: i64,
    purpose: Purpose,
    email: &str,
) -> Result<()> {
    create(change, user_id, purpose, email).await?;
    outbox::Entity::delete_by_id(0).exec(change).await?;
    change.wake(Topic::Outbox);
    Ok(())
}

/// As many statements as a promise takes, without a trace.
async fn dummy_work(change: &Change<'_>) -> Result<()> {
    mail_token::Entity::delete_by_id(0).exec(change).await?;
    outbox::Entity::delete_by_id(0).exec(change).await?;
    change.wake(Topic::Outbox);
    Ok(())
}

async fn create(change: &Change<'_>, user_id: i64, purpose: Purpose, email: &str) -> Result<Link> {
    let now = change.now();
    Ok(mail_token::ActiveModel {
        user_id: Set(user_id),
        purpose: Set(purpose),
        email: Set(email.to_owned()),
        created_at: Set(to_millis(now)),
        expires_at: Set(to_millis(now + LIFETIME)),
        ..Default::default()
    }
    .insert(change)
    .await?)
}

/// How long the account has to wait for a further mail of this purpose, if it has to.
pub(in crate::domain) async fn wait(
    services: &Services,
    db: &impl ConnectionTrait,
    user_id: i64,
    purpose: Purpose,
) -> Result<Option<Duration>> {
    let now = services.clock.now();
    let recent: Vec<Link> = mail_token::Entity::find()
        .filter(mail_token::Column::UserId.eq(user_id))
        .filter(mail_token::Column::Purpose.eq(purpose))
        .filter(mail_token::Column::CreatedAt.gt(to_millis(now - TimeDelta::days(1))))
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
pub(in crate::domain) async fn open(
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
pub(in crate::domain) async fn consume(
    change: &Change<'_>,
    token: &str,
    purpose: MailPurpose,
) -> Result<(Link, User)> {
    let seen = open(change.services, change, token, purpose).await?;
    let user = user::lock(change, seen.user_id).await?.ok_or_else(invalid)?;
    // Once more, now that nobody else can change it.
    let link = open(change.services, change, token, purpose).await?;
    if link.used_at.is_some() {
        return Err(invalid());
    }
    Ok((spend(change, link).await?, user))
}

/// Notes that a link was used.
pub(in crate::domain) async fn spend(change: &Change<'_>, link: Link) -> Result<Link> {
    let mut model = link.into_active_model();
    model.used_at = Set(Some(to_millis(change.now())));
    Ok(model.update(change).await?)
}

/// Ends the open links of an account. Its end is part of what a token vouches for, so that even a
/// clock that is set back does not bring one back to life.
pub(in crate::domain) async fn end(
    change: &Change<'_>,
    user_id: i64,
    purposes: &[Purpose],
) -> Result<()> {
    let now = change.now();
    mail_token::Entity::update_many()
        .col_expr(mail_token::Column::ExpiresAt, Expr::val(to_millis(now)))
        .filter(mail_token::Column::UserId.eq(user_id))
        .filter(mail_token::Column::Purpose.is_in(purposes.iter().copied()))
        .filter(mail_token::Column::ExpiresAt.gt(to_millis(now)))
        .exec(change)
        .await?;
    Ok(())
}

/// The refusal of a token that does nothing.
pub(in crate::domain) fn invalid() -> Error {
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
