//! How many jobs of a list are in each city and of each type.

use std::collections::BTreeMap;

use find_helper::{
    domain::{
        jobs::{
            job::{
                JobFilter, JobOrder,
                facets::{Dimension, Facet, among},
            },
            place,
        },
        viewer::Audience,
    },
    random::Random,
};
use serde_json::{Value, json};

use crate::{
    jobs::{
        listed::{Stored, random_filter, stored},
        steps::{UNLIMITED, draft, post},
    },
    support::{Client, TestApp},
};

const DIMENSIONS: [Dimension; 2] = [Dimension::City, Dimension::JobType];

/// The facets by definition: among the newest jobs that match the rest of the filter.
fn expected(
    stored: &Stored,
    audience: Audience,
    filter: &JobFilter,
    dimension: Dimension,
    most: usize,
) -> Vec<Facet> {
    let mut rest = filter.clone();
    match dimension {
        Dimension::City => {
            rest.cities.clear();
            rest.districts.clear();
        }
        Dimension::JobType => rest.job_types.clear(),
    }
    let mut counts = BTreeMap::<&str, i64>::new();
    for id in stored.expected(audience, &rest, JobOrder::Newest).iter().take(most) {
        let job = stored.jobs.iter().find(|job| job.id == *id).unwrap();
        let value = match dimension {
            Dimension::City => &job.city_folded,
            Dimension::JobType => &job.job_type,
        };
        *counts.entry(value).or_default() += 1;
    }
    let facet = |(value, count): (&str, i64)| Facet { value: value.to_owned(), count };
    let mut facets: Vec<_> = counts.into_iter().map(facet).collect();
    // Stable: equal counts stay in the order of their values.
    facets.sort_by_key(|facet| -facet.count);
    facets
}

#[tokio::test]
async fn facets_count_the_newest_jobs_that_the_audience_may_see_and_no_others() {
    let random = Random::seeded(7);
    let (app, _) = TestApp::new().await;
    let services = &app.services;
    let stored = stored(services).await;
    let (owner, other) = (stored.people[0], stored.people[9]);
    let audiences =
        [Audience::Public, Audience::Person(owner), Audience::Person(other), Audience::Everything];
    let mut several = 0;
    for n in 0..200 {
        // What random filters leave is mostly little.
        let filter =
            if n % 10 == 0 { JobFilter::default() } else { random_filter(&random, &stored) };
        let (audience, most) = (audiences[n % 4], [5, 40, 10_000][n % 3]);
        for dimension in DIMENSIONS {
            let expected = expected(&stored, audience, &filter, dimension, most);
            let found = among(services, audience, &filter, dimension, most as u64).await.unwrap();
            assert_eq!(found, expected, "{audience:?} {filter:?} {dimension:?} {most}");
            several += usize::from(expected.len() > 1);
        }
    }
    assert!((60..380).contains(&several), "{several}");
}

/// The facets of a list as `[value, count]`.
async fn facets(client: &Client, filter: Value) -> [Value; 2] {
    let query = "query($filter: JobFilter) { jobs(filter: $filter) {
        facets { city { value count } jobType { value count } } } }";
    let data = client.data(query, json!({ "filter": filter })).await;
    both(&data["jobs"]["facets"])
}

fn both(facets: &Value) -> [Value; 2] {
    ["city", "jobType"].map(|dimension| {
        let pair = |facet: &Value| json!([facet["value"], facet["count"]]);
        facets[dimension].as_array().unwrap().iter().map(pair).collect()
    })
}

/// Two movers and a dog walker in Taipei, spelled differently, one of each in Tainan, and a mover
/// in a place that is no city.
async fn market(owner: &Client) {
    for (city, kind) in [
        ("台北市", "moving"),
        ("Taipei", "moving"),
        ("臺北", "pet"),
        ("台南", "moving"),
        ("台南市", "pet"),
        ("ＭＯＯＮ", "moving"),
    ] {
        post(owner, json!({ "title": format!("{kind} job"), "city": city, "jobType": kind })).await;
    }
}

#[tokio::test]
async fn a_facet_leaves_out_the_filter_of_its_own_dimension_and_keeps_all_others() {
    let (app, anon) = TestApp::with(UNLIMITED).await;
    market(&app.member("ann").await).await;
    let cities = json!([["台北市", 3], ["台南市", 2], ["moon", 1]]);
    let types = json!([["moving", 4], ["pet", 2]]);
    assert_eq!(facets(&anon, json!({})).await, [cities.clone(), types.clone()]);
    let in_taipei = json!([["moving", 2], ["pet", 1]]);
    assert_eq!(facets(&anon, json!({ "city": "臺北" })).await, [cities, in_taipei]);
    let of_movers = json!([["台北市", 2], ["moon", 1], ["台南市", 1]]);
    let moving = json!({ "jobTypes": ["moving"] });
    assert_eq!(facets(&anon, moving).await, [of_movers.clone(), types.clone()]);
    let both = json!({ "city": "Moon", "jobType": "moving" });
    assert_eq!(facets(&anon, both).await, [of_movers, json!([["moving", 1]])]);
    let words = json!({ "search": "pet", "city": "台南" });
    let found = [json!([["台北市", 1], ["台南市", 1]]), json!([["pet", 1]])];
    assert_eq!(facets(&anon, words).await, found);
}

