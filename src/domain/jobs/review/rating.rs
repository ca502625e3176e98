//! Ratings, which are computed from the reviews that everybody sees: nothing has to be kept in step.

use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::ExprTrait,
};

use super::read::is_public;
use crate::{
    domain::{
        Services,
        store::row::{self, Cells, Row},
    },
    entity::review,
    error::Result,
};

/// What the reviews about a person come to; at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rating {
    pub sum: i64,
    pub count: i64,
}

impl Rating {
    /// The average number of stars.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "nobody has 2^52 stars")]
    pub fn average(self) -> f64 {
        self.sum as f64 / self.count as f64
    }
}

/// A rating and whose it is.
struct Rated(i64, Rating);

impl Row for Rated {
    fn read(cells: &mut Cells<'_>) -> Result<Self, DbErr> {
        Ok(Self(cells.next()?, Rating { sum: cells.next()?, count: cells.next()? }))
    }
}

/// The ratings of these people, in one statement; those without reviews are left out.
pub async fn ratings(services: &Services, people: &[i64]) -> Result<Vec<(i64, Rating)>> {
    let select = review::Entity::find()
        .select_only()
        .column(review::Column::ReviewedId)
        // PostgreSQL adds integers up to decimal numbers.
        .expr(review::Column::Rating.sum().cast_as("BIGINT"))
        .expr(review::Column::Id.count())
        .filter(review::Column::ReviewedId.is_in(people.iter().copied()))
        .filter(is_public(services.clock.now()))
        .group_by(review::Column::ReviewedId);
    let found: Vec<Rated> = row::all(services.db.read(), &select.into_query()).await?;
    Ok(found.into_iter().map(|Rated(person, rating)| (person, rating)).collect())
}
