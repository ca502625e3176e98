use super::*;
use crate::{
    domain::{jobs::event::Kind, testing::now, to_millis},
    entity::job_event::Model,
};

const KINDS: [Kind; 2] = [Kind::Created, Kind::Published];

fn logged(position: i64) -> Arc<Logged> {
    let kind = KINDS[usize::try_from(position % 2).unwrap()];
    let event = Model {
        position,
        job_id: position % 3,
        actor_id: None,
        api_key_id: None,
        kind,
        data: "{}".into(),
        created_at: to_millis(now()),
    };
    Arc::new(Logged { event, owner_id: position % 5 })
}

/// A tail that has these positions.
fn tail(positions: std::ops::RangeInclusive<i64>) -> Tail {
    let tail = Tail::new(2);
    for position in positions {
        tail.remember([logged(position)].into());
    }
    tail
}

fn positions(batch: &Batch) -> Vec<i64> {
    batch.events.iter().map(|logged| logged.event.position).collect()
}

#[test]
fn a_bounded_number_of_events_is_remembered() {
    let tail = tail(1..=3_000);
    assert_eq!(tail.recent().len(), RECENT);
    assert_eq!(tail.recent().back().unwrap().event.position, 3_000);
}

#[test]
fn whoever_is_further_behind_is_sent_to_the_table() {
    let tail = tail(1..=3_000);
    let oldest = 3_000 - i64::try_from(RECENT).unwrap() + 1;
    assert!(tail.remembered(oldest - 2, &Interest::default()).is_none());
    let batch = tail.remembered(oldest - 1, &Interest::default()).unwrap();
    assert_eq!(batch.events[0].event.position, oldest);
    assert!(Tail::new(2).remembered(0, &Interest::default()).is_none());
}

#[test]
fn batches_are_bounded_and_follow_each_other_without_a_gap() {
    let tail = tail(11..=260);
    let (mut read_to, mut all) = (10, Vec::new());
    while read_to < 260 {
        let batch = tail.remembered(read_to, &Interest::default()).unwrap();
        assert!(batch.events.len() <= BATCH);
        all.extend(positions(&batch));
        read_to = batch.read_to;
    }
    assert_eq!(all, (11..=260).collect::<Vec<_>>());
}

#[test]
fn what_no_interest_covers_is_passed_over_at_once() {
    let tail = tail(1..=30);
    let batch = tail.remembered(0, &Interest::in_applications_to(1)).unwrap();
    assert_eq!((positions(&batch), batch.read_to), (vec![], 30));
    let batch = tail.remembered(0, &Interest::in_job(1)).unwrap();
    assert_eq!(positions(&batch), (1..=30).filter(|it| it % 3 == 1).collect::<Vec<_>>());
    let filter = crate::domain::jobs::job::JobFilter { owner_id: Some(2), ..Default::default() };
    let batch = tail.remembered(6, &Interest::in_publications(filter)).unwrap();
    assert_eq!(positions(&batch), [7, 17, 27]);
}
