//! What jobs pay, in the schema.

use async_graphql::{Context, Object, SimpleObject};

use crate::{
    domain::jobs::job::{input::CITY, pay},
    error::Result,
    graphql::{engine::context::ContextExt, schema::constraint},
};

/// What some jobs offer to pay, in whole TWD.
#[derive(SimpleObject)]
pub struct PayRange {
    /// At least a quarter of the jobs offer this or less.
    low: i64,
    /// At least half of the jobs offer this or less.
    median: i64,
    /// At least three quarters of the jobs offer this or less.
    high: i64,
    /// How many jobs were counted.
    count: usize,
}

#[derive(Default)]
pub struct PayQuery;

#[Object]
impl PayQuery {
    /// What owners offer for jobs of this type in this city: a guide to a fair amount. Jobs of the last
    /// 90 days count, drafts excepted, and of each owner the newest two; null if fewer than ten count.
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
