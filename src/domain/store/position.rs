//! Cursors: the positions of rows, sealed.

use crate::auth::{self, Keys};

/// The position of a row: its sort key and its id, which orders equal keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    pub key: i64,
    pub id: i64,
}

impl Position {
    /// The cursor of this position in the list.
    #[must_use]
    pub fn seal(self, keys: &Keys, list: &str) -> String {
        self.seal_with(None, keys, list)
    }

    /// The cursor of this position in the list as it was with this newest row.
    #[must_use]
    pub fn seal_with(self, pin: Option<Self>, keys: &Keys, list: &str) -> String {
        let positions = [Some(self), pin].into_iter().flatten();
        let numbers = positions.flat_map(|position| [position.key, position.id]);
        auth::seal(keys, list, &numbers.flat_map(i64::to_be_bytes).collect::<Vec<u8>>())
    }

    /// The position of a cursor of this list.
    #[must_use]
    pub fn open(keys: &Keys, list: &str, cursor: &str) -> Option<Self> {
        open(keys, list, cursor).map(|(position, _)| position)
    }
}

/// The position of a cursor of this list, and the newest row if it tells that.
pub(super) fn open(keys: &Keys, list: &str, cursor: &str) -> Option<(Position, Option<Position>)> {
    let payload = auth::open(keys, list, cursor)?;
    let numbers: Vec<i64> =
        payload.as_chunks().0.iter().map(|bytes| i64::from_be_bytes(*bytes)).collect();
    match numbers[..] {
        [key, id] => Some((Position { key, id }, None)),
        [key, id, newest, newest_id] => {
            Some((Position { key, id }, Some(Position { key: newest, id: newest_id })))
        }
        _ => None,
    }
}
