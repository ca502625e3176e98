//! A fresh proof: what gives power that lasts is not given to a session alone some time after signing
//! in, since a stolen token must not outlive its session.

use chrono::TimeDelta;

use super::list;
use crate::{
    domain::{Services, audit::Origin, limit, login, viewer::Member},
    error::{Error, FieldProblem, Result},
};

/// How long after signing in nobody is asked for a proof.
const FRESH: TimeDelta = TimeDelta::minutes(15);

/// What somebody who is signed in shows once more.
#[derive(Debug, Clone, Default)]
pub struct Proof {
    pub password: Option<String>,
    /// Of the second factor, instead of the password.
    pub code: Option<String>,
}

/// Asks who signed in a while ago for the password, or for a code where there is a second factor.
/// Each try counts as a sign-in.
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
            limit::guess(services, member).await?;
            login::check_password(services, member, password, origin).await.map(drop)
        }
        (None, Some(code)) => {
            limit::guess(services, member).await?;
            login::check_code(services, member, code, origin).await
        }
    }
}

/// The refusal of who shows nothing.
pub(in crate::domain) fn missing() -> Error {
    Error::field("password", FieldProblem::Required)
}

async fn is_fresh(services: &Services, member: &Member) -> Result<bool> {
    let session = list::find(services, member, member.session_id).await?;
    Ok(session.is_some_and(|session| services.clock.now() < session.created_at.0 + FRESH))
}
