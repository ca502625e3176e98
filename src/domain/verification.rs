//! Confirming that an e-mail address belongs to who registered it.

use chrono::TimeDelta;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use crate::{
    auth::{MailFacts, MailPurpose, MailToken},
    cluster::Topic,
    domain::{
        Services,
        input::Email,
        outbox, session, stored,
        user::{self, User},
    },
    entity::{
        mail_token::{self, Purpose},
        user as user_entity,
    },
    error::{Error, FieldProblem, Noun, Result},
};

pub use crate::entity::mail_token::Model as Verification;

/// How long a confirmation link works.
pub const LIFETIME: TimeDelta = TimeDelta::hours(24);
/// A further mail to one address is sent after this pause at the earliest.
const RESEND_PAUSE: TimeDelta = TimeDelta::minutes(1);
const RESEND_PER_DAY: usize = 5;

/// Notes that a link for this account is to be mailed.
pub(super) async fn create(
    services: &Services,
    tx: &DatabaseTransaction,
    user: &User,
) -> Result<Verification> {
    let now = services.clock.now();
    Ok(mail_token::ActiveModel {
        user_id: Set(user.id),
        purpose: Set(Purpose::VerifyEmail),
        email: Set(user.email.clone()),
        created_at: Set(stored(now)),
        expires_at: Set(stored(now + LIFETIME)),
        ..Default::default()
    }
    .insert(tx)
    .await?)
}

/// The token that the mail for this row holds.
#[must_use]
pub fn token(services: &Services, row: &Verification, purpose: MailPurpose) -> MailToken {
    MailToken::new(&services.keys, &facts(row, purpose))
}

/// Confirms the address that the token was mailed to; may be repeated while the token lives.
pub async fn confirm(services: &Services, token: &str) -> Result<User> {
    let row = open(services, token, MailPurpose::VerifyEmail).await?;
    let now = services.clock.now();
    let tx = services.db.begin().await?;
    let user = user_entity::Entity::find_by_id(row.user_id).one(&tx).await?;
    let user = user.filter(|user| user.deleted_at.is_none()).ok_or(Error::NotFound(Noun::User))?;
    if user.verified_at.is_some() {
        return Ok(user);
    }
    let mut model = user.into_active_model();
    model.verified_at = Set(Some(stored(now)));
    model.updated_at = Set(stored(now));
    let user = model.update(&tx).await?;
    let mut row = row.into_active_model();
    row.used_at = Set(Some(stored(now)));
    row.update(&tx).await?;
    tx.commit().await?;
    Ok(user)
}

/// Takes an account back that somebody made with an address that is not theirs: who reads the
/// address's mail decides, even after a mail scanner has followed the confirmation link.
pub async fn reject(services: &Services, token: &str) -> Result<()> {
    let row = open(services, token, MailPurpose::RejectRegistration).await?;
    let now = stored(services.clock.now());
    let tx = services.db.begin().await?;
    let user = user_entity::Entity::find_by_id(row.user_id).one(&tx).await?;
    let Some(user) = user.filter(|user| user.deleted_at.is_none()) else { return Ok(()) };
    let id = user.id;
    let mut model = user.into_active_model();
    model.name = Set(String::new());
    model.email = Set(String::new());
    model.email_canonical = Set(format!("deleted:{id}"));
    model.phone = Set(None);
    model.password_hash = Set(String::new());
    model.deleted_at = Set(Some(now));
    model.updated_at = Set(now);
    model.update(&tx).await?;
    session::revoke_keys(services, &tx, id).await?;
    tx.commit().await?;
    services.cluster.publish(Topic::AccessRevoked(id));
    Ok(())
}

/// Promises a further mail, if the address belongs to an unconfirmed account; the answer never tells.
pub async fn resend(services: &Services, email: &str) -> Result<()> {
    let email = Email::parse(email).map_err(|problem| Error::field("email", problem))?;
    let Some(user) = user::by_email(services, &email).await? else { return Ok(()) };
    if user.verified_at.is_some() || !may_resend(services, &user).await? {
        return Ok(());
    }
    let tx = services.db.begin().await?;
    let row = create(services, &tx, &user).await?;
    outbox::promise(services, &tx, outbox::Kind::VerifyEmail, &row).await?;
    tx.commit().await?;
    services.cluster.publish(Topic::Outbox);
    Ok(())
}

async fn may_resend(services: &Services, user: &User) -> Result<bool> {
    let now = services.clock.now();
    let recent: Vec<Verification> = mail_token::Entity::find()
        .filter(mail_token::Column::UserId.eq(user.id))
        .filter(mail_token::Column::CreatedAt.gt(stored(now - TimeDelta::days(1))))
        .order_by_desc(mail_token::Column::CreatedAt)
        .limit(RESEND_PER_DAY as u64)
        .all(services.db.read())
        .await?;
    let paused = recent.first().is_none_or(|last| last.created_at.0 + RESEND_PAUSE <= now);
    Ok(paused && recent.len() < RESEND_PER_DAY)
}

/// The row of a token: unknown and foreign ones are a field error, dead ones have expired.
async fn open(services: &Services, token: &str, purpose: MailPurpose) -> Result<Verification> {
    let invalid = || Error::field("token", FieldProblem::InvalidToken);
    let token = MailToken::parse(token).ok_or_else(invalid)?;
    let row = mail_token::Entity::find_by_id(token.id()).one(services.db.read()).await?;
    let row =
        row.filter(|row| token.proves(&services.keys, &facts(row, purpose))).ok_or_else(invalid)?;
    if row.expires_at.0 <= services.clock.now() { Err(Error::TokenExpired) } else { Ok(row) }
}

fn facts(row: &Verification, purpose: MailPurpose) -> MailFacts<'_> {
    MailFacts {
        purpose,
        id: row.id,
        user: row.user_id,
        email: &row.email,
        expires_at: row.expires_at.0,
    }
}
