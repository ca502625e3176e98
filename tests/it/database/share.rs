//! Connections are shared fairly.

use serde_json::json;

use super::limit::{JOBS, stall_jobs};
use crate::support::{TestApp, patiently};

/// As many root fields as a document may have, each of which takes a connection.
fn dear() -> String {
    let fields: Vec<_> =
        (0..15).map(|n| format!("a{n}: jobs(first: 1) {{ totalCount }}")).collect();
    format!("{{ {} }}", fields.join(" "))
}

#[tokio::test(flavor = "multi_thread")]
async fn s01_others_are_answered_while_five_visitors_take_all_connections_that_they_get() {
    let long = ["--database-connections=10", "--database-statement-timeout-ms=3000"];
    let (app, _) = TestApp::with(&long).await;
    stall_jobs(&app).await;
    let visits: Vec<_> = (0..5)
        .map(|_| {
            let visitor = app.anon();
            tokio::spawn(async move { visitor.gql(&dear(), json!({})).await })
        })
        .collect();
    // Each has what they get: seven or eight in all, depending on who comes first.
    patiently(async {
        while app.services.db.free_connections() > 3 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    for _ in 0..20 {
        app.anon().data("{ jobTypes { slug } }", json!({})).await;
        app.services.db.ping().await.unwrap();
    }
    assert!(visits.iter().all(|visit| !visit.is_finished()));
    assert_eq!(app.anon().code(JOBS, json!({})).await, "SERVICE_UNAVAILABLE");
    for visit in visits {
        visit.abort();
    }
}
