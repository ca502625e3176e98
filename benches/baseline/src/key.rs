//! API keys: one statement finds the key and its person, and digests are compared.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, StatusCode, request::Parts},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::Utc;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use sqlx::FromRow;
use subtle::ConstantTimeEq;

use crate::{App, Failure, select::Select};

/// The gateway's keys, derived as the gateway derives them.
pub struct Keys {
    digest: [u8; 32],
    access: [u8; 32],
}

/// A key that was presented with its secret.
pub struct Key {
    pub id: i64,
    pub user_id: i64,
    scopes: String,
}

#[derive(FromRow)]
struct Row {
    id: i64,
    user_id: i64,
    secret_digest: String,
    scopes: String,
}

impl Keys {
    pub fn derive(secret: &[u8]) -> Self {
        let hkdf = Hkdf::<Sha256>::new(None, secret);
        let expand = |purpose: &str| {
            let mut key = [0; 32];
            hkdf.expand(purpose.as_bytes(), &mut key).expect("a key is short");
            key
        };
        Self {
            digest: expand("find-helper digest at rest"),
            access: expand("find-helper access token"),
        }
    }

    /// What is stored of a secret: its HMAC after its length.
    pub fn digest(&self, secret: &str) -> String {
        let message = [&(secret.len() as u64).to_be_bytes(), secret.as_bytes()].concat();
        URL_SAFE_NO_PAD.encode(hmac(&self.digest, &message))
    }

    /// The signature of an access token.
    pub fn sign(&self, message: &str) -> String {
        URL_SAFE_NO_PAD.encode(hmac(&self.access, message.as_bytes()))
    }
}

fn hmac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let mac = Hmac::<Sha256>::new_from_slice(key).expect("any key fits");
    mac.chain_update(message).finalize().into_bytes().into()
}

impl Key {
    /// Counts a request of this key, which must have the scope.
    pub fn admit(&self, app: &App, route: &'static str, scope: &str) -> Result<(), Failure> {
        let counted = app.limits.use_key(self.id);
        app.uses.note(self.id, route, counted.is_err());
        counted?;
        let allowed = self.scopes.split(' ').any(|has| has == scope);
        allowed.then_some(()).ok_or(Failure(StatusCode::FORBIDDEN))
    }
}

impl FromRequestParts<Arc<App>> for Key {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Failure> {
        let refused = Failure(StatusCode::UNAUTHORIZED);
        let (Some(id), Some(secret)) =
            (header(&parts.headers, "x-api-key"), header(&parts.headers, "x-api-secret"))
        else {
            return Err(refused);
        };
        let mut select = Select::new(
            "SELECT k.id, k.user_id, k.secret_digest, k.scopes \
             FROM api_keys k JOIN users u ON u.id = k.user_id \
             WHERE k.revoked_at IS NULL AND u.suspended_at IS NULL AND u.deleted_at IS NULL \
             AND k.public_id = ",
        );
        select.value(id.to_owned()).text(" AND k.expires_at > ");
        select.value(Utc::now().timestamp_millis());
        let Some(Row { id, user_id, secret_digest, scopes }) = select.all(&app.db).await?.pop()
        else {
            return Err(refused);
        };
        let digest = app.keys.digest(secret);
        let matches = bool::from(digest.as_bytes().ct_eq(secret_digest.as_bytes()));
        if !matches {
            return Err(refused);
        }
        Ok(Self { id, user_id, scopes })
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
