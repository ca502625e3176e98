//! The only source of randomness.

use std::sync::{Arc, Mutex, PoisonError};

use rand::{Rng, SeedableRng, rngs::StdRng, rngs::SysRng};

/// Unpredictable bytes from the operating system, or a seeded stream for tests and seed data.
#[derive(Clone, Default)]
pub enum Random {
    #[default]
    System,
    Seeded(Arc<Mutex<StdRng>>),
}

impl Random {
    /// A reproducible stream; never for secrets outside tests.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self::Seeded(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }

    /// New random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match self {
            Self::System => {
                use rand::TryRng;
                #[expect(
                    clippy::expect_used,
                    reason = "no operating system, no secrets, no service"
                )]
                SysRng.try_fill_bytes(&mut bytes).expect("the operating system gives random bytes");
            }
            Self::Seeded(rng) => {
                rng.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
            }
        }
        bytes
    }
}

impl std::fmt::Debug for Random {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::System => "Random::System",
            Self::Seeded(_) => "Random::Seeded",
        })
    }
}
