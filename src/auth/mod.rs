//! Mechanisms of proof without policy: keys, tokens, password hashes.

mod base62;
mod cursor;
mod hs256;
mod keys;
mod mail_token;
mod password;
mod secret;
mod token;

pub use cursor::{open, seal};
pub use keys::Keys;
pub use mail_token::{MailFacts, MailPurpose, MailToken};
pub use password::{MAX_PASSWORD_BYTES, Passwords, Verdict};
pub use secret::{ApiKeyId, ApiSecret, RefreshToken};
pub use token::{AccessClaims, AccessToken, AccessTokens};
