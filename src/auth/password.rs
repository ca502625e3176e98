//! Password hashes: argon2id (RFC 9106), with bounded concurrency.

mod meter;

use std::{net::IpAddr, num::NonZero, sync::Arc, thread::available_parallelism, time::Duration};

use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher, Version, password_hash::phc::Output,
};
use ipnet::IpNet;
use tokio::task::spawn_blocking;
use unicode_normalization::UnicodeNormalization;

use self::meter::Meter;
use crate::{
    config::Hashing,
    error::{Error, Result},
    fair_queue::{FairQueue, Permit, Refused, Rules},
    network::neighbourhood,
    random::Random,
};

/// Longest password in bytes; callers report longer ones as a problem of their field.
pub const MAX_PASSWORD_BYTES: usize = 1_024;

const SALT_BYTES: usize = 16;
const OUTPUT_BYTES: usize = 32;

/// Highest cost of a stored hash; a higher one was not written by this gateway.
const MAX_MEMORY_KIB: u32 = 131_072;
const MAX_ITERATIONS: u32 = 10;
const MAX_LANES: u32 = 4;

/// Whether a password matches the stored hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Wrong,
    Right,
    /// Right, but the stored hash costs less than new ones and should be replaced.
    RightOutdated,
}

/// A permit to hash, for a neighbourhood or (None) for the gateway itself.
type Turn = Permit<Option<IpNet>, ()>;

/// Hashes and verifies passwords, with as many at once as the settings allow.
#[derive(Debug)]
pub struct Passwords {
    params: Params,
    turns: Arc<FairQueue<Option<IpNet>, ()>>,
    max_wait: Duration,
    random: Random,
    meter: Arc<Meter>,
}

impl Passwords {
    #[must_use]
    pub fn new(settings: &Hashing, random: Random) -> Self {
        let (memory, passes) = (settings.argon2_memory_kib, settings.argon2_iterations);
        #[expect(clippy::expect_used, reason = "the settings are ranges within argon2's")]
        let params = Params::new(memory, passes, 1, Some(OUTPUT_BYTES)).expect("argon2 parameters");
        let cores = || available_parallelism().map_or(1, NonZero::get);
        let at_once = settings.argon2_concurrency.map_or_else(|| (cores() - 1).max(1), to_usize);
        let rules = Rules {
            may_take: |_, _, _| true,
            most_waiting: usize::MAX,
            most_waiting_in_all: to_usize(settings.argon2_queue),
            longest_makes_way: true,
        };
        Self {
            params,
            turns: FairQueue::new(vec![(); at_once], rules),
            max_wait: settings.argon2_max_wait_ms,
            random,
            meter: Arc::default(),
        }
    }

    /// Hashes a password as a PHC string for an address; [`Error::Unavailable`] if too many wait.
    pub async fn hash(&self, from: Option<IpAddr>, password: &str) -> Result<String> {
        let salt = self.random.bytes::<SALT_BYTES>();
        let hash = self.run(from, self.params.clone(), salt.to_vec(), password).await?;
        Ok(hash.to_string())
    }

    /// Compares with a stored hash; without a usable one the answer is wrong after the same time.
    pub async fn verify(
        &self,
        from: Option<IpAddr>,
        password: &str,
        stored: Option<&str>,
    ) -> Result<Verdict> {
        let Some(stored) = stored.and_then(Stored::parse) else {
            let salt = self.random.bytes::<SALT_BYTES>();
            self.run(from, self.params.clone(), salt.to_vec(), password).await?;
            return Ok(Verdict::Wrong);
        };
        let outdated = stored.is_outdated(&self.params);
        let computed = self.run(from, stored.params, stored.salt, password).await?;
        // `Output` compares in constant time.
        Ok(match (computed.hash == Some(stored.output), outdated) {
            (false, _) => Verdict::Wrong,
            (true, false) => Verdict::Right,
            (true, true) => Verdict::RightOutdated,
        })
    }

    /// The number of argon2 runs since the start.
    #[must_use]
    pub fn runs(&self) -> u64 {
        self.meter.runs()
    }

    /// The total cost of all runs since the start: KiB of memory times iterations.
    #[must_use]
    pub fn cost(&self) -> u64 {
        self.meter.cost()
    }

    /// The highest number of concurrent runs so far.
    #[must_use]
    pub fn most_at_once(&self) -> u64 {
        self.meter.most_at_once()
    }

    /// Runs CPU-bound work when its turn comes; [`Error::Unavailable`] if too many wait.
    pub async fn in_turn<T: Send + 'static>(
        &self,
        from: Option<IpAddr>,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let turn = self.turn(from).await?;
        // The permit moves into the work, which continues and counts if its request is abandoned.
        let work = spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        work.await.map_err(Error::internal)
    }

    async fn run(
        &self,
        from: Option<IpAddr>,
        params: Params,
        salt: Vec<u8>,
        password: &str,
    ) -> Result<PasswordHash> {
        if password.len() > MAX_PASSWORD_BYTES {
            return Err(Error::internal("a password of more than 1,024 bytes was not refused"));
        }
        // NFKC: the same password, however a keyboard composes it (NIST SP 800-63B).
        let password: String = password.nfkc().collect();
        let meter = Arc::clone(&self.meter);
        let hash = self.in_turn(from, move || {
            let _running = meter.start(&params);
            Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
                .hash_password_with_salt(password.as_bytes(), &salt)
        });
        hash.await?.map_err(|error| Error::internal(error.to_string()))
    }

    async fn turn(&self, from: Option<IpAddr>) -> Result<Turn> {
        let turn = self.turns.take(from.map(neighbourhood), self.max_wait).await;
        turn.map_err(|_: Refused| Error::unavailable("too many password hashes wait"))
    }
}

/// A parsed hash that this gateway may have written.
struct Stored {
    params: Params,
    salt: Vec<u8>,
    output: Output,
}

impl Stored {
    fn parse(text: &str) -> Option<Self> {
        let stored = PasswordHash::new(text).ok().and_then(|hash| Self::accept(&hash));
        if stored.is_none() {
            tracing::error!("stored password hash is invalid");
        }
        stored
    }

    fn accept(hash: &PasswordHash) -> Option<Self> {
        let params = Params::try_from(hash).ok()?;
        let usable = params.m_cost() <= MAX_MEMORY_KIB
            && params.t_cost() <= MAX_ITERATIONS
            && params.p_cost() <= MAX_LANES;
        let (salt, output) = (hash.salt?.to_vec(), hash.hash?);
        usable.then_some(Self { params, salt, output })
    }

    fn is_outdated(&self, live: &Params) -> bool {
        self.params.m_cost() < live.m_cost()
            || self.params.t_cost() < live.t_cost()
            || self.salt.len() < SALT_BYTES
            || self.output.len() < OUTPUT_BYTES
    }
}

fn to_usize(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests;
