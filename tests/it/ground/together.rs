//! Those who come at the same moment wait for each other, and none of them in a circle.

use futures_util::future::join_all;
use serde_json::json;

use super::{asked, replicas, sent};
use crate::{
    jobs::steps::{outcome, published},
    support::{Client, Held, TestApp},
};

/// So often the database is asked how many wait.
const TRIES: usize = 20_000;

/// Waits until so many wait for rows that somebody holds.
pub(crate) async fn until_waiting(app: &TestApp, number: i64) {
    let waiting = "SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0";
    for _ in 0..TRIES {
        if app.count(waiting).await >= number {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("{number} should wait");
}

/// What comes of two mutations that both wait for the rows of some people, in the order of the words.
async fn both(
    [one, two]: &[TestApp; 2],
    people: &[&Client],
    [(first, this), (second, that)]: [(&Client, &str); 2],
) -> Vec<String> {
    let ids: Vec<String> = people.iter().map(|client| client.user_id().to_string()).collect();
    let rows = format!("SELECT id FROM users WHERE id IN ({}) FOR UPDATE", ids.join(", "));
    let held = Held::by(one, &rows).await;
    let sent = [sent(first, this, 0), sent(&second.towards(&two.router), that, 0)];
    until_waiting(one, 2).await;
    held.commit().await;
    let replies = join_all(sent).await;
    let mut outcomes: Vec<String> =
        replies.into_iter().map(|reply| outcome(&reply.unwrap())).collect();
    outcomes.sort();
    outcomes
}

#[tokio::test]
async fn s04_changes_of_one_account_come_one_after_the_other() {
    let Some(replicas) = replicas().await else { return };
    let ann = replicas[0].member("ann").await;
    let rename = |name: &str| {
        format!("mutation {{ updateProfile(input: {{name: \"{name}\"}}) {{ user {{ id }} }} }}")
    };
    let changes = [(&ann, &*rename("one")), (&ann, &*rename("two"))];
    assert_eq!(both(&replicas, &[&ann], changes).await, ["ok", "ok"]);
}

#[tokio::test]
async fn s10_of_two_administrators_who_suspend_each_other_one_comes_too_late() {
    let Some(replicas) = replicas().await else { return };
    let (ann, bob) = (replicas[0].admin("ann").await, replicas[0].admin("bob").await);
    let suspend = |who: &Client| {
        let id = who.user_id();
        format!(
            "mutation {{ suspendUser(input: {{id: \"user_{id}\", reason: \"x\"}}) {{ user {{ id }} }} }}"
        )
    };
    let acts = [(&ann, &*suspend(&bob)), (&bob, &*suspend(&ann))];
    assert_eq!(both(&replicas, &[&ann, &bob], acts).await, ["UNAUTHORIZED", "ok"]);
}

#[tokio::test]
async fn s04_an_administrator_who_becomes_a_user_while_waiting_goes_on_as_a_user() {
    let Some([one, _]) = replicas().await else { return };
    let (ann, root) = (one.member("ann").await, one.admin("root").await);
    let job = published(&ann).await;
    let cancel = format!("mutation {{ cancelJob(input: {{id: \"{job}\"}}) {{ job {{ id }} }} }}");
    let id = root.user_id();
    let held = Held::by(&one, &format!("UPDATE users SET role = 'user' WHERE id = {id}")).await;
    let waiting = sent(&root, &cancel, 0);
    assert!(held.is_wanted_by(&one, &waiting).await);
    held.commit().await;
    assert_eq!(outcome(&waiting.await.unwrap()), "FORBIDDEN", "a job of somebody else");
    assert_eq!(asked(&root, &cancel).await, "FORBIDDEN");
    let own = published(&root).await;
    let own = format!("mutation {{ cancelJob(input: {{id: \"{own}\"}}) {{ job {{ id }} }} }}");
    let reply = root.gql(&own, json!({})).await;
    assert_eq!(outcome(&reply), "ok", "and may do what users may: {}", reply.text);
}
