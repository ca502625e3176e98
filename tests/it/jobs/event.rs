//! The log of what happened, as its readers need it.

use std::pin::pin;

use futures_util::future::join_all;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;

use crate::{
    jobs::steps::{UNLIMITED, outcome, post, published},
    support::TestApp,
};

async fn positions(app: &TestApp) -> Vec<i64> {
    let db = &app.services.db;
    let sql = "SELECT position FROM job_events ORDER BY position";
    let rows = db.read().query_all_raw(Statement::from_string(db.backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get("", "position").unwrap()).collect()
}

fn assert_no_gap(positions: &[i64]) {
    let expected = 1..=i64::try_from(positions.len()).unwrap();
    assert!(positions.iter().copied().eq(expected), "{positions:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_never_sees_a_position_before_all_that_come_before_it() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let replica = app.restarted(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let doors = [ann.clone(), ann.towards(&replica.router), ben.towards(&replica.router), ben];
    let mut writers = pin!(join_all(doors.iter().map(async |door| {
        for _ in 0..10 {
            published(door).await;
        }
    })));
    loop {
        tokio::select! {
            _ = &mut writers => break,
            seen = positions(&app) => assert_no_gap(&seen),
        }
    }
    let all = positions(&app).await;
    assert_no_gap(&all);
    assert_eq!(all.len(), 80, "created and published, 40 times");
}

#[tokio::test]
async fn what_cannot_be_noted_does_not_happen() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let kept = post(&ann, json!({ "title": "先" })).await;
    let rename = async |from: &str, to: &str| {
        let sql = format!("ALTER TABLE {from} RENAME TO {to}");
        app.services.db.write().execute_unprepared(&sql).await.unwrap();
    };
    let written = app.table_of_new_events();
    rename(written, "away").await;
    let create = r#"mutation { createJob(input: {title: "後", jobType: "pet", city: "台北市",
        address: "x", estimatedAmount: 1}) { job { id } } }"#;
    assert_eq!(ann.code(create, json!({})).await, "INTERNAL_ERROR");
    let cancel = crate::jobs::steps::act(&ann, "cancelJob", &kept).await;
    assert_eq!(outcome(&cancel), "INTERNAL_ERROR");
    rename("away", written).await;
    let jobs = ann.data("{ jobs { totalCount nodes { title status version } } }", json!({})).await;
    let untouched = json!({ "title": "先", "status": "PUBLISHED", "version": 1 });
    assert_eq!(jobs["jobs"], json!({ "totalCount": 1, "nodes": [untouched] }));
}