#[tokio::test]
async fn the_filter_by_a_value_finds_as_many_jobs_as_its_facet_says() {
    let (app, anon) = TestApp::with(UNLIMITED).await;
    let ann = app.member("ann").await;
    market(&ann).await;
    for city in ["新竹", "新竹市", "新竹縣", "Hsinchu City"] {
        post(&ann, json!({ "city": city })).await;
    }
    let [cities, types] = facets(&anon, json!({})).await;
    assert_eq!(cities.as_array().unwrap().len(), 6, "{cities}");
    for (name, facets) in [("city", cities), ("jobType", types)] {
        for facet in facets.as_array().unwrap() {
            let query = "query($filter: JobFilter) { jobs(filter: $filter) { totalCount } }";
            let data = anon.data(query, json!({ "filter": { name: facet[0] } })).await;
            assert_eq!(data["jobs"]["totalCount"], facet[1], "{name} {facet}");
        }
    }
}

#[tokio::test]
async fn what_one_may_not_see_is_in_no_facet() {
    let (app, anon) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    draft(&ann).await;
    let none = [json!([]), json!([])];
    for filter in [json!({}), json!({ "search": "居家" }), json!({ "status": "DRAFT" })] {
        assert_eq!(facets(&anon, filter.clone()).await, none, "{filter}");
        assert_eq!(facets(&ben, filter.clone()).await, none, "{filter}");
        let own = [json!([["台北市", 1]]), json!([["cleaning", 1]])];
        assert_eq!(facets(&ann, filter.clone()).await, own, "{filter}");
    }
}

#[tokio::test]
async fn the_jobs_of_an_owner_have_facets_too() {
    let (app, anon) = TestApp::with(UNLIMITED).await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    market(&ann).await;
    draft(&ann).await;
    post(&ben, json!({})).await;
    let query = "query($id: ID!) { node(id: $id) { ... on User {
        all: jobs { facets { city { value count } jobType { value count } } }
        drafts: jobs(status: DRAFT) { facets { city { value count } jobType { value count } } } } } }";
    let id = json!({ "id": format!("user_{}", ann.user_id()) });
    let of = async |client: &Client| client.data(query, id.clone()).await["node"].take();
    let (own, others) = (of(&ann).await, of(&ben).await);
    assert_eq!(both(&own["all"]["facets"])[0], json!([["台北市", 4], ["台南市", 2], ["moon", 1]]));
    assert_eq!(both(&own["drafts"]["facets"])[1], json!([["cleaning", 1]]));
    assert_eq!(
        both(&others["all"]["facets"])[0],
        json!([["台北市", 3], ["台南市", 2], ["moon", 1]])
    );
    assert_eq!(both(&others["drafts"]["facets"])[0], json!([]));
    let of_ann = json!({ "owner": id["id"] });
    assert_eq!(facets(&anon, of_ann).await[1], json!([["moving", 4], ["pet", 2]]));
}

#[tokio::test]
async fn equal_counts_are_in_the_order_of_their_values_of_which_fifty_are_shown() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await.user_id();
    let jobs: Vec<_> = place::cities()
        .iter()
        .map(|city| city.name.to_owned())
        .chain((0..40).map(|n| format!("z{n:02}")))
        .map(|city| {
            format!("({ann}, 'x', '', 'pet', '{city}', '{city}', 'x', 1, 'published', 1, 1, 1)")
        })
        .collect();
    app.execute(&format!(
        "INSERT INTO jobs (owner_id, title, description, job_type, city, city_folded, address,
            estimated_amount, status, version, created_at, updated_at) VALUES {}",
        jobs.join(", ")
    ))
    .await;
    let [cities, types] = facets(&anon, json!({})).await;
    let mut names: Vec<_> = (0..40).map(|n| format!("z{n:02}")).collect();
    names.extend(place::cities().iter().map(|city| city.name.to_owned()));
    names.sort();
    let shown: Value = names.iter().take(50).map(|name| json!([name, 1])).collect();
    assert_eq!((cities, types), (shown, json!([["pet", 62]])));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_facet_is_one_statement_and_none_if_it_is_not_selected() {
    let (app, anon) = TestApp::with(UNLIMITED).await;
    market(&app.member("ann").await).await;
    for (fields, statements) in [
        ("nodes { id }", 1),
        ("facets { __typename }", 1),
        ("facets { city { value } }", 2),
        ("facets { city { value } jobType { value count } }", 3),
    ] {
        let query = format!("{{ jobs {{ {fields} }} }}");
        assert_eq!(app.statements(anon.data(&query, json!({}))).await, statements, "{fields}");
    }
}
