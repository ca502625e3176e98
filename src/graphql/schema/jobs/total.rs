//! What is known of a whole list of jobs, in the schema.

use async_graphql::{Context, Object};

use crate::{
    domain::{
        jobs::job::{self, JobFilter},
        viewer::Audience,
    },
    error::Result,
    graphql::{
        engine::{context::ContextExt, loaders::JobCountOf},
        schema::jobs::facets::JobFacets,
    },
};

/// What a connection of jobs knows besides its page.
pub struct JobTotal(Counted);

impl JobTotal {
    pub(super) fn of(filter: JobFilter, audience: Audience) -> Self {
        Self(Counted::Filtered(filter, audience))
    }

    /// Counted together with those of other owners.
    pub(super) fn of_owner(jobs: JobCountOf) -> Self {
        Self(Counted::OfOwner(jobs))
    }
}

enum Counted {
    Filtered(JobFilter, Audience),
    OfOwner(JobCountOf),
}

#[Object]
impl JobTotal {
    /// How many jobs the list has in all, counted up to 10,000: that number
    /// stands for as many or more. Counted only if selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        match &self.0 {
            Counted::Filtered(filter, audience) => {
                job::count(ctx.services(), *audience, filter).await
            }
            Counted::OfOwner(jobs) => Ok(ctx.loaders().load_one(*jobs).await?.unwrap_or_default()),
        }
    }

    /// How many jobs of the list are in each city and of each type. Counted only if selected.
    async fn facets(&self) -> JobFacets {
        JobFacets(match &self.0 {
            Counted::Filtered(filter, _) => filter.clone(),
            &Counted::OfOwner(JobCountOf { owner_id, status }) => {
                JobFilter { status, owner_id: Some(owner_id), ..JobFilter::default() }
            }
        })
    }
}
