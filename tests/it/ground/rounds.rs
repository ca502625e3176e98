//! Five mutations, fifty times each at the same moment as what takes their ground away, over two
//! replicas.

use find_helper::{domain::viewer::Scope, random::Random};

use super::{asked, delete_account, replicas, sent};
use crate::{
    jobs::steps::outcome,
    support::{Client, PASSWORD, Reply, TestApp},
};

const ROUNDS: usize = 50;

/// Sends both at about the same moment, the first to one replica and the second to another.
async fn at_once(
    [one, two]: &[TestApp; 2],
    first: (&Client, &str),
    second: (&Client, &str),
) -> [Reply; 2] {
    let [a, b] = Random::System.bytes::<2>().map(usize::from);
    let first = sent(&first.0.towards(&one.router), first.1, a % 64);
    let second = sent(&second.0.towards(&two.router), second.1, b % 64);
    [first.await.unwrap(), second.await.unwrap()]
}

/// Each audit row of a kind whose actor had been ended by a row before it.
fn after(ended: &str, about: i64, kind: &str, actor: i64) -> String {
    format!(
        "SELECT count(*) FROM audit_events WHERE kind = '{kind}' AND actor_id = {actor} AND id >
            (SELECT max(id) FROM audit_events WHERE kind = '{ended}' AND user_id = {about})"
    )
}

fn suspend(id: i64) -> String {
    format!(
        "mutation {{ suspendUser(input: {{id: \"user_{id}\", reason: \"x\"}}) {{ user {{ id }} }} }}"
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s04_rounds_of_create_api_key_and_delete_account() {
    let Some(replicas) = replicas().await else { return };
    let create = "mutation { createApiKey(input: {name: \"k\", scopes: [JOBS_READ]}) { secret } }";
    for round in 0..ROUNDS {
        let ann = replicas[0].member(&format!("ann-{round}")).await;
        let [_, deleted] = at_once(&replicas, (&ann, create), (&ann, &delete_account())).await;
        assert_eq!(outcome(&deleted), "ok");
        let active = format!(
            "SELECT count(*) FROM api_keys WHERE user_id = {} AND revoked_at IS NULL",
            ann.user_id()
        );
        assert_eq!(replicas[0].count(&active).await, 0, "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s04_rounds_of_login_and_suspend_user() {
    let Some(replicas) = replicas().await else { return };
    let admin = replicas[0].admin("root").await;
    for round in 0..ROUNDS {
        let ann = replicas[0].member(&format!("ann-{round}")).await;
        let login = format!(
            "mutation {{ login(input: {{email: \"ann-{round}@example.com\", password: \"{PASSWORD}\"}}) {{ token }} }}"
        );
        let suspend = suspend(ann.user_id());
        let anon = replicas[0].anon();
        let [_, suspended] = at_once(&replicas, (&anon, &login), (&admin, &suspend)).await;
        assert_eq!(outcome(&suspended), "ok");
        let alive = format!(
            "SELECT count(*) FROM sessions WHERE user_id = {} AND revoked_at IS NULL",
            ann.user_id()
        );
        assert_eq!(replicas[0].count(&alive).await, 0, "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s04_rounds_of_update_profile_and_suspend_user() {
    let Some(replicas) = replicas().await else { return };
    let admin = replicas[0].admin("root").await;
    for round in 0..ROUNDS {
        let ann = replicas[0].member(&format!("ann-{round}")).await;
        let update = "mutation { updateProfile(input: {name: \"another\"}) { user { id } } }";
        let suspend = suspend(ann.user_id());
        at_once(&replicas, (&ann, update), (&admin, &suspend)).await;
        let id = ann.user_id();
        let late = after("user_suspended", id, "profile_updated", id);
        assert_eq!(replicas[0].count(&late).await, 0, "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s04_rounds_of_change_user_role_and_the_end_of_its_administrator() {
    let Some(replicas) = replicas().await else { return };
    let root = replicas[0].admin("root").await;
    let bob = replicas[0].member("bob").await;
    let change = |client: &Client, role: &str| {
        let id = client.user_id();
        format!(
            "mutation {{ changeUserRole(input: {{id: \"user_{id}\", role: {role}, reason: \"x\"}}) {{ user {{ id }} }} }}"
        )
    };
    for round in 0..ROUNDS {
        let ann = replicas[0].admin(&format!("ann-{round}")).await;
        let (promote, demote) = (change(&bob, "USER"), change(&ann, "USER"));
        at_once(&replicas, (&ann, &promote), (&root, &demote)).await;
        let id = ann.user_id();
        let late = after("role_changed", id, "role_changed", id);
        assert_eq!(replicas[0].count(&late).await, 0, "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s04_rounds_of_create_job_and_revoke_api_key() {
    let Some(replicas) = replicas().await else { return };
    let create = "mutation { createJob(input: {title: \"遛狗\", jobType: \"pet\", city: \"台北市\",
        address: \"x\", estimatedAmount: 1}) { job { id } } }";
    let ann = replicas[0].member("ann").await;
    for round in 0..ROUNDS {
        let program = replicas[0].key(&ann, Scope::ALL).await;
        assert_eq!(asked(&program, "{ viewer { id } }").await, "FORBIDDEN", "used before");
        let key = replicas[0].count("SELECT max(id) FROM api_keys").await;
        let revoke = format!(
            "mutation {{ revokeApiKey(input: {{id: \"key_{key}\"}}) {{ apiKey {{ id }} }} }}"
        );
        let [a, b] = Random::System.bytes::<2>().map(usize::from);
        let creating = sent(&program, create, a % 64);
        let revoked = sent(&ann.towards(&replicas[1].router), &revoke, b % 64).await.unwrap();
        assert_eq!(outcome(&revoked), "ok");
        let events = format!(
            "SELECT (SELECT count(*) FROM job_events WHERE api_key_id = {key})
                + (SELECT count(*) FROM pending_events WHERE api_key_id = {key})"
        );
        let then = replicas[0].count(&events).await;
        creating.await.unwrap();
        assert_eq!(
            replicas[0].count(&events).await,
            then,
            "round {round}: written with a dead key"
        );
    }
}
