//! How many jobs of a list have which value, in the schema.

use async_graphql::{Context, Description, Object, SimpleObject};

use crate::{
    domain::jobs::job::{
        JobFilter,
        facets::{self, Dimension},
    },
    error::Result,
    graphql::engine::context::ContextExt,
};

/// How many jobs of a list are in each city and of each type: of all pages, counted among the newest
/// 10,000 jobs. Most first, then by value; at most 50 values.
#[derive(Description)]
pub struct JobFacets(pub(super) JobFilter);

/// A value that jobs of a list have.
#[derive(SimpleObject)]
pub struct JobFacet {
    /// What to filter by to see these jobs.
    value: String,
    /// How many jobs of the list it finds.
    count: i64,
}

impl JobFacets {
    async fn by(&self, ctx: &Context<'_>, dimension: Dimension) -> Result<Vec<JobFacet>> {
        let (services, audience) = (ctx.services(), ctx.audience()?);
        let facets = facets::facets(services, audience, &self.0, dimension).await?;
        Ok(facets.into_iter().map(JobFacet::from).collect())
    }
}

#[Object(use_type_description)]
impl JobFacets {
    /// Cities by name, such as 台北市, as if the list were not narrowed to a city or districts.
    async fn city(&self, ctx: &Context<'_>) -> Result<Vec<JobFacet>> {
        self.by(ctx, Dimension::City).await
    }

    /// Slugs of job types, as if the list were not narrowed to job types.
    async fn job_type(&self, ctx: &Context<'_>) -> Result<Vec<JobFacet>> {
        self.by(ctx, Dimension::JobType).await
    }
}

impl From<facets::Facet> for JobFacet {
    fn from(facets::Facet { value, count }: facets::Facet) -> Self {
        Self { value, count }
    }
}
