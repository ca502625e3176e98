//! The vocabulary of seed data.

use std::ops::{Range, RangeInclusive};

use rand::{RngExt, rngs::StdRng, seq::IndexedRandom};

const PLACES: &str = include_str!("words/places.txt");
const NAMES: &str = include_str!("words/names.txt");
const WORK: &str = include_str!("words/work.txt");
const MESSAGES: &str = include_str!("words/messages.txt");

#[derive(Debug)]
pub(super) struct Vocabulary {
    pub cities: Vec<City>,
    pub trades: Vec<Trade>,
    pub messages: Vec<&'static str>,
    pub family_names: Vec<char>,
    pub given_names: Vec<&'static str>,
}

#[derive(Debug)]
pub(super) struct City {
    pub name: &'static str,
    pub weight: u32,
    /// District and road.
    pub streets: Vec<(&'static str, &'static str)>,
}

/// The tasks of one job type.
#[derive(Debug)]
pub(super) struct Trade {
    pub slug: &'static str,
    pub name: &'static str,
    pub tasks: Vec<Task>,
    /// Sentences that fit each of the tasks.
    pub remarks: Vec<&'static str>,
}

#[derive(Debug)]
pub(super) struct Task {
    /// Usual amounts in whole New Taiwan dollars.
    pub pay: RangeInclusive<i64>,
    pub title: &'static str,
    pub brief: &'static str,
}

impl Vocabulary {
    /// The built-in vocabulary; a test proves that every line is used.
    pub(super) fn load() -> Self {
        let mut names = lines(NAMES);
        Self {
            cities: lines(PLACES).filter_map(city).collect(),
            trades: trades(),
            messages: lines(MESSAGES).collect(),
            family_names: names.next().unwrap_or_default().chars().collect(),
            given_names: names.flat_map(str::split_whitespace).collect(),
        }
    }
}

/// Lines that are neither empty nor comments.
pub(super) fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn city(line: &'static str) -> Option<City> {
    let mut parts = line.split(' ');
    let (name, weight) = (parts.next()?, parts.next()?.parse().ok()?);
    let streets = parts
        .filter_map(|part| part.split_once(':'))
        .flat_map(|(district, roads)| roads.split(',').map(move |road| (district, road)));
    Some(City { name, weight, streets: streets.collect() })
}

fn trades() -> Vec<Trade> {
    let mut trades: Vec<Trade> = Vec::new();
    for line in lines(WORK) {
        if let Some((slug, name)) = line.strip_prefix('[').and_then(|line| line.split_once("] ")) {
            trades.push(Trade { slug, name, tasks: Vec::new(), remarks: Vec::new() });
        } else if let Some(trade) = trades.last_mut() {
            match line.strip_prefix("+ ") {
                Some(remark) => trade.remarks.push(remark),
                None => trade.tasks.extend(task(line)),
            }
        }
    }
    trades
}

fn task(line: &'static str) -> Option<Task> {
    let (pay_and_title, brief) = line.split_once(" | ")?;
    let (lowest, rest) = pay_and_title.split_once(' ')?;
    let (highest, title) = rest.split_once(' ')?;
    Some(Task { pay: lowest.parse().ok()?..=highest.parse().ok()?, title, brief })
}

/// One of several, equally likely.
pub(super) fn pick<'a, T>(rng: &mut StdRng, items: &'a [T]) -> &'a T {
    &items[rng.random_range(0..items.len())]
}

/// One of several, by weight.
#[expect(clippy::expect_used, reason = "the weights are ours, and positive")]
pub(super) fn weighted<'a, T>(
    rng: &mut StdRng,
    items: &'a [T],
    weight: impl Fn(&T) -> u32,
) -> &'a T {
    items.choose_weighted(rng, weight).expect("weights")
}

/// True with this probability in percent.
pub(super) fn percent(rng: &mut StdRng, cases: u32) -> bool {
    rng.random_ratio(cases, 100)
}

/// Expands a template: `{a|b}` is one of several texts, `{3-8}` a number in a range.
pub(super) fn expand(rng: &mut StdRng, template: &str) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, (choice, after))) =
        rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        text.push_str(before);
        if let Some(range) = numbers(choice) {
            text.push_str(&rng.random_range(range).to_string());
        } else {
            let place = rng.random_range(0..choice.split('|').count());
            text.push_str(choice.split('|').nth(place).unwrap_or_default());
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

fn numbers(choice: &str) -> Option<Range<u32>> {
    let (low, high) = choice.split_once('-')?;
    Some(low.parse().ok()?..high.parse::<u32>().ok()? + 1)
}
