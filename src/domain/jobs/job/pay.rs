//! What jobs of one type pay in one city.

use std::collections::HashMap;

use chrono::TimeDelta;
use sea_orm::{
    ActiveEnum, ColumnTrait, Condition, Iterable, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};

use super::{JobFilter, Status, input::CITY};
use crate::{
    clock::Timestamp,
    domain::{
        Services,
        jobs::{
            job_type::{self, JobType},
            place,
        },
        parse,
        store::row,
    },
    entity::job::Column as C,
    error::{FieldErrors, Result},
};

/// How long ago the jobs were posted at most.
const PERIOD: TimeDelta = TimeDelta::days(90);
/// How many of the newest jobs are looked at.
const MOST_JOBS: u64 = 1_000;
/// How many jobs it takes to tell anything.
const FEWEST: usize = 10;
/// How many jobs of one owner count. The low quartile of the fewest is the third amount, so nobody
/// sets a quartile alone.
const OF_ONE_OWNER: usize = 2;

/// The quartiles of some amounts in whole TWD, and how many these were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayRange {
    pub low: i64,
    pub median: i64,
    pub high: i64,
    pub count: usize,
}

/// What jobs of this type in this city, in any spelling, were to pay lately; None if too few count.
/// Jobs that are over count for everybody, though only those whom they concern may see them: nothing
/// is told of one of them.
pub async fn similar(services: &Services, job_type: &str, city: &str) -> Result<Option<PayRange>> {
    let known = job_type::known(services, Some(job_type)).await?;
    let newest = parse(&known, job_type, city, services.clock.now())?
        .select(Condition::all().add(is_no_draft()))
        .order_by_desc(C::CreatedAt)
        .order_by_desc(C::Id)
        .limit(MOST_JOBS)
        .select_only()
        .columns([C::OwnerId, C::EstimatedAmount]);
    let read = |cells: &mut row::Cells<'_>| Ok((cells.next()?, cells.next()?));
    let jobs = row::select(services.db.read(), &newest.into_query(), read).await?;
    Ok(PayRange::of(counted(jobs)))
}

fn parse(known: &[JobType], job_type: &str, city: &str, now: Timestamp) -> Result<JobFilter> {
    let mut errors = FieldErrors::default();
    let slug = errors.check("jobType", job_type::parse(known, job_type));
    let city = errors.check("city", parse::line(city, CITY));
    if !errors.is_empty() {
        return Err(errors.into());
    }
    Ok(JobFilter {
        job_types: slug.into_iter().collect(),
        cities: city.map(|city| place::city_keys(&city)).unwrap_or_default(),
        created_from: Some(now - PERIOD),
        ..JobFilter::default()
    })
}

/// The statuses are listed, since the indexes that have the city or the type begin with them.
fn is_no_draft() -> Expr {
    let others = Status::iter().filter(|status| *status != Status::Draft);
    C::Status.into_expr().is_in(others.map(|status| Expr::Constant(status.to_value().into())))
}

/// The amounts that count, of owners and amounts from the newest job on.
fn counted(jobs: Vec<(i64, i64)>) -> Vec<i64> {
    let mut of_owner = HashMap::<i64, usize>::new();
    let counts = |(owner, amount): (i64, i64)| {
        let place = of_owner.entry(owner).or_default();
        *place += 1;
        (*place <= OF_ONE_OWNER).then_some(amount)
    };
    jobs.into_iter().filter_map(counts).collect()
}

impl PayRange {
    /// By nearest rank: the least amount that a quarter, half or three quarters do not exceed.
    fn of(mut amounts: Vec<i64>) -> Option<Self> {
        let count = amounts.len();
        if count < FEWEST {
            return None;
        }
        amounts.sort_unstable();
        let quartile = |n: usize| amounts.get((n * count).div_ceil(4) - 1).copied();
        Some(Self { low: quartile(1)?, median: quartile(2)?, high: quartile(3)?, count })
    }
}
