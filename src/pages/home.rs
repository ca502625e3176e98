//! The first page.

use askama::Template;
use serde::Deserialize;
use serde_json::json;

use super::{
    address::Address,
    answer::Answer,
    assets,
    card::{Card, type_name},
    data::{JobType, Listing, Row},
    message,
    shell::Shell,
    spoken,
    visit::Visit,
    wanted::Day,
};
use crate::{
    clock::{Precision, rfc3339},
    domain::jobs::place::{self, City},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    open: Listing<Row>,
    today: Listing<Row>,
    job_types: Vec<JobType>,
}

/// A kind of work with its list.
struct Category {
    name: String,
    drawing: &'static str,
    address: Address,
    /// Where such work is posted.
    form: String,
}

#[derive(Template)]
#[template(path = "pages/home.html")]
struct Home<'a> {
    shell: Shell<'a>,
    categories: Vec<Category>,
    cards: Vec<Card>,
    open: String,
    /// Only if there are any.
    today: Option<String>,
    cities: &'static [City],
    days: [Day; 4],
}

/// `/`: what this is, a search, the kinds of work, and the newest jobs.
pub async fn answer(visit: &Visit<'_>) -> Answer {
    let midnight = rfc3339(spoken::midnight(visit.now(), 0), Precision::Millis);
    let asked = visit.ask(&visit.documents.home, json!({ "today": midnight })).await;
    match asked {
        Ok((data, standing)) => Answer::page(&Home::new(visit, data), standing, visit.language),
        Err(refusal) => message::refused(visit, refusal),
    }
}

impl<'a> Home<'a> {
    fn new(visit: &Visit<'a>, Data { open, today, job_types }: Data) -> Self {
        let language = visit.language;
        let title = language.pick(&("找幫手｜今天就找到幫手", "find-helper: find help today"));
        let description = language.pick(&(
            "打掃、搬家、跑腿、照顧寵物：說出需要、時間與報酬，附近的幫手就會來應徵。找工作也在這裡。",
            "Cleaning, moving, errands, pets: say what you need, when and what you pay, and helpers nearby apply. Find work here, too.",
        ));
        let category = |it: &JobType| Category {
            name: type_name(&job_types, &it.slug, language),
            drawing: assets::drawing(&it.slug),
            address: Address::jobs(&[]).with("type", &it.slug),
            form: visit.links().form(Some(&it.slug), None),
        };
        Self {
            shell: Shell::new(visit, Address::of("/"), title.to_owned(), description.to_owned()),
            categories: job_types.iter().map(category).collect(),
            open: spoken::count(open.total_count.unwrap_or_default()),
            today: today.total_count.filter(|&count| count > 0).map(spoken::count),
            cards: open
                .nodes
                .iter()
                .map(|row| Card::new(row, &job_types, language, false))
                .collect(),
            cities: place::cities(),
            days: Day::ALL,
        }
    }
}
