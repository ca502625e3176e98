use std::{
    cell::Cell,
    pin::{Pin, pin},
    task::{Context, Waker},
};

use tokio::sync::Notify;

use super::*;

/// Whether the future has ended, after one more step.
fn ends(future: &mut Pin<&mut impl Future>) -> bool {
    future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready()
}

/// A round that counts itself and ends when it is told.
async fn counted(rounds: &Cell<u32>, end: &Notify) {
    rounds.set(rounds.get() + 1);
    end.notified().await;
}

#[tokio::test]
async fn whoever_comes_during_a_round_waits_for_the_next_one_and_shares_it() {
    let (sequencer, rounds, end) = (Sequencer::default(), Cell::new(0), Notify::new());
    let join = || sequencer.share(counted(&rounds, &end));
    let (mut first, mut second, mut third) = (pin!(join()), pin!(join()), pin!(join()));
    assert!(!ends(&mut first));
    assert_eq!([ends(&mut second), ends(&mut third)], [false, false]);
    assert_eq!(rounds.get(), 1);
    end.notify_one();
    assert!(ends(&mut first));
    assert_eq!([ends(&mut second), ends(&mut third)], [false, false]);
    assert_eq!(rounds.get(), 2, "the first one may have missed what they have committed");
    end.notify_one();
    assert_eq!([ends(&mut second), ends(&mut third)], [true, true]);
    assert_eq!(rounds.get(), 2, "both share the second");
}

#[tokio::test]
async fn whoever_comes_later_does_not_rely_on_an_earlier_round() {
    let (sequencer, rounds, end) = (Sequencer::default(), Cell::new(0), Notify::new());
    for expected in 1..=3 {
        end.notify_one();
        sequencer.share(counted(&rounds, &end)).await;
        assert_eq!(rounds.get(), expected);
    }
}

#[tokio::test]
async fn a_round_whose_caller_is_cancelled_counts_for_nobody() {
    let (sequencer, rounds, end) = (Sequencer::default(), Cell::new(0), Notify::new());
    let join = || sequencer.share(counted(&rounds, &end));
    let (mut first, mut third) = (pin!(join()), pin!(join()));
    {
        let mut second = pin!(join());
        assert_eq!([ends(&mut first), ends(&mut second)], [false, false]);
        assert!(!ends(&mut third));
        end.notify_one();
        assert_eq!([ends(&mut first), ends(&mut second)], [true, false]);
        assert_eq!(rounds.get(), 2, "of the second, who leaves");
    }
    assert!(!ends(&mut third));
    assert_eq!(rounds.get(), 3);
    end.notify_one();
    assert!(ends(&mut third));
}

#[test]
fn a_change_is_alone_until_another_comes_and_again_when_all_are_answered() {
    let sequencer = Sequencer::default();
    let first = sequencer.enter();
    let second = sequencer.enter();
    assert_eq!([first.is_alone, second.is_alone], [true, false]);
    drop(first);
    assert!(!sequencer.enter().is_alone, "the second is not answered yet");
    drop(second);
    assert!(sequencer.enter().is_alone);
}
