//! Access tokens: signed JWTs (RFC 7519, RFC 9068) that are valid for one day.

use std::{
    fmt,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, Validation, decode, decode_header, encode};
use serde::{Deserialize, Serialize};

use super::{
    base62, hs256,
    keys::Keys,
    ring::{KeyRing, RingKey},
};
use crate::{
    clock::{Clock, Timestamp},
    error::{Error, Result},
    id::GlobalId,
    random::Random,
};

const LIFETIME: Duration = Duration::from_hours(24);
/// Largest clock difference between two replicas.
const LEEWAY_SECONDS: i64 = 5;
/// Longer tokens are refused without being parsed.
const MAX_BYTES: usize = 4_096;
const AUDIENCE: &str = "find-helper";

/// Signs and verifies the access tokens of one gateway; clones share one key ring.
#[derive(Clone)]
pub struct AccessTokens {
    keys: Keys,
    ring: Arc<RwLock<Arc<KeyRing>>>,
    issuer: String,
    validation: Validation,
    clock: Clock,
    random: Random,
}

/// A token to hand out, with its lifetime.
#[derive(Clone)]
pub struct AccessToken {
    pub token: String,
    pub expires_in: Duration,
}

/// The claims of a valid token; whether the session is still open must be looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccessClaims {
    /// Key of the user.
    pub user: i64,
    /// Key of the session.
    pub session: i64,
    pub expires_at: Timestamp,
}

/// All claims are required and of these types; otherwise the token is invalid.
#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    sid: i64,
    jti: String,
    iat: i64,
    nbf: i64,
    exp: i64,
}

impl AccessTokens {
    /// `issuer` is the gateway's public address; tokens of other issuers are refused.
    #[must_use]
    pub fn new(keys: &Keys, issuer: &str, clock: Clock, random: Random) -> Self {
        hs256::install();
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[issuer]);
        validation.set_audience(&[AUDIENCE]);
        // The library only knows the system's clock; times are compared with ours below.
        validation.validate_exp = false;
        Self {
            keys: keys.clone(),
            ring: Arc::new(RwLock::new(Arc::new(KeyRing::new(keys, &[])))),
            issuer: issuer.to_owned(),
            validation,
            clock,
            random,
        }
    }

    /// How long a token may be accepted after it was signed, by the clock of any replica.
    #[must_use]
    pub fn believed_for() -> TimeDelta {
        TimeDelta::from_std(LIFETIME).unwrap_or_default() + TimeDelta::seconds(2 * LEEWAY_SECONDS)
    }

    /// Id of the initial key.
    #[must_use]
    pub fn first_kid(&self) -> &str {
        &self.keys.kid
    }

    /// Id for a new key.
    #[must_use]
    pub fn new_kid(&self) -> String {
        base62::encode::<11>(&self.random.bytes::<8>())
    }

    /// Signs and verifies with these keys from now on.
    pub fn set_ring(&self, keys: &[RingKey]) {
        let ring = Arc::new(KeyRing::new(&self.keys, keys));
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = ring;
    }

    fn ring(&self) -> Arc<KeyRing> {
        self.ring.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Issues a token for a user's session, given the keys of both rows.
    pub fn issue(&self, user: i64, session: i64) -> Result<AccessToken> {
        let ring = self.ring();
        let key = ring.signing(self.clock.now());
        let now = self.clock.now().timestamp();
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.into(),
            sub: GlobalId::User(user).to_string(),
            sid: session,
            jti: base62::encode::<22>(&self.random.bytes::<16>()),
            iat: now,
            nbf: now - LEEWAY_SECONDS,
            exp: now.saturating_add_unsigned(LIFETIME.as_secs()),
        };
        let token = encode(&key.header, &claims, &key.signing).map_err(Error::internal)?;
        Ok(AccessToken { token, expires_in: LIFETIME })
    }

    /// The claims of the token; [`Error::TokenExpired`] if it was valid once, else
    /// [`Error::Unauthenticated`].
    pub fn verify(&self, token: &str) -> Result<AccessClaims> {
        let (claims, valid_from) = self.read(token).ok_or(Error::Unauthenticated)?;
        let (now, leeway) = (self.clock.now(), TimeDelta::seconds(LEEWAY_SECONDS));
        if now + leeway < valid_from {
            return Err(Error::Unauthenticated);
        }
        if now - leeway >= claims.expires_at {
            return Err(Error::TokenExpired);
        }
        Ok(claims)
    }

    /// Reads a token that this gateway signed, ignoring expiry; also returns when it was issued.
    fn read(&self, token: &str) -> Option<(AccessClaims, Timestamp)> {
        if token.len() > MAX_BYTES {
            return None;
        }
        let (ring, kid) = (self.ring(), decode_header(token).ok()?.kid?);
        let key = ring.verifying(&kid, self.clock.now())?;
        let data = decode::<Claims>(token, &key.verifying, &self.validation).ok()?;
        // Only the header that we write: no other type, key or `crit` extension (RFC 8725 §3).
        if data.header != key.header {
            return None;
        }
        let Ok(GlobalId::User(user)) = data.claims.sub.parse() else { return None };
        let expires_at = Timestamp::from_timestamp(data.claims.exp, 0)?;
        let claims = AccessClaims { user, session: data.claims.sid, expires_at };
        Some((claims, Timestamp::from_timestamp(data.claims.nbf, 0)?))
    }
}

impl fmt::Debug for AccessTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessTokens").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken([secret])")
    }
}

#[cfg(test)]
mod tests;
