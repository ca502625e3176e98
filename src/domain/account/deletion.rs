//! Deleting an account: access ends immediately, data is erased after a grace period.

use chrono::TimeDelta;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, IntoActiveModel,
    PaginatorTrait, QueryFilter,
};

use super::user::{self, Role, User};
use crate::{
    clock::Timestamp,
    domain::{
        Services, change::Change, jobs::job, keys, mail::link, origin::Origin, session,
        sign_in::reauthenticate::check_password, to_millis, viewer::Member,
    },
    entity::audit_event::Kind,
    entity::user as user_entity,
    error::{Conflict, Error, Result},
    mail::NoticeKind,
};

/// The PostgreSQL advisory lock that serialises administrators who delete their accounts.
const DEPARTURE_LOCK: i64 = 0x6669_6e64_0003;
/// Time between the request to delete an account and its erasure.
pub const GRACE: TimeDelta = TimeDelta::days(14);

/// Ends all access to the account immediately; personal data is erased after the grace period.
pub async fn request_deletion(
    services: &Services,
    member: &Member,
    origin: &Origin,
    password: &str,
) -> Result<Timestamp> {
    let user = check_password(services, member, password, origin).await?;
    let now = services.clock.now();
    let erase_at = now + GRACE;
    let (change, user) = Change::of_proven(services, member, origin, &user).await?;
    may_go(&change, &user).await?;
    let mut model = user.into_active_model();
    model.erase_at = Set(Some(to_millis(erase_at)));
    model.updated_at = Set(to_millis(now));
    let user = model.update(&change).await?;
    session::revoke_all(&change, user.id).await?;
    keys::revoke_silently(&change, user.id).await?;
    link::end(&change, user.id, link::ACCOUNT_CONTROL_PURPOSES).await?;
    change.record(Kind::DeletionRequested, Some(user.id), None).await?;
    change.notify(&user, NoticeKind::DeletionRequested { erase_at }).await?;
    job::pause(&change, user.id).await?;
    change.commit().await?;
    Ok(erase_at)
}

/// Keeps an account whose owner signs in during the grace period; does nothing for other accounts.
pub(in crate::domain) async fn cancel_deletion(change: &Change<'_>, user: User) -> Result<User> {
    if user.erase_at.is_none() {
        return Ok(user);
    }
    let mut model = user.into_active_model();
    model.erase_at = Set(None);
    model.updated_at = Set(to_millis(change.now()));
    let user = model.update(change).await?;
    change.record(Kind::DeletionCancelled, Some(user.id), None).await?;
    change.notify(&user, NoticeKind::DeletionCancelled).await?;
    job::resume(change, &user).await?;
    Ok(user)
}

/// Whether a locked account may be deleted: the last active administrator's may not. The advisory
/// lock serialises administrators, so that two who leave at once do not count each other.
/// Everything else that removes an administrator is done by another one, who is locked and stays.
pub(in crate::domain) async fn may_go(change: &Change<'_>, user: &User) -> Result<()> {
    if user.role != Role::Admin {
        return Ok(());
    }
    if change.get_database_backend() == DbBackend::Postgres {
        change
            .execute_unprepared(&format!("SELECT pg_advisory_xact_lock({DEPARTURE_LOCK})"))
            .await?;
    }
    let others = user::present()
        .filter(user_entity::Column::Role.eq(Role::Admin))
        .filter(user_entity::Column::VerifiedAt.is_not_null())
        .filter(user_entity::Column::SuspendedAt.is_null())
        .filter(user_entity::Column::EraseAt.is_null())
        .filter(user_entity::Column::Id.ne(user.id));
    match others.count(change).await? {
        0 => Err(Error::Conflict(Conflict::LastAdministrator)),
        _ => Ok(()),
    }
}
