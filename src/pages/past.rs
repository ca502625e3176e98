//! The page of a job that is taken or over.

use askama::Template;
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use super::{
    address::Address,
    answer::Answer,
    around::{Around, around},
    card::{Card, type_name},
    data::{JobType, Listing, Row},
    message,
    shell::Shell,
    visit::{Refusal, Visit},
};
use crate::graphql::RateLimitStatus;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    past_job: Option<Past>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Past {
    city: String,
    job_type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Similar {
    jobs: Listing<Row>,
    job_types: Vec<JobType>,
}

#[derive(Template)]
#[template(path = "pages/past.html")]
struct PastPage<'a> {
    shell: Shell<'a>,
    heading: &'static str,
    text: &'static str,
    job_type: String,
    cards: Vec<Card>,
    around: Vec<Around>,
}

/// That a job was there, with others like it; or that nothing is there.
pub(super) async fn answer(visit: &Visit<'_>, number: i64) -> Answer {
    match page(visit, number).await {
        Ok((page, standing)) => {
            let answer = Answer::page(&page, standing, visit.language);
            // What search engines are told of pages that are no more; they read a job that is public again anew.
            Answer { status: StatusCode::GONE, ..answer }
        }
        Err(refusal) => message::refused(visit, refusal),
    }
}

async fn page<'a>(
    visit: &Visit<'a>,
    number: i64,
) -> Result<(PastPage<'a>, RateLimitStatus), Refusal> {
    let documents = visit.documents;
    let asked = json!({ "number": number.to_string() });
    let (Found { past_job }, standing) = visit.ask(&documents.past, asked).await?;
    let Some(Past { city, job_type }) = past_job else { return Err(visit.missing(standing)) };
    let asked = json!({ "city": city, "jobType": job_type });
    let (Similar { jobs, job_types }, standing) = visit.ask(&documents.similar, asked).await?;
    let (heading, text) = (visit.language.pick(&OVER.0), visit.language.pick(&OVER.1));
    let title = format!("{heading}｜找幫手");
    let address = Address::jobs(&[&number.to_string()]);
    let shell = Shell::new(visit, address, title, text.to_owned()).unlisted();
    let page = PastPage {
        job_type: type_name(&job_types, &job_type, visit.language),
        around: around(&shell, &city, &job_type, &job_types),
        cards: jobs
            .nodes
            .iter()
            .map(|row| Card::new(row, &job_types, visit.language, true))
            .collect(),
        shell,
        heading,
        text,
    };
    Ok((page, standing))
}

const OVER: ((&str, &str), (&str, &str)) = (
    ("這件工作已經結束徵人", "This job takes no more applications"),
    (
        "可能已找到幫手，或已過了應徵期限。看看類似的工作吧。",
        "Somebody was found, or the time to apply is over. Here are jobs like it.",
    ),
);
