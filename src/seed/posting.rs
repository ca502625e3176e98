//! Seeded jobs.

use chrono::TimeDelta;
use rand::{RngExt, SeedableRng, rngs::StdRng};

use super::{
    SEED, calendar,
    history::History,
    story::{self, Plot},
    vocabulary::{City, Task, Trade, Vocabulary, expand, percent, pick, weighted},
};
use crate::{
    clock::Timestamp,
    domain::jobs::{
        event::Kind,
        job::{NewJob, Status},
    },
};

/// A job as its owner posted it, and its history.
#[derive(Debug)]
pub(super) struct Posting {
    /// Index of a person.
    pub owner: usize,
    pub new: NewJob,
    pub created_at: Timestamp,
    pub history: History,
}

/// An iterator over jobs of these people, oldest first.
pub(super) struct Postings {
    rng: StdRng,
    words: Vocabulary,
    today: Timestamp,
    people: usize,
    count: u32,
    next: u32,
    last: Timestamp,
}

/// Weights of each final status, for jobs of the last weeks and for older ones.
const ENDINGS: [(Status, u32, u32); 9] = [
    (Status::Draft, 5, 3),
    (Status::Published, 70, 60),
    (Status::Assigned, 11, 1),
    (Status::InProgress, 5, 1),
    (Status::ReportedDone, 2, 0),
    (Status::Disputed, 1, 1),
    (Status::Completed, 3, 20),
    (Status::Cancelled, 4, 7),
    (Status::Expired, 2, 8),
];
const LAST_WEEKS: TimeDelta = TimeDelta::days(30);
const DAY_MILLIS: i64 = 86_400_000;

impl Postings {
    pub(super) fn new(today: Timestamp, people: usize, count: u32) -> Self {
        Self {
            rng: StdRng::seed_from_u64(SEED),
            words: Vocabulary::load(),
            today,
            people,
            count,
            next: 0,
            last: calendar::first_day(today),
        }
    }

    fn posting(&mut self, created_at: Timestamp) -> Posting {
        let (rng, words, today) = (&mut self.rng, &self.words, self.today);
        let recent = today - created_at < LAST_WEEKS;
        let &(ending, ..) =
            weighted(rng, &ENDINGS, |&(_, young, old)| if recent { young } else { old });
        // Squared: a few people post much more than the others.
        let place = rng.random_range(0..self.people);
        let owner = place * place / self.people;
        let trade = pick(rng, &words.trades);
        let city = weighted(rng, &words.cities, |city| city.weight);
        let mut new = described(rng, city, trade);
        if ending == Status::Expired {
            let left = (today - created_at).num_milliseconds();
            let open = rng.random_range(2 * DAY_MILLIS..30 * DAY_MILLIS).min(left / 2).max(1);
            new.expires_at = Some(created_at + TimeDelta::milliseconds(open));
        }
        let plot = Plot {
            owner,
            people: self.people,
            trade: trade.name,
            amount: new.estimated_amount,
            created_at,
            end: new.expires_at.unwrap_or(today),
            ending,
        };
        let history = story::tell(rng, words, &plot);
        appoint(rng, today, created_at, &history, &mut new);
        Posting { owner, new, created_at, history }
    }
}

impl Iterator for Postings {
    type Item = Posting;

    fn next(&mut self) -> Option<Posting> {
        let number = self.next;
        self.next = (number < self.count).then(|| number + 1)?;
        // Some share the same millisecond.
        if number == 0 || !percent(&mut self.rng, 2) {
            self.last = calendar::posted(&mut self.rng, self.today, number, self.count);
        }
        Some(self.posting(self.last))
    }
}

/// Everything about a job except its times.
fn described(rng: &mut StdRng, city: &City, trade: &Trade) -> NewJob {
    let &(district, road) = pick(rng, &city.streets);
    let task = pick(rng, &trade.tasks);
    let place = if percent(rng, 35) { district } else { "" };
    let before = expand(rng, "{|||||急徵：|誠徵：}");
    let after = expand(rng, "{||||（週末）|（平日晚上）|（時間可議）}");
    let title = format!("{before}{place}{}{after}", expand(rng, task.title));
    let mut description = expand(rng, task.brief);
    for _ in 0..rng.random_range(0..3) {
        let remark = *pick(rng, &trade.remarks);
        let remark = expand(rng, remark);
        if !description.contains(&remark) {
            description = format!("{description}\n{remark}");
        }
    }
    // Both spellings are common.
    let city =
        if percent(rng, 15) { city.name.replace('台', "臺") } else { city.name.to_owned() };
    let floor = if percent(rng, 40) { "{2-12}樓" } else { "" };
    let number = expand(rng, &format!("{{1-300}}號{floor}"));
    NewJob {
        title,
        description: Some(description),
        job_type: trade.slug.to_owned(),
        district: None,
        address: format!("{city}{district}{road}{number}"),
        city,
        estimated_amount: amount(rng, task),
        scheduled_at: None,
        expires_at: None,
        publish: false,
    }
}

/// A round amount, more often one of the lower ones.
fn amount(rng: &mut StdRng, task: &Task) -> i64 {
    let (low, high) = (*task.pay.start(), *task.pay.end());
    let share = rng.random_range(0..=100);
    let amount = low + (high - low) * share * share / 10_000;
    let step = match amount {
        ..2_000 => 50,
        2_000..10_000 => 100,
        _ => 500,
    };
    amount / step * step
}

/// Sets times that match the job's history; some owners leave them open.
fn appoint(
    rng: &mut StdRng,
    today: Timestamp,
    created_at: Timestamp,
    history: &History,
    new: &mut NewJob,
) {
    let days = rng.random_range(1..40);
    let later = days + rng.random_range(1..10);
    let (expires_at, scheduled_at) = match history.status {
        Status::Draft | Status::Published | Status::Paused => {
            (Some(calendar::by_day(rng, today, days)), Some(calendar::by_day(rng, today, later)))
        }
        Status::Assigned => (None, Some(calendar::by_day(rng, today, days))),
        Status::InProgress | Status::ReportedDone | Status::Disputed | Status::Completed => {
            let started = history.at(Kind::Started).map(calendar::half_hour);
            (None, started.filter(|&at| at > created_at))
        }
        Status::Cancelled | Status::Expired => {
            let midnight = calendar::midnight(new.expires_at.unwrap_or(created_at));
            (None, Some(calendar::by_day(rng, midnight, later)))
        }
    };
    new.expires_at = new.expires_at.or(expires_at.filter(|_| percent(rng, 60)));
    new.scheduled_at = scheduled_at.filter(|_| percent(rng, 60));
}
