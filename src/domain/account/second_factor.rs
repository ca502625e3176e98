//! The second factor: an authenticator app, and recovery codes for when it is lost.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter,
};

pub use crate::auth::RecoveryCode;
use crate::{
    auth::Authenticator,
    domain::{
        Services,
        account::user::{self, User},
        change::Change,
        origin::Origin,
        sign_in::second_factor::unused_codes,
        sign_in::{
            attempt::LoginAttempt,
            reauthenticate::{check_both, check_password},
        },
        to_millis,
        viewer::Member,
    },
    entity::{audit_event::Kind, recovery_code},
    error::{Conflict, Error, Noun, Result},
    mail::NoticeKind,
};

const RECOVERY_CODES: usize = 10;

/// The data for an authenticator app; shown once.
pub struct Enrolment {
    /// In base32.
    pub secret: String,
    /// `otpauth:`
    pub uri: String,
    /// SVG in a `data:` URI.
    pub qr_code: String,
}

/// Starts an enrolment with a new secret, which counts once a first code has confirmed it.
pub async fn enrol(
    services: &Services,
    member: &Member,
    origin: &Origin,
    password: &str,
) -> Result<Enrolment> {
    let user = check_password(services, member, password, origin).await?;
    let seed = Authenticator::seed(&services.random);
    let authenticator = Authenticator::derive(&services.keys, &seed, &user.email)?;
    let (change, user) = Change::of_proven(services, member, origin, &user).await?;
    if user.totp_confirmed_at.is_some() {
        return Err(Error::Conflict(Conflict::SecondFactorIsOn));
    }
    let mut model = user.into_active_model();
    model.totp_seed = Set(Some(seed));
    model.totp_last_step = Set(None);
    model.update(&change).await?;
    change.commit().await?;
    let (secret, uri) = (authenticator.secret(), authenticator.uri()?);
    Ok(Enrolment { secret, uri, qr_code: authenticator.qr_code()? })
}

/// Switches the second factor on with a first code; the recovery codes are shown once.
pub async fn confirm(
    services: &Services,
    member: &Member,
    origin: &Origin,
    code: &str,
) -> Result<Vec<RecoveryCode>> {
    let user = user::find(services, member.user_id).await?.ok_or(Error::NotFound(Noun::User))?;
    if user.totp_seed.is_none() || user.totp_confirmed_at.is_some() {
        return Err(Error::Conflict(Conflict::NothingToConfirm));
    }
    let guess = LoginAttempt::count(services, origin, &user.email_canonical, Some(user.id)).await?;
    guess.at_code(&user, code).await?;
    guess.succeed().await;
    let seen = user;
    let (change, user) = Change::of_account(services, member, origin).await?;
    if user.totp_seed != seen.totp_seed || user.totp_confirmed_at.is_some() {
        return Err(Error::Conflict(Conflict::NothingToConfirm));
    }
    let mut model = user.into_active_model();
    model.totp_confirmed_at = Set(Some(to_millis(change.now())));
    let user = model.update(&change).await?;
    let codes = new_codes(&change, user.id).await?;
    change.record(Kind::SecondFactorEnabled, Some(user.id), None).await?;
    change.notify(&user, NoticeKind::SecondFactorEnabled).await?;
    change.commit().await?;
    Ok(codes)
}

/// Creates new recovery codes; earlier ones are void.
pub async fn replace_codes(
    services: &Services,
    member: &Member,
    origin: &Origin,
    (password, code): (&str, &str),
) -> Result<Vec<RecoveryCode>> {
    let user = check_both(services, member, password, code, origin).await?;
    let (change, user) = Change::of_proven(services, member, origin, &user).await?;
    let codes = new_codes(&change, user.id).await?;
    change.record(Kind::RecoveryCodesReplaced, Some(user.id), None).await?;
    change.notify(&user, NoticeKind::RecoveryCodesReplaced).await?;
    change.commit().await?;
    Ok(codes)
}

/// Switches the second factor off.
pub async fn disable(
    services: &Services,
    member: &Member,
    origin: &Origin,
    (password, code): (&str, &str),
) -> Result<User> {
    let user = check_both(services, member, password, code, origin).await?;
    let (change, user) = Change::of_proven(services, member, origin, &user).await?;
    delete_codes(&change, user.id).await?;
    let mut model = user.into_active_model();
    model.totp_seed = Set(None);
    model.totp_confirmed_at = Set(None);
    model.totp_last_step = Set(None);
    let user = model.update(&change).await?;
    change.record(Kind::SecondFactorDisabled, Some(user.id), None).await?;
    change.notify(&user, NoticeKind::SecondFactorDisabled).await?;
    change.commit().await?;
    Ok(user)
}

/// The number of a person's unused recovery codes.
pub async fn codes_left(services: &Services, member: &Member) -> Result<u64> {
    Ok(unused_codes(member.user_id).count(services.db.read()).await?)
}

async fn new_codes(change: &Change<'_>, user_id: i64) -> Result<Vec<RecoveryCode>> {
    let services = change.services;
    delete_codes(change, user_id).await?;
    let codes: Vec<_> =
        (0..RECOVERY_CODES).map(|_| RecoveryCode::generate(&services.random)).collect();
    let rows = codes.iter().map(|code| recovery_code::ActiveModel {
        user_id: Set(user_id),
        digest: Set(code.digest(&services.keys, user_id)),
        ..Default::default()
    });
    recovery_code::Entity::insert_many(rows).exec_without_returning(change).await?;
    Ok(codes)
}

/// Deletes the recovery codes of a person.
pub(in crate::domain) async fn delete_codes(change: &Change<'_>, user_id: i64) -> Result<()> {
    let codes = recovery_code::Entity::delete_many();
    codes.filter(recovery_code::Column::UserId.eq(user_id)).exec(change).await?;
    Ok(())
}
