//! Job types: an open list in a table.

use sea_orm::{EntityTrait, QueryOrder};

pub use crate::entity::job_type::Model as JobType;
use crate::{
    domain::{Services, parse::Parsed},
    entity::job_type,
    error::{FieldProblem, Result},
};

/// All job types in display order.
pub async fn list(services: &Services) -> Result<Vec<JobType>> {
    Ok(job_type::Entity::find()
        .order_by_asc(job_type::Column::Position)
        .all(services.db.read())
        .await?)
}

/// The slug, if it is a known one.
pub fn parse(known: &[JobType], slug: &str) -> Parsed<String> {
    if known.iter().any(|job_type| job_type.slug == slug) {
        return Ok(slug.to_owned());
    }
    Err(FieldProblem::NotOneOf { allowed: known.iter().map(|known| known.slug.clone()).collect() })
}
