//! There is always an administrator left.

use futures_util::future::join_all;

use super::{delete_account, replicas, sent};
use crate::{
    jobs::steps::outcome,
    support::{Client, Held},
};

/// Administrators who can act.
async fn left(admins: &[&Client]) -> usize {
    let mut left = 0;
    for admin in admins {
        let query = "{ users(first: 1) { nodes { id } } }";
        left += usize::from(super::asked(admin, query).await == "ok");
    }
    left
}

fn act(field: &str, on: &Client) -> String {
    let role = if field == "changeUserRole" { ", role: USER" } else { "" };
    let id = on.user_id();
    format!(
        "mutation {{ {field}(input: {{id: \"user_{id}\", reason: \"x\"{role}}}) {{ user {{ id }} }} }}"
    )
}

#[tokio::test]
async fn s10_an_administrator_who_waits_to_be_deleted_counts_who_is_left_then() {
    let Some([one, two]) = replicas().await else { return };
    let (ann, bob) = (one.admin("ann").await, two.admin("bob").await);
    let held = Held::by(&one, &lock(&ann)).await;
    let waiting = sent(&ann, &delete_account(), 0);
    assert!(held.is_wanted_by(&one, &waiting).await);
    assert_eq!(super::asked(&bob, &delete_account()).await, "ok");
    held.commit().await;
    assert_eq!(outcome(&waiting.await.unwrap()), "CONFLICT");
    assert_eq!(left(&[&ann, &bob]).await, 1);
}

fn lock(client: &Client) -> String {
    format!("SELECT id FROM users WHERE id = {} FOR UPDATE", client.user_id())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s10_administrators_who_go_at_the_same_moment_leave_one() {
    let Some([one, two]) = replicas().await else { return };
    for round in 0..12 {
        let ann = one.admin(&format!("ann-{round}")).await;
        let bob = one.admin(&format!("bob-{round}")).await.towards(&two.router);
        let gone = [sent(&ann, &delete_account(), 0), sent(&bob, &delete_account(), round % 3)];
        let mut outcomes: Vec<String> =
            join_all(gone).await.into_iter().map(|reply| outcome(&reply.unwrap())).collect();
        outcomes.sort();
        assert_eq!(outcomes, ["CONFLICT", "ok"], "round {round}");
        assert_eq!(left(&[&ann, &bob]).await, 1, "round {round}");
        one.execute("UPDATE users SET role = 'user'").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s10_administrators_who_end_each_other_or_themselves_leave_one() {
    let Some([one, two]) = replicas().await else { return };
    let fields = ["suspendUser", "changeUserRole"];
    for round in 0..12 {
        let ann = one.admin(&format!("ann-{round}")).await;
        let bob = one.admin(&format!("bob-{round}")).await.towards(&two.router);
        let cat = one.admin(&format!("cat-{round}")).await;
        let field = fields[round % 2];
        // In a circle, and one of them goes by herself as well.
        let acts = [
            sent(&ann, &act(field, &bob), 0),
            sent(&bob, &act(field, &cat), round % 3),
            sent(&cat, &act(field, &ann), round % 5),
            sent(&ann.towards(&two.router), &delete_account(), round % 7),
        ];
        let outcomes: Vec<String> =
            join_all(acts).await.into_iter().map(|reply| outcome(&reply.unwrap())).collect();
        let known = ["ok", "FORBIDDEN", "UNAUTHORIZED", "CONFLICT"];
        assert!(outcomes.iter().all(|it| known.contains(&it.as_str())), "{outcomes:?}");
        assert!(left(&[&ann, &bob, &cat]).await >= 1, "round {round}: {outcomes:?}");
        one.execute("UPDATE users SET role = 'user'").await;
    }
}
