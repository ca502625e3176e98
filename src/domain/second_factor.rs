//! The second factor: an authenticator app, and recovery codes for when it is lost.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter, sea_query::Expr,
};

pub use crate::auth::RecoveryCode;
use crate::{
    auth::Authenticator,
    cluster::Topic,
    domain::{
        Services, account,
        audit::{self, Kind, Origin},
        change::Change,
        database::Transaction,
        login::{Guess, check_both, check_password},
        outbox, stored,
        user::{self, User},
        viewer::Member,
    },
    entity::{recovery_code, user as user_entity},
    error::{Conflict, Error, Noun, Result},
    mail::Occasion,
};

const RECOVERY_CODES: usize = 10;

/// What an authenticator app has to be told; shown once.
pub struct Enrolment {
    /// In base32.
    pub secret: String,
    /// `otpauth:`
    pub uri: String,
    /// SVG in a `data:` URI.
    pub qr_code: String,
}

/// Begins anew with a secret that counts as soon as a first code has confirmed it.
pub async fn enrol(
    services: &Services,
    member: &Member,
    origin: &Origin,
    password: &str,
) -> Result<Enrolment> {
    let user = check_password(services, member, password, origin).await?;
    let seed = Authenticator::seed(&services.random);
    let authenticator = Authenticator::derive(&services.keys, &seed, &user.email)?;
    let (tx, user) = account::change_proven(services, member, &user).await?;
    if user.totp_confirmed_at.is_some() {
        return Err(Error::Conflict(Conflict::SecondFactorIsOn));
    }
    let mut model = user.into_active_model();
    model.totp_seed = Set(Some(seed));
    model.totp_last_step = Set(None);
    model.update(&tx).await?;
    tx.commit().await?;
    let (secret, uri) = (authenticator.secret(), authenticator.uri()?);
    Ok(Enrolment { secret, uri, qr_code: authenticator.qr_code()? })
}

/// Turns the second factor on with a first code; the recovery codes are shown once.
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
    let guess = Guess::count(services, origin, &user.email_canonical, Some(user.id)).await?;
    guess.at_code(&user, code).await?;
    guess.was_right().await;
    let seen = user;
    let (tx, user) = Change::of_account(services, member).await?;
    if user.totp_seed != seen.totp_seed || user.totp_confirmed_at.is_some() {
        return Err(Error::Conflict(Conflict::NothingToConfirm));
    }
    let mut model = user.into_active_model();
    model.totp_confirmed_at = Set(Some(stored(services.clock.now())));
    let user = model.update(&tx).await?;
    let codes = new_codes(services, &tx, user.id).await?;
    tell(services, &tx, origin, &user, Kind::SecondFactorEnabled, Occasion::SecondFactorEnabled)
        .await?;
    commit(services, tx).await?;
    Ok(codes)
}

/// New recovery codes; those before them are of no use any more.
pub async fn replace_codes(
    services: &Services,
    member: &Member,
    origin: &Origin,
    (password, code): (&str, &str),
) -> Result<Vec<RecoveryCode>> {
    let user = check_both(services, member, password, code, origin).await?;
    let (tx, user) = account::change_proven(services, member, &user).await?;
    let codes = new_codes(services, &tx, user.id).await?;
    let (kind, occasion) = (Kind::RecoveryCodesReplaced, Occasion::RecoveryCodesReplaced);
    tell(services, &tx, origin, &user, kind, occasion).await?;
    commit(services, tx).await?;
    Ok(codes)
}

/// Turns the second factor off.
pub async fn disable(
    services: &Services,
    member: &Member,
    origin: &Origin,
    (password, code): (&str, &str),
) -> Result<User> {
    let user = check_both(services, member, password, code, origin).await?;
    let (tx, user) = account::change_proven(services, member, &user).await?;
    delete_codes(&tx, user.id).await?;
    let mut model = user.into_active_model();
    model.totp_seed = Set(None);
    model.totp_confirmed_at = Set(None);
    model.totp_last_step = Set(None);
    let user = model.update(&tx).await?;
    tell(services, &tx, origin, &user, Kind::SecondFactorDisabled, Occasion::SecondFactorDisabled)
        .await?;
    commit(services, tx).await?;
    Ok(user)
}

/// How many recovery codes of a person are unused.
pub async fn codes_left(services: &Services, member: &Member) -> Result<u64> {
    Ok(unused(member.user_id).count(services.db.read()).await?)
}

/// Takes a one-time code or a recovery code of the account, unless it is wrong or was taken before.
pub(super) async fn take(
    services: &Services,
    origin: &Origin,
    user: &User,
    code: &str,
) -> Result<bool> {
    match RecoveryCode::parse(code) {
        Some(code) => take_recovery_code(services, origin, user, &code).await,
        None => take_one_time_code(services, user, code).await,
    }
}

/// RFC 6238 §5.2: a code is taken once. Of several at once, the database lets one through.
async fn take_one_time_code(services: &Services, user: &User, code: &str) -> Result<bool> {
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

async fn take_recovery_code(
    services: &Services,
    origin: &Origin,
    user: &User,
    code: &RecoveryCode,
) -> Result<bool> {
    let tx = Change::of_the_gateway(services).await?;
    let taken = recovery_code::Entity::update_many()
        .col_expr(recovery_code::Column::UsedAt, Expr::val(stored(services.clock.now())))
        .filter(recovery_code::Column::UserId.eq(user.id))
        .filter(recovery_code::Column::Digest.eq(code.digest(&services.keys, user.id)))
        .filter(recovery_code::Column::UsedAt.is_null())
        .exec(&tx)
        .await?;
    if taken.rows_affected == 0 {
        return Ok(false);
    }
    let left = unused(user.id).count(&tx).await?;
    let occasion = Occasion::RecoveryCodeUsed { left };
    let origin = origin.as_user(user.id);
    tell(services, &tx, &origin, user, Kind::RecoveryCodeUsed, occasion).await?;
    commit(services, tx).await?;
    Ok(true)
}

async fn new_codes(
    services: &Services,
    tx: &Transaction,
    user_id: i64,
) -> Result<Vec<RecoveryCode>> {
    delete_codes(tx, user_id).await?;
    let codes: Vec<_> =
        (0..RECOVERY_CODES).map(|_| RecoveryCode::generate(&services.random)).collect();
    let rows = codes.iter().map(|code| recovery_code::ActiveModel {
        user_id: Set(user_id),
        digest: Set(code.digest(&services.keys, user_id)),
        ..Default::default()
    });
    recovery_code::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(codes)
}

async fn delete_codes(tx: &impl ConnectionTrait, user_id: i64) -> Result<()> {
    let codes = recovery_code::Entity::delete_many();
    codes.filter(recovery_code::Column::UserId.eq(user_id)).exec(tx).await?;
    Ok(())
}

fn unused(user_id: i64) -> sea_orm::Select<recovery_code::Entity> {
    recovery_code::Entity::find()
        .filter(recovery_code::Column::UserId.eq(user_id))
        .filter(recovery_code::Column::UsedAt.is_null())
}

async fn tell(
    services: &Services,
    tx: &Transaction,
    origin: &Origin,
    user: &User,
    kind: Kind,
    occasion: Occasion,
) -> Result<()> {
    audit::record(services, tx, origin, kind, Some(user.id), None).await?;
    outbox::notify(services, tx, user, occasion, origin).await
}

async fn commit(services: &Services, tx: Change) -> Result<()> {
    tx.commit().await?;
    services.cluster.publish(Topic::Outbox);
    Ok(())
}
