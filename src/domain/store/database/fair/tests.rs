//! Fairness without a database: the connections are never opened.

use std::time::Duration;

use futures_util::{FutureExt, future::join_all};
use sea_orm::sqlx::postgres::PgConnectOptions;

use super::super::{
    postgres,
    slot::{Slot, Source},
};
use super::{ConnectionPermit, FairPool, MOST_WAITING, MOST_WAITING_IN_ALL};
use crate::domain::store::asker::Asker::{self, Gateway, Key, User};

const LONG: Duration = Duration::from_mins(10);

fn pool(connections: usize, patience: Duration) -> FairPool {
    let options = PgConnectOptions::new_without_pgpass().host("never");
    let source = postgres::Source { options, limit: LONG, silence: LONG };
    let slot = || Slot::new(Source::Postgres(source.clone()), LONG);
    FairPool::new((0..connections).map(|_| slot()), patience)
}

/// The connections that an asker gets without waiting.
fn taken(pool: &FairPool, asker: Asker, most: usize) -> Vec<ConnectionPermit> {
    let take = |_| asker.scope(pool.acquire()).now_or_never()?.ok();
    (0..most).map_while(take).collect()
}

#[tokio::test]
async fn s01_one_asker_gets_a_fifth_of_the_connections_and_everybody_else_finds_one_free() {
    for (connections, share) in [(1, 1), (2, 1), (4, 1), (10, 2), (20, 4), (100, 20)] {
        let pool = pool(connections, LONG);
        let held = taken(&pool, User(1), connections);
        assert_eq!(held.len(), share, "of {connections}");
        let found = taken(&pool, User(2), connections);
        assert_eq!(found.is_empty(), connections == 1, "of {connections}");
    }
}

#[tokio::test]
async fn s01_five_who_take_all_they_get_leave_connections_for_others() {
    let pool = pool(10, LONG);
    let held: Vec<_> = (0..5).flat_map(|person| taken(&pool, User(person), 15)).collect();
    assert_eq!(held.len(), 8);
    assert_eq!(taken(&pool, User(6), 1).len(), 1);
    assert_eq!(taken(&pool, Key(6), 1).len(), 1, "an asker of another kind");
}

#[tokio::test]
async fn s01_what_the_gateway_does_by_itself_may_have_every_free_connection() {
    assert_eq!(taken(&pool(4, LONG), Gateway, 9).len(), 4);
}

#[tokio::test]
async fn s01_askers_who_wait_are_served_in_turn_and_each_in_order() {
    let pool = pool(1, LONG);
    let first = pool.acquire().await.unwrap();
    let served = std::sync::Mutex::new(Vec::new());
    let wait = async |asker: Asker, number: u32| {
        let turn = asker.scope(pool.acquire()).await.unwrap();
        served.lock().unwrap().push((asker, number));
        drop(turn);
    };
    let mut waiting = std::pin::pin!(join_all([
        wait(User(1), 1),
        wait(User(1), 2),
        wait(User(1), 3),
        wait(User(2), 1),
        wait(Key(1), 1)
    ]));
    assert!(waiting.as_mut().now_or_never().is_none());
    drop(first);
    waiting.await;
    let order = [(User(1), 1), (User(2), 1), (Key(1), 1), (User(1), 2), (User(1), 3)];
    assert_eq!(*served.lock().unwrap(), order);
}

#[tokio::test]
async fn s01_whoever_waits_for_too_long_or_behind_too_many_is_refused() {
    let impatient = pool(1, Duration::from_millis(1));
    let held = impatient.acquire().await.unwrap();
    assert!(User(1).scope(impatient.acquire()).await.is_err());
    drop(held);
    assert_eq!(taken(&impatient, User(1), 1).len(), 1, "whoever has left is not served");

    let pool = pool(1, LONG);
    let held = pool.acquire().await.unwrap();
    let mut waiting: Vec<_> =
        (0..MOST_WAITING).map(|_| Box::pin(User(1).scope(pool.acquire()))).collect();
    for waiter in &mut waiting {
        assert!(waiter.now_or_never().is_none());
    }
    let refused = User(1).scope(pool.acquire()).now_or_never();
    assert!(refused.is_some_and(|it| it.is_err()), "one too many waits");
    assert!(User(2).scope(pool.acquire()).now_or_never().is_none(), "others may wait");
    drop(waiting);
    assert!(User(1).scope(pool.acquire()).now_or_never().is_none(), "places are given back");
    drop(held);
    assert_eq!(taken(&pool, User(3), 1).len(), 1, "nothing is lost with those who left");
}

#[tokio::test]
async fn s01_no_more_wait_than_there_are_places_for_all_together() {
    let pool = pool(1, LONG);
    let _held = pool.acquire().await.unwrap();
    let mut waiting: Vec<_> = (0..)
        .take(MOST_WAITING_IN_ALL)
        .map(|number| Box::pin(User(number).scope(pool.acquire())))
        .collect();
    for waiter in &mut waiting {
        assert!(waiter.now_or_never().is_none());
    }
    assert!(User(-1).scope(pool.acquire()).now_or_never().is_some_and(|it| it.is_err()));
    waiting.pop();
    assert!(User(-1).scope(pool.acquire()).now_or_never().is_none(), "a place is free again");
}
