//! Readable global ids: `job_123`, `user_123456`, `key_7`, `session_9`.

use std::{fmt, str::FromStr};

macro_rules! kinds {
    ($($kind:ident $prefix:literal)+) => {
        /// A global id: the kind of object and the key of its row.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum GlobalId {
            $($kind(i64),)+
        }

        impl fmt::Display for GlobalId {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$kind(key) => {
                        f.write_str(concat!($prefix, "_"))?;
                        f.write_str(itoa::Buffer::new().format(*key))
                    })+
                }
            }
        }

        impl FromStr for GlobalId {
            type Err = InvalidId;

            /// Accepts exactly what `Display` prints: no sign, leading zero or space.
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                let (kind, key) = text.split_once('_').ok_or(InvalidId)?;
                let key = row_key(key).ok_or(InvalidId)?;
                match kind {
                    $($prefix => Ok(Self::$kind(key)),)+
                    _ => Err(InvalidId),
                }
            }
        }
    };
}

kinds! {
    Job "job"
    User "user"
    Application "application"
    ApiKey "key"
    Session "session"
    AuditEvent "audit"
    Notice "notice"
    Review "review"
    ReviewReport "report"
}

/// The text is not a global id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidId;

/// A row's key as printed: decimal digits without a leading zero.
#[must_use]
pub fn row_key(digits: &str) -> Option<i64> {
    let canonical = !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
    canonical.then(|| digits.parse().ok()).flatten()
}
