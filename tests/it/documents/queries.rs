//! `GET /q/{name-or-hash}`.

use axum::{
    body::Body,
    http::{Method, header},
};
use serde_json::{Value, json};

use super::{answer, by_hash, hash, trusting};
use crate::{
    rest::jobs::cleaning,
    support::{Client, Reply, TestApp},
};

const JOBS: &str =
    "query CityJobs($city: String, $limit: Int! = 5, $order: JobOrder!, $count: Boolean!) {
    jobs(filter: {city: $city}, first: $limit, orderBy: $order) {
        nodes { title estimatedAmount status } totalCount @include(if: $count) } }";
const FILTERED: &str = "query Filtered($filter: JobFilter, $ids: [ID!]!) {
    jobs(filter: $filter) { nodes { id } } nodes(ids: $ids) { id } }";
const VIEWER: &str = "query Me { viewer { id } }";
const FAILS: &str = "query Fails { __typename apiKeys { totalCount } }";
const MUTATION: &str = "mutation Leave { logout { ok } }";
const TWIN: &str = "query Twin { one: __typename }";
const OTHER_TWIN: &str = "query Twin { two: __typename }";
const UNNAMED: &str = "{ unnamed: __typename }";

async fn world() -> (TestApp, Client) {
    let texts = [JOBS, FILTERED, VIEWER, FAILS, MUTATION, TWIN, OTHER_TWIN, UNNAMED];
    let (app, anon) = trusting(&by_hash(&texts), &[]).await;
    let machine = app.machine("ann").await;
    for (city, amount) in [("台北市", 3_000), ("台北市", 900), ("台南市", 2_000)] {
        let mut job = cleaning();
        job["city"] = city.into();
        job["estimatedAmount"] = amount.into();
        machine.post("/api/jobs", job).await;
    }
    (app, anon)
}

