//! Delivers queued mails: each at least once, by the first replica that claims it.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{LockBehavior, LockType},
};
use url::Url;

use super::link;
pub use crate::entity::outbox::{Kind, Model as Promise, Outcome};
use crate::{
    auth::MailPurpose,
    cluster::Topic,
    domain::{
        Services, account::user::User, background, change::Change, jobs, origin::Origin, to_millis,
    },
    entity::{
        mail_token::{self, Purpose},
        outbox, user,
    },
    error::{Error, Result},
    mail::{Mail, Mailer, Message, Notice, NoticeKind, Outgoing, SendError},
};

/// Name of the task that sends mails.
pub const TASK: &str = "mails";
/// Lease of a claim: a worker that dies while sending loses it after this time.
const LEASE: TimeDelta = TimeDelta::seconds(60);
/// How often it is looked for mails whose time has come.
const ROUND: Duration = Duration::from_secs(5);
const BATCH: u64 = 20;
const MOST_ATTEMPTS: i64 = 10;
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(5);
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(1);

/// Sends due mails; returns the number of attempts.
pub async fn drain(services: &Services, mailer: &Mailer) -> Result<usize> {
    let claimed = claim(services).await?;
    for promise in &claimed {
        services.heartbeats.beat(TASK, Duration::ZERO);
        let outcome = match compose(services, promise).await? {
            None => Ok(Outcome::Dropped),
            Some(mail) => mailer.send(&mail).await.map(|()| Outcome::Sent),
        };
        settle(services, promise.clone(), outcome).await?;
    }
    Ok(claimed.len())
}

async fn claim(services: &Services) -> Result<Vec<Promise>> {
    let now = services.clock.now();
    let due = outbox::Entity::find()
        .filter(outbox::Column::DoneAt.is_null())
        .filter(outbox::Column::NextAttemptAt.lte(to_millis(now)))
        .order_by_asc(outbox::Column::NextAttemptAt)
        .limit(BATCH);
    if due.clone().one(services.db.read()).await?.is_none() {
        return Ok(Vec::new());
    }
    let change = Change::of_the_gateway(services, &Origin::default()).await?;
    let mut claimed = Vec::new();
    let locked =
        due.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked).all(&change).await?;
    for promise in locked {
        let attempts = promise.attempts + 1;
        let mut model = promise.into_active_model();
        model.attempts = Set(attempts);
        model.next_attempt_at = Set(to_millis(now + LEASE));
        claimed.push(model.update(&change).await?);
    }
    change.commit().await?;
    Ok(claimed)
}

/// Renders a queued mail; None if it is no longer needed.
async fn compose(services: &Services, promise: &Promise) -> Result<Option<Outgoing>> {
    let user = user::Entity::find_by_id(promise.user_id).one(services.db.read()).await?;
    let Some(user) = user else { return Ok(None) };
    let found = match promise.kind {
        Kind::JobNotices => job_notices(services, promise, user).await?,
        Kind::Notice => rendered(notice(services, promise, user)?)?,
        _ => rendered(link(services, promise, user).await?)?,
    };
    let Some((to, message)) = found else { return Ok(None) };
    let to = to.parse().map_err(Error::internal)?;
    let message_id = promise.message_id.parse().map_err(Error::internal)?;
    Ok(Some(Outgoing { to, message_id, message }))
}

fn rendered(mail: Option<(String, Mail)>) -> Result<Option<(String, Message)>> {
    mail.map(|(to, mail)| Ok((to, mail.render()?))).transpose()
}

/// A mail of notices of jobs, to the address of now.
async fn job_notices(
    services: &Services,
    promise: &Promise,
    user: User,
) -> Result<Option<(String, Message)>> {
    let detail = promise.detail.as_deref().unwrap_or_default();
    let letter = jobs::notice::compose(services, &user, detail).await?;
    letter.map(|letter| Ok((user.email, letter.message()?))).transpose()
}

fn notice(services: &Services, promise: &Promise, user: User) -> Result<Option<(String, Mail)>> {
    let Some((to, detail)) = promise.recipient.clone().zip(promise.detail.as_ref()) else {
        return Ok(None);
    };
    let notice: Notice = serde_json::from_str(detail).map_err(Error::internal)?;
    let account_url = match notice.occasion {
        NoticeKind::AccountErased | NoticeKind::AccountSuspended => page(services, "/"),
        NoticeKind::PasswordExposed => page(services, "/app/forgot"),
        NoticeKind::ApplicationsPaused { .. } | NoticeKind::ApplicationsResumed { .. } => {
            page(services, "/app/mine/applications")
        }
        _ => page(services, "/app/account"),
    };
    let (name, language) = (user.name, user.language);
    Ok(Some((to, Mail::Notice { name, language, notice, account_url })))
}

