//! The newest notices, read once for all who listen in this process.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use tokio::sync::watch;

use super::{Notice, feed::last_id};
use crate::{
    domain::Services,
    entity::notice::{Column, Entity},
    error::{Error, Result},
};

/// Notices kept in memory; whoever is further behind reads the table.
const RECENT: usize = 1_024;
/// Notices that are read, and that a listener holds, at once.
const BATCH: usize = 100;

/// The part of the notices that this process has in memory.
#[derive(Default)]
pub struct Tail {
    recent: Mutex<Recent>,
    /// The last notice read; None before the first reading.
    last: watch::Sender<Option<i64>>,
}

#[derive(Default)]
struct Recent {
    /// All that came after this one are there.
    after: i64,
    notices: VecDeque<Arc<Notice>>,
}

/// Notices of one person in order, and up to where the batch is complete.
pub(super) struct Batch {
    pub notices: VecDeque<Arc<Notice>>,
    pub read_to: i64,
}

impl Tail {
    /// Waits for notices after one; returns a bounded number of this person's.
    pub(super) async fn after(&self, services: &Services, id: i64, user_id: i64) -> Result<Batch> {
        let mut news = self.last.subscribe();
        let last = *news
            .wait_for(|last| last.is_some_and(|last| last > id))
            .await
            .map_err(Error::internal)?;
        if let Some(batch) = self.remembered(id, user_id) {
            return Ok(batch);
        }
        let _turn = services.events.turn().await?;
        Box::pin(of_person(services, (id, last.unwrap_or(id)), user_id)).await
    }

    /// The person's notices after one, if all of them are in memory.
    fn remembered(&self, id: i64, user_id: i64) -> Option<Batch> {
        let recent = self.recent();
        if id < recent.after {
            return None;
        }
        let last = recent.notices.back()?.id;
        let start = recent.notices.partition_point(|notice| notice.id <= id);
        let own = recent.notices.range(start..).filter(|notice| notice.user_id == user_id);
        let notices: VecDeque<_> = own.take(BATCH).cloned().collect();
        Some(Batch { read_to: end(&notices, last), notices })
    }

    /// Reads new notices; the first time, only which is the last.
    pub(super) async fn catch_up(&self, services: &Services) -> Result<()> {
        let known = *self.last.borrow();
        let Some(mut last) = known else {
            let last = last_id(services.db.read()).await?;
            self.recent().after = last;
            self.last.send_replace(Some(last));
            return Ok(());
        };
        loop {
            let found = read(services, last).await?;
            let is_all = found.len() < BATCH;
            last = found.last().map_or(last, |notice| notice.id);
            self.remember(found);
            self.last.send_if_modified(|known| known.replace(last) != Some(last));
            if is_all {
                return Ok(());
            }
        }
    }

    fn remember(&self, notices: Vec<Notice>) {
        let mut recent = self.recent();
        recent.notices.extend(notices.into_iter().map(Arc::new));
        let too_many = recent.notices.len().saturating_sub(RECENT);
        let gone = recent.notices.drain(..too_many).next_back();
        recent.after = gone.map_or(recent.after, |gone| gone.id);
    }

    fn recent(&self) -> MutexGuard<'_, Recent> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn read(services: &Services, after: i64) -> Result<Vec<Notice>> {
    let select = Entity::find().filter(Column::Id.gt(after)).order_by_asc(Column::Id);
    Ok(select.limit(BATCH as u64).all(services.db.read()).await?)
}

async fn of_person(services: &Services, (after, to): (i64, i64), user_id: i64) -> Result<Batch> {
    let rows = Entity::find()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::Id.gt(after))
        .filter(Column::Id.lte(to))
        .order_by_asc(Column::Id)
        .limit(BATCH as u64)
        .all(services.db.read())
        .await?;
    let notices: VecDeque<_> = rows.into_iter().map(Arc::new).collect();
    Ok(Batch { read_to: end(&notices, to), notices })
}

/// A full batch ends at its last notice; a smaller one covers the whole range.
fn end(notices: &VecDeque<Arc<Notice>>, all: i64) -> i64 {
    notices.back().filter(|_| notices.len() == BATCH).map_or(all, |last| last.id)
}
