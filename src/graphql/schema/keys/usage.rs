//! Usage of API keys in the schema.

use async_graphql::{Context, Description, Object, SimpleObject};

use crate::{
    domain::{
        keys::{Count, Usage},
        limits::{self, Allowance},
    },
    graphql::{engine::context::ContextExt, schema::scalars::DateTime},
};

/// How often a key was used for what, and what is left to it.
#[derive(Description)]
pub struct ApiKeyUsage {
    pub(super) key_id: i64,
    pub(super) usage: Usage,
}

/// What a key was used for on a day.
#[derive(SimpleObject)]
pub struct ApiKeyDay {
    /// The day in UTC, such as `2026-02-07`.
    date: String,
    /// Requests with the key.
    requests: i64,
    /// How many of the requests were refused because a limit was used up.
    refused: i64,
}

/// How often a key was used for one thing.
#[derive(SimpleObject)]
pub struct ApiKeyRoute {
    /// A route such as `GET /api/jobs`, or kind and first root field of an operation such as
    /// `query jobs`.
    route: String,
    /// Requests with the key.
    requests: i64,
    /// How many of the requests were refused because a limit was used up.
    refused: i64,
}

/// How many requests a key may send in a time.
#[derive(SimpleObject)]
pub struct ApiKeyQuota {
    /// Requests that are allowed.
    limit: u32,
    /// Requests that count at the moment.
    used: u32,
    /// When all requests are there again, if none is sent until then.
    reset_at: DateTime,
}

#[Object(use_type_description)]
impl ApiKeyUsage {
    /// Each of the days, oldest first; the last one is today.
    async fn days(&self) -> Vec<ApiKeyDay> {
        let day = |&(date, Count { requests, refused }): &(chrono::NaiveDate, Count)| ApiKeyDay {
            date: date.to_string(),
            requests,
            refused,
        };
        self.usage.days.iter().map(day).collect()
    }

    /// What the key was used for on these days, most often first.
    async fn routes(&self) -> Vec<ApiKeyRoute> {
        let route = |(route, count): &(String, Count)| ApiKeyRoute {
            route: route.clone(),
            requests: count.requests,
            refused: count.refused,
        };
        self.usage.routes.iter().map(route).collect()
    }

    /// The requests of the last minute.
    async fn minute(&self, ctx: &Context<'_>) -> ApiKeyQuota {
        limits::minute_of_key(ctx.services(), self.key_id).await.into()
    }

    /// The requests of this UTC day.
    async fn day(&self, ctx: &Context<'_>) -> ApiKeyQuota {
        limits::day_of_key(ctx.services(), self.key_id).await.into()
    }
}

impl From<Allowance> for ApiKeyQuota {
    fn from(Allowance { limit, used, reset_at }: Allowance) -> Self {
        Self { limit, used, reset_at: DateTime::millis(reset_at) }
    }
}
