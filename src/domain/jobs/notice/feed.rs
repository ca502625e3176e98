//! The notices for one listener, one at a time.

use std::{collections::VecDeque, sync::Arc};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QuerySelect};

use super::Notice;
use crate::{
    domain::{
        Services,
        jobs::event::{self, CHANGE},
        store::page::Position,
    },
    entity::notice::{Column, Entity},
    error::{Error, FieldProblem, Result},
};

/// Name of the list that its cursors are bound to.
pub(super) const LIST: &str = "notices:oldest";

/// A listener's place among the notices; holds a bounded number of them, however slow it is.
pub struct Feed {
    user_id: i64,
    /// Everything up to here was delivered or is queued.
    read_to: i64,
    waiting: VecDeque<Arc<Notice>>,
    /// Batches and notices examined but not charged yet.
    unpaid: u32,
}

impl Feed {
    /// Starts after the cursor of the listener's last notice, or of the moment that it connected at; or
    /// else now.
    pub async fn open(services: &Services, user_id: i64, after: Option<&str>) -> Result<Self> {
        let end = last_id(services.db.read()).await?;
        let read_to = match after {
            None => end,
            Some(cursor) => place(services, cursor)
                .filter(|place| (0..=end).contains(place))
                .ok_or_else(|| Error::field("after", FieldProblem::InvalidCursor))?,
        };
        Ok(Self { user_id, read_to, waiting: VecDeque::new(), unpaid: 0 })
    }

    /// Whose notices they are.
    #[must_use]
    pub fn user_id(&self) -> i64 {
        self.user_id
    }

    /// The id after which the feed starts.
    #[must_use]
    pub fn start(&self) -> i64 {
        self.read_to
    }

    /// Waits for the next notice, without consuming it. None when [`CHANGE`] must be charged first.
    pub async fn next(&mut self, services: &Services) -> Result<Option<Arc<Notice>>> {
        while self.unpaid < CHANGE {
            if let Some(notice) = self.waiting.front() {
                return Ok(Some(notice.clone()));
            }
            let batch = services.notices.after(services, self.read_to, self.user_id).await?;
            (self.read_to, self.waiting) = (batch.read_to, batch.notices);
            self.unpaid += 1;
        }
        Ok(None)
    }

    /// Consumes the next notice.
    pub fn pass(&mut self) {
        self.waiting.pop_front();
        self.unpaid += 1;
    }

    /// What was examined was charged.
    pub fn paid(&mut self) {
        self.unpaid = 0;
    }
}

/// The id of the last notice, 0 if there is none.
pub async fn last_id(db: &impl ConnectionTrait) -> Result<i64> {
    let last = Entity::find().select_only().column_as(Column::Id.max(), "last");
    Ok(last.into_tuple::<Option<i64>>().one(db).await?.flatten().unwrap_or_default())
}

/// The cursor of a notice, or of a moment.
fn place(services: &Services, cursor: &str) -> Option<i64> {
    let own = Position::open(&services.keys, LIST, cursor).map(|place| place.id);
    let moment = || Position::open(&services.keys, event::LIST, cursor).map(|place| place.key);
    own.or_else(moment)
}
