//! Erasing accounts: the row stays, so that others' history remains intact.

mod bytes;

use chrono::TimeDelta;
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{ExprTrait, SimpleExpr},
};
use serde_json::json;

pub use self::bytes::empty_log;
use crate::{
    domain::{
        Services,
        account::{
            second_factor,
            user::{self, User},
        },
        change::Change,
        jobs::{event, job, notice, review},
        keys,
        mail::link,
        origin::Origin,
        store::{asker::Asker, texts},
        to_millis,
    },
    entity::{api_key, audit_event::Kind, mail_token, outbox, session, user as user_entity},
    error::Result,
    mail::NoticeKind,
};

/// Time after which an unconfirmed address becomes free again.
pub const UNCONFIRMED: TimeDelta = TimeDelta::days(30);
/// Accounts per batch.
const BATCH: u64 = 100;

/// Erases the personal data of a locked account, commits, and ends all access. The audit log stays,
/// since it is final.
pub(super) async fn erase(change: Change<'_>, user: User) -> Result<()> {
    let services = change.services;
    erase_rows(change, user).await?;
    forget_bytes(services).await;
    Ok(())
}

/// A failure is only logged: the account is erased in any case.
async fn forget_bytes(services: &Services) {
    if let Err(error) = Asker::Gateway.scope(bytes::scrub(services)).await {
        let error = &error as &dyn std::error::Error;
        tracing::error!(error, "could not remove erased data from the database files");
    }
}

async fn erase_rows(change: Change<'_>, user: User) -> Result<()> {
    let id = user.id;
    keys::revoke_silently(&change, id).await?;
    link::end(&change, id, link::ALL).await?;
    forget_traces(&change, id).await?;
    job::close_for_erasure(&change, id).await?;
    event::forget_reasons(&change, id).await?;
    review::forget(&change, id).await?;
    // Last, because it blocks even inserts of rows that refer to the account.
    forget_person(&change, user).await?;
    change.commit().await
}

async fn forget_person(change: &Change<'_>, user: User) -> Result<()> {
    let (id, now) = (user.id, change.now());
    let mut model = user.into_active_model();
    model.name = Set(String::new());
    model.email = Set(String::new());
    model.email_canonical = Set(format!("deleted:{id}"));
    model.phone = Set(None);
    model.password_hash = Set(String::new());
    model.totp_seed = Set(None);
    model.totp_confirmed_at = Set(None);
    model.totp_last_step = Set(None);
    model.suspended_reason = Set(None);
    model.erase_at = Set(None);
    model.deleted_at = Set(Some(to_millis(now)));
    model.updated_at = Set(to_millis(now));
    model.update(change).await?;
    Ok(())
}

/// Removes a person's data from other tables, except jobs. Sessions are not revoked: their tokens
/// are answered that the account is gone.
async fn forget_traces(change: &Change<'_>, user_id: i64) -> Result<()> {
    second_factor::delete_codes(change, user_id).await?;
    let of_user = session::Column::UserId.eq(user_id);
    texts::empty::<session::Entity>(change, of_user, &[session::Column::RefreshMode]).await?;
    // Digests of random secrets, and what the key was for.
    let kept = [
        api_key::Column::PublicId,
        api_key::Column::SecretDigest,
        api_key::Column::PreviousSecretDigest,
        api_key::Column::Scopes,
    ];
    texts::empty::<api_key::Entity>(change, api_key::Column::UserId.eq(user_id), &kept).await?;
    keys::forget_requests(change, user_id).await?;
    notice::forget(change, user_id).await?;
    let of_user = mail_token::Column::UserId.eq(user_id);
    texts::empty::<mail_token::Entity>(change, of_user, &[mail_token::Column::Purpose]).await?;
    // Notices that are promised still go out, and then forget where.
    let kept = [
        outbox::Column::MessageId,
        outbox::Column::Kind,
        outbox::Column::Recipient,
        outbox::Column::Detail,
        outbox::Column::Outcome,
    ];
    texts::empty::<outbox::Entity>(change, outbox::Column::UserId.eq(user_id), &kept).await
}

/// Why an account is erased automatically.
#[derive(Clone, Copy)]
enum Reason {
    /// Its owner requested it, and the grace period is over.
    Asked,
    /// Its address was never confirmed.
    NeverConfirmed,
}

/// Erases accounts whose grace period is over, with a last mail to each; returns their number.
pub async fn erase_due(services: &Services) -> Result<usize> {
    let now = to_millis(services.clock.now());
    sweep(services, user_entity::Column::EraseAt.lte(now), Reason::Asked).await
}

/// Erases accounts with addresses that were never confirmed, so that others can register them;
/// returns their number. Suspended ones stay, or else a suspension would end by itself.
pub async fn purge_unconfirmed(services: &Services) -> Result<usize> {
    let since = to_millis(services.clock.now() - UNCONFIRMED);
    let stale = user_entity::Column::VerifiedAt
        .is_null()
        .and(user_entity::Column::SuspendedAt.is_null())
        .and(user_entity::Column::CreatedAt.lte(since));
    sweep(services, stale, Reason::NeverConfirmed).await
}

/// An account that cannot be erased does not stop the others.
async fn sweep(services: &Services, which: SimpleExpr, reason: Reason) -> Result<usize> {
    let (mut erased, mut after) = (0, 0);
    loop {
        let ids = candidates(services, which.clone(), after).await?;
        let Some(&last) = ids.last() else { break };
        after = last;
        for id in ids {
            match erase_if(services, id, reason).await {
                Ok(done) => erased += usize::from(done),
                Err(error) => tracing::error!(
                    user_id = id,
                    error = &error as &dyn std::error::Error,
                    "could not erase an account"
                ),
            }
        }
    }
    if erased > 0 {
        forget_bytes(services).await;
    }
    Ok(erased)
}

/// Erases an account if the reason still holds under the lock.
async fn erase_if(services: &Services, id: i64, reason: Reason) -> Result<bool> {
    let now = services.clock.now();
    let holds = |user: &User| match reason {
        Reason::Asked => user.erase_at.is_some_and(|at| at.0 <= now),
        Reason::NeverConfirmed => {
            user.verified_at.is_none()
                && user.suspended_at.is_none()
                && user.created_at.0 + UNCONFIRMED <= now
        }
    };
    let change = Change::of_the_gateway(services, &Origin::default()).await?;
    let Some(user) = user::lock(&change, id).await?.filter(holds) else { return Ok(false) };
    let detail = match reason {
        Reason::Asked => {
            change.notify(&user, NoticeKind::AccountErased).await?;
            None
        }
        Reason::NeverConfirmed => Some(json!({ "reason": "never confirmed" })),
    };
    change.record(Kind::AccountErased, Some(id), detail).await?;
    erase_rows(change, user).await?;
    Ok(true)
}

async fn candidates(services: &Services, which: SimpleExpr, after: i64) -> Result<Vec<i64>> {
    Ok(user_entity::Entity::find()
        .select_only()
        .column(user_entity::Column::Id)
        .filter(user_entity::Column::DeletedAt.is_null())
        .filter(which)
        .filter(user_entity::Column::Id.gt(after))
        .order_by_asc(user_entity::Column::Id)
        .limit(BATCH)
        .into_tuple()
        .all(services.db.read())
        .await?)
}