/// A mail with a link, to the address that the link is for.
async fn link(
    services: &Services,
    promise: &Promise,
    user: User,
) -> Result<Option<(String, Mail)>> {
    let token_id = promise.mail_token_id.unwrap_or_default();
    let row = mail_token::Entity::find_by_id(token_id).one(services.db.read()).await?;
    let open = |row: &mail_token::Model| {
        row.used_at.is_none()
            && row.expires_at.0 > services.clock.now()
            && user.deleted_at.is_none()
    };
    let Some(row) = row.filter(open) else { return Ok(None) };
    let url = |path: &str, purpose| {
        let mut url = page(services, path);
        let token = link::token(services, &row, purpose);
        url.query_pairs_mut().append_pair("token", token.reveal());
        url
    };
    let (name, language, expires_at) = (user.name, user.language, row.expires_at.0);
    let mail = match row.purpose {
        Purpose::VerifyEmail if user.verified_at.is_some() => return Ok(None),
        Purpose::VerifyEmail => Mail::VerifyEmail {
            name,
            language,
            verify_url: url("/verify", MailPurpose::VerifyEmail),
            reject_url: url("/app/reject", MailPurpose::RejectRegistration),
            expires_at,
        },
        Purpose::ResetPassword => Mail::ResetPassword {
            name,
            language,
            reset_url: url("/app/reset", MailPurpose::ResetPassword),
            expires_at,
        },
        Purpose::ChangeEmail => Mail::ConfirmEmail {
            name,
            language,
            confirm_url: url("/app/confirm-email", MailPurpose::ChangeEmail),
            expires_at,
        },
    };
    Ok(Some((row.email.clone(), mail)))
}

/// A page of this gateway; the public address comes from the settings, never from a request.
fn page(services: &Services, path: &str) -> Url {
    services.config.page(path)
}

async fn settle(
    services: &Services,
    promise: Promise,
    outcome: Result<Outcome, SendError>,
) -> Result<()> {
    let now = services.clock.now();
    let attempts = promise.attempts;
    let message_id = promise.message_id.clone();
    let mut model = promise.into_active_model();
    let done = match outcome {
        Ok(outcome) => Some(outcome),
        Err(error) => {
            if matches!(error, SendError::Unwelcome(_)) {
                tracing::error!(message_id, attempts, %error, "mail server refuses all mail: check SMTP_URL, MAIL_FROM and the mail server");
            } else {
                tracing::warn!(message_id, attempts, %error, "could not send a mail");
            }
            let final_refusal =
                matches!(error, SendError::Permanent(_)) || attempts >= MOST_ATTEMPTS;
            model.last_error = Set(Some(without_addresses(&error.to_string())));
            model.next_attempt_at = Set(to_millis(now + pause(attempts)));
            final_refusal.then_some(Outcome::Failed)
        }
    };
    if let Some(outcome) = done {
        // The address is no longer needed, and may be personal data of an erased account.
        model.recipient = Set(None);
        model.detail = Set(None);
        model.done_at = Set(Some(to_millis(now)));
        model.outcome = Set(Some(outcome));
    }
    model.update(services.db.write()).await?;
    Ok(())
}

/// A mail server's reply without addresses, which replies often repeat; at most 500 characters.
fn without_addresses(text: &str) -> String {
    let words = text.split_whitespace().map(|word| if word.contains('@') { "…" } else { word });
    words.collect::<Vec<_>>().join(" ").chars().take(500).collect()
}

/// The delay after this many attempts: 5 s, doubled each time, an hour at most.
fn pause(attempts: i64) -> TimeDelta {
    let doublings = i32::try_from(attempts.clamp(1, 12) - 1).unwrap_or(0);
    (FIRST_PAUSE * 2_i32.pow(doublings.unsigned_abs())).min(LONGEST_PAUSE)
}

/// Sends queued mails until the process ends: at wake-ups, and when the next mail is due.
pub async fn work(services: Arc<Services>, mailer: Mailer) {
    let (services, mailer) = (&*services, &mailer);
    let wants = |topic| topic == Topic::Outbox;
    background::repeat(services, (TASK, ROUND), wants, |_| async move {
        drain(services, mailer).await.map(drop)
    })
    .await;
}
