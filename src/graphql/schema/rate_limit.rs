//! The cost of an operation, in the schema.

use async_graphql::{Context, Object, SimpleObject};

use crate::{
    domain::limits::Spending,
    graphql::{engine::context::ContextExt, schema::scalars::DateTime},
};

/// What this operation costs, and what its caller may still spend.
#[derive(SimpleObject)]
pub struct RateLimit {
    /// The cost of this operation: one for each field and what the database may have to read for it,
    /// times the sizes of the pages that it stands in.
    cost: u32,
    /// What the caller may spend in a minute.
    limit: u32,
    /// What is left of it.
    remaining: u32,
    /// When the whole limit is there again, if nothing is spent until then.
    reset_at: DateTime,
}

#[derive(Default)]
pub struct RateLimitQuery;

#[Object]
impl RateLimitQuery {
    /// What this operation costs; `extensions.cost` of each answer says the same.
    async fn rate_limit(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            name = "dryRun",
            desc = "Only tell the price: nothing else of the operation runs, and its cost is not charged.",
            default
        )]
        _dry_run: bool,
    ) -> Option<RateLimit> {
        let standing = ctx.run().standing?;
        let Spending { cost, limit, remaining, reset_at } = standing.cost?;
        Some(RateLimit { cost, limit, remaining, reset_at: DateTime::millis(reset_at) })
    }
}
