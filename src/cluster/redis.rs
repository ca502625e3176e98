//! Counters and wake-ups that replicas share in Redis; without it, each replica continues alone.

mod trouble;

use std::{
    convert::Infallible,
    io,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures_util::{FutureExt, StreamExt};
use redis::{
    AsyncConnectionConfig, Client, Msg, RedisResult, Script,
    aio::{MultiplexedConnection, PubSub},
};
use tokio::{
    sync::{broadcast, watch},
    task::AbortHandle,
    time::{sleep, timeout},
};

use super::{
    bucket::{Bucket, Charge, Usage, Window},
    counter::length,
    memory::Memory,
    topic::Topic,
};
use crate::{
    clock::{Clock, Timestamp},
    random::Random,
};

const CHANNEL: &str = "find-helper:wake-ups";
const CONNECT_TIME: Duration = Duration::from_secs(1);
const RETRY_TIME: Duration = Duration::from_millis(250);
/// Idle time after which a connection is probed.
const PING_TIME: Duration = Duration::from_secs(5);

/// A replica's use of Redis.
pub struct Redis {
    replica: Arc<Replica>,
    keeper: AbortHandle,
}

impl Redis {
    /// Waits until the first connection succeeds or fails; only an unusable URL is an error.
    pub(super) async fn connect(
        url: &str,
        answer_time: Duration,
        clock: &Clock,
        random: &Random,
    ) -> RedisResult<Self> {
        let replica = Arc::new(Replica {
            name: u64::from_be_bytes(random.bytes()),
            client: Client::open(url)?,
            answer_time,
            tells_time: matches!(clock, Clock::Manual(_)),
            link: watch::Sender::new(Link::Opening),
            told: Mutex::default(),
            script: Script::new(include_str!("charge.lua")),
            local: Memory::default(),
        });
        let keeper = tokio::spawn(Arc::clone(&replica).keep_connected()).abort_handle();
        let mut link = replica.link.subscribe();
        link.wait_for(|link| !matches!(link, Link::Opening)).map(drop).await;
        Ok(Self { replica, keeper })
    }

    pub(super) fn is_connected(&self) -> bool {
        self.replica.connection().is_some()
    }

    pub(super) async fn ask(&self, buckets: &[Bucket], now: Timestamp, count: bool) -> Charge {
        let replica = &self.replica;
        if let Some(connection) = replica.connection() {
            match replica.ask(connection, buckets, now, count).await {
                Ok(charge) => return charge,
                Err(cause) => replica.lost(&cause),
            }
        }
        replica.local.ask(buckets, now, count)
    }

    pub(super) async fn forget(&self, buckets: &[Bucket]) {
        let replica = &self.replica;
        replica.local.forget(buckets);
        let Some(mut connection) = replica.connection() else { return };
        let keys: Vec<_> = buckets.iter().map(key).collect();
        if let Err(cause) = redis::cmd("DEL").arg(keys).exec_async(&mut connection).await {
            replica.lost(&cause);
        }
    }

    pub(super) fn publish(&self, topic: Topic) {
        self.replica.publish(topic);
    }

    pub(super) fn subscribe(&self) -> broadcast::Receiver<Topic> {
        self.replica.local.subscribe()
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.keeper.abort();
    }
}

struct Replica {
    /// Distinguishes own wake-ups from those of other replicas.
    name: u64,
    client: Client,
    /// Timeout of a call; afterwards the request is counted locally.
    answer_time: Duration,
    /// Whether calls pass the time to Redis, for tests with a manual clock.
    tells_time: bool,
    link: watch::Sender<Link>,
    /// The current trouble, already logged.
    told: Mutex<Option<&'static str>>,
    script: Script,
    /// Counts while Redis is unavailable, starting from its last answers, and wakes this process.
    local: Memory,
}

fn key(bucket: &Bucket) -> String {
    let kind = match bucket.window {
        Window::Sliding(_) => "window",
        Window::Day => "day",
    };
    format!("find-helper:{kind}:{}", bucket.name)
}

/// State of the connection to Redis.
#[derive(Clone)]
enum Link {
    Opening,
    Up(MultiplexedConnection),
    Away,
}

impl Replica {
    fn connection(&self) -> Option<MultiplexedConnection> {
        match &*self.link.borrow() {
            Link::Up(connection) => Some(connection.clone()),
            Link::Opening | Link::Away => None,
        }
    }

    async fn ask(
        &self,
        mut connection: MultiplexedConnection,
        buckets: &[Bucket],
        now: Timestamp,
        count: bool,
    ) -> RedisResult<Charge> {
        let mut call = self.script.prepare_invoke();
        let told = self.tells_time.then(|| now.timestamp_millis().to_string());
        call.arg(told.unwrap_or_default()).arg(u8::from(count));
        for bucket in buckets {
            let length = match bucket.window {
                Window::Sliding(span) => length(span),
                Window::Day => 0,
            };
            call.key(key(bucket));
            call.arg(bucket.limit).arg(length).arg(bucket.amount);
        }
        let (allowed, its_now, usages): (bool, i64, Vec<(u32, i64, i64)>) =
            call.invoke_async(&mut connection).await?;
        // Expressed by this replica's clock, like all times that clients see.
        let ahead = now.timestamp_millis() - its_now;
        let usage = |(used, room_at, empty_at)| Usage {
            used,
            room_at: room_at + ahead,
            empty_at: empty_at + ahead,
        };
        let usages: Vec<Usage> = usages.into_iter().map(usage).collect();
        self.local.learn(buckets, &usages, now);
        Ok(Charge::new(allowed, buckets, &usages, now))
    }

    /// Wakes this process and, without waiting, the other replicas.
    fn publish(self: &Arc<Self>, topic: Topic) {
        self.local.publish(topic);
        if let Some(mut connection) = self.connection() {
            let mut command = redis::cmd("PUBLISH");
            command.arg(CHANNEL).arg(format!("{} {topic}", self.name));
            let replica = Arc::clone(self);
            tokio::spawn(async move {
                if let Err(cause) = command.exec_async(&mut connection).await {
                    replica.lost(&cause);
                }
            });
        }
    }

    /// Switches to local counting; logs each kind of trouble once.
    fn lost(&self, cause: &redis::RedisError) {
        self.link
            .send_if_modified(|link| !matches!(std::mem::replace(link, Link::Away), Link::Away));
        let trouble = trouble::trouble(cause);
        if self.tell(Some(trouble)) != Some(trouble) {
            tracing::warn!(%cause, "{trouble}; counting limits in this process");
        }
    }

    /// Sets the trouble that was logged; returns the previous one.
    fn tell(&self, trouble: Option<&'static str>) -> Option<&'static str> {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut told, trouble)
    }

    async fn keep_connected(self: Arc<Self>) {
        loop {
            let Err(cause) = self.listen().await;
            self.lost(&cause);
            sleep(RETRY_TIME).await;
        }
    }

    /// Connects and forwards wake-ups until the connection is lost.
    async fn listen(self: &Arc<Self>) -> RedisResult<Infallible> {
        let (connection, pubsub) =
            timeout(CONNECT_TIME, self.open()).await.map_err(io::Error::from)??;
        let (mut commands, mut messages) = pubsub.split();
        if matches!(self.link.send_replace(Link::Up(connection)), Link::Away) {
            self.tell(None);
            tracing::info!("Redis is available again; limits are shared");
            self.publish(Topic::Missed);
        }
        let mut link = self.link.subscribe();
        loop {
            tokio::select! {
                message = messages.next() => match message {
                    Some(message) => self.hear(&message),
                    None => return Err(io::Error::from(io::ErrorKind::ConnectionReset).into()),
                },
                () = link.wait_for(|link| matches!(link, Link::Away)).map(drop) => {
                    return Err(io::Error::from(io::ErrorKind::BrokenPipe).into());
                }
                () = sleep(PING_TIME) => {
                    timeout(CONNECT_TIME, commands.ping::<()>()).await.map_err(io::Error::from)??;
                }
            }
        }
    }

    async fn open(&self) -> RedisResult<(MultiplexedConnection, PubSub)> {
        let settings = AsyncConnectionConfig::new().set_response_timeout(Some(self.answer_time));
        let mut connection =
            self.client.get_multiplexed_async_connection_with_config(&settings).await?;
        let mut pubsub = self.client.get_async_pubsub().await?;
        pubsub.subscribe(CHANNEL).await?;
        self.rehearse(&mut connection).await?;
        Ok((connection, pubsub))
    }

    /// Tries every kind of call that requests make: a server that refuses any, or does not answer
    /// in time, counts as unavailable.
    async fn rehearse(&self, connection: &mut MultiplexedConnection) -> RedisResult<()> {
        let bucket = |n: u8| Bucket {
            name: format!("rehearsal:{:x}:{n}", self.name),
            limit: 1_000_000,
            window: Window::Sliding(Duration::from_secs(1)),
            amount: 1,
        };
        // Two names: in a cluster they usually live on different servers.
        let buckets = [bucket(0), bucket(1)];
        self.ask(connection.clone(), &buckets, Timestamp::UNIX_EPOCH, true).await?;
        self.local.forget(&buckets);
        redis::cmd("DEL").arg(key(&buckets[0])).exec_async(connection).await?;
        redis::cmd("DEL").arg(key(&buckets[1])).exec_async(connection).await?;
        // Messages without a topic are ignored.
        redis::cmd("PUBLISH").arg(CHANNEL).arg(self.name).exec_async(connection).await
    }

    /// Wakes this process, unless the wake-up is its own.
    fn hear(&self, message: &Msg) {
        let text: String = message.get_payload().unwrap_or_default();
        let Some((replica, topic)) = text.split_once(' ') else { return };
        if let Ok(topic) = topic.parse()
            && replica != self.name.to_string()
        {
            self.local.publish(topic);
        }
    }
}

#[cfg(test)]
mod tests;
