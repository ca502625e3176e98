//! The jobs in events as they are now: read once for all listeners.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::TimeDelta;
use tokio::sync::OnceCell;

use crate::{
    clock::Timestamp,
    domain::{
        Services,
        jobs::job::{self, Job, Texts},
        viewer::Audience,
    },
    error::Result,
};

/// How long a reading is valid, in case another replica changes a job and the wake-up is lost.
const MOMENT: TimeDelta = TimeDelta::milliseconds(100);
/// Readings kept at once.
const MOST: usize = 1_000;

/// Readings since the newest known event: every change of a job is an event, so the job delivered
/// with an event is never older than it.
#[derive(Default)]
pub(super) struct Readings(Mutex<Moment>);

#[derive(Default)]
struct Moment {
    began: Timestamp,
    /// The last known position of the log.
    end: Option<i64>,
    readings: HashMap<i64, Reading>,
}

/// None if there is no such job.
type Reading = Arc<OnceCell<Option<Arc<CurrentJob>>>>;

/// A job with its texts, whoever may see it.
pub(super) struct CurrentJob {
    pub job: Job,
    pub texts: Texts,
}

impl CurrentJob {
    pub fn new(job: Job) -> Arc<Self> {
        Arc::new(Self { job, texts: Texts::default() })
    }
}

impl Readings {
    /// The job, for decisions: only who may see it may be told of what it holds.
    pub(super) async fn job(
        &self,
        services: &Services,
        end: Option<i64>,
        id: i64,
    ) -> Result<Option<Arc<CurrentJob>>> {
        let reading = self.reading(services.clock.now(), end, id);
        let audience = Audience::Everything;
        let read = async || Ok(job::find(services, audience, id).await?.map(CurrentJob::new));
        reading.get_or_try_init(read).await.cloned()
    }

    fn reading(&self, now: Timestamp, end: Option<i64>, id: i64) -> Reading {
        let mut moment = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over = moment.end != end || (now - moment.began).abs() >= MOMENT;
        if is_over || moment.readings.len() >= MOST {
            *moment = Moment { began: now, end, readings: HashMap::new() };
        }
        moment.readings.entry(id).or_default().clone()
    }
}
