//! The page of a job.

use askama::Template;
use serde::Deserialize;
use serde_json::json;

use super::{
    address::Address,
    answer::Answer,
    card::{Card, pick, type_name},
    data::{Job, JobType},
    message,
    posting::posting,
    shell::Shell,
    spoken,
    visit::Visit,
    wanted::{city_name, label_of},
};
use crate::language::Language;

/// Characters of the description that previews and search engines show.
const SUMMARY: usize = 120;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    job: Option<Job>,
    job_types: Vec<JobType>,
}

/// A link to a list that the job is in.
struct Around {
    label: String,
    href: String,
}

#[derive(Template)]
#[template(path = "pages/job.html")]
struct JobPage<'a> {
    shell: Shell<'a>,
    card: Card,
    id: String,
    paragraphs: Vec<String>,
    until: Option<String>,
    done: u32,
    since: Option<String>,
    around: Vec<Around>,
}

/// `/jobs/{number}`: a job as a visitor sees it.
pub async fn answer(visit: &Visit<'_>, number: i64) -> Answer {
    let asked = visit.ask(&visit.documents.job, json!({ "number": number.to_string() })).await;
    match asked {
        Err(answer) => *answer,
        Ok((Data { job: None, .. }, standing)) => message::missing(visit, Some(standing)),
        Ok((Data { job: Some(job), job_types }, standing)) => {
            Answer::page(&JobPage::new(visit, job, &job_types), standing, visit.language)
        }
    }
}

impl<'a> JobPage<'a> {
    fn new(visit: &Visit<'a>, job: Job, types: &[JobType]) -> Self {
        let language = visit.language;
        let address = Address::jobs(&[&job.row.database_id.to_string()]);
        let place = place_of(&job, language);
        let pay = spoken::money(job.row.estimated_amount);
        let title = format!("{}｜{place} {pay}｜找幫手", job.row.title);
        let mut shell = Shell::new(visit, address, title, summary(&job, &place, language));
        shell = shell.about(&job.row.job_type);
        let kind = type_name(types, &job.row.job_type, language);
        shell.posting = posting(&job, &kind, &shell.canonical());
        Self {
            id: job.id,
            paragraphs: job.description.lines().map(str::to_owned).collect(),
            until: job.expires_at.map(|at| spoken::moment(at, language)),
            done: job.row.owner.completed_jobs.unwrap_or_default(),
            since: job.row.owner.created_at.map(|at| spoken::date(at)[..7].replace('-', "/")),
            around: around(&shell, &job.row.city, &job.row.job_type, types),
            card: Card::new(job.row, types, language),
            shell,
        }
    }
}

/// 台北市信義區, or Xinyi District, 台北市.
fn place_of(job: &Job, language: Language) -> String {
    let city = &job.row.city;
    match &job.row.district {
        None => city.clone(),
        Some(it) => {
            let zh = format!("{city}{}", it.name);
            pick(language, zh, format!("{}, {city}", it.name_en))
        }
    }
}

/// When, where and for how much, then the beginning of the description.
fn summary(job: &Job, place: &str, language: Language) -> String {
    let pay = spoken::money(job.row.estimated_amount);
    let when = job.row.scheduled_at.map(|at| spoken::moment(at, language));
    let facts = [Some(pay), when, Some(place.to_owned())].into_iter().flatten();
    let facts = facts.collect::<Vec<_>>().join(" · ");
    let words: Vec<&str> = job.description.split_whitespace().collect();
    let words: String = words.join(" ").chars().take(SUMMARY).collect();
    if words.is_empty() { facts } else { format!("{facts} — {words}") }
}

fn around(shell: &Shell<'_>, city: &str, slug: &str, types: &[JobType]) -> Vec<Around> {
    let language = shell.language;
    let link = |label: String, names: &[&str]| Around {
        label,
        href: shell.links.to(&Address::jobs(names)),
    };
    let work = type_name(types, slug, language);
    let mut around = Vec::new();
    if let Some(city) = city_name(city) {
        if let Some(label) = label_of(types, slug) {
            let both = pick(language, format!("{city}{work}工作"), format!("{work} in {city}"));
            around.push(link(both, &[&city, label]));
        }
        let all = pick(language, format!("{city}的工作"), format!("Jobs in {city}"));
        around.push(link(all, &[&city]));
    }
    around.push(link(pick(language, "所有工作".to_owned(), "All jobs".to_owned()), &[]));
    around
}
