//! Which credentials are looked up: whoever shows bad ones is stopped before the database is asked.
//!
//! Bad credentials are counted for each network. Once it has shown as many as it may send requests, no
//! further credential from there is looked up for a while, but those that were good lately: so a
//! key or a session in use goes on behind an address that somebody else guesses from. What is
//! remembered decides who is looked up and nothing else; whether a credential is good is asked of
//! the database each time.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use quick_cache::sync::Cache;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{
    domain::{Services, limits},
    error::{Error, ErrorCode, Result},
    network::household,
};

/// Good credentials that are remembered.
const MOST_REMEMBERED: usize = 20_000;
/// Unknown credentials of one network that are looked up at once: beyond those already under way
/// none is looked up that the count should have stopped.
const LOOKS_AT_ONCE: usize = 4;
/// Networks whose turns are kept before those at rest are dropped.
const MANY_NETWORKS: usize = 1_000;

/// What names a credential without giving it away.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::domain) enum Name {
    /// The digest of an API secret.
    Key(String),
    /// The session of an access token whose signature is ours.
    Session(i64),
}

/// The credentials that were good when they were looked up last, and whose turn it is to have others
/// looked up.
pub struct Credentials {
    good: Cache<Name, ()>,
    turns: Mutex<HashMap<IpAddr, Arc<Semaphore>>>,
}

impl Default for Credentials {
    fn default() -> Self {
        Self { good: Cache::new(MOST_REMEMBERED), turns: Mutex::default() }
    }
}

impl Credentials {
    async fn turn(&self, network: IpAddr) -> Result<OwnedSemaphorePermit> {
        let turns = {
            let mut all = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
            if all.len() >= MANY_NETWORKS {
                all.retain(|_, turns| Arc::strong_count(turns) > 1);
            }
            let new = || Arc::new(Semaphore::new(LOOKS_AT_ONCE));
            all.entry(network).or_insert_with(new).clone()
        };
        turns.acquire_owned().await.map_err(Error::internal)
    }
}

/// Looks a credential up that is shown at an address, if that may be done.
pub(in crate::domain) async fn look_up<T>(
    services: &Services,
    address: IpAddr,
    name: Name,
    look: impl Future<Output = Result<T>>,
) -> Result<T> {
    let known = &services.credentials;
    let _turn = if known.good.get(&name).is_some() {
        None
    } else {
        let turn = known.turn(household(address)).await?;
        limits::may_show_credentials(services, address).await?;
        Some(turn)
    };
    let found = look.await;
    match &found {
        Ok(_) => known.good.insert(name, ()),
        Err(error) if is_bad(error) => {
            known.good.remove(&name);
            limits::note_bad_credentials(services, address).await;
        }
        Err(_) => {}
    }
    found
}

/// Whether it is the credential's fault.
fn is_bad(error: &Error) -> bool {
    !matches!(error.code(), ErrorCode::InternalError | ErrorCode::ServiceUnavailable)
}
