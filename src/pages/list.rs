//! The lists of jobs.

use askama::Template;
use serde::Deserialize;
use serde_json::json;

use super::{
    address::Address,
    answer::Answer,
    card::{self, Card, type_name},
    data::{JobType, Listing, PageInfo, Row, Types},
    message,
    shell::Shell,
    spoken,
    visit::{Refusal, Visit},
    wanted::{At, Day, Order, Place, Wanted, city_name},
};
use crate::{
    domain::jobs::place::{self, City, District},
    language::Language,
};

/// Amounts that a visitor can ask for at least.
const AMOUNTS: [u32; 4] = [500, 1_000, 2_000, 5_000];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    jobs: Listing<Row>,
    job_types: Vec<JobType>,
}

/// A link that narrows the list, or widens it again.
struct Chip {
    label: String,
    href: String,
    is_on: bool,
}

#[derive(Template)]
#[template(path = "pages/list.html")]
struct List<'a> {
    shell: Shell<'a>,
    wanted: Wanted,
    heading: String,
    /// None if it was not counted.
    total: Option<String>,
    cards: Vec<Card>,
    chips: Vec<Chip>,
    /// What to leave out if nothing is found.
    droppable: Vec<Chip>,
    types: Vec<JobType>,
    cities: &'static [City],
    districts: &'static [District],
    amounts: Vec<(u32, String)>,
    previous: Option<String>,
    next: Option<String>,
}

/// `/jobs`, and below it a city and a kind of work. Other spellings lead to the usual one; what is no
/// city and no kind of work is missing.
pub async fn answer(visit: &Visit<'_>, place: Place, query: &[(String, String)]) -> Answer {
    let mut wanted = Wanted::parse(query);
    match resolve(visit, &place, &mut wanted).await {
        Err(refusal) => return message::refused(visit, refusal),
        Ok(Some(address)) => return Answer::moved(visit.links().to(&address)),
        Ok(None) => {}
    }
    let operation = if wanted.words.is_none() { "Counted" } else { "Uncounted" };
    let variables = wanted.variables(visit.now());
    let asked = visit.ask_one(&visit.documents.list, Some(operation), variables).await;
    match asked {
        Ok((data, standing)) => {
            Answer::page(&List::new(visit, wanted, data), standing, visit.language)
        }
        Err(refusal) => message::refused(visit, refusal),
    }
}

/// Puts what the path names into the filters; another address if that is how the path is spelled.
async fn resolve(
    visit: &Visit<'_>,
    place: &Place,
    wanted: &mut Wanted,
) -> Result<Option<Address>, Refusal> {
    let Some(name) = &place.city else { return Ok(None) };
    let Some(city) = city_name(name) else { return Err(visit.unknown().await) };
    wanted.city = Some(city);
    let (mut names, mut known) = (vec![name.as_str()], Vec::new());
    if let Some(name) = &place.job_type {
        names.push(name);
        let (Types { job_types }, standing) = visit.ask(&visit.documents.types, json!({})).await?;
        let found = job_types.iter().find(|it| it.slug == *name || it.label_zh == *name);
        wanted.job_type = Some(found.ok_or_else(|| visit.missing(standing))?.slug.clone());
        known = job_types;
    }
    let address = wanted.address(&known);
    Ok(Some(address).filter(|address| address.path != Address::jobs(&names).path))
}

impl<'a> List<'a> {
    fn new(visit: &Visit<'a>, wanted: Wanted, Data { jobs, job_types }: Data) -> Self {
        let language = visit.language;
        let heading = heading(&wanted, &job_types, language);
        let total = jobs.total_count.map(spoken::count);
        let (title, description) = described(&heading, total.as_deref(), language);
        let mut shell = Shell::new(visit, wanted.address(&job_types), title, description)
            .about(wanted.job_type.as_deref(), wanted.city.as_deref());
        if !wanted.is_plain() || jobs.nodes.is_empty() {
            shell = shell.unlisted();
        }
        let to = |wanted: &Wanted| shell.links.to(&wanted.address(&job_types));
        let (previous, next) = beside(&wanted, jobs.page_info.as_ref());
        let city = wanted.city.as_deref().and_then(place::city);
        Self {
            heading,
            total,
            chips: chips(&wanted, &to, language),
            droppable: droppable(&wanted, &to, language),
            previous: previous.as_ref().map(to),
            next: next.as_ref().map(to),
            cards: jobs
                .nodes
                .iter()
                .map(|row| Card::new(row, &job_types, language, city.is_some()))
                .collect(),
            cities: place::cities(),
            districts: city.map(|city| city.districts.as_slice()).unwrap_or_default(),
            amounts: AMOUNTS.map(|amount| (amount, spoken::money(amount.into()))).into(),
            shell,
            wanted,
            types: job_types,
        }
    }
}

