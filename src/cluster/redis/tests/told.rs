//! An unusable Redis is logged once.

use std::{
    io,
    sync::{Arc, Mutex},
};

use super::{is_up, now, own::Own, per_minute, replica, until_up};
use crate::cluster::Topic;

/// Captures what this thread logs.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn begin() -> (Self, tracing::subscriber::DefaultGuard) {
        let log = Self::default();
        let lines = log.clone();
        let subscriber =
            tracing_subscriber::fmt().with_ansi(false).with_writer(move || lines.clone()).finish();
        (log, tracing::subscriber::set_default(subscriber))
    }

    fn lines(&self) -> Vec<String> {
        let text = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
        text.lines().filter(|line| line.contains("Redis")).map(str::to_owned).collect()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// With an unusable Redis, a replica logs once and counts locally until it is usable.
async fn told_once(redis: &Own, trouble: &str, mend: &str) {
    let (log, _guard) = Log::begin();
    let replica = replica(&redis.url()).await;
    assert!(!is_up(&replica));
    let bucket = [per_minute("a", 5)];
    // Wait until it has retried a few times; each look is a connection as well.
    let (before, mut looks) = (redis.connections(), 0);
    while redis.connections() < before + looks + 9 {
        looks += 1;
        replica.ask(&bucket, now(), true).await;
        replica.publish(Topic::Events);
        tokio::task::yield_now().await;
    }
    assert!(!replica.ask(&bucket, now(), true).await.allowed, "counted here");
    let lines = log.lines();
    assert_eq!(lines.len(), 1, "{lines:#?}");
    assert!(lines[0].contains(trouble), "{lines:#?}");
    if !mend.is_empty() {
        redis.run::<()>(mend);
        until_up(&replica).await;
        assert!(replica.ask(&[per_minute("b", 5)], now(), true).await.allowed && is_up(&replica));
        assert!(log.lines()[1].contains("Redis is available again"), "{:#?}", log.lines());
    }
}

/// Starts a Redis server for this test, or ends the test.
macro_rules! own_redis {
    ($($setting:expr),*) => {
        match Own::start(&[$($setting),*]) {
            Some(redis) => redis,
            None => {
                eprintln!("skipped: redis-server is not installed");
                return;
            }
        }
    };
}

#[tokio::test]
async fn f19_a_redis_that_refuses_scripts_is_told_once_and_used_when_it_takes_them() {
    let redis = own_redis!("--user", "default", "on", "nopass", "~*", "&*", "+@all", "-@scripting");
    told_once(&redis, "Redis denies its user a command", "ACL SETUSER default +@all").await;
}

#[tokio::test]
async fn f19_a_redis_that_refuses_messages_is_told_once_and_used_when_it_takes_them() {
    let redis = own_redis!("--user", "default", "on", "nopass", "~*", "&*", "+@all", "-publish");
    told_once(&redis, "Redis denies its user a command", "ACL SETUSER default +@all").await;
}

#[tokio::test]
async fn f19_a_redis_that_is_a_cluster_is_told_once() {
    let redis = own_redis!("--cluster-enabled", "yes");
    told_once(&redis, "Redis is a cluster", "").await;
    redis.run::<()>("CLUSTER ADDSLOTSRANGE 0 16383");
    while !redis.run::<String>("CLUSTER INFO").contains("cluster_state:ok") {
        std::thread::yield_now();
    }
    told_once(&redis, "Redis is a cluster", "").await;
}

#[tokio::test]
async fn f19_a_redis_without_room_is_told_once() {
    let redis = own_redis!("--maxmemory", "100kb", "--maxmemory-policy", "noeviction");
    told_once(&redis, "Redis accepts no commands at the moment", "CONFIG SET maxmemory 0").await;
}
