//! Fresh proofs: actions with lasting effect require one some time after signing in, so that a
//! stolen token gives no power beyond its session.

use chrono::TimeDelta;

use super::attempt::LoginAttempt;
use crate::{
    domain::{
        Services,
        account::user::{self, User},
        limits,
        origin::Origin,
        parse::presented_password,
        session,
        viewer::Member,
    },
    error::{Conflict, Error, FieldProblem, Noun, Result},
};

/// Time after signing in during which no proof is required.
const FRESH: TimeDelta = TimeDelta::minutes(15);

/// The proof of a signed-in person.
#[derive(Debug, Clone, Default)]
pub struct Proof {
    pub password: Option<String>,
    /// A code of the second factor, instead of the password.
    pub code: Option<String>,
}

/// Requires the password, or a code if there is a second factor, from a member who signed in a
/// while ago. Each attempt counts as a sign-in.
pub(in crate::domain) async fn prove(
    services: &Services,
    member: &Member,
    origin: &Origin,
    proof: &Proof,
) -> Result<()> {
    if is_fresh(services, member).await? {
        return Ok(());
    }
    match (proof.password.as_deref(), proof.code.as_deref()) {
        (None, None) => Err(missing()),
        (Some(password), _) => {
            limits::guess(services, member).await?;
            check_password(services, member, password, origin).await.map(drop)
        }
        (None, Some(code)) => {
            limits::guess(services, member).await?;
            check_code(services, member, code, origin).await
        }
    }
}

/// The error for a missing proof.
pub(in crate::domain) fn missing() -> Error {
    Error::field("password", FieldProblem::Required)
}

async fn is_fresh(services: &Services, member: &Member) -> Result<bool> {
    let session = session::find(services, member, member.session_id).await?;
    Ok(session.is_some_and(|session| services.clock.now() < session.created_at.0 + FRESH))
}

/// The member's account, if this is its password; required before irreversible actions.
pub async fn check_password(
    services: &Services,
    member: &Member,
    password: &str,
    origin: &Origin,
) -> Result<User> {
    let (user, guess) = guess_password(services, member, password, origin).await?;
    // Somebody who only knows the password must not have wrong codes forgotten.
    if user.totp_confirmed_at.is_none() {
        guess.succeed().await;
    }
    Ok(user)
}

/// The same with a code of the second factor: knowing the password gives no free guesses of codes.
pub(in crate::domain) async fn check_both(
    services: &Services,
    member: &Member,
    password: &str,
    code: &str,
    origin: &Origin,
) -> Result<User> {
    let (user, mut guess) = guess_password(services, member, password, origin).await?;
    if user.totp_confirmed_at.is_none() {
        guess.succeed().await;
        return Err(Error::Conflict(Conflict::SecondFactorIsOff));
    }
    guess.at_second_factor(&user, code).await?;
    guess.succeed().await;
    Ok(user)
}

/// Requires only a code of the second factor.
pub(in crate::domain) async fn check_code(
    services: &Services,
    member: &Member,
    code: &str,
    origin: &Origin,
) -> Result<()> {
    let user = user::find(services, member.user_id).await?.ok_or(Error::NotFound(Noun::User))?;
    if user.totp_confirmed_at.is_none() {
        return Err(missing());
    }
    let mut guess =
        LoginAttempt::count(services, origin, &user.email_canonical, Some(user.id)).await?;
    guess.at_lone_code(&user, code).await
}

async fn guess_password<'a>(
    services: &'a Services,
    member: &Member,
    password: &str,
    origin: &'a Origin,
) -> Result<(User, LoginAttempt<'a>)> {
    presented_password(password).map_err(|problem| Error::field("password", problem))?;
    let user = user::find(services, member.user_id).await?.ok_or(Error::NotFound(Noun::User))?;
    let guess = LoginAttempt::count(services, origin, &user.email_canonical, Some(user.id)).await?;
    let (user, _) = guess.at_password(Some(user), password).await?;
    Ok((user, guess))
}
