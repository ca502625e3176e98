//! How often a caller may ask: counted in memory, by the minute or the day.

use std::{
    collections::HashMap,
    env,
    error::Error,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use axum::http::StatusCode;
use chrono::Utc;

use crate::Failure;

const MINUTE: i64 = 60;
const DAY: i64 = 86_400;

/// Whose requests are counted together.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Caller {
    Visitor(IpAddr),
    SigningIn(IpAddr),
    Key(i64),
    KeyOfDay(i64),
}

/// The requests of a caller in one minute or day.
#[derive(Clone, Copy, Default)]
struct Count {
    until: i64,
    requests: u32,
}

pub struct Limits {
    visitor: u32,
    signing_in: u32,
    key: u32,
    key_of_day: u32,
    counts: Mutex<HashMap<Caller, Count>>,
}

impl Limits {
    /// The gateway's settings.
    pub fn from_env() -> Result<Self, Box<dyn Error>> {
        let limit = |name| Ok::<u32, Box<dyn Error>>(env::var(name)?.parse()?);
        Ok(Self {
            visitor: limit("LIMIT_GENERAL_PER_MINUTE")?,
            signing_in: limit("LIMIT_LOGIN_PER_MINUTE")?,
            key: limit("LIMIT_KEY_PER_MINUTE")?,
            key_of_day: limit("LIMIT_KEY_PER_DAY")?,
            counts: Mutex::default(),
        })
    }

    pub fn visit(&self, address: IpAddr) -> Result<(), Failure> {
        self.count([(Caller::Visitor(address), self.visitor, MINUTE)])
    }

    pub fn sign_in(&self, address: IpAddr) -> Result<(), Failure> {
        self.count([(Caller::SigningIn(address), self.signing_in, MINUTE)])
    }

    pub fn use_key(&self, id: i64) -> Result<(), Failure> {
        self.count([
            (Caller::Key(id), self.key, MINUTE),
            (Caller::KeyOfDay(id), self.key_of_day, DAY),
        ])
    }

    /// Counts a request everywhere, or nowhere if one limit refuses it.
    fn count<const N: usize>(&self, asked: [(Caller, u32, i64); N]) -> Result<(), Failure> {
        let now = Utc::now().timestamp();
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let mut used = [Count::default(); N];
        for (used, (caller, limit, span)) in used.iter_mut().zip(&asked) {
            let until = (now / span + 1) * span;
            *used = counts
                .get(caller)
                .copied()
                .filter(|count| count.until == until)
                .unwrap_or_default();
            if used.requests >= *limit {
                return Err(Failure(StatusCode::TOO_MANY_REQUESTS));
            }
            *used = Count { until, requests: used.requests + 1 };
        }
        counts.extend(asked.map(|(caller, ..)| caller).into_iter().zip(used));
        Ok(())
    }

    /// Callers who have not come back do not stay in memory.
    pub fn forget(&self) {
        let now = Utc::now().timestamp();
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.retain(|_, count| count.until > now);
    }
}
