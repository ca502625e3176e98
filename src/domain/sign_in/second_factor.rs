//! Checking codes of the second factor: each is accepted once.

use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr};

use crate::{
    auth::{Authenticator, RecoveryCode},
    domain::{Services, change::Change, origin::Origin, to_millis},
    entity::{audit_event::Kind, recovery_code, user as user_entity, user::Model as User},
    error::Result,
    mail::NoticeKind,
};

/// Uses up a one-time code or recovery code, unless it is wrong or was used before.
pub(in crate::domain) async fn consume(
    services: &Services,
    origin: &Origin,
    user: &User,
    code: &str,
) -> Result<bool> {
    match RecoveryCode::parse(code) {
        Some(code) => consume_recovery_code(services, origin, user, &code).await,
        None => consume_one_time_code(services, user, code).await,
    }
}

/// RFC 6238 §5.2: a code is accepted once. The database lets one of concurrent uses through.
async fn consume_one_time_code(services: &Services, user: &User, code: &str) -> Result<bool> {
    let Some(seed) = user.totp_seed.as_deref() else { return Ok(false) };
    let authenticator = Authenticator::derive(&services.keys, seed, &user.email)?;
    let Some(step) = authenticator.step_of(code, services.clock.now()) else { return Ok(false) };
    let last = user_entity::Column::TotpLastStep;
    let taken = user_entity::Entity::update_many()
        .col_expr(last, step.into())
        .filter(user_entity::Column::Id.eq(user.id))
        .filter(user_entity::Column::TotpSeed.eq(seed))
        .filter(Condition::any().add(last.is_null()).add(last.lt(step)))
        .exec(services.db.write())
        .await?;
    Ok(taken.rows_affected == 1)
}

async fn consume_recovery_code(
    services: &Services,
    origin: &Origin,
    user: &User,
    code: &RecoveryCode,
) -> Result<bool> {
    let change = Change::of_the_gateway(services, &origin.as_user(user.id)).await?;
    let taken = recovery_code::Entity::update_many()
        .col_expr(recovery_code::Column::UsedAt, Expr::val(to_millis(services.clock.now())))
        .filter(recovery_code::Column::UserId.eq(user.id))
        .filter(recovery_code::Column::Digest.eq(code.digest(&services.keys, user.id)))
        .filter(recovery_code::Column::UsedAt.is_null())
        .exec(&change)
        .await?;
    if taken.rows_affected == 0 {
        return Ok(false);
    }
    let left = unused_codes(user.id).count(&change).await?;
    change.record(Kind::RecoveryCodeUsed, Some(user.id), None).await?;
    change.notify(user, NoticeKind::RecoveryCodeUsed { left }).await?;
    change.commit().await?;
    Ok(true)
}

/// The unused recovery codes of a person.
pub(in crate::domain) fn unused_codes(user_id: i64) -> sea_orm::Select<recovery_code::Entity> {
    recovery_code::Entity::find()
        .filter(recovery_code::Column::UserId.eq(user_id))
        .filter(recovery_code::Column::UsedAt.is_null())
}
