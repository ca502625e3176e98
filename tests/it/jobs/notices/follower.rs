//! Nothing is missed and nothing told twice, whoever ends, fails or believes to lead.

use std::time::Duration;

use chrono::TimeDelta;
use find_helper::{
    clock::Clock,
    domain::jobs::notice::{Follower, make_due},
};
use migrations::{Migrator, MigratorTrait};
use tokio::time::timeout;

use super::kinds;
use crate::{
    jobs::steps::{UNLIMITED, apply, published},
    support::{Client, Process, TestApp},
};

const ALL: &str = "SELECT count(*) FROM notices";
/// Events without their notice, and notices without their event.
const WRONG: &str = "SELECT
    (SELECT count(*) FROM job_events WHERE kind = 'application_received' AND NOT EXISTS (
        SELECT 1 FROM notices WHERE source = 'event ' || position)) +
    (SELECT count(*) - count(DISTINCT source) FROM notices)";

/// A job with this many applications.
async fn crowd(app: &TestApp, owner: &Client, size: usize) {
    let job = published(owner).await;
    for n in 0..size {
        apply(&app.member(&format!("crowd-{n}")).await, &job).await;
    }
}

#[tokio::test]
async fn a_batch_is_made_with_its_mails_and_its_position_or_not_at_all() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    apply(&ben, &published(&ann).await).await;
    for table in ["outbox", "notices"] {
        app.execute(&format!("ALTER TABLE {table} RENAME TO hidden")).await;
        assert!(make_due(&app.services).await.is_err(), "{table}");
        app.execute(&format!("ALTER TABLE hidden RENAME TO {table}")).await;
        assert_eq!(app.count(ALL).await, 0);
        assert_eq!(app.count("SELECT position FROM followers WHERE name = 'notices'").await, 0);
    }
    make_due(&app.services).await.unwrap();
    assert_eq!(kinds(&ann).await, ["APPLICATION_RECEIVED"]);
    assert_eq!(app.count("SELECT count(*) FROM outbox WHERE kind = 'job_notices'").await, 1);
}

#[tokio::test]
async fn jobs_that_nobody_is_told_of_cost_a_transaction_for_a_hundred_events() {
    const POSITION: &str = "SELECT position FROM followers WHERE name = 'notices'";
    let (app, _) = TestApp::with(UNLIMITED).await;
    let ann = app.member("ann").await;
    let job = published(&ann).await;
    // The look at what is due tomorrow takes the log along.
    make_due(&app.services).await.unwrap();
    assert_eq!(app.count(POSITION).await, 2, "posted and published");
    for (jobs, position) in [(49, 2), (1, 102)] {
        for _ in 0..jobs {
            published(&ann).await;
        }
        make_due(&app.services).await.unwrap();
        assert_eq!(app.count(POSITION).await, position);
    }
    apply(&app.member("ben").await, &job).await;
    make_due(&app.services).await.unwrap();
    assert_eq!(app.count(POSITION).await, 103, "an application tells its owner");
}

#[tokio::test]
async fn however_many_events_that_tell_nobody_are_passed_over_in_one_transaction() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let job = published(&app.member("ann").await).await;
    make_due(&app.services).await.unwrap();
    app.execute(
        "WITH RECURSIVE n(i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
        INSERT INTO job_events (position, job_id, actor_id, kind, data, created_at)
        SELECT i, job_id, actor_id, kind, data, created_at FROM n, job_events WHERE position = 2",
    )
    .await;
    apply(&app.member("ben").await, &job).await;
    let made = app.sql_of(async { make_due(&app.services).await.unwrap() }).await;
    let moved = made.iter().filter(|sql| sql.starts_with("UPDATE \"followers\"")).count();
    assert_eq!((moved, app.count(ALL).await), (1, 1), "{made:?}");
    let behind = "SELECT (SELECT max(position) FROM job_events) - position FROM followers
        WHERE name = 'notices'";
    assert_eq!(app.count(behind).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_believe_to_lead_make_each_notice_once() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let replica = app.restarted(UNLIMITED).await;
    let ann = app.member("ann").await;
    for _ in 0..3 {
        crowd(&app, &ann, 0).await;
    }
    let job = published(&ann).await;
    let mut made = 0;
    for round in 0..6 {
        for n in 0..20 {
            apply(&app.member(&format!("m-{round}-{n}")).await, &job).await;
            made += 1;
        }
        let (one, two) = tokio::join!(make_due(&app.services), make_due(&replica.services));
        one.and(two).unwrap();
        assert_eq!(app.count(ALL).await, made);
        assert_eq!(app.count(WRONG).await, 0);
    }
}

#[tokio::test]
async fn one_process_leads_until_it_is_silent_for_half_a_minute() {
    let (app, _) = TestApp::new().await;
    let replica = app.restarted(&[]).await;
    let (one, two) = (Follower::new(&app.services), Follower::new(&replica.services));
    assert!(one.lead(&app.services).await.unwrap());
    assert!(!two.lead(&replica.services).await.unwrap());
    app.advance(TimeDelta::seconds(20));
    assert!(one.lead(&app.services).await.unwrap(), "it renews the lease");
    app.advance(TimeDelta::seconds(20));
    assert!(!two.lead(&replica.services).await.unwrap());
    app.advance(TimeDelta::seconds(10));
    assert!(two.lead(&replica.services).await.unwrap());
    assert!(!one.lead(&app.services).await.unwrap());
    assert!(two.lead(&replica.services).await.unwrap());
}

#[tokio::test]
async fn whoever_ends_in_order_is_followed_at_once() {
    let (app, _) = TestApp::new().await;
    let replica = app.restarted(&[]).await;
    let (one, two) = (Follower::new(&app.services), Follower::new(&replica.services));
    assert!(one.lead(&app.services).await.unwrap());
    two.resign(&replica.services).await.unwrap();
    assert!(!two.lead(&replica.services).await.unwrap(), "nobody ends the lease of another");
    one.resign(&app.services).await.unwrap();
    assert!(two.lead(&replica.services).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_is_stopped_ends_its_lease() {
    let until = "SELECT COALESCE(held_until, 0) FROM followers WHERE name = 'notices'";
    let (app, _) = TestApp::new().await;
    let process = Process::start(&app.settings(&[]));
    let led = async { while app.count(until).await == 0 {} };
    timeout(Duration::from_secs(20), led).await.unwrap();
    process.terminate();
    assert!(app.count(until).await <= Clock::System.now().timestamp_millis());
}

#[tokio::test]
async fn nobody_is_told_of_what_happened_before_there_were_notices() {
    let (app, _) = TestApp::new().await;
    let (ann, ben, cat) =
        (app.member("ann").await, app.member("ben").await, app.member("cat").await);
    let job = published(&ann).await;
    apply(&ben, &job).await;
    let known = migrations::known();
    let place = known.iter().position(|name| name.ends_with("_notices")).unwrap();
    let newer = u32::try_from(known.len() - place).unwrap();
    let db = app.services.db.unlimited().await.unwrap();
    Migrator::down(&db, Some(newer)).await.unwrap();
    Migrator::up(&db, None).await.unwrap();
    drop(db);
    app.tell().await;
    assert_eq!(app.count(ALL).await, 0);
    apply(&cat, &job).await;
    app.tell().await;
    assert_eq!(app.count(ALL).await, 1);
}

#[tokio::test]
async fn more_events_than_a_batch_are_all_told() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let ann = app.member("ann").await;
    crowd(&app, &ann, 120).await;
    app.tell().await;
    assert_eq!((app.count(ALL).await, app.count(WRONG).await), (120, 0));
}
