//! Random reviews, hides and erasures: ratings are what a plain list of them comes to.

use std::collections::HashMap;

use chrono::TimeDelta;
use find_helper::domain::erasure;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};

use super::{hide, ratings, reviewed};
use crate::{
    jobs::steps::{UNLIMITED, outcome},
    support::{Client, TestApp},
};

const PEOPLE: usize = 4;
const JOBS: usize = 12;
const STEPS: usize = 60;
const DAY: i64 = 86_400_000;

/// A review as this test remembers it.
struct Remembered {
    job: usize,
    reviewed: usize,
    rating: i64,
    visible_at: i64,
    is_hidden: bool,
}

struct World {
    app: TestApp,
    rng: StdRng,
    people: Vec<Client>,
    is_erased: [bool; PEOPLE],
    /// Owner and worker.
    jobs: Vec<[usize; 2]>,
    start: i64,
    reviews: HashMap<String, Remembered>,
}

impl World {
    async fn new(seed: u64) -> Self {
        let (app, _) = TestApp::with(UNLIMITED).await;
        let (mut people, mut rng) = (Vec::new(), StdRng::seed_from_u64(seed));
        for n in 0..PEOPLE {
            people.push(app.member(&format!("p{n}")).await);
        }
        app.admin("zoe").await;
        let (start, mut jobs) = (app.clock.now().timestamp_millis(), Vec::new());
        for _ in 0..JOBS {
            let owner = rng.random_range(0..PEOPLE);
            let worker = (owner + rng.random_range(1..PEOPLE)) % PEOPLE;
            let [by, to] = [owner, worker].map(|person| people[person].user_id());
            app.execute(&format!(
                "INSERT INTO jobs (owner_id, assignee_id, title, description, job_type, city, city_folded,
                    address, estimated_amount, status, version, created_at, updated_at, completed_at)
                VALUES ({by}, {to}, 'x', '', 'pet', 'x', 'x', 'x', 1, 'completed', 1, {start}, {start}, {start})"
            ))
            .await;
            jobs.push([owner, worker]);
        }
        let (is_erased, reviews) = ([false; PEOPLE], HashMap::new());
        Self { app, rng, people, is_erased, jobs, start, reviews }
    }

    fn now(&self) -> i64 {
        self.app.clock.now().timestamp_millis()
    }

    async fn step(&mut self) {
        match self.rng.random_range(0..10) {
            0..6 => self.write().await,
            6..8 => self.hide().await,
            8 if self.is_erased.iter().filter(|erased| **erased).count() < 2 => self.erase().await,
            _ => self.app.advance(TimeDelta::days(self.rng.random_range(0..4))),
        }
    }

    /// Somebody reviews the other side, unless they have.
    async fn write(&mut self) {
        let (job, side) = (self.rng.random_range(0..JOBS), self.rng.random_range(0..2));
        let (author, reviewed_one) = (self.jobs[job][side], self.jobs[job][1 - side]);
        let of_job = || self.reviews.values().filter(move |review| review.job == job);
        if self.is_erased[author] || of_job().any(|review| review.reviewed == reviewed_one) {
            return;
        }
        let (now, rating) = (self.now(), self.rng.random_range(1..=5));
        let visible_at = if of_job().count() > 0 { now } else { now.max(self.start + 14 * DAY) };
        let client = self.app.signed_in(&format!("p{author}@example.com")).await;
        let id = reviewed(&client, &format!("job_{}", job + 1), rating, "x").await;
        for other in self.reviews.values_mut().filter(|review| review.job == job) {
            other.visible_at = other.visible_at.min(now);
        }
        let review =
            Remembered { job, reviewed: reviewed_one, rating, visible_at, is_hidden: false };
        self.reviews.insert(id, review);
    }

    async fn hide(&mut self) {
        let mut ids: Vec<_> = self.reviews.keys().cloned().collect();
        ids.sort();
        if ids.is_empty() || self.rng.random_bool(0.5) {
            return;
        }
        let id = &ids[self.rng.random_range(0..ids.len())];
        let admin = self.app.signed_in("zoe@example.com").await;
        let review = self.reviews.get_mut(id).unwrap();
        let expected = if review.is_hidden { "CONFLICT" } else { "ok" };
        assert_eq!(outcome(&hide(&admin, id).await), expected);
        review.is_hidden = true;
    }

    async fn erase(&mut self) {
        let person = self.rng.random_range(0..PEOPLE);
        if std::mem::replace(&mut self.is_erased[person], true) {
            return;
        }
        let id = self.people[person].user_id();
        self.app.execute(&format!("UPDATE users SET erase_at = 1 WHERE id = {id}")).await;
        assert_eq!(erasure::erase_due(&self.app.services).await.unwrap(), 1);
    }

    /// What the ratings of those who are left should be.
    fn expected(&self, person: usize) -> Value {
        let now = self.now();
        let counts =
            |it: &&Remembered| it.reviewed == person && !it.is_hidden && it.visible_at <= now;
        let stars: Vec<i64> =
            self.reviews.values().filter(counts).map(|review| review.rating).collect();
        if stars.is_empty() {
            return Value::Null;
        }
        let (sum, count) = (stars.iter().sum::<i64>(), i64::try_from(stars.len()).unwrap());
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let average = sum as f64 / count as f64;
        json!({ "average": average, "count": count })
    }

    async fn check(&self, step: usize) {
        let present: Vec<usize> = (0..PEOPLE).filter(|&person| !self.is_erased[person]).collect();
        let people: Vec<&Client> = present.iter().map(|&person| &self.people[person]).collect();
        let admin = self.app.signed_in("zoe@example.com").await;
        let expected: Vec<Value> = present.iter().map(|&person| self.expected(person)).collect();
        assert_eq!(ratings(&admin, &people).await, json!(expected), "step {step}");
    }
}

#[tokio::test]
async fn ratings_are_what_the_reviews_come_to_after_random_writes_hides_and_erasures() {
    for seed in 1..=3 {
        let mut world = World::new(seed).await;
        for step in 0..STEPS {
            world.step().await;
            world.check(step).await;
        }
        let counted = world.reviews.values().filter(|review| !review.is_hidden).count();
        assert!(
            counted > 3 && world.reviews.values().any(|review| review.is_hidden),
            "seed {seed}"
        );
    }
}
