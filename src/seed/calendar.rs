//! When seeded events happen, in Taiwan time.

use chrono::{DateTime, TimeDelta};
use rand::{RngExt, rngs::StdRng};

use crate::clock::Timestamp;

pub(super) const DAY: TimeDelta = TimeDelta::days(1);
pub(super) const YEAR: TimeDelta = TimeDelta::days(365);
/// Taiwan's UTC offset, the same all year.
const AHEAD: TimeDelta = TimeDelta::hours(8);
const HALF_HOUR: TimeDelta = TimeDelta::minutes(30);

/// The midnight before this moment: seeding twice on one day gives the same data.
pub(super) fn midnight(at: Timestamp) -> Timestamp {
    down_to(DAY, at + AHEAD) - AHEAD
}

/// When the first job may be posted.
pub(super) fn first_day(today: Timestamp) -> Timestamp {
    today - YEAR
}

/// Rounded down to the half hour, as people make appointments.
pub(super) fn half_hour(at: Timestamp) -> Timestamp {
    down_to(HALF_HOUR, at)
}

/// A daytime appointment, this many days after a midnight.
pub(super) fn by_day(rng: &mut StdRng, midnight: Timestamp, days: i64) -> Timestamp {
    midnight + DAY * i32::try_from(days).unwrap_or(i32::MAX) + HALF_HOUR * rng.random_range(16..40)
}

/// When job `number` (from 0) of `count` is posted: in order over the year, few at night.
pub(super) fn posted(rng: &mut StdRng, today: Timestamp, number: u32, count: u32) -> Timestamp {
    let step = YEAR.num_milliseconds() / i64::from(count);
    let even = step * i64::from(number) + rng.random_range(0..step);
    let (day, hour) = (even / DAY.num_milliseconds(), even % DAY.num_milliseconds());
    first_day(today) + TimeDelta::milliseconds(day * DAY.num_milliseconds() + waking(hour))
}

/// Redistributes a day's moments so that a twentieth of them falls into seven hours of night.
fn waking(moment: i64) -> i64 {
    let (day, night) = (DAY.num_milliseconds(), TimeDelta::hours(7).num_milliseconds());
    let share = day / 20;
    if moment < share {
        moment * night / share
    } else {
        night + (moment - share) * (day - night) / (day - share)
    }
}

fn down_to(unit: TimeDelta, at: Timestamp) -> Timestamp {
    let millis = at.timestamp_millis();
    DateTime::from_timestamp_millis(millis - millis.rem_euclid(unit.num_milliseconds()))
        .unwrap_or(at)
}
