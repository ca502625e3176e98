//! Charges a request to its limits, and says what its key is used for.

use crate::{
    domain::{
        Services,
        limits::{self, ChargeRequest, Charged, Door},
    },
    graphql::{Caller, document::Operation},
    log::record::{self, KeyUse},
};

/// Charges a request; the operation is None if there is no valid one.
pub(in crate::graphql) async fn charge(
    services: &Services,
    caller: &Caller,
    demand: ChargeRequest,
    operation: Option<&Operation>,
) -> Charged {
    let Caller { viewer, client, door, .. } = caller;
    // The auth routes ignore keys.
    if let Some(key_id) = viewer.key_id().filter(|_| *door != Door::Auth) {
        record::note_key_use(|| key_use(key_id, caller, operation));
    }
    limits::charge(services, *door, viewer, client.address, demand).await
}

/// Documents of REST have names that are ours.
fn key_use(key_id: i64, caller: &Caller, operation: Option<&Operation>) -> KeyUse {
    if let Some(route) = &caller.route {
        return KeyUse { key_id, route: route.to_string(), operation: None };
    }
    let route = operation.map_or(caller.door.name(), |operation| &operation.route);
    let name = operation.and_then(|operation| operation.name.clone());
    KeyUse { key_id, route: route.to_owned(), operation: name }
}
