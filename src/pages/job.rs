//! The page of a job.

use askama::Template;
use serde::Deserialize;
use serde_json::json;

use super::{
    address::Address,
    answer::Answer,
    around::{Around, around},
    card::{self, Card, pick, type_name},
    data::{Job, JobType, Owner},
    message, past,
    posting::posting,
    shell::Shell,
    spoken,
    visit::Visit,
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

#[derive(Template)]
#[template(path = "pages/job.html")]
struct JobPage<'a> {
    shell: Shell<'a>,
    card: Card,
    /// City and district.
    place: String,
    id: String,
    paragraphs: Vec<String>,
    until: Option<String>,
    /// What is known of the owner beside the rating.
    known: Vec<String>,
    around: Vec<Around>,
}

/// `/jobs/{number}`: a job as a visitor sees it.
pub async fn answer(visit: &Visit<'_>, number: i64) -> Answer {
    let asked = visit.ask(&visit.documents.job, json!({ "number": number.to_string() })).await;
    match asked {
        Err(refusal) => message::refused(visit, refusal),
        Ok((Data { job: None, .. }, _)) => past::answer(visit, number).await,
        Ok((Data { job: Some(job), job_types }, standing)) => {
            Answer::page(&JobPage::new(visit, job, &job_types), standing, visit.language)
        }
    }
}

impl<'a> JobPage<'a> {
    fn new(visit: &Visit<'a>, job: Job, types: &[JobType]) -> Self {
        let language = visit.language;
        let address = Address::jobs(&[&job.row.database_id.to_string()]);
        let job_type = type_name(types, &job.row.job_type, language);
        let place = card::place(&job.row, language);
        let card = Card::new(&job.row, types, language, true);
        let title = format!("{}｜{place} {}｜找幫手", card.title, card.pay);
        let description = summary(&card, &place, &job.description);
        let mut shell = Shell::new(visit, address, title, description)
            .about(Some(&job.row.job_type), Some(&job.row.city));
        shell.posting = posting(&job, &job_type, &shell.canonical());
        Self {
            paragraphs: job.description.lines().map(str::to_owned).collect(),
            until: job.expires_at.map(|at| spoken::moment(at, language)),
            known: known(&job.row.owner, language),
            around: around(&shell, &job.row.city, &job.row.job_type, types),
            id: job.id,
            place,
            card,
            shell,
        }
    }
}

fn known(owner: &Owner, language: Language) -> Vec<String> {
    let done = owner.completed_jobs.filter(|&count| count > 0).map(|count| {
        let number = spoken::count(count);
        let jobs = if count == 1 { "job" } else { "jobs" };
        pick(language, format!("完成過 {number} 件工作"), format!("{number} {jobs} done"))
    });
    let since = owner.created_at.map(|at| {
        let month = spoken::date(at)[..7].replace('-', "/");
        pick(language, format!("{month} 加入"), format!("joined {month}"))
    });
    done.into_iter().chain(since).collect()
}

/// When, where and for how much, then the beginning of the description.
fn summary(card: &Card, place: &str, description: &str) -> String {
    let facts = [Some(card.pay.as_str()), card.when.as_deref(), Some(place)];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let words: Vec<&str> = description.split_whitespace().collect();
    let words: String = words.join(" ").chars().take(SUMMARY).collect();
    if words.is_empty() { facts } else { format!("{facts} — {words}") }
}
