//! What a person is known by, in the schema.

use async_graphql::{Context, Object};

use crate::{
    domain::jobs::review::Rating,
    error::Result,
    graphql::{
        engine::{
            context::ContextExt,
            loaders::reviews::{JobsDoneBy, RatingOf},
        },
        schema::{
            constraint,
            jobs::review::{self, ReviewConnection},
            page::page_input,
        },
    },
};

/// The fields of a person that come from what others say of them, and from what they did.
pub struct Reputation(pub(super) i64);

/// What the reviews about a person come to.
pub struct UserRating(Rating);

/// What the reviews about a person come to.
#[Object]
impl UserRating {
    /// The average of the stars, unrounded: from 1 to 5.
    async fn average(&self) -> f64 {
        self.0.average()
    }

    /// The number of reviews.
    async fn count(&self) -> i64 {
        self.0.count
    }
}

#[Object]
impl Reputation {
    /// The stars of all reviews that everybody sees; null without any.
    async fn rating(&self, ctx: &Context<'_>) -> Option<Result<UserRating>> {
        let rating = ctx.loaders().load_one(RatingOf(self.0)).await;
        rating.transpose().map(|rating| rating.map(UserRating))
    }

    /// How many jobs of others the person has done, counted up to 10,000.
    async fn completed_jobs(&self, ctx: &Context<'_>) -> Result<i64> {
        Ok(ctx.loaders().load_one(JobsDoneBy(self.0)).await?.unwrap_or_default())
    }

    /// What others say of the person, newest first; the caller's own reviews also before others see them.
    async fn reviews(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Items from the start; 20 if neither `first` nor `last` is given.",
            directive = constraint::PageSize::apply()
        )]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(
            desc = "Items from the end, instead of `first`.",
            directive = constraint::PageSize::apply()
        )]
        last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<ReviewConnection> {
        review::about(ctx, self.0, page_input(first, after, last, before)).await
    }
}
