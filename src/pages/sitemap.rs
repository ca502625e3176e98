//! The sitemap: an index, a part with the lists, and a part for each day on which jobs were posted.

use std::collections::BTreeSet;

use askama::Template;
use chrono::{NaiveDate, TimeDelta};
use serde::Deserialize;
use serde_json::json;

use super::{
    address::Address,
    answer::{Answer, Content},
    data::{JobType, Listing, Types},
    message,
    visit::{Refusal, Visit},
    wanted::{city_name, label_of},
};
use crate::{
    clock::{Precision, Timestamp, rfc3339},
    graphql::RateLimitStatus,
    language::Language,
};

/// Days that the index names at most, the newest ones.
const DAYS: usize = 60;
/// Pages of a hundred jobs that are read for the index, and for one day.
const PAGES: usize = 20;
/// The parameter that names a part.
const PART: &str = "part";
/// The part with the lists.
const LISTS: &str = "lists";

#[derive(Deserialize)]
struct Facet {
    value: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Facets {
    city: Vec<Facet>,
    job_type: Vec<Facet>,
}

#[derive(Deserialize)]
struct Counted {
    facets: Facets,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Posted {
    created_at: Timestamp,
}

#[derive(Deserialize)]
struct Faceted {
    jobs: Counted,
}

#[derive(Deserialize)]
struct Dated {
    jobs: Listing<Posted>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    database_id: i64,
    updated_at: Timestamp,
}

#[derive(Deserialize)]
struct Day {
    jobs: Listing<Listed>,
}

/// An address in each language, and when it changed.
struct Entry {
    zh: String,
    en: String,
    changed: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/sitemap.xml")]
struct Sitemap {
    parts: Vec<String>,
    entries: Vec<Entry>,
}

type Charged = Result<(Sitemap, RateLimitStatus), Refusal>;

/// `/sitemap.xml`: the index, or the part that its parameter names.
pub async fn answer(visit: &Visit<'_>, query: &[(String, String)]) -> Answer {
    let part = query.iter().find(|(name, _)| name == PART).map(|(_, value)| value.as_str());
    let made = match (part, part.and_then(|part| part.parse::<NaiveDate>().ok())) {
        (None, _) => index(visit).await,
        (Some(LISTS), _) => lists(visit).await,
        (_, Some(day)) => posted_on(visit, day).await,
        _ => return message::unknown(visit).await,
    };
    match made.map(|(sitemap, standing)| (sitemap.render(), standing)) {
        Ok((Ok(xml), standing)) => {
            Answer { standing: Some(standing), ..Answer::of(Content::Xml(xml)) }
        }
        Ok((Err(_), standing)) => message::refused(visit, visit.missing(standing)),
        Err(refusal) => message::refused(visit, refusal),
    }
}

async fn index(visit: &Visit<'_>) -> Charged {
    let (days, standing) = days(visit).await?;
    let days = days.iter().rev().take(DAYS).map(|day| part(visit, &day.to_string()));
    let parts = [part(visit, LISTS)].into_iter().chain(days).collect();
    Ok((Sitemap { parts, entries: Vec::new() }, standing))
}

/// The days on which jobs were posted that are still open. Of very many jobs the newest are read, and the
/// days before are taken for such.
async fn days(visit: &Visit<'_>) -> Result<(BTreeSet<NaiveDate>, RateLimitStatus), Refusal> {
    let documents = visit.documents;
    let (mut days, mut after) = (BTreeSet::new(), None);
    for _ in 0..PAGES {
        let asked = json!({ "after": after });
        let (Dated { jobs }, standing) = visit.ask(&documents.days, asked).await?;
        days.extend(jobs.nodes.iter().map(|job| job.created_at.date_naive()));
        after = jobs.next();
        if after.is_none() || days.len() > DAYS {
            return Ok((days, standing));
        }
    }
    let (Dated { jobs }, standing) = visit.ask(&documents.oldest, json!({})).await?;
    let oldest = jobs.nodes.first().map(|job| job.created_at.date_naive());
    if let (Some(oldest), Some(&read)) = (oldest, days.first()) {
        let before = (1..).map(|back| read - TimeDelta::days(back));
        days.extend(before.take_while(|day| *day >= oldest).take(DAYS));
    }
    Ok((days, standing))
}

fn part(visit: &Visit<'_>, name: &str) -> String {
    let address = Address::of("/sitemap.xml").with(PART, name);
    visit.links().canonical(&address, Language::ZhTw)
}

/// The lists that have jobs in them.
async fn lists(visit: &Visit<'_>) -> Charged {
    let documents = visit.documents;
    let (Types { job_types }, _) = visit.ask(&documents.types, json!({})).await?;
    let (overview, mut standing) = visit.ask::<Faceted>(&documents.overview, json!({})).await?;
    let mut entries =
        vec![entry(visit, &Address::of("/"), None), entry(visit, &Address::jobs(&[]), None)];
    let cities = overview.jobs.facets.city.iter().filter_map(|facet| city_name(&facet.value));
    for city in cities {
        entries.push(entry(visit, &Address::jobs(&[&city]), None));
        let asked = json!({ "city": city });
        let (found, charged) = visit.ask::<Faceted>(&documents.types_in, asked).await?;
        entries.extend(in_city(visit, &city, &found, &job_types));
        standing = charged;
    }
    Ok((Sitemap { parts: Vec::new(), entries }, standing))
}

fn in_city(visit: &Visit<'_>, city: &str, found: &Faceted, types: &[JobType]) -> Vec<Entry> {
    let labels = found.jobs.facets.job_type.iter().filter_map(|it| label_of(types, &it.value));
    labels.map(|label| entry(visit, &Address::jobs(&[city, label]), None)).collect()
}

/// The newest jobs of a day that are still open; missing if there are none, since a part must not be empty.
async fn posted_on(visit: &Visit<'_>, day: NaiveDate) -> Charged {
    let midnight = day.and_time(chrono::NaiveTime::MIN).and_utc();
    let moment = |at: Timestamp| rfc3339(at, Precision::Millis);
    let (from, before) = (moment(midnight), moment(midnight + TimeDelta::days(1)));
    let (mut entries, mut after) = (Vec::new(), None);
    let mut page = 0;
    loop {
        let asked = json!({ "from": from, "before": before, "after": after });
        let (Day { jobs }, standing) = visit.ask(&visit.documents.posted, asked).await?;
        entries.extend(jobs.nodes.iter().map(|job| {
            let address = Address::jobs(&[&job.database_id.to_string()]);
            entry(visit, &address, Some(rfc3339(job.updated_at, Precision::Seconds)))
        }));
        after = jobs.next();
        page += 1;
        if entries.is_empty() {
            return Err(visit.missing(standing));
        }
        if after.is_none() || page == PAGES {
            return Ok((Sitemap { parts: Vec::new(), entries }, standing));
        }
    }
}

fn entry(visit: &Visit<'_>, address: &Address, changed: Option<String>) -> Entry {
    let links = visit.links();
    let [zh, en] = [Language::ZhTw, Language::En].map(|it| links.canonical(address, it));
    Entry { zh, en, changed }
}
