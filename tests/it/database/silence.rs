//! Connections to PostgreSQL that fall silent: nothing arrives, and nothing says so.

use std::time::Duration;

use find_helper::{domain::store::asker::Asker, error::Error};
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::support::{
    Forwarder, TestApp,
    database::{fresh, postgres_url},
    folder, patiently,
};

const TYPES: &str = "{ jobTypes { slug } }";
const QUICK: [&str; 3] = [
    "--database-connections=2",
    "--database-statement-timeout-ms=300",
    "--database-silence-ms=100",
];

/// A gateway behind something that may swallow what passes; nothing on SQLite, which is in the process.
async fn behind_forwarder(flags: &[&str]) -> Option<(TestApp, Forwarder)> {
    postgres_url()?;
    let (forwarder, url) = Forwarder::before(&fresh(folder().path()).await).await;
    Some((TestApp::at(&url, flags).await, forwarder))
}

#[tokio::test]
async fn f01_a_gateway_whose_connections_fall_silent_opens_others_and_serves_on() {
    let Some((app, forwarder)) = behind_forwarder(&QUICK).await else { return };
    let anon = app.anon();
    for _ in 0..2 {
        anon.data(TYPES, json!({})).await;
        // Both connections are open.
        let tx = app.services.db.begin().await.unwrap();
        anon.data(TYPES, json!({})).await;
        drop(tx);
        let before = forwarder.opened();
        forwarder.swallow();
        // Each place answers 503 once at most.
        let mut refused = 0;
        loop {
            let json = patiently(anon.gql(TYPES, json!({}))).await.json();
            let Some(errors) = json.get("errors") else { break };
            assert_eq!(errors[0]["extensions"]["code"], "SERVICE_UNAVAILABLE");
            refused += 1;
            assert!(refused <= 2, "{json}");
        }
        for _ in 0..4 {
            patiently(anon.gql(TYPES, json!({}))).await;
        }
        anon.data(TYPES, json!({})).await;
        assert!(forwarder.opened() > before);
    }
}

#[tokio::test]
async fn f01_a_transaction_that_falls_silent_ends_and_gives_its_place_back() {
    let one = ["--database-connections=1", QUICK[1], QUICK[2]];
    let Some((app, forwarder)) = behind_forwarder(&one).await else { return };
    let db = &app.services.db;
    let asker = Asker::at(app.anon().address());
    let code = |error| Error::from(error).code().name();
    let before = patiently(app.anon().data(TYPES, json!({}))).await;
    // The server holds the row of the first until it misses its client.
    for (commits, which) in [(false, "MIN"), (true, "MAX")] {
        let tx = asker.scope(db.begin()).await.unwrap();
        let row = format!("SELECT {which}(slug) FROM job_types");
        let delete = format!("DELETE FROM job_types WHERE slug = ({row})");
        tx.execute_unprepared(&delete).await.unwrap();
        forwarder.swallow();
        let failed = if commits {
            patiently(tx.commit()).await
        } else {
            let failed = patiently(tx.execute_unprepared("SELECT 1")).await.map(drop);
            drop(tx);
            failed
        };
        assert_eq!(code(failed.unwrap_err()), "SERVICE_UNAVAILABLE");
        // At once on another connection.
        patiently(db.ping()).await.unwrap();
    }
    // Neither came through.
    assert_eq!(patiently(app.anon().data(TYPES, json!({}))).await, before);
}

#[tokio::test]
async fn f01_a_connection_that_has_rested_is_asked_for_a_sign_of_life_in_time() {
    let one = ["--database-connections=1", "--database-silence-ms=100"];
    let Some((app, forwarder)) = behind_forwarder(&one).await else { return };
    app.services.db.ping().await.unwrap();
    // Time is the pool's own: a connection that has rested for longer than that is asked first.
    tokio::time::sleep(Duration::from_millis(200)).await;
    forwarder.swallow();
    // The statement itself would be waited for, and then answered 503.
    patiently(app.services.db.ping()).await.unwrap();
}
