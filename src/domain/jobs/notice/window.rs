//! The part of an index of times that is looked at once.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

/// Rows of one look; more are found by the next.
const BATCH: u64 = 100;

/// A place in the order of looking: a time in milliseconds, and a row of that time.
pub(super) type Place = (i64, i64);

/// Where a look begins, and up to when it goes.
pub(super) struct Window {
    after: Place,
    to: i64,
}

impl Window {
    pub(super) fn new(after: Place, to: i64) -> Self {
        Self { after, to }
    }

    /// The rows in it, by time; a bounded number.
    pub(super) fn of<E: EntityTrait>(
        &self,
        select: Select<E>,
        (at, id): (E::Column, E::Column),
    ) -> Select<E> {
        let is_later = Condition::any().add(at.gt(self.after.0)).add(id.gt(self.after.1));
        select
            .filter(at.gte(self.after.0))
            .filter(is_later)
            .filter(at.lte(self.to))
            .order_by_asc(at)
            .order_by_asc(id)
            .limit(BATCH)
    }

    /// Where the next look begins.
    pub(super) fn done(&self, places: &[Place]) -> Place {
        let is_full = places.len() as u64 >= BATCH;
        places.last().filter(|_| is_full).copied().unwrap_or((self.to, i64::MAX))
    }
}
