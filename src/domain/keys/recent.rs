//! The last requests with each key: held in memory, and written periodically. Why:
//! docs/adr/0012-last-requests-of-a-key.md.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{
    kept,
    request::{KEPT, Request},
};
use crate::{
    domain::Services,
    entity::api_key_request::{Column, Entity},
    error::{Error, Result},
};

/// Characters that are kept of the name which a client gave its operation.
const NAME: usize = 64;
/// Keys whose requests are written together.
const BATCH: usize = 10;

/// Requests that are not written yet, at most as many of a key as are kept.
#[derive(Debug, Default)]
pub struct Recent {
    unsaved: Mutex<HashMap<i64, VecDeque<Request>>>,
    /// Held while requests are written: then they are neither in memory nor in the table.
    saving: tokio::sync::Mutex<()>,
}

/// Counts a request with a key, and keeps it as the last one.
pub fn note(services: &Services, key_id: i64, request: Request) {
    services.uses.note(key_id, request.at, &request.route, request.ending());
    services.recent.note(key_id, request);
}

impl Recent {
    fn note(&self, key_id: i64, mut request: Request) {
        if let Some(name) = &mut request.operation {
            name.truncate(name.floor_char_boundary(NAME));
        }
        let mut unsaved = self.unsaved();
        let requests = unsaved.entry(key_id).or_default();
        if requests.len() == KEPT {
            requests.pop_front();
        }
        requests.push_back(request);
    }

    /// Removes all requests, in the order in which their keys are locked.
    fn take(&self) -> BTreeMap<i64, VecDeque<Request>> {
        std::mem::take(&mut *self.unsaved()).into_iter().collect()
    }

    fn give_back(&self, key_id: i64, requests: VecDeque<Request>) {
        let mut unsaved = self.unsaved();
        let newer = unsaved.entry(key_id).or_default();
        let free = KEPT - newer.len();
        for request in requests.into_iter().rev().take(free) {
            newer.push_front(request);
        }
    }

    /// Newest first.
    fn of(&self, key_id: i64) -> Vec<Request> {
        self.unsaved().get(&key_id).into_iter().flatten().rev().cloned().collect()
    }

    fn unsaved(&self) -> MutexGuard<'_, HashMap<i64, VecDeque<Request>>> {
        self.unsaved.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes the requests to the table; continues if the caller stops waiting.
pub async fn save_requests(services: &Arc<Services>) -> Result<()> {
    let services = services.clone();
    tokio::spawn(async move { save(&services).await }).await.map_err(Error::internal)?
}

async fn save(services: &Services) -> Result<()> {
    let _turn = services.recent.saving.lock().await;
    let mut unsaved = services.recent.take();
    while !unsaved.is_empty() {
        let keys: Vec<i64> = unsaved.keys().take(BATCH).copied().collect();
        if let Err(error) = kept::write(services, &keys, &unsaved).await {
            for (key_id, requests) in unsaved {
                services.recent.give_back(key_id, requests);
            }
            return Err(error);
        }
        unsaved.retain(|key_id, _| !keys.contains(key_id));
    }
    Ok(())
}

/// The last requests with each of the keys, newest first.
pub async fn recent(services: &Services, key_ids: &[i64]) -> Result<HashMap<i64, Vec<Request>>> {
    let _turn = services.recent.saving.lock().await;
    let rows = Entity::find()
        .filter(Column::ApiKeyId.is_in(key_ids.iter().copied()))
        .order_by_desc(Column::At)
        .order_by_desc(Column::Id)
        .all(services.db.read())
        .await?;
    let mut found: HashMap<i64, Vec<Request>> =
        key_ids.iter().map(|&key_id| (key_id, services.recent.of(key_id))).collect();
    for row in rows {
        found.entry(row.api_key_id).or_default().push(row.into());
    }
    for requests in found.values_mut() {
        // Other replicas may have written newer ones than those in memory.
        requests.sort_by_key(|request| std::cmp::Reverse(request.at));
        requests.truncate(KEPT);
    }
    Ok(found)
}
