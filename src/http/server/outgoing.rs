//! Response bodies: JSON, limited in bytes and counted until the client has read them.

use std::{io, net::IpAddr, sync::Arc};

use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tokio::sync::Notify;

use crate::{
    error::{Error, Result},
    http::Gateway,
    network::{Full, Holding, SMALL, Unread},
};

/// Largest step by which a buffer grows, so that it reserves little more than it needs.
const STEP: usize = 1_024 * 1_024;
/// Room behind a large part, so that the end of the response does not double the buffer.
const END: usize = 512;

/// The client of a response, and the ledger in which its bytes are counted.
#[derive(Clone)]
pub(in crate::http) struct Recipient {
    unread: Arc<Unread>,
    address: IpAddr,
    max_bytes: usize,
    evicted: Arc<Notify>,
}

/// The bytes of a response, counted as long as this lives.
pub(in crate::http) struct Written {
    pub text: String,
    /// None for a response that is too small to be counted.
    pub holding: Option<Holding>,
}

/// How the connection tracks a response with counted bytes; an extension of the response.
#[derive(Clone)]
pub(in crate::http) struct Unsent {
    /// For a complete response; a stream counts each event by itself.
    _holding: Option<Arc<Holding>>,
    evicted: Arc<Notify>,
}

impl Gateway {
    /// A recipient at this address, for all responses of a connection or for one.
    pub(in crate::http) fn recipient(&self, address: IpAddr) -> Recipient {
        let services = self.engine.services();
        let max_bytes = services.config.limits.limit_response_bytes;
        Recipient { unread: services.unread.clone(), address, max_bytes, evicted: Arc::default() }
    }
}

impl Recipient {
    /// Serialises the value as JSON; stops at the size of the largest response, or where the limits
    /// of unread bytes are reached.
    pub(in crate::http) fn json(&self, value: &impl Serialize) -> Result<Written> {
        let mut writer =
            Writer { bytes: Vec::with_capacity(512), to: self, holding: None, full: None };
        if let Err(error) = serde_json::to_writer(&mut writer, value) {
            return Err(writer.full.map_or_else(|| refusal(&error), Error::from));
        }
        writer.bytes.shrink_to_fit();
        if let Some(holding) = &writer.holding {
            holding.complete(writer.bytes.len());
        }
        let text = String::from_utf8(writer.bytes).map_err(Error::internal)?;
        Ok(Written { text, holding: writer.holding })
    }

    /// Resolves once when a response is evicted in favour of others.
    pub(in crate::http) async fn evicted(&self) {
        self.evicted.notified().await;
    }

    /// For a stream whose events are counted one by one.
    pub(in crate::http) fn unsent(&self) -> Unsent {
        Unsent { _holding: None, evicted: self.evicted.clone() }
    }
}

/// Why a response that fits could not be serialised.
fn refusal(error: &serde_json::Error) -> Error {
    if error.is_io() { Error::ResponseTooLarge } else { Error::internal(error.to_string()) }
}

impl Unsent {
    /// Resolves once when the response is evicted in favour of others.
    pub(in crate::http) async fn evicted(&self) {
        self.evicted.notified().await;
    }
}

impl IntoResponse for Written {
    fn into_response(self) -> Response {
        let mut response = self.text.into_response();
        if let Some(holding) = self.holding {
            let evicted = holding.eviction();
            let unsent = Unsent { _holding: Some(Arc::new(holding)), evicted };
            response.extensions_mut().insert(unsent);
        }
        response
    }
}

/// Accepts a limited number of bytes.
struct Writer<'a> {
    bytes: Vec<u8>,
    to: &'a Recipient,
    holding: Option<Holding>,
    full: Option<Full>,
}

impl Writer<'_> {
    /// Holds the capacity that the vector is about to have.
    fn reserve(&mut self, more: usize) -> Result<(), Full> {
        let (length, capacity) = (self.bytes.len() + more, self.bytes.capacity());
        if length <= capacity {
            return Ok(());
        }
        let next = (length + END).max(capacity + capacity.min(STEP));
        let next = next.min(self.to.max_bytes.max(length));
        if length <= SMALL {
            self.bytes.reserve_exact(next.min(SMALL) - self.bytes.len());
            return Ok(());
        }
        match &self.holding {
            None => {
                let Recipient { unread, address, evicted, .. } = self.to;
                self.holding = Some(unread.hold(*address, next, evicted.clone())?);
            }
            Some(holding) => holding.grow(next - capacity)?,
        }
        self.bytes.reserve_exact(next - self.bytes.len());
        Ok(())
    }
}

impl io::Write for Writer<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.len() > self.to.max_bytes - self.bytes.len() {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        if let Err(full) = self.reserve(bytes.len()) {
            self.full = Some(full);
            return Err(io::ErrorKind::QuotaExceeded.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde::{Serialize, Serializer, ser::SerializeSeq};

    use super::*;

    fn recipient(max_bytes: usize, room: u64) -> Recipient {
        let address = IpAddr::from([203, 0, 113, 7]);
        let unread = Unread::new(room, room);
        Recipient { unread, address, max_bytes, evicted: Arc::default() }
    }

    #[test]
    fn an_answer_may_have_exactly_so_many_bytes() {
        assert_eq!(recipient(6, 0).json(&"1234").unwrap().text, "\"1234\"");
        let refused = recipient(5, 0).json(&"1234").err();
        assert!(matches!(refused, Some(Error::ResponseTooLarge)));
        assert!(recipient(0, 0).json(&"").is_err());
    }

    #[test]
    fn a_large_answer_takes_as_much_room_as_it_has_bytes() {
        let text = "x".repeat(3 * SMALL);
        let to = recipient(usize::MAX, 5 * SMALL as u64);
        let written = to.json(&text).unwrap();
        assert!(written.holding.is_some());
        assert_eq!(to.unread.held(), written.text.len() as u64);
        let refused = to.json(&text).err();
        assert!(matches!(refused, Some(Error::Unavailable { .. } | Error::RateLimited { .. })));
        assert!(to.json(&"x".repeat(SMALL / 2)).unwrap().holding.is_none(), "a small one passes");
        drop(written);
        assert_eq!(to.unread.held(), 0);
    }

    /// A list that only ends when writing fails.
    struct Endless;

    impl Serialize for Endless {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut list = serializer.serialize_seq(None)?;
            loop {
                list.serialize_element("more")?;
            }
        }
    }

    #[test]
    fn an_answer_over_a_limit_is_not_written_to_its_end() {
        let refused = recipient(100_000, 200_000).json(&Endless).err();
        assert!(matches!(refused, Some(Error::ResponseTooLarge)));
        assert!(recipient(usize::MAX, 200_000).json(&Endless).is_err());
    }
}
