//! Password hashes: argon2id (RFC 9106), with bounded concurrency.

mod memory;
mod meter;

use std::{net::IpAddr, num::NonZero, sync::Arc, thread::available_parallelism, time::Duration};

use argon2::{
    Algorithm, Argon2, Params, PasswordHash, Version,
    password_hash::{
        self,
        phc::{Output, ParamsString, Salt},
    },
};
use ipnet::IpNet;
use tokio::task::spawn_blocking;
use unicode_normalization::UnicodeNormalization;

use self::{memory::Memory, meter::Meter};
use crate::{
    config::Hashing,
    error::{Error, Result},
    fair_queue::{FairQueue, Permit, Refused, Rules, Usage},
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

/// A permit to hash with memory for it, for a neighbourhood or (None) for the gateway itself.
type Turn = Permit<Option<IpNet>, Memory>;

/// Hashes and verifies passwords, with as many at once as the settings allow.
#[derive(Debug)]
pub struct Passwords {
    params: Params,
    turns: Arc<FairQueue<Option<IpNet>, Memory>>,
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
            turns: FairQueue::new((0..at_once).map(|_| Memory::default()), rules),
            max_wait: settings.argon2_max_wait_ms,
            random,
            meter: Arc::default(),
        }
    }

    /// Hashes a password as a PHC string for an address; [`Error::Unavailable`] if too many wait.
    pub async fn hash(&self, from: Option<IpAddr>, password: &str) -> Result<String> {
        let salt = self.random.bytes::<SALT_BYTES>();
        let output = self.run(from, self.params.clone(), salt.to_vec(), password).await?;
        let hash = PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(&self.params).map_err(Error::internal)?,
            salt: Some(Salt::new(&salt).map_err(Error::internal)?),
            hash: Some(output),
        };
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
        Ok(match (computed == stored.output, outdated) {
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

    /// How many hashes run and wait.
    #[must_use]
    pub fn usage(&self) -> Usage {
        self.turns.usage()
    }

    /// Runs CPU-bound work when its turn comes; [`Error::Unavailable`] if too many wait.
    pub async fn in_turn<T: Send + 'static>(
        &self,
        from: Option<IpAddr>,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        self.with_turn(from, |_| work()).await
    }

    async fn with_turn<T: Send + 'static>(
        &self,
        from: Option<IpAddr>,
        work: impl FnOnce(&Turn) -> T + Send + 'static,
    ) -> Result<T> {
        let turn = self.turn(from).await?;
        // The permit moves into the work, which continues and counts if its request is abandoned.
        spawn_blocking(move || work(&turn)).await.map_err(Error::internal)
    }

    async fn run(
        &self,
        from: Option<IpAddr>,
        params: Params,
        salt: Vec<u8>,
        password: &str,
    ) -> Result<Output> {
        if password.len() > MAX_PASSWORD_BYTES {
            return Err(Error::internal("a password of more than 1,024 bytes was not refused"));
        }
        // NFKC: the same password, however a keyboard composes it (NIST SP 800-63B).
        let password: String = password.nfkc().collect();
        let meter = Arc::clone(&self.meter);
        let hash = self.with_turn(from, move |turn| {
            let _running = meter.start(&params);
            hash(turn, params, password.as_bytes(), &salt)
        });
        hash.await?.map_err(|error| Error::internal(error.to_string()))
    }

    async fn turn(&self, from: Option<IpAddr>) -> Result<Turn> {
        let turn = self.turns.take(from.map(neighbourhood), self.max_wait).await;
        turn.map_err(|_: Refused| Error::unavailable("too many password hashes wait"))
    }
}

/// Hashes with the memory of a turn, which is kept if somebody waits for it.
fn hash(
    turn: &Turn,
    params: Params,
    password: &[u8],
    salt: &[u8],
) -> password_hash::Result<Output> {
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let output = turn.hash(&argon2, password, salt);
    if !turn.is_waited_for() {
        turn.release();
    }
    output
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
