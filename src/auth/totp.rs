//! One-time codes of authenticator apps (RFC 6238): SHA-1, 6 digits, 30 seconds.

use base64::{Engine, engine::general_purpose::STANDARD};
use qrcode::{QrCode, render::svg};
use totp_rs::{Algorithm, Builder, Totp};

use super::{base62, keys::Keys};
use crate::{
    clock::Timestamp,
    error::{Error, Result},
    random::Random,
};

const ISSUER: &str = "find-helper";
/// 160 bits, the output length of SHA-1 (RFC 4226 §4).
const SECRET_BYTES: usize = 20;
const STEP_SECONDS: u64 = 30;
/// Time steps that a clock may be off, either way.
const SKEW: u16 = 1;
/// Minimum width of the QR code in pixels.
const PICTURE: u32 = 240;

/// The server's side of an account's authenticator app.
pub struct Authenticator(Totp);

impl Authenticator {
    /// A random seed to store; useless without the keys.
    #[must_use]
    pub fn seed(random: &Random) -> String {
        base62::encode::<43>(&random.bytes::<32>())
    }

    /// Derives the authenticator of a seed; `account` is the name that the app shows.
    pub fn derive(keys: &Keys, seed: &str, account: &str) -> Result<Self> {
        let secret = keys.second_factor.mac(&[b"authenticator", seed.as_bytes()]);
        let totp = Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_secret(secret[..SECRET_BYTES].to_vec())
            .with_step_duration(STEP_SECONDS)
            .with_skew(SKEW)
            .with_issuer(Some(ISSUER))
            // A colon would be read as the separator after the issuer.
            .with_account_name(account.replace(':', " "));
        totp.build().map(Self).map_err(|error| Error::internal(error.to_string()))
    }

    /// The time step of the code, if it is valid around now.
    #[must_use]
    pub fn step_of(&self, code: &str, now: Timestamp) -> Option<i64> {
        let digits: String = code.split_whitespace().collect();
        let now = u64::try_from(now.timestamp()).ok()?;
        let step = self.0.check(&digits, now)?;
        i64::try_from(step).ok()
    }

    /// The secret in base32, to be typed into the app.
    #[must_use]
    pub fn secret(&self) -> String {
        self.0.secret().to_base32()
    }

    /// The secret and its parameters as an `otpauth:` URI, which apps open.
    pub fn uri(&self) -> Result<String> {
        self.0.to_url().map_err(|error| Error::internal(error.to_string()))
    }

    /// The URI as a QR code: SVG in a `data:` URI.
    pub fn qr_code(&self) -> Result<String> {
        let code = QrCode::new(self.uri()?).map_err(Error::internal)?;
        let picture = code.render::<svg::Color>().min_dimensions(PICTURE, PICTURE).build();
        Ok(format!("data:image/svg+xml;base64,{}", STANDARD.encode(picture)))
    }
}

#[cfg(test)]
mod tests {
    use super::Authenticator;
    use crate::{auth::Keys, clock::Timestamp};

    fn keys() -> Keys {
        Keys::derive(b"0123456789abcdef0123456789abcdef")
    }

    fn authenticator() -> Authenticator {
        Authenticator::derive(&keys(), "seed", "ann@example.com").unwrap()
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn the_code_of_a_step_counts_one_step_before_and_after_it() {
        let authenticator = authenticator();
        let code = authenticator.0.generate(3_000).to_string();
        for (seconds, step) in [
            (2_969, None),
            (2_970, Some(100)),
            (3_029, Some(100)),
            (3_059, Some(100)),
            (3_060, None),
        ] {
            assert_eq!(authenticator.step_of(&code, at(seconds)), step, "{seconds}");
        }
        let spaced = format!(" {} {} ", &code[..3], &code[3..]);
        assert_eq!(authenticator.step_of(&spaced, at(3_000)), Some(100));
        for wrong in ["", "12345", "1234567", "abcdef", "界界", &format!("{code}0")] {
            assert_eq!(authenticator.step_of(wrong, at(3_000)), None, "{wrong}");
        }
    }

    #[test]
    fn the_secret_is_that_of_the_seed_and_the_keys_and_nothing_else() {
        let secret = authenticator().secret();
        assert_eq!(authenticator().secret(), secret);
        let of = |keys: &Keys, seed| Authenticator::derive(keys, seed, "a").unwrap().secret();
        assert_ne!(of(&keys(), "other"), secret);
        assert_ne!(of(&Keys::derive(b"another secret of 32 bytes......"), "seed"), secret);
    }

    #[test]
    fn the_uri_names_the_account_and_the_picture_is_one() {
        let authenticator = Authenticator::derive(&keys(), "seed", "a:b@example.com").unwrap();
        let uri = authenticator.uri().unwrap();
        let expected = format!(
            "otpauth://totp/find-helper:a%20b%40example.com?secret={}&issuer=find-helper",
            authenticator.secret()
        );
        assert_eq!(uri, expected);
        assert!(authenticator.qr_code().unwrap().starts_with("data:image/svg+xml;base64,PD94bWwg"));
    }
}
