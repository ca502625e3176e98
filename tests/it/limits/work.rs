//! The price follows the work, and the documented use of the gateway is never too dear.

use std::{fs, path::Path};

use async_graphql::Name;
use axum::http::Method;
use find_helper::{config::Config, rest::routes::routes};
use serde_json::{Value, json};

use crate::{
    rest::jobs::cleaning,
    support::{Client, Reply, TestApp},
};

/// What an operation cost, from `extensions.cost`.
fn cost(reply: &Reply) -> u64 {
    reply.cost.as_ref().unwrap_or_else(|| panic!("{reply:?}"))["cost"].as_u64().unwrap()
}

/// What the purse has left, from the headers of an answer.
fn left(reply: &Reply) -> u64 {
    let (_, cost) = reply.header("ratelimit").split_once("\"cost\";r=").unwrap();
    cost.split(';').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn s01_what_may_have_to_be_read_is_part_of_the_price() {
    let (_, anon) = TestApp::new().await;
    let of = async |list: &str, variables: Value| {
        let query = format!(
            "query($filter: JobFilter, $min: Int) {{
                literal: jobs(first: 1, {list}) {{ nodes {{ id }} }}
                whole: jobs(first: 1, filter: $filter) {{ nodes {{ id }} }}
                part: jobs(first: 1, filter: {{minAmount: $min}}) {{ nodes {{ id }} }} }}"
        );
        cost(&anon.gql(&query, variables).await)
    };
    let plain =
        of("filter: {city: \"台北市\", jobType: \"pet\", status: PUBLISHED}", json!({})).await;
    for argument in ["minAmount: 1", "maxAmount: 9", "createdFrom: \"2026-01-01T00:00:00Z\""] {
        assert_eq!(of(&format!("filter: {{{argument}}}"), json!({})).await, plain + 2_000);
    }
    let both = "filter: {minAmount: 1, maxAmount: 9}";
    assert_eq!(of(both, json!({})).await, plain + 2_000, "walked once, however many are judged");
    let city = "filter: {city: \"x\"}";
    assert_eq!(of(city, json!({ "filter": { "minAmount": 1 } })).await, plain + 2_000);
    assert_eq!(of(city, json!({ "filter": { "minAmount": null } })).await, plain);
    assert_eq!(of(city, json!({ "filter": { "city": "x" } })).await, plain);
    assert_eq!(of(city, json!({ "min": 1 })).await, plain + 2_000);
    assert_eq!(of(city, json!({ "min": null })).await, plain);
}

/// Adds so many published jobs of somebody who exists.
async fn add_jobs(app: &TestApp, owner: i64, count: u32) {
    app.execute(&format!(
        "INSERT INTO jobs (owner_id, title, description, job_type, city, city_folded, address,
                           estimated_amount, status, version, created_at, updated_at)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
         SELECT {owner}, 'x', '', 'general', 'x', 'x', 'x', i, 'published', 1, i, i FROM n"
    ))
    .await;
}

#[tokio::test]
async fn s01_a_total_is_exact_up_to_ten_thousand_and_counts_no_further() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let totals = "query($id: ID!) { jobs(first: 1) { totalCount }
        some: jobs(first: 1, filter: {maxAmount: 9999}) { totalCount }
        node(id: $id) { ... on User { jobs(first: 1) { totalCount }
            none: jobs(first: 1, status: DRAFT) { totalCount } } } }";
    let id = json!({ "id": format!("user_{}", ann.user_id()) });
    add_jobs(&app, ann.user_id(), 9_999).await;
    let counted = |jobs: u32| {
        json!({ "jobs": { "totalCount": jobs }, "some": { "totalCount": 9_999 },
            "node": { "jobs": { "totalCount": jobs }, "none": { "totalCount": 0 } } })
    };
    assert_eq!(ann.data(totals, id.clone()).await, counted(9_999));
    add_jobs(&app, ann.user_id(), 2).await;
    let mut more = counted(10_000);
    more["some"]["totalCount"] = 10_000.into();
    assert_eq!(ann.data(totals, id).await, more, "as many or more");
    let total = anon.data("{ jobs(first: 1) { totalCount } }", json!({})).await;
    assert_eq!(total["jobs"]["totalCount"], 10_000);
}

