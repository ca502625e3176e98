//! Derives one key per purpose from one secret.

use std::{fmt, fs, io, io::Write, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::base62;
use crate::{config::ConfigError, files, random::Random};

/// The keys of this gateway (HKDF-SHA256, RFC 5869); none accepts a signature of another.
#[derive(Clone, Debug)]
pub struct Keys {
    pub(super) access: Key,
    /// Fingerprint of the secret and id of the `access` key; reveals neither.
    pub(super) kid: String,
    /// The key from which successors of `access` are derived.
    pub(super) ring: Key,
    pub(super) digest: Key,
    pub(super) mail: Key,
    pub(super) cursor: Key,
    pub(super) second_factor: Key,
}

impl Keys {
    /// Derives the keys; the same secret gives the same keys in every process.
    #[must_use]
    pub fn derive(secret: &[u8]) -> Self {
        let hkdf = Hkdf::<Sha256>::new(None, secret);
        Self {
            access: Key(expand(&hkdf, "find-helper access token")),
            kid: base62::encode::<11>(&expand::<8>(&hkdf, "find-helper key id")),
            ring: Key(expand(&hkdf, "find-helper signing keys")),
            digest: Key(expand(&hkdf, "find-helper digest at rest")),
            mail: Key(expand(&hkdf, "find-helper mail token")),
            cursor: Key(expand(&hkdf, "find-helper cursor")),
            second_factor: Key(expand(&hkdf, "find-helper second factor")),
        }
    }

    /// A pseudonym for a name, used as a counter's key.
    #[must_use]
    pub fn alias(&self, purpose: &str, name: &str) -> String {
        base62::encode::<43>(&self.digest.mac(&[purpose.as_bytes(), name.as_bytes()]))
    }

    /// Refuses a secret file that cannot be used; a missing file is fine and will be created.
    pub fn check(path: &Path) -> Result<(), ConfigError> {
        match read(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(ConfigError::SecretFile(path.into(), error.to_string()))
            }
            _ => Ok(()),
        }
    }

    /// Reads the secret from a file that must be there, and derives the keys.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let failed = |error: io::Error| ConfigError::SecretFile(path.into(), error.to_string());
        read(path).map(|secret| Self::derive(&secret)).map_err(failed)
    }

    /// Reads the secret from a file, which is created if it is missing, and derives the keys.
    pub fn load_or_create(path: &Path, random: &Random) -> Result<Self, ConfigError> {
        let failed = |error: io::Error| ConfigError::SecretFile(path.into(), error.to_string());
        match create(path, random) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(failed(error)),
            _ => Self::load(path),
        }
    }
}

fn expand<const N: usize>(hkdf: &Hkdf<Sha256>, purpose: &str) -> [u8; N] {
    let mut key = [0; N];
    #[expect(clippy::expect_used, reason = "SHA-256 expands to 8,160 bytes")]
    hkdf.expand(purpose.as_bytes(), &mut key).expect("a key is short");
    key
}

/// A hard link makes the complete file appear atomically, and only one of two processes succeeds.
fn create(path: &Path, random: &Random) -> io::Result<()> {
    if path.try_exists()? {
        files::make_private(path);
        return Ok(());
    }
    let folder = path.parent().filter(|folder| *folder != "").unwrap_or(Path::new("."));
    files::create_private_folder(folder)?;
    let draft = path.with_extension(base62::encode::<22>(&random.bytes::<16>()));
    let linked = write_private(&draft, &STANDARD.encode(random.bytes::<32>()))
        .and_then(|()| fs::hard_link(&draft, path));
    fs::remove_file(&draft)?;
    linked?;
    fs::File::open(folder)?.sync_all()
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut file = files::create_private(path)?;
    writeln!(file, "{text}")?;
    file.sync_all()
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    STANDARD
        .decode(fs::read_to_string(path)?.trim())
        .ok()
        .filter(|secret| secret.len() >= 32)
        .ok_or_else(|| io::Error::other("it must hold at least 32 bytes in base64"))
}

/// A key for HMAC-SHA256 (RFC 2104).
#[derive(Clone)]
pub(super) struct Key([u8; 32]);

impl Key {
    /// Each part is preceded by its length, so that different lists of parts never collide.
    pub(super) fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = hmac(&self.0);
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

pub(super) fn hmac(key: &[u8]) -> Hmac<Sha256> {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
    Hmac::new_from_slice(key).expect("a key of any length")
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::Keys;
    use crate::{config::ConfigError, random::Random};

    fn load(path: &Path) -> Keys {
        Keys::load_or_create(path, &Random::System).unwrap()
    }

    #[test]
    fn each_purpose_has_a_key_of_its_own() {
        let keys = Keys::derive(b"0123456789abcdef0123456789abcdef");
        let all = [
            &keys.access.0,
            &keys.ring.0,
            &keys.digest.0,
            &keys.mail.0,
            &keys.cursor.0,
            &keys.second_factor.0,
        ];
        for (index, key) in all.iter().enumerate() {
            assert!(!all[index + 1..].contains(key));
        }
    }

    #[test]
    fn derived_keys_stay_the_same_for_ever() {
        let keys = Keys::derive(b"0123456789abcdef0123456789abcdef");
        assert_eq!(keys.kid, "4oitQdp3oBG");
        let mac = super::base62::encode::<43>(&keys.digest.mac(&[b"a", b"b"]));
        assert_eq!(mac, "FFmW8SbHYi8fmSFJl4zpIkw42uAcDGI9m51Xt0HRjAJ");
    }

    #[test]
    fn debug_shows_no_key() {
        let keys = Keys::derive(b"0123456789abcdef0123456789abcdef");
        assert_eq!(format!("{:?}", keys.access), "[secret]");
        assert!(!format!("{keys:?}").contains(&format!("{:?}", keys.mail.0)));
    }

    #[test]
    fn parts_that_join_to_the_same_bytes_have_different_macs() {
        let key = Keys::derive(b"0123456789abcdef0123456789abcdef").digest;
        assert_ne!(key.mac(&[b"ab", b"c"]), key.mac(&[b"a", b"bc"]));
    }

    #[test]
    fn a_created_secret_is_private_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/secret");
        let kid = load(&path).kid;
        assert_eq!(load(&path).kid, kid);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no draft is left");
        #[cfg(unix)]
        {
            let mode = std::os::unix::fs::PermissionsExt::mode(
                &fs::metadata(&path).unwrap().permissions(),
            );
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn processes_that_start_together_agree_on_one_secret() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        let kids: Vec<String> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..16).map(|_| scope.spawn(|| load(&path).kid)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(kids.iter().all(|kid| *kid == kids[0]), "{kids:?}");
    }

    #[test]
    fn e16_a_secret_file_that_is_short_or_unreadable_stops_the_start() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        for content in ["", "c2hvcnQ=", "not base64 at all, but long enough to be 32 bytes"] {
            fs::write(&path, content).unwrap();
            let error = Keys::load_or_create(&path, &Random::System).unwrap_err();
            assert!(matches!(error, ConfigError::SecretFile(..)), "{error}");
            assert_eq!(fs::read_to_string(&path).unwrap(), content, "never overwritten");
        }
        assert!(Keys::load_or_create(folder.path(), &Random::System).is_err());
    }
}
