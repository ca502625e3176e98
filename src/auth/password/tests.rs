use std::{
    pin::{Pin, pin},
    sync::{Arc, mpsc},
    time::Duration,
};

use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use futures_util::FutureExt;
use tokio::runtime::{Builder, Runtime};

use super::{MAX_PASSWORD_BYTES, Passwords, Refused, Turn, Verdict, hash, memory::Memory};
use crate::{
    config::Hashing,
    error::{Error, Result},
    random::Random,
};

fn cheap() -> Hashing {
    Hashing {
        argon2_memory_kib: 8,
        argon2_iterations: 1,
        argon2_concurrency: Some(1),
        argon2_queue: 8,
        argon2_max_wait_ms: Duration::from_mins(1),
    }
}

fn passwords(settings: &Hashing) -> Passwords {
    Passwords::new(settings, Random::System)
}

/// A runtime whose only blocking thread is held until the gate is dropped.
fn gated() -> (Runtime, mpsc::Sender<()>) {
    let mut builder = Builder::new_current_thread();
    let runtime = builder.enable_time().max_blocking_threads(1).build().unwrap();
    let (gate, closed) = mpsc::channel::<()>();
    runtime.spawn_blocking(move || closed.recv());
    (runtime, gate)
}

fn is_pending<T>(future: &mut (impl Future<Output = T> + Unpin)) -> bool {
    future.now_or_never().is_none()
}

#[track_caller]
fn assert_busy<T>(answer: Option<Result<T>>) {
    let error = answer.expect("an answer at once").err();
    let retry_after = error.as_ref().and_then(Error::retry_after);
    assert_eq!(retry_after, Some(Duration::from_secs(2)), "{error:?}");
}

