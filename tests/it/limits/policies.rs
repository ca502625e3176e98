//! The structured limit headers, beside those of the contract.

use chrono::TimeDelta;

use super::{LOGIN, TYPENAME, person, retry_after, standing, wrong_login};
use crate::support::{Reply, TestApp};

/// `RateLimit-Policy` and `RateLimit`, but for costs.
fn told(reply: &Reply) -> [String; 2] {
    ["ratelimit-policy", "ratelimit"].map(|name| {
        let policies = reply.header(name).split(", ");
        policies.filter(|policy| !policy.starts_with("\"cost\"")).collect::<Vec<_>>().join(", ")
    })
}

#[tokio::test]
async fn each_answer_names_every_limit_that_counted_it() {
    let (app, anon) = TestApp::new().await;
    let machine = app.machine("ann").await;
    let ann = app.signed_in("ann@example.com").await;
    let address = ["\"address\";q=60;w=60", "\"address\";r=59;t=60"];
    assert_eq!(told(&anon.get("/user").await), address);
    let reading = ["\"reading\";q=600;w=60", "\"reading\";r=599;t=60"];
    assert_eq!(told(&app.anon().get(TYPENAME).await), reading);
    assert_eq!(told(&app.anon().get("/api/nothing").await), address);
    assert_eq!(told(&ann.get(TYPENAME).await), ["\"user\";q=600;w=60", "\"user\";r=599;t=60"]);
    let key = [
        "\"key-minute\";q=60;w=60, \"key-day\";q=10000;w=86400",
        "\"key-minute\";r=59;t=60, \"key-day\";r=9999;t=57600",
    ];
    assert_eq!(told(&machine.get("/api/jobs").await), key, "16 hours are left of the day");
}

#[tokio::test]
async fn a_sign_in_has_a_limit_of_its_own_and_by_graphql_counts_as_a_request_too() {
    let (app, anon) = TestApp::new().await;
    let login = ["\"login\";q=5;w=60", "\"login\";r=4;t=60"];
    assert_eq!(told(&anon.post("/login", wrong_login()).await), login);
    let by_graphql = told(&anon.gql(LOGIN, wrong_login()).await);
    assert_eq!(
        by_graphql,
        ["\"login\";q=5;w=60, \"address\";q=60;w=60", "\"login\";r=3;t=60, \"address\";r=59;t=60"]
    );
    let register = ["\"register\";q=3;w=3600", "\"register\";r=2;t=3600"];
    assert_eq!(told(&app.anon().post("/register", person(1)).await), register);
}

#[tokio::test]
async fn a_refusal_says_the_same_time_in_both_headers() {
    let (app, _) = TestApp::with(&["--limit-key-per-minute=2"]).await;
    let machine = app.machine("ann").await;
    machine.get("/api/jobs").await;
    app.advance(TimeDelta::seconds(20));
    machine.get("/api/jobs").await;
    let refused = machine.get("/api/jobs").await;
    assert_eq!(refused.status, 429);
    let [_, left] = told(&refused);
    let minute = left.split(", ").next().unwrap();
    assert_eq!(minute, format!("\"key-minute\";r=0;t={}", retry_after(&refused)));
    assert_eq!(standing(&refused).1, 0);
    assert!(left.contains("\"key-day\";r=9998;"), "a refused request is not counted: {left}");
}
