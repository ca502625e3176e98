//! The loop of a background task: its work again at each wake-up, and once a round without one.

use std::{error::Error, future::pending, iter, time::Duration};

use tokio::{
    select,
    sync::broadcast::{
        Receiver,
        error::{RecvError, TryRecvError},
    },
    time::{MissedTickBehavior, interval, sleep},
};

use crate::{cluster::Topic, domain::Services, error::Result};

/// A task rests this long after its work, so that under load one piece of work serves many wake-ups; the first
/// is never kept waiting.
const REST: Duration = Duration::from_millis(20);

/// Repeats the work of a task for the wake-ups that it wants, all that wait at once, until the process
/// ends. The first time, after lost wake-ups and once a round the work is for [`Topic::Missed`].
pub(in crate::domain) async fn repeat<W: Future<Output = Result<()>>>(
    services: &Services,
    (task, round): (&'static str, Duration),
    wants: fn(Topic) -> bool,
    work: impl Fn(Vec<Topic>) -> W,
) {
    let mut wake_ups = services.cluster.subscribe();
    let mut rounds = interval(round);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        services.heartbeats.beat(task, round);
        let topics = select! {
            topics = next(&mut wake_ups, wants) => topics,
            _ = rounds.tick() => vec![Topic::Missed],
        };
        services.heartbeats.beat(task, Duration::ZERO);
        if let Err(error) = work(topics).await {
            tracing::error!(error = &error as &dyn Error, "background work failed");
        }
        sleep(REST).await;
    }
}

/// Waits for a wanted wake-up and takes those that follow it at once.
async fn next(wake_ups: &mut Receiver<Topic>, wants: fn(Topic) -> bool) -> Vec<Topic> {
    let wanted = |topic: &Topic| *topic == Topic::Missed || wants(*topic);
    let first = loop {
        match wake_ups.recv().await {
            Ok(topic) if wanted(&topic) => break topic,
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => break Topic::Missed,
            // The sender lives as long as the process.
            Err(RecvError::Closed) => pending().await,
        }
    };
    let rest = iter::from_fn(|| match wake_ups.try_recv() {
        Ok(topic) => Some(topic),
        Err(TryRecvError::Lagged(_)) => Some(Topic::Missed),
        Err(TryRecvError::Empty | TryRecvError::Closed) => None,
    });
    iter::once(first).chain(rest.filter(wanted)).collect()
}
