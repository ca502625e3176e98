//! How many jobs of a list are in each city and of each type.

use std::collections::HashMap;

use sea_orm::{
    QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Asterisk, Expr, Func, Query},
};

use super::{
    JobFilter, found,
    visible::{any, ways},
};
use crate::{
    domain::{
        Services,
        jobs::place,
        store::{page, row},
        viewer::Audience,
    },
    entity::job::{self, Column as C},
    error::Result,
};

/// Most values of one dimension.
const MOST_VALUES: usize = 50;

/// What the jobs of a list are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dimension {
    City,
    JobType,
}

/// A value of a dimension, and how many jobs a filter by it finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    pub value: String,
    pub count: i64,
}

/// The values of the jobs that the audience may see, counted among as many as [`super::count`]
/// counts. The filter's own choice in this dimension is left out: it is what others are compared with.
pub async fn facets(
    services: &Services,
    audience: Audience,
    filter: &JobFilter,
    dimension: Dimension,
) -> Result<Vec<Facet>> {
    among(services, audience, filter, dimension, page::MOST_COUNTED.unsigned_abs()).await
}

/// The same among the newest `most` jobs.
pub async fn among(
    services: &Services,
    audience: Audience,
    filter: &JobFilter,
    dimension: Dimension,
    most: u64,
) -> Result<Vec<Facet>> {
    let filter = dimension.left_out_of(filter);
    let newest = newest(services, audience, &filter, most);
    let newest = newest.select_only().column(dimension.column()).into_query();
    let statement = Query::select()
        .column(dimension.column())
        .expr(Func::count(Expr::col(Asterisk)))
        .from_subquery(newest, "newest")
        .group_by_col(dimension.column())
        .take();
    let read = |cells: &mut row::Cells<'_>| Ok((cells.next()?, cells.next()?));
    let counts = row::select(services.db.read(), &statement, read).await?;
    Ok(dimension.ranked(&counts.into_iter().collect()))
}

/// Walks along the order of the list within an index that has both columns, even past jobs that no
/// way leads to: merging the ways would read the row of each job.
fn newest(
    services: &Services,
    audience: Audience,
    filter: &JobFilter,
    most: u64,
) -> Select<job::Entity> {
    let jobs = match &filter.search {
        Some(question) => found::all(services.db.backend(), audience, filter, question),
        None => filter.select(any(&ways(audience, filter.status))),
    };
    jobs.order_by_desc(C::CreatedAt).order_by_desc(C::Id).limit(most)
}

impl Dimension {
    fn column(self) -> C {
        match self {
            Self::City => C::CityFolded,
            Self::JobType => C::JobType,
        }
    }

    fn left_out_of(self, filter: &JobFilter) -> JobFilter {
        let mut filter = filter.clone();
        match self {
            Self::City => {
                filter.cities.clear();
                filter.districts.clear();
            }
            Self::JobType => filter.job_types.clear(),
        }
        filter
    }

    /// The stored values that a filter by this one finds: 新竹 alone means city and county too.
    fn meant_by(self, value: &str) -> Vec<String> {
        match self {
            Self::City => place::city_keys(value),
            Self::JobType => vec![value.to_owned()],
        }
    }

    /// Most first, then by value; ordered here, since databases order texts in different ways. The
    /// city of an erased account's job is empty, and none.
    fn ranked(self, counts: &HashMap<String, i64>) -> Vec<Facet> {
        let count =
            |value: &str| self.meant_by(value).iter().filter_map(|meant| counts.get(meant)).sum();
        let facet = |value: &String| Facet { value: value.clone(), count: count(value) };
        let mut facets: Vec<_> =
            counts.keys().filter(|value| !value.is_empty()).map(facet).collect();
        facets.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        facets.truncate(MOST_VALUES);
        facets
    }
}
