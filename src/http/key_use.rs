//! How a request with an API key ends, for the usage of the key.

use crate::{
    domain::{Services, keys},
    log::record::Record,
};

/// The status of a request whose client left before the answer, as many servers log it.
const LEFT: u16 = 499;

/// Notes the use of a key, if there was one, when it is dropped: also if the client leaves.
pub(super) struct KeyUse<'a> {
    services: &'a Services,
    record: Option<Record>,
    status: Option<u16>,
}

impl<'a> KeyUse<'a> {
    pub(super) fn begin(services: &'a Services, record: Option<Record>) -> Self {
        Self { services, record, status: Some(LEFT) }
    }

    /// The answer has begun; operations over a WebSocket have no status.
    pub(super) fn answered(mut self, status: Option<u16>) {
        self.status = status;
    }
}

impl Drop for KeyUse<'_> {
    fn drop(&mut self) {
        let Some(record) = &self.record else { return };
        let Some(used) = record.key_use() else { return };
        let request = keys::Request {
            at: self.services.clock.now(),
            request_id: record.request_id().to_owned(),
            route: used.route.clone(),
            operation: used.operation.clone(),
            status: self.status,
            code: record.error_code().map(str::to_owned),
            duration_ms: i64::try_from(record.duration_ms()).unwrap_or(i64::MAX),
        };
        keys::note(self.services, used.key_id, request);
    }
}
