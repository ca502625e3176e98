//! What a process that is gone has left behind.

use find_helper::{clock::Clock, entity::daily_count};
use sea_orm::EntityTrait;

use super::server::{Answer, Connection, PROMPT, soon};
use crate::support::{Client, Process, TestApp, client::Proof};

/// The jobs, asked for by API key at a process.
async fn jobs(process: &Process, machine: &Client) -> Answer {
    let Proof::ApiKey { key, secret } = machine.proof() else { panic!("no key") };
    let mut connection = Connection::to(process.address).await;
    let head = format!("GET /api/jobs HTTP/1.1\r\nHost: x\r\nX-API-Key: {key}\r\n");
    connection.send(&format!("{head}X-API-Secret: {secret}\r\n\r\n")).await;
    connection.answer().await
}

/// Waits until the count of the day is written down, as it is every second.
async fn stored(app: &TestApp, count: i64) {
    let written = async || {
        let rows = daily_count::Entity::find().all(app.services.db.read()).await.unwrap();
        rows.iter().map(|row| row.count).sum::<i64>()
    };
    soon(async { while written().await < count {} }).await;
}

#[tokio::test]
async fn b10_the_count_of_a_day_survives_a_process_that_is_killed_or_told_to_end() {
    let (app, _) = TestApp::new().await;
    // The processes know no other clock, and keys expire.
    app.advance(Clock::System.now() - app.clock.now());
    let machine = app.machine("ann").await;
    let settings = app.settings(&["--limit-key-per-day=5", PROMPT]);
    let first = Process::start(&settings);
    for remaining in ["4", "3"] {
        assert_eq!(jobs(&first, &machine).await.headers["x-ratelimit-remaining"], remaining);
    }
    stored(&app, 2).await;
    // Killed, without a chance to write anything.
    drop(first);
    let second = Process::start(&settings);
    assert_eq!(jobs(&second, &machine).await.headers["x-ratelimit-remaining"], "2");
    assert_eq!(jobs(&second, &machine).await.headers["x-ratelimit-remaining"], "1");
    assert_eq!(second.terminate().0.code(), Some(0));
    let third = Process::start(&settings);
    assert_eq!(jobs(&third, &machine).await.headers["x-ratelimit-remaining"], "0");
    let refused = jobs(&third, &machine).await;
    assert_eq!(refused.status, "HTTP/1.1 429 Too Many Requests");
    assert_eq!(refused.headers["x-ratelimit-limit"], "5");
    assert_eq!(refused.headers["x-ratelimit-remaining"], "0");
}