#[tokio::test]
async fn s01_sixty_of_the_dearest_documented_requests_fit_into_every_minute_of_a_key() {
    let (app, _) = TestApp::new().await;
    let machine = app.machine("ann").await;
    let id = machine.post("/api/jobs", cleaning()).await.json()["data"]["id"].clone();
    let everything = json!({
        "title": "居家清潔", "jobType": "general", "city": "台北市", "address": "x",
        "estimatedAmount": 3_000, "description": "x", "scheduledAt": "2026-02-08T08:00:00Z",
        "expiresAt": "2026-02-08T07:00:00Z", "expectedVersion": 1,
    });
    let mut dearest = 0;
    for route in routes().iter().filter(|route| route.path.starts_with("/api/")) {
        let path = route.path.replace("{id}", &id.to_string());
        let before = left(&machine.get("/api/jobs/9").await);
        let reply = match route.method {
            Method::GET if route.paged => {
                let query = "city=台北市&jobType=general&status=published&limit=100";
                machine.get(&format!("{path}?{query}")).await
            }
            _ => machine.json(route.method.clone(), &path, &everything).await,
        };
        assert!(reply.status.is_success(), "{path}: {reply:?}");
        dearest = dearest.max(before - left(&reply));
    }
    assert!(dearest > 1_000, "{dearest}");
    let limit = u64::from(app.services.config.limits.limit_cost_per_minute);
    assert!(dearest * 60 <= limit, "60 times {dearest}");
    let another = app.machine("bob").await;
    for request in 0..60 {
        let reply = another.get("/api/jobs?city=台北市&jobType=general&limit=100").await;
        assert_eq!(reply.status, 200, "{request}: {reply:?}");
    }
}

/// Every definition of the documents below a folder.
fn definitions(folder: &Path, into: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            definitions(&path, into);
        } else if path.extension().is_some_and(|it| it == "graphql") {
            let text = fs::read_to_string(&path).unwrap().replace("\n}", "\n}\0");
            into.extend(
                text.split('\0').map(str::trim).filter(|it| !it.is_empty()).map(Into::into),
            );
        }
    }
}

/// The definition with all fragments that it needs.
fn whole(definition: &str, fragments: &[String]) -> String {
    let mut text = definition.to_owned();
    while let Some(missing) = fragments.iter().find(|fragment| {
        let name = fragment.split_whitespace().nth(1).unwrap();
        let spread = format!("...{name}");
        let mut words = text.split(|it: char| !(it.is_alphanumeric() || it == '.'));
        words.any(|word| word == spread) && !text.contains(*fragment)
    }) {
        text.push_str(missing);
    }
    text
}

/// The dearest variables that a page sends, of which an operation takes what it declares.
fn variables(query: &str) -> Value {
    let amounts = json!({ "city": "x", "minAmount": 1, "maxAmount": 2 });
    let kind = json!({ "kind": "SIGNED_IN" });
    let filter =
        [("JobFilter", amounts), ("AuditFilter", kind), ("UserFilter", json!({ "role": "USER" }))];
    let filter = filter.iter().find(|(name, _)| query.contains(*name)).map(|(_, it)| it.clone());
    json!({ "filter": filter, "first": 100, "days": 90 })
}

#[tokio::test]
async fn s01_what_the_pages_ask_fits_sixty_times_into_a_minute() {
    let (app, _) = TestApp::new().await;
    let gateway = app.app().gateway;
    let Config { limits, .. } = &app.services.config;
    let mut all = Vec::new();
    definitions(&Path::new(env!("CARGO_MANIFEST_DIR")).join("web/src"), &mut all);
    let is_fragment = |text: &&String| text.starts_with("fragment ");
    let fragments: Vec<String> = all.iter().filter(is_fragment).cloned().collect();
    let mut priced = 0;
    for definition in all.iter().filter(|text| !is_fragment(text)) {
        let query = whole(definition, &fragments);
        let document = gateway
            .engine
            .gate()
            .admit(&query)
            .unwrap_or_else(|error| panic!("{query}: {error:?}"));
        let operation = &document.operations()[0];
        let mut given = async_graphql::Variables::from_json(variables(&query));
        // As an enum is coerced.
        given.insert(Name::new("orderBy"), async_graphql::Value::Enum(Name::new("NEWEST")));
        // What is missing has no part in the price.
        let cost = operation.cost(&given).unwrap_or_else(|error| panic!("{query}: {error:?}"));
        assert!(
            cost * 60 <= u64::from(limits.limit_cost_per_minute) || query.contains("exportData"),
            "{cost}: {query}"
        );
        priced += 1;
    }
    assert!(priced > 60, "{priced}");
}

#[tokio::test]
async fn s01_of_fifteen_filtered_totals_at_once_a_purse_holds_fifteen() {
    let (app, anon) = TestApp::with(&["--limit-general-per-minute=1000"]).await;
    let filter = "{minAmount: 1, maxAmount: 9999999, createdFrom: \"2000-01-01T00:00:00Z\"}";
    let total = |n| format!("a{n}: jobs(first: 1, filter: {filter}) {{ totalCount }}");
    let query = format!("{{ {} }}", (0..15).map(total).collect::<Vec<_>>().join(" "));
    assert_eq!(cost(&anon.gql(&query, json!({})).await), 15 * (1 + 20 + 2_000 + 1 + 200));
    let answered = async |client: &Client| {
        let mut answered = 0;
        while client.gql(&query, json!({})).await.status == 200 {
            answered += 1;
        }
        answered
    };
    assert_eq!(answered(&anon).await, 14);
    assert_eq!(answered(&app.anon()).await, 15, "others have a purse of their own");
}
