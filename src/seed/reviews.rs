//! Reviews of seeded jobs.

use chrono::TimeDelta;
use rand::{RngExt, SeedableRng, rngs::StdRng};

use super::{
    SEED,
    posting::Posting,
    vocabulary::{expand, lines, percent, pick, weighted},
};
use crate::{clock::Timestamp, domain::jobs::event::Kind};

const WORDS: &str = include_str!("words/reviews.txt");
/// Weights of the stars.
const STARS: [(i64, u32); 5] = [(1, 3), (2, 4), (3, 10), (4, 28), (5, 55)];
/// How long one review waits for the other.
const SEALED: TimeDelta = TimeDelta::days(14);

/// A review by one person, by index, about another.
#[derive(Debug)]
pub(super) struct Written {
    pub author: usize,
    pub reviewed: usize,
    pub rating: i64,
    pub text: String,
    pub at: Timestamp,
    pub visible_at: Timestamp,
}

/// What people write, each line after the stars that it fits.
pub(super) fn words() -> Vec<&'static str> {
    lines(WORDS).collect()
}

/// The reviews of a completed job: of most by one side, of many by both, who write within an hour.
pub(super) fn reviews(words: &[&'static str], posting: &Posting) -> impl Iterator<Item = Written> {
    let Posting { owner, history, created_at, .. } = posting;
    // Numbers of its own: jobs stay the same whatever is written about them.
    let mut rng = StdRng::seed_from_u64(SEED ^ created_at.timestamp_millis().unsigned_abs());
    let done = history.assignee.zip(history.at(Kind::Completed));
    let mut written = Vec::new();
    if let Some((worker, at)) = done {
        for (author, reviewed, share) in [(*owner, worker, 75), (worker, *owner, 55)] {
            if percent(&mut rng, share) {
                written.push(review(&mut rng, words, (author, reviewed), at));
            }
        }
    }
    if let [first, second] = &mut written[..] {
        let last = first.at.max(second.at);
        (first.visible_at, second.visible_at) = (last, last);
    }
    written.into_iter()
}

fn review(
    rng: &mut StdRng,
    words: &[&'static str],
    (author, reviewed): (usize, usize),
    completed_at: Timestamp,
) -> Written {
    let &(rating, _) = weighted(rng, &STARS, |&(_, weight)| weight);
    let fitting: Vec<&str> = words.iter().filter_map(|line| fit(line, rating)).collect();
    let line = pick(rng, &fitting);
    let text = if percent(rng, 80) { expand(rng, line) } else { String::new() };
    let at = completed_at + TimeDelta::milliseconds(rng.random_range(0..3_600_000));
    Written { author, reviewed, rating, text, at, visible_at: completed_at + SEALED }
}

/// The words of a line, if they fit these stars.
fn fit(line: &'static str, stars: i64) -> Option<&'static str> {
    let (range, text) = line.split_once(' ')?;
    let (least, most) = range.split_once('-')?;
    (least.parse::<i64>().ok()?..=most.parse().ok()?).contains(&stars).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{jobs::review, parse};

    #[test]
    fn each_line_can_be_sent_and_some_fit_each_number_of_stars() {
        for line in words() {
            assert!(parse::paragraph(line, review::TEXT).is_ok(), "{line}");
            assert!(review::RATING.into_iter().any(|stars| fit(line, stars).is_some()), "{line}");
        }
        for stars in review::RATING {
            assert!(words().iter().any(|line| fit(line, stars).is_some()), "{stars}");
        }
    }
}
