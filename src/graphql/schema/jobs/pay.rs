//! What jobs pay, in the schema.

use async_graphql::{Context, Object, SimpleObject};

use crate::{
    domain::jobs::job::{input::CITY, pay},
    error::Result,
    graphql::{engine::context::ContextExt, schema::constraint},
};

/// What some jobs are to pay, in whole TWD.
#[derive(SimpleObject)]
pub struct PayRange {
    /// A quarter of the jobs pay this or less.
    low: i64,
    /// Half of the jobs pay this or less.
    median: i64,
    /// Three quarters of the jobs pay this or less.
    high: i64,
    /// How many jobs were counted.
    count: usize,
}

#[derive(Default)]
pub struct PayQuery;

#[Object]
impl PayQuery {
    /// What jobs of this type in this city that were posted in the last 90 days are to pay, without
    /// drafts; for owners who want to offer a fair amount. Of each owner only the newest two jobs are
    /// counted; null if fewer than ten jobs are.
    async fn similar_pay(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Slug of a job type.")] job_type: String,
        #[graphql(
            desc = "The city, in any spelling.",
            directive = constraint::Length::apply(CITY)
        )]
        city: String,
    ) -> Result<Option<PayRange>> {
        let pay = pay::similar(ctx.services(), &job_type, &city).await?;
        Ok(pay.map(PayRange::from))
    }
}

impl From<pay::PayRange> for PayRange {
    fn from(pay::PayRange { low, median, high, count }: pay::PayRange) -> Self {
        Self { low, median, high, count }
    }
}
