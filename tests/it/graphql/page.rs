//! Pages of every list: no gap, no repetition, whatever happens in between.

use std::collections::HashSet;

use apollo_compiler::Schema;
use chrono::TimeDelta;
use find_helper::{
    domain::{keys, viewer::Scope},
    graphql::sdl,
};
use serde_json::{Value, json};

use super::walk::{List, Page, nothing};
use crate::{
    jobs::{
        reviews::{completed, report, reviewed},
        steps::{UNLIMITED, apply, draft, fields, outcome, post, published},
    },
    support::{Client, TestApp},
};

const ORDERS: [&str; 4] = ["NEWEST", "OLDEST", "AMOUNT_HIGHEST", "AMOUNT_LOWEST"];

fn jobs_by(order: &str) -> String {
    format!("{{ jobs(orderBy: {order}, ARGS) PAGE }}")
}

/// Seven jobs: each time and each amount is that of several.
async fn equals() -> (TestApp, Client) {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let ann = app.member("ann").await;
    for (n, amount) in [200, 100, 200, 100, 200, 100, 300].into_iter().enumerate() {
        if n == 4 {
            app.advance(TimeDelta::milliseconds(1));
        }
        post(&ann, json!({ "estimatedAmount": amount })).await;
    }
    (app, ann)
}

#[tokio::test]
async fn the_pages_of_each_order_are_the_whole_list_in_both_directions() {
    let (_, ann) = equals().await;
    for (order, numbers) in ORDERS.into_iter().zip([
        [7, 6, 5, 4, 3, 2, 1],
        [1, 2, 3, 4, 5, 6, 7],
        [7, 5, 3, 1, 6, 4, 2],
        [2, 4, 6, 1, 3, 5, 7],
    ]) {
        let whole = numbers.map(|number| format!("job_{number}"));
        let document = jobs_by(order);
        let list = List { client: &ann, document: &document };
        for size in [1, 2, 3, 6, 7, 8] {
            assert_eq!(list.forward(size, nothing).await, whole, "{order} by {size}");
            assert_eq!(list.backward(size, nothing).await, whole, "{order} back by {size}");
        }
    }
}

#[tokio::test]
async fn posting_between_pages_neither_repeats_nor_loses_a_job() {
    let (app, ann) = equals().await;
    for (n, order) in ORDERS.into_iter().enumerate() {
        let document = jobs_by(order);
        let list = List { client: &ann, document: &document };
        let meanwhile = async || {
            app.advance(TimeDelta::milliseconds(i64::try_from(n % 2).unwrap()));
            post(&ann, json!({ "estimatedAmount": 200 })).await;
        };
        for back in [false, true] {
            let before = list.page("first: 100").await.keys;
            let seen = if back {
                list.backward(3, &meanwhile).await
            } else {
                list.forward(3, &meanwhile).await
            };
            let distinct: HashSet<String> = seen.iter().map(Value::to_string).collect();
            assert_eq!(distinct.len(), seen.len(), "{order}: {seen:?}");
            let old: Vec<Value> = seen.into_iter().filter(|key| before.contains(key)).collect();
            assert_eq!(old, before, "{order}, back: {back}");
        }
    }
}

/// The fields of the schema that are lists with pages, such as `Job.events`.
pub(super) fn connections() -> Vec<String> {
    let schema = Schema::parse_and_validate(sdl(), "schema.graphql").unwrap();
    let objects = schema.types.values().filter_map(|it| it.as_object());
    let fields = objects.flat_map(|of| of.fields.values().map(move |field| (&of.name, field)));
    let lists = fields.filter(|(_, field)| field.ty.inner_named_type().ends_with("Connection"));
    lists.map(|(of, field)| format!("{of}.{}", field.name)).collect()
}