#[tokio::test]
async fn a_password_is_right_under_its_own_hash_only() {
    let passwords = passwords(&cheap());
    let stored = passwords.hash(None, "correct horse").await.unwrap();
    assert!(stored.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{stored}");
    assert_eq!(
        passwords.verify(None, "correct horse", Some(&stored)).await.unwrap(),
        Verdict::Right
    );
    for wrong in ["correct hors", "correct horse ", "correct horse\0", "Correct horse", ""] {
        assert_eq!(
            passwords.verify(None, wrong, Some(&stored)).await.unwrap(),
            Verdict::Wrong,
            "{wrong}"
        );
    }
    assert_ne!(
        passwords.hash(None, "correct horse").await.unwrap(),
        stored,
        "each has its own salt"
    );
}

#[test]
fn memory_of_another_hash_changes_no_hash() {
    let memory = Memory::default();
    for kib in [64, 8, 32] {
        let params = Params::new(kib, 1, 1, Some(32)).unwrap();
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let salt = [7; 16];
        let fresh = argon2.hash_password_with_salt(b"correct horse", &salt).unwrap().hash;
        assert_eq!(fresh, memory.hash(&argon2, b"correct horse", &salt).ok(), "{kib}");
    }
}

#[tokio::test]
async fn memory_is_kept_only_while_somebody_waits_for_it() {
    let passwords = passwords(&cheap());
    let memory = passwords.turns.free().remove(0);
    let turn = passwords.turn(None).await.unwrap();
    let mut waiting = pin!(passwords.hash(None, "correct horse"));
    assert!(is_pending(&mut waiting));
    hash(&turn, passwords.params.clone(), b"correct horse", &[7; 16]).unwrap();
    assert!(memory.is_held());
    drop(turn);
    waiting.await.unwrap();
    assert!(!memory.is_held());
}

#[tokio::test]
async fn d3_a_long_password_counts_to_its_last_byte() {
    let passwords = passwords(&cheap());
    let long = "A".repeat(MAX_PASSWORD_BYTES);
    let stored = passwords.hash(None, &long).await.unwrap();
    let changed = format!("{}B", &long[1..]);
    assert_eq!(passwords.verify(None, &changed, Some(&stored)).await.unwrap(), Verdict::Wrong);
    let longer = format!("{long}A");
    assert!(matches!(passwords.hash(None, &longer).await, Err(Error::Internal(_))));
    assert!(matches!(
        passwords.verify(None, &longer, Some(&stored)).await,
        Err(Error::Internal(_))
    ));
}

#[tokio::test]
async fn d4_compositions_of_one_password_are_equal() {
    let passwords = passwords(&cheap());
    let stored = passwords.hash(None, "caf\u{e9} \u{fb01} \u{ff21}").await.unwrap();
    let composed = passwords.verify(None, "cafe\u{301} fi A", Some(&stored)).await.unwrap();
    assert_eq!(composed, Verdict::Right);
    let grown = "\u{fdfa}".repeat(MAX_PASSWORD_BYTES / 3);
    let stored = passwords.hash(None, &grown).await.unwrap();
    assert_eq!(passwords.verify(None, &grown, Some(&stored)).await.unwrap(), Verdict::Right);
}

#[tokio::test]
async fn a_hash_of_lower_cost_is_right_and_outdated_and_one_of_higher_cost_is_not() {
    let passwords = passwords(&cheap());
    let stored = passwords.hash(None, "x").await.unwrap();
    for (settings, verdict) in [
        (Hashing { argon2_memory_kib: 16, ..cheap() }, Verdict::RightOutdated),
        (Hashing { argon2_iterations: 2, ..cheap() }, Verdict::RightOutdated),
        (cheap(), Verdict::Right),
    ] {
        let raised = Passwords::new(&settings, Random::System);
        assert_eq!(raised.verify(None, "x", Some(&stored)).await.unwrap(), verdict, "{settings:?}");
        let newer = raised.hash(None, "x").await.unwrap();
        assert_eq!(passwords.verify(None, "x", Some(&newer)).await.unwrap(), Verdict::Right);
    }
}

/// A valid hash of the password `x`, with costs that the settings may not allow.
fn hash_of_x(algorithm: Algorithm, version: Version, costs: [u32; 3]) -> String {
    let params = Params::new(costs[0], costs[1], costs[2], None).unwrap();
    let argon2 = Argon2::new(algorithm, version, params);
    argon2.hash_password_with_salt(b"x", &[7; 16]).unwrap().to_string()
}

#[tokio::test]
async fn d7_a_stored_hash_that_asks_for_too_much_is_wrong_after_one_live_run() {
    use {Algorithm::*, Version::*};
    let passwords = passwords(&cheap());
    for (algorithm, version, costs, verdict) in [
        (Argon2id, V0x13, [40, 10, 4], Verdict::Right),
        (Argon2id, V0x13, [131_073, 1, 1], Verdict::Wrong),
        (Argon2id, V0x13, [8, 11, 1], Verdict::Wrong),
        (Argon2id, V0x13, [40, 1, 5], Verdict::Wrong),
        (Argon2id, V0x10, [8, 1, 1], Verdict::Wrong),
        (Argon2i, V0x13, [8, 1, 1], Verdict::Wrong),
        (Argon2d, V0x13, [8, 1, 1], Verdict::Wrong),
    ] {
        let stored = hash_of_x(algorithm, version, costs);
        let before = passwords.runs();
        assert_eq!(passwords.verify(None, "x", Some(&stored)).await.unwrap(), verdict, "{stored}");
        assert_eq!(passwords.runs() - before, 1, "{stored}");
    }
}

#[tokio::test]
async fn d7_without_a_readable_hash_one_live_run_says_wrong() {
    let passwords = passwords(&cheap());
    let unknown_parameter =
        hash_of_x(Algorithm::Argon2id, Version::V0x13, [8, 1, 1]).replace("p=1", "p=1,other=1");
    for stored in [
        None,
        Some(""),
        Some("$"),
        Some("x"),
        Some("$2b$12$é"),
        Some("$argon2id$v=19$m=8,t=1,p=1$"),
        Some("$argon2id$v=19$m=8,t=1,p=4$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAA"),
        Some(&unknown_parameter),
    ] {
        let before = passwords.runs();
        assert_eq!(
            passwords.verify(None, "x", stored).await.unwrap(),
            Verdict::Wrong,
            "{stored:?}"
        );
        assert_eq!(passwords.runs() - before, 1, "{stored:?}");
    }
}

#[test]
fn d5_more_hashes_than_may_wait_are_turned_away_at_once() {
    let (runtime, gate) = gated();
    runtime.block_on(async {
        let passwords = passwords(&Hashing { argon2_queue: 1, ..cheap() });
        let (mut running, mut waiting) =
            (Box::pin(passwords.hash(None, "1")), Box::pin(passwords.hash(None, "2")));
        assert!(is_pending(&mut running));
        assert!(is_pending(&mut waiting));
        assert_busy(passwords.hash(None, "3").now_or_never());
        assert_busy(passwords.verify(None, "3", None).now_or_never());
        drop(gate);
        assert!(running.await.is_ok());
        assert!(waiting.await.is_ok());
        assert_eq!(passwords.runs(), 2);
    });
}

#[test]
fn d6_an_abandoned_request_keeps_its_permit_until_its_hash_is_done() {
    let (runtime, gate) = gated();
    runtime.block_on(async {
        let passwords = passwords(&Hashing { argon2_queue: 0, ..cheap() });
        let mut abandoned = Box::pin(passwords.hash(None, "1"));
        assert!(is_pending(&mut abandoned));
        drop(abandoned);
        assert_busy(passwords.hash(None, "2").now_or_never());
        drop(gate);
        while passwords.turns.take(None, Duration::ZERO).await.is_err() {
            tokio::task::yield_now().await;
        }
        assert_eq!(passwords.runs(), 1);
        assert!(passwords.hash(None, "3").await.is_ok());
    });
}

#[test]
fn an_abandoned_place_in_the_queue_is_free_again() {
    let (runtime, gate) = gated();
    runtime.block_on(async {
        let passwords = passwords(&Hashing { argon2_queue: 1, ..cheap() });
        let mut running = Box::pin(passwords.hash(None, "1"));
        assert!(is_pending(&mut running));
        let mut gone = Box::pin(passwords.hash(None, "2"));
        assert!(is_pending(&mut gone));
        drop(gone);
        let mut next = Box::pin(passwords.hash(None, "3"));
        assert!(is_pending(&mut next));
        drop(gate);
        assert!(running.await.is_ok() && next.await.is_ok());
    });
}

#[test]
fn a_wait_ends_after_its_longest_time() {
    let (runtime, gate) = gated();
    runtime.block_on(async {
        let passwords = passwords(&Hashing { argon2_max_wait_ms: Duration::ZERO, ..cheap() });
        let mut running = Box::pin(passwords.hash(None, "1"));
        assert!(is_pending(&mut running));
        assert_busy(Some(passwords.hash(None, "2").await));
        drop(gate);
        assert!(running.await.is_ok());
    });
}

type Waiting = Pin<Box<dyn Future<Output = Result<Turn, Refused>>>>;

/// A caller of a network that waits for a turn, or got one.
fn waits(passwords: &Passwords, network: &str) -> Waiting {
    let (turns, of) = (Arc::clone(&passwords.turns), Some(network.parse().unwrap()));
    let mut waiting: Waiting =
        Box::pin(async move { turns.take(of, Duration::from_mins(1)).await });
    match (&mut waiting).now_or_never() {
        None => waiting,
        Some(turn) => Box::pin(async { turn }),
    }
}

const FLOOD: &str = "2001:db8:1::/48";
const INNOCENT: &str = "198.51.100.0/24";

#[tokio::test]
async fn s07_neighbourhoods_take_turns_however_many_wait_in_each() {
    let passwords = passwords(&cheap());
    let running = waits(&passwords, FLOOD).await;
    let mut crowd: Vec<Waiting> = (0..7).map(|_| waits(&passwords, FLOOD)).collect();
    let mut one = waits(&passwords, INNOCENT);
    drop(running);
    let first = crowd.remove(0).now_or_never();
    assert!(matches!(first, Some(Ok(_))), "the line goes on");
    assert!(is_pending(&mut one));
    drop(first);
    assert!(matches!(one.now_or_never(), Some(Ok(_))), "the second one is from elsewhere");
}

#[tokio::test]
async fn s07_the_longest_line_makes_way_for_who_has_fewer_neighbours_waiting() {
    let passwords = passwords(&Hashing { argon2_queue: 3, ..cheap() });
    let running = waits(&passwords, FLOOD).await;
    let mut crowd: Vec<Waiting> = (0..3).map(|_| waits(&passwords, FLOOD)).collect();
    let more = waits(&passwords, FLOOD).now_or_never();
    assert!(matches!(more, Some(Err(Refused::Busy))), "a flood has no more than there is");
    let mut one = waits(&passwords, INNOCENT);
    let another = waits(&passwords, INNOCENT);
    assert!(is_pending(&mut one), "there is a place");
    let sent_away = crowd.pop().unwrap().now_or_never();
    assert!(matches!(sent_away, Some(Err(Refused::Busy))), "the last of the flood has none");
    let refused = another.now_or_never();
    assert!(
        matches!(refused, Some(Err(Refused::Busy))),
        "two lines of about one length keep what they have"
    );
    drop((running, crowd));
    assert!(matches!(one.now_or_never(), Some(Ok(_))));
    let running = waits(&passwords, FLOOD).await;
    assert!(running.is_ok(), "nothing is lost with those who left");
    let mut crowd: Vec<Waiting> = (0..4).map(|_| waits(&passwords, FLOOD)).collect();
    assert_eq!(crowd.iter_mut().filter_map(FutureExt::now_or_never).count(), 1);
}
