//! Job types: an open list in a table.

use sea_orm::{EntityTrait, QueryOrder, QueryTrait};

pub use crate::entity::job_type::Model as JobType;
use crate::{
    domain::{
        Services,
        parse::{self, Length, Parsed},
        store::{row::row, shape::Shape},
    },
    entity::job_type,
    error::{FieldProblem, Result},
};

const SLUG: Length = 1..=50;

/// All job types in display order.
pub async fn list(services: &Services) -> Result<Vec<JobType>> {
    LIST.all(services.db.read(), []).await
}

static LIST: Shape =
    Shape::new(|| job_type::Entity::find().order_by_asc(job_type::Column::Position).into_query());

/// What `parse` has to know of a slug: its job type, or all there are if it names none.
pub(super) async fn known(services: &Services, slug: Option<&str>) -> Result<Vec<JobType>> {
    let Some(slug) = slug else { return Ok(Vec::new()) };
    // PostgreSQL takes no text with a NUL.
    if parse::line(slug, SLUG).is_err() {
        return list(services).await;
    }
    let found: Vec<JobType> = NAMED.all(services.db.read(), [slug.into()]).await?;
    if found.is_empty() { list(services).await } else { Ok(found) }
}

static NAMED: Shape = Shape::new(|| job_type::Entity::find_by_id("").into_query());

row! { JobType { slug, label_zh, label_en, position } }

/// The slug, if it is a known one.
pub fn parse(known: &[JobType], slug: &str) -> Parsed<String> {
    if known.iter().any(|job_type| job_type.slug == slug) {
        return Ok(slug.to_owned());
    }
    Err(FieldProblem::NotOneOf { allowed: known.iter().map(|known| known.slug.clone()).collect() })
}