#[tokio::test]
async fn every_list_is_paged_alike() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, admin) = (app.member("ann").await, app.admin("zoe").await);
    let job = published(&ann).await;
    for name in ["ben", "cat", "dan"] {
        let member = app.member(name).await;
        apply(&member, &job).await;
        app.tell().await;
        draft(&ann).await;
        apply(&ann, &published(&member).await).await;
        app.signed_in("ann@example.com").await;
        let done = completed(&ann, &member).await;
        reviewed(&ann, &done, 5, "").await;
        let review = reviewed(&member, &done, 5, "").await;
        assert_eq!(outcome(&report(&ann, &review).await), "ok");
    }
    for _ in 0..3 {
        app.key(&ann, Scope::ALL).await;
    }
    let lists = [
        ("Query.apiKeys", 3),
        ("Query.auditEvents", 11),
        ("Query.jobs", 10),
        ("Query.reviewReports", 3),
        ("Query.users", 5),
        ("User.applications", 3),
        ("User.auditEvents", 7),
        ("User.jobs", 7),
        ("User.notices", 7),
        ("User.reviews", 3),
        ("User.sessions", 4),
        ("Job.applications", 3),
        ("Job.events", 5),
    ];
    let missing: Vec<_> = connections()
        .into_iter()
        .filter(|field| !lists.iter().any(|(listed, _)| listed == field))
        .collect();
    assert!(missing.is_empty(), "{missing:?}: page through it here");
    for (field, length) in lists {
        let (parent, name) = field.split_once('.').unwrap();
        let client =
            if ["auditEvents", "reviewReports", "users"].contains(&name) { &admin } else { &ann };
        let document = match parent {
            "Query" => format!("{{ {name}(ARGS) PAGE }}"),
            "User" => format!("{{ user(id: \"user_{}\") {{ {name}(ARGS) PAGE }} }}", ann.user_id()),
            _ => format!("{{ node(id: \"{job}\") {{ ... on {parent} {{ {name}(ARGS) PAGE }} }} }}"),
        };
        let list = List { client, document: &document };
        let whole = list.page("first: 100").await;
        assert_eq!((whole.keys.len(), whole.has_next), (length, false), "{document}");
        for size in [1, 2, length, length + 1] {
            assert_eq!(list.forward(size, nothing).await, whole.keys, "{document} by {size}");
            assert_eq!(list.backward(size, nothing).await, whole.keys, "{document} back by {size}");
        }
    }
}

#[tokio::test]
async fn each_cursor_is_the_place_of_its_edge() {
    let (_, ann) = equals().await;
    let list = List { client: &ann, document: "{ jobs(ARGS) PAGE }" };
    let Page { keys, cursors, .. } = list.page("first: 100").await;
    for (at, cursor) in cursors.iter().enumerate() {
        let after = list.page(&format!("first: 100, after: \"{cursor}\"")).await;
        assert_eq!(after.keys, keys[at + 1..]);
        let before = list.page(&format!("first: 100, before: \"{cursor}\"")).await;
        assert_eq!(before.keys, keys[..at]);
        let between = list.page(&format!("after: \"{}\", before: \"{cursor}\"", cursors[0])).await;
        assert_eq!(between.keys, keys[1.min(at)..at], "between the first and {at}");
    }
}

#[tokio::test]
async fn a_page_has_twenty_rows_unless_told_otherwise() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let ann = app.member("ann").await;
    for _ in 0..22 {
        draft(&ann).await;
    }
    let list = List { client: &ann, document: "{ jobs(orderBy: OLDEST, ARGS) PAGE }" };
    let start = list.page("after: null").await;
    assert_eq!((start.keys.len(), start.has_next), (20, true));
    let last = &list.page("last: 1").await.cursors[0];
    let end = list.page(&format!("before: \"{last}\"")).await;
    assert_eq!((end.keys.len(), end.has_previous), (20, true));
    assert_eq!(end.keys[19], "job_21", "without a size, before means next before");
}

