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

/// How many requests there were with a key, and how they ended.
#[derive(SimpleObject)]
pub struct ApiKeyCounts {
    /// Requests with the key: the sum of the others.
    requests: i64,
    /// How many of the requests did what they were sent for.
    answered: i64,
    /// How many of the requests failed by a fault of the program, such as with status 400, 403 or 404.
    client_errors: i64,
    /// How many of the requests were refused because a limit was used up.
    refused: i64,
    /// How many of the requests failed by a fault of the gateway.
    server_errors: i64,
}

/// What a key was used for on a day.
#[derive(SimpleObject)]
pub struct ApiKeyDay {
    /// The day in UTC, such as `2026-02-07`.
    date: String,
    #[graphql(flatten)]
    counts: ApiKeyCounts,
}

/// How often a key was used for one thing.
#[derive(SimpleObject)]
pub struct ApiKeyRoute {
    /// A route such as `GET /api/jobs`, or kind and first root field of an operation such as
    /// `query jobs`.
    route: String,
    #[graphql(flatten)]
    counts: ApiKeyCounts,
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
    /// All of these days together.
    async fn total(&self) -> ApiKeyCounts {
        self.usage.days.iter().map(|(_, count)| *count).sum::<Count>().into()
    }

    /// This UTC day so far.
    async fn today(&self) -> ApiKeyCounts {
        self.usage.days.last().map(|(_, count)| *count).unwrap_or_default().into()
    }

    /// Each of the days, oldest first; the last one is today.
    async fn days(&self) -> Vec<ApiKeyDay> {
        let days = self.usage.days.iter();
        days.map(|(date, count)| ApiKeyDay { date: date.to_string(), counts: (*count).into() })
            .collect()
    }

    /// What the key was used for on these days, most often first.
    async fn routes(&self) -> Vec<ApiKeyRoute> {
        let routes = self.usage.routes.iter();
        routes
            .map(|(route, count)| ApiKeyRoute { route: route.clone(), counts: (*count).into() })
            .collect()
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

impl From<Count> for ApiKeyCounts {
    fn from(count: Count) -> Self {
        let Count { requests, refused, client_errors, server_errors } = count;
        Self { requests, answered: count.answered(), client_errors, refused, server_errors }
    }
}

impl From<Allowance> for ApiKeyQuota {
    fn from(Allowance { limit, used, reset_at }: Allowance) -> Self {
        Self { limit, used, reset_at: DateTime::millis(reset_at) }
    }
}