/// The pages before and after this one.
fn beside(wanted: &Wanted, info: Option<&PageInfo>) -> (Option<Wanted>, Option<Wanted>) {
    let Some(info) = info else { return (None, None) };
    let at = |page: At| Wanted { page, ..wanted.clone() };
    // A cursor in the address means that there is something on its other side.
    let has_previous = info.has_previous_page || matches!(wanted.page, At::After(_));
    let has_next = info.has_next_page || matches!(wanted.page, At::Before(_));
    let previous = info.start_cursor.clone().filter(|_| has_previous);
    let next = info.end_cursor.clone().filter(|_| has_next);
    (previous.map(|cursor| at(At::Before(cursor))), next.map(|cursor| at(At::After(cursor))))
}

fn heading(wanted: &Wanted, types: &[JobType], language: Language) -> String {
    let work = wanted.job_type.as_ref().map(|slug| type_name(types, slug, language));
    let city = wanted.city.as_ref().map(|city| card::city_name(city, language));
    match (language, city, work) {
        (_, None, None) => language.pick(&("找工作", "Find work")).to_owned(),
        (Language::ZhTw, city, Some(work)) => format!("{}{work}工作", city.unwrap_or_default()),
        (Language::ZhTw, Some(city), None) => format!("{city}的工作"),
        (Language::En, None, Some(work)) => format!("{work} jobs"),
        (Language::En, Some(city), None) => format!("Jobs in {city}"),
        (Language::En, Some(city), Some(work)) => format!("{work} jobs in {city}"),
    }
}

fn described(heading: &str, total: Option<&str>, language: Language) -> (String, String) {
    let open = total.map(|total| match language {
        Language::ZhTw => format!("{total} 件徵人中，"),
        Language::En => format!("{total} open, "),
    });
    let open = open.unwrap_or_default();
    match language {
        Language::ZhTw => (
            format!("{heading}｜找幫手"),
            format!("{heading}：{open}列出時間、地點與報酬，看到合適的就應徵。"),
        ),
        Language::En => (
            format!("{heading} | find-helper"),
            format!(
                "{heading}: {open}each with its day, district and pay. Apply to what suits you."
            ),
        ),
    }
}

fn chips(wanted: &Wanted, to: &impl Fn(&Wanted) -> String, language: Language) -> Vec<Chip> {
    let days = Day::ALL.into_iter().map(|day| {
        let is_on = wanted.day == Some(day);
        let changed = wanted.but(|it| it.day = Some(day).filter(|_| !is_on));
        Chip { label: language.pick(&day.label()).to_owned(), href: to(&changed), is_on }
    });
    let is_on = wanted.min == Some(1_000);
    let well_paid = wanted.but(|it| it.min = Some(1_000).filter(|_| !is_on));
    let well_paid = Chip { label: "NT$1,000↑".to_owned(), href: to(&well_paid), is_on };
    let orders = Order::ALL.into_iter().skip(1).map(|order| {
        let is_on = wanted.order == order;
        let changed = wanted.but(|it| it.order = if is_on { Order::Newest } else { order });
        Chip { label: language.pick(&order.label()).to_owned(), href: to(&changed), is_on }
    });
    days.chain([well_paid]).chain(orders).collect()
}

/// The same list without one of its filters each.
fn droppable(wanted: &Wanted, to: &impl Fn(&Wanted) -> String, language: Language) -> Vec<Chip> {
    type Drop = fn(&mut Wanted);
    let filters: [(bool, (&str, &str), Drop); 6] = [
        (wanted.words.is_some(), ("不限關鍵字", "Any words"), |it| it.words = None),
        (wanted.day.is_some(), ("不限時間", "Any day"), |it| it.day = None),
        (wanted.min.is_some(), ("不限報酬", "Any pay"), |it| it.min = None),
        (wanted.district.is_some(), ("不限行政區", "Any district"), |it| it.district = None),
        (wanted.job_type.is_some(), ("不限類型", "Any type of work"), |it| it.job_type = None),
        (wanted.city.is_some(), ("不限縣市", "Any city"), |it| {
            (it.city, it.district) = (None, None);
        }),
    ];
    let set = filters.into_iter().filter(|(is_set, ..)| *is_set);
    set.map(|(_, label, drop)| Chip {
        label: language.pick(&label).to_owned(),
        href: to(&wanted.but(drop)),
        is_on: false,
    })
    .collect()
}
