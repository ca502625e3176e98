//! Stretches of time of two lengths: the full-text index knows in which ones a job was posted.
//!
//! A search for the newest hits reads the index era by era, instead of all hits that there ever were.

/// The letter of a token, and how many bits of a time in milliseconds it leaves out: 3 and 25 days.
const LENGTHS: [(char, u32); 2] = [('d', 28), ('m', 31)];

/// The tokens of a job that was posted at this time.
pub(super) fn tokens(at: i64) -> [String; 2] {
    LENGTHS.map(|(letter, bits)| token(letter, at >> bits))
}

/// The tokens of ever longer eras, two at a time, which reach from the last of some jobs on, away from the
/// first. They overlap, and leave nothing out between them. Too short ones, in which hardly more jobs are to
/// be expected, are left out.
pub(super) fn beyond(
    (first, mut last): (i64, i64),
    into_past: bool,
) -> impl Iterator<Item = [String; 2]> {
    let span = first.abs_diff(last);
    let worthwhile = LENGTHS.into_iter().filter(move |(_, bits)| span <= (1 << bits) / 2);
    worthwhile.map(move |(letter, bits)| {
        let era = last >> bits;
        let (next, end) = if into_past { (era - 1, era - 1) } else { (era + 1, era + 2) };
        last = if into_past { (end << bits) - 1 } else { end << bits };
        [token(letter, era), token(letter, next)]
    })
}

fn token(letter: char, era: i64) -> String {
    format!("{letter}{era:x}")
}

#[cfg(test)]
mod tests {
    use super::{beyond, tokens};

    const DAY: i64 = 24 * 60 * 60 * 1_000;
    const NOW: i64 = 1_796_000_000_000;

    #[test]
    fn every_time_within_reach_is_in_an_era_and_the_nearer_ones_come_first() {
        for sign in [-1, 1] {
            let steps: Vec<_> = beyond((NOW, NOW), sign < 0).collect();
            let first = |days: i64| {
                let at = tokens(NOW + sign * days * DAY);
                steps.iter().position(|step| step.iter().any(|token| at.contains(token)))
            };
            let found: Vec<_> = (0..=28).map(|days| first(days).unwrap_or(2)).collect();
            assert!(found.is_sorted(), "{sign}: {found:?}");
            assert_eq!((found[0], found[3], found[7], found[28]), (0, 0, 1, 1));
        }
    }

    #[test]
    fn eras_that_hold_hardly_more_jobs_than_were_seen_are_left_out() {
        let steps = |days: i64| beyond((NOW, NOW - days * DAY), true).count();
        assert_eq!([1, 2, 12, 13].map(steps), [2, 1, 1, 0]);
    }

    #[test]
    fn a_time_at_the_edge_of_eras_is_in_the_next_step() {
        let edge = ((NOW >> 28) - 1) << 28;
        let steps: Vec<_> = beyond((NOW, NOW), true).collect();
        assert!(tokens(edge).iter().any(|token| steps[0].contains(token)));
        assert!(!tokens(edge - 1).iter().any(|token| steps[0].contains(token)));
        assert!(tokens(edge - 1).iter().any(|token| steps[1].contains(token)));
    }
}
