//! Authentication mechanisms without policy: keys, tokens, password hashes.

mod base62;
mod cookie;
mod cursor;
mod hs256;
mod keys;
mod mail_token;
mod password;
mod recovery_code;
mod ring;
mod secret;
mod token;
mod totp;
mod unsubscribe_token;

pub use cookie::{PresentedCookies, SessionCookies};
pub use cursor::{open, seal};
pub use keys::Keys;
pub use mail_token::{MailFacts, MailPurpose, MailToken};
pub use password::{MAX_PASSWORD_BYTES, Passwords, Verdict};
pub use recovery_code::RecoveryCode;
pub use ring::RingKey;
pub use secret::{ApiKeyId, ApiSecret, RefreshToken, is_among};
pub use token::{AccessClaims, AccessToken, AccessTokens};
pub use totp::Authenticator;
pub use unsubscribe_token::UnsubscribeToken;