async fn get(client: &Client, path: &str, headers: &[(&str, &str)]) -> Reply {
    let mut request = client.request(Method::GET, path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    client.send(request.body(Body::empty()).unwrap()).await
}

fn refusal(reply: &Reply) -> (u16, Value) {
    (reply.status.as_u16(), reply.json()["errors"][0]["extensions"]["code"].clone())
}

#[tokio::test]
async fn a_query_answers_with_the_very_bytes_of_post_and_variables_of_the_query_string() {
    let (_, anon) = world().await;
    let path = "/q/CityJobs?city=台北市&limit=1&order=amount_highest&count=true";
    let variables =
        json!({ "city": "台北市", "limit": 1, "order": "AMOUNT_HIGHEST", "count": true });
    let posted = anon.gql(JOBS, variables).await.text;
    assert!(posted.contains("3000") && posted.contains(r#""totalCount":2"#), "{posted}");
    assert_eq!(anon.get(path).await.text, posted);
    let by_hash = path.replace("CityJobs", &hash(JOBS));
    assert_eq!(anon.get(&by_hash).await.text, posted);
    let all = anon.get("/q/CityJobs?city=&order=NEWEST&count=false").await.json();
    assert_eq!(all["data"]["jobs"]["nodes"].as_array().map(Vec::len), Some(3), "{all}");
}

#[tokio::test]
async fn lists_and_objects_are_written_as_json() {
    let (_, anon) = world().await;
    let path = r#"/q/Filtered?filter={"city":"台南市"}&ids=["job_1","job_2"]"#;
    let data = anon.get(path).await.json();
    assert_eq!(data["data"]["jobs"]["nodes"], json!([{ "id": "job_3" }]), "{data}");
    assert_eq!(data["data"]["nodes"].as_array().map(Vec::len), Some(2), "{data}");
    let one = anon.get("/q/Filtered?ids=job_1").await.json();
    assert_eq!(one["data"]["nodes"], json!([{ "id": "job_1" }]), "{one}");
}

#[tokio::test]
async fn variables_that_do_not_fit_are_refused_by_name() {
    let (_, anon) = world().await;
    for (query, path) in [
        ("order=newest&count=maybe", "count"),
        ("order=newest&count=true&limit=x", "limit"),
        ("order=newest", "count"),
        ("order=sideways&count=true", "order"),
    ] {
        let reply = anon.get(&format!("/q/CityJobs?{query}")).await;
        assert_eq!(refusal(&reply), (400, json!("INVALID_REQUEST")), "{query}: {}", reply.text);
        let fields = &reply.json()["errors"][0]["extensions"]["fields"];
        assert_eq!(fields[0]["path"], path, "{fields}");
    }
    let filter = anon.get("/q/Filtered?ids=[]&filter={").await;
    assert_eq!(refusal(&filter), (400, json!("INVALID_REQUEST")));
}

#[tokio::test]
async fn what_is_no_query_of_the_manifest_is_not_found() {
    let (app, anon) = world().await;
    let ann = app.signed_in("ann@example.com").await;
    // Known to the gate, but not of the manifest.
    anon.data("{ other: __typename }", json!({})).await;
    let other = hash("{ other: __typename }");
    for name in ["Nothing", "cityjobs", "Twin", "Leave", &hash(MUTATION), &other, "%FF"] {
        let reply = ann.get(&format!("/q/{name}")).await;
        assert_eq!(refusal(&reply), (404, json!("NOT_FOUND")), "{name}");
        assert_eq!(reply.header("cache-control"), "no-store");
    }
    assert_eq!(ann.data(VIEWER, json!({})).await["viewer"]["id"], "user_1", "still signed in");
    let (_, without) = TestApp::new().await;
    assert_eq!(refusal(&without.get("/q/CityJobs").await), (404, json!("NOT_FOUND")));
}

#[tokio::test]
async fn queries_of_the_same_name_or_without_one_go_by_their_hash() {
    let (_, anon) = world().await;
    for (text, member) in [(TWIN, "one"), (OTHER_TWIN, "two"), (UNNAMED, "unnamed")] {
        let reply = anon.get(&format!("/q/{}", hash(text))).await;
        assert_eq!(reply.json(), json!({ "data": { member: "Query" } }));
    }
}

#[tokio::test]
async fn other_methods_run_nothing() {
    let (_, anon) = world().await;
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        let reply = anon.json(method, "/q/CityJobs", &json!({})).await;
        assert_eq!(refusal(&reply), (405, json!("METHOD_NOT_ALLOWED")));
        assert_eq!(reply.header("allow"), "GET, HEAD");
    }
    let head = anon.request(Method::HEAD, "/q/Me").body(Body::empty()).unwrap();
    let reply = anon.send(head).await;
    assert_eq!((reply.status.as_u16(), reply.text.as_str()), (200, ""));
    assert_eq!(reply.header("etag"), anon.get("/q/Me").await.header("etag"));
}

#[tokio::test]
async fn a_version_that_the_client_has_is_not_sent_again_until_it_changes() {
    let (app, anon) = world().await;
    let path = "/q/CityJobs?order=newest&count=true";
    let first = anon.get(path).await;
    let etag = first.header("etag").to_owned();
    assert!(etag.starts_with('"'), "a strong one: {etag}");
    for known in [etag.as_str(), &format!("\"other\", {etag}"), "*"] {
        let again = get(&anon, path, &[("if-none-match", known)]).await;
        assert_eq!((again.status.as_u16(), again.text.as_str()), (304, ""), "{known}");
        for name in ["etag", "cache-control", "vary"] {
            assert_eq!(again.header(name), first.header(name));
        }
        assert!(again.has("x-ratelimit-remaining"));
    }
    let strict = ("accept", "application/graphql-response+json");
    let other_type = get(&anon, path, &[("if-none-match", &etag), strict]).await;
    assert_eq!(other_type.status, 200, "the same bytes of another media type");
    app.machine("bob").await.post("/api/jobs", cleaning()).await;
    let changed = get(&anon, path, &[("if-none-match", &etag)]).await;
    assert_eq!(changed.status, 200);
    assert_ne!(changed.header("etag"), etag);
}

#[tokio::test]
async fn answers_are_cached_for_whom_they_are_and_refusals_for_nobody() {
    let (app, anon) = world().await;
    let ann = app.signed_in("ann@example.com").await;
    for (client, caching, id) in
        [(&anon, "no-cache", json!(null)), (&ann, "private, no-cache", json!({ "id": "user_1" }))]
    {
        let reply = client.get("/q/Me").await;
        assert_eq!(reply.json()["data"]["viewer"], id);
        assert_eq!(reply.header("cache-control"), caching);
        let vary = reply.headers.get_all(header::VARY).iter().map(|it| it.to_str().unwrap());
        let vary = vary.collect::<Vec<_>>().join(", ").to_lowercase();
        for name in ["accept", "accept-language", "authorization", "x-api-key", "x-api-secret"] {
            assert!(vary.split(", ").any(|varies| varies == name), "{name}: {vary}");
        }
    }
    let forged = anon.clone().with_session(1, "x.y.z", None);
    for (client, path, status) in
        [(&anon, "/q/CityJobs", 400), (&anon, "/q/Fails", 200), (&forged, "/q/Me", 401)]
    {
        let reply = client.get(path).await;
        assert_eq!(reply.status, status, "{path}");
        assert_eq!(reply.header("cache-control"), "no-store", "{path}");
        assert!(!reply.has("etag"), "{path}");
    }
    let image = get(&anon, "/q/Me", &[("accept", "image/png")]).await;
    assert_eq!(refusal(&image), (406, json!("NOT_ACCEPTABLE")));
}

#[tokio::test]
async fn queries_count_in_the_limits_also_when_they_are_unchanged() {
    let manifest = by_hash(&[UNNAMED]);
    let (_, anon) = trusting(&manifest, &["--limit-reading-per-minute=2"]).await;
    let path = format!("/q/{}", hash(UNNAMED));
    let etag = anon.get(&path).await.header("etag").to_owned();
    assert_eq!(get(&anon, &path, &[("if-none-match", &etag)]).await.status, 304);
    let reply = get(&anon, &path, &[("if-none-match", &etag)]).await;
    assert_eq!(refusal(&reply), (429, json!("RATE_LIMIT_EXCEEDED")));
    assert_eq!(answer(&anon, json!({ "query": UNNAMED })).await, "RATE_LIMIT_EXCEEDED");
}

#[tokio::test]
async fn the_description_of_the_gateway_has_an_entry_for_each_query_and_none_without() {
    let (_, anon) = world().await;
    let description = anon.get("/openapi.json").await.json();
    let paths = description["paths"].as_object().unwrap();
    let mut queries: Vec<&str> = paths.keys().filter_map(|path| path.strip_prefix("/q/")).collect();
    queries.sort_unstable();
    let (twin, other, unnamed) = (hash(TWIN), hash(OTHER_TWIN), hash(UNNAMED));
    let mut expected = [&twin, &other, &unnamed, "CityJobs", "Filtered", "Fails", "Me"];
    expected.sort_unstable();
    assert_eq!(queries, expected);
    let parameters = &description["paths"]["/q/CityJobs"]["get"]["parameters"];
    let told = |name: &str| {
        let mut all = parameters.as_array().unwrap().iter();
        all.find(|parameter| parameter["name"] == name).unwrap()
    };
    assert_eq!(told("limit")["schema"]["default"], 5);
    assert_eq!(
        (&told("limit")["required"], &told("order")["required"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(told("city")["schema"]["maxLength"], 50);
    assert_eq!(told("order")["schema"]["$ref"], "#/components/schemas/JobOrder");
    let filtered = &description["paths"]["/q/Filtered"]["get"]["parameters"];
    assert!(filtered[0]["content"]["application/json"]["schema"].is_object(), "{filtered}");
    for reference in references(&description) {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(description.pointer(pointer).is_some(), "{pointer}");
    }
    let (_, without) = TestApp::new().await;
    let plain = without.get("/openapi.json").await.json();
    let checked_in: Value =
        serde_json::from_str(include_str!("../../../docs/openapi.json")).unwrap();
    for part in ["paths", "tags", "components"] {
        assert_eq!(plain[part], checked_in[part], "{part}");
    }
}

/// Every `$ref` of a value.
fn references(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(items) => items.iter().flat_map(references).collect(),
        Value::Object(members) => {
            let own = members.get("$ref").and_then(Value::as_str);
            own.into_iter().chain(members.values().flat_map(references)).collect()
        }
        _ => Vec::new(),
    }
}
