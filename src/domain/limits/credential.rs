//! Which credentials are looked up: senders of bad ones are stopped before they reach the database.
//!
//! Bad credentials are counted per network. After as many as the network may send requests, no
//! credential from there is looked up for a while, except those that were valid recently: so a key
//! or session in use keeps working behind an address that somebody else guesses from. The memory
//! only decides what is looked up; validity is always checked in the database.

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

/// Valid credentials that are remembered.
const MOST_REMEMBERED: usize = 20_000;
/// Unknown credentials of one network that are looked up concurrently; bounds how many can pass
/// before the count stops them.
const LOOKS_AT_ONCE: usize = 4;
/// Networks with a semaphore before unused ones are dropped.
const MANY_NETWORKS: usize = 1_000;

/// Identifies a credential without revealing it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::domain) enum Name {
    /// The digest of an API secret.
    Key(String),
    /// The session of an access token with a valid signature.
    Session(i64),
}

/// Credentials that were valid at their last look-up, and semaphores for looking up others.
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

/// Looks up a credential from an address, if that is allowed.
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

/// Whether the credential is invalid, rather than the look-up having failed.
fn is_bad(error: &Error) -> bool {
    !matches!(error.code(), ErrorCode::InternalError | ErrorCode::ServiceUnavailable)
}
