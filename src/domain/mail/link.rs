//! Links in mails: their limits, lifetime and end.
//!
//! Several links of one purpose may be open, since mails arrive late and out of order; using one
//! ends the others.

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

/// Lifetime of a link: as long as the limit on mails lasts. Otherwise somebody who requests five
/// mails would lock the owner out.
const LIFETIME: TimeDelta = TimeDelta::hours(24);
/// Minimum time between links of one purpose to an account …
const PAUSE: TimeDelta = TimeDelta::minutes(1);
/// … and their maximum number in 24 hours.
const PER_DAY: usize = 5;

/// All purposes of links.
pub(in crate::domain) const ALL: &[Purpose] =
    &[Purpose::VerifyEmail, Purpose::ResetPassword, Purpose::ChangeEmail];
/// Links that give control of an account. That of a registration gives none once the address is
/// confirmed, and a session must not take "this was not me" from the owner of the mailbox.
pub(in crate::domain) const ACCOUNT_CONTROL_PURPOSES: &[Purpose] =
    &[Purpose::ResetPassword, Purpose::ChangeEmail];

fn mail(purpose: Purpose) -> outbox::Kind {
    match purpose {
        Purpose::VerifyEmail => outbox::Kind::VerifyEmail,
        Purpose::ResetPassword => outbox::Kind::ResetPassword,
        Purpose::ChangeEmail => outbox::Kind::ConfirmEmail,
    }
}

/// Queues a link to the account's own address if there is an account and a mail is allowed; the
/// work is the same if not, so that timing reveals nothing.
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

/// Queues a mail with a link for this account to this address.
pub(in crate::domain) async fn enqueue(
    change: &Change<'_>,
    user_id: i64,
    purpose: Purpose,
    email: &str,
) -> Result<()> {
    let link = create(change, user_id, purpose, email).await?;
    change.enqueue(mail(purpose), &link).await
}

/// Records a link without mailing it: it counts, and costs, like any other.
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

/// As many statements as queuing a mail takes, without effect.
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

/// How long the account must wait for another mail of this purpose, if at all.
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

/// The token in the mail of this link.
#[must_use]
pub fn token(services: &Services, link: &Link, purpose: MailPurpose) -> MailToken {
    MailToken::new(&services.keys, &facts(link, purpose))
}

/// The link of a token; an unknown, foreign or ended one is a field error, a late one has expired.
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

/// Uses a link up, and locks its account: of two concurrent uses, the second finds it used.
pub(in crate::domain) async fn consume(
    change: &Change<'_>,
    token: &str,
    purpose: MailPurpose,
) -> Result<(Link, User)> {
    let seen = open(change.services, change, token, purpose).await?;
    let user = user::lock(change, seen.user_id).await?.ok_or_else(invalid)?;
    // Checked again under the lock.
    let link = open(change.services, change, token, purpose).await?;
    if link.used_at.is_some() {
        return Err(invalid());
    }
    Ok((spend(change, link).await?, user))
}

/// Records that a link was used.
pub(in crate::domain) async fn spend(change: &Change<'_>, link: Link) -> Result<Link> {
    let mut model = link.into_active_model();
    model.used_at = Set(Some(to_millis(change.now())));
    Ok(model.update(change).await?)
}

/// Ends the open links of an account. A token authenticates the end too, so that a link does not
/// become valid again when a clock is set back.
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

/// The error for a token that is not valid.
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