#[tokio::test]
async fn sizes_out_of_bounds_are_refused_by_name() {
    let (_, ann) = equals().await;
    for (args, name) in [
        ("first: 0", "first"),
        ("first: -1", "first"),
        ("first: 101", "first"),
        ("last: 0", "last"),
        ("last: -2147483648", "last"),
        ("last: 101", "last"),
        ("first: 1, last: 1", "last"),
    ] {
        for document in [
            "{ jobs(ARGS) { nodes { id } } }",
            "{ apiKeys(ARGS) { nodes { id } } }",
            "{ user(id: \"user_1\") { jobs(ARGS) { nodes { id } } } }",
            "{ job(by: {id: \"job_1\"}) { events(ARGS) { nodes { position } } } }",
            "{ job(by: {id: \"job_1\"}) { applications(ARGS) { nodes { id } } } }",
        ] {
            let reply = ann.gql(&document.replace("ARGS", args), json!({})).await;
            assert_eq!(fields(&reply), [name], "{args} in {document}");
        }
    }
    let list = List { client: &ann, document: "{ jobs(ARGS) PAGE }" };
    for args in ["first: 1", "first: 100", "last: 1", "last: 100", "first: null, last: 1"] {
        assert!(!list.page(args).await.keys.is_empty(), "{args}");
    }
}

#[tokio::test]
async fn a_cursor_that_was_changed_or_is_of_another_list_is_refused() {
    let (app, ann) = equals().await;
    let ben = app.member("ben").await;
    apply(&ben, "job_1").await;
    app.key(&ann, Scope::ALL).await;
    let cursor = async |document: &str| {
        let list = List { client: &ann, document };
        list.page("first: 1").await.cursors.remove(0)
    };
    let good = cursor("{ jobs(ARGS) PAGE }").await;
    let mut bad = vec![
        String::new(),
        "x".into(),
        "x".repeat(2_000),
        good[..good.len() - 1].to_owned(),
        format!("{good}A"),
        cursor("{ apiKeys(ARGS) PAGE }").await,
        cursor("{ job(by: {id: \"job_1\"}) { applications(ARGS) PAGE } }").await,
        cursor("{ job(by: {id: \"job_1\"}) { events(ARGS) PAGE } }").await,
    ];
    for order in &ORDERS[1..] {
        bad.push(cursor(&jobs_by(order)).await);
    }
    for place in 0..good.len() {
        let other = if good.as_bytes()[place] == b'A' { "B" } else { "A" };
        bad.push([&good[..place], other, &good[place + 1..]].concat());
    }
    let query = "query($cursor: String!) { jobs(after: $cursor) { nodes { id } } }";
    assert_eq!(outcome(&ann.gql(query, json!({ "cursor": good })).await), "ok");
    for cursor in &bad {
        let reply = ann.gql(query, json!({ "cursor": cursor })).await;
        assert_eq!(fields(&reply), ["after"], "{cursor}");
    }
    let before = "query($cursor: String!) { apiKeys(last: 1, before: $cursor) { nodes { id } } }";
    assert_eq!(fields(&ann.gql(before, json!({ "cursor": good })).await), ["before"]);
}

#[tokio::test]
async fn the_total_counts_the_whole_list_whatever_the_page() {
    let (app, ann) = equals().await;
    for _ in 0..keys::MAX_ACTIVE {
        app.key(&ann, Scope::ALL).await;
    }
    for args in ["first: 1", "last: 2", "first: 100"] {
        let document = format!(
            "{{ jobs({args}) {{ totalCount }} apiKeys({args}) {{ totalCount }}
                user(id: \"user_1\") {{ jobs({args}) {{ totalCount }} }} }}"
        );
        let data = ann.data(&document, json!({})).await;
        let totals = [&data["jobs"], &data["apiKeys"], &data["user"]["jobs"]];
        assert_eq!(totals.map(|list| list["totalCount"].as_i64().unwrap()), [7, 5, 7], "{args}");
    }
}
