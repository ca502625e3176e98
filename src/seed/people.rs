//! Seeded people.

use chrono::TimeDelta;
use rand::{RngExt, SeedableRng, rngs::StdRng};

use super::{
    SEED, calendar,
    vocabulary::{Vocabulary, percent, pick},
};
use crate::clock::Timestamp;

/// A person with a confirmed account.
#[derive(Debug)]
pub(super) struct Person {
    pub name: String,
    pub email: String,
    pub phone: Option<String>,
    pub created_at: Timestamp,
}

/// People numbered from 1, who joined in the year before the first job is posted.
pub(super) fn people(today: Timestamp, count: u32) -> impl Iterator<Item = Person> {
    let mut rng = StdRng::seed_from_u64(SEED);
    let words = Vocabulary::load();
    (1..=count).map(move |number| Person {
        name: format!(
            "{}{}",
            pick(&mut rng, &words.family_names),
            pick(&mut rng, &words.given_names)
        ),
        email: email(number),
        // 0900-0… with the person's number: not in use by anyone.
        phone: percent(&mut rng, 70)
            .then(|| format!("0900-{:03}-{:03}", number / 1_000 % 1_000, number % 1_000)),
        created_at: calendar::first_day(today)
            - TimeDelta::milliseconds(rng.random_range(1..calendar::YEAR.num_milliseconds())),
    })
}

/// The address of the person with this number.
pub fn email(number: u32) -> String {
    format!("seed-{number:06}@example.com")
}
