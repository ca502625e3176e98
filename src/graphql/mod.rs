//! The one schema, and the one way to run an operation, for every API.

pub mod document;
mod engine;
pub mod persisted;
mod schema;

pub use self::{
    engine::{
        backlog::{AnswerPermit, Backlog},
        context::{Browser, Caller},
        execute::{Engine, Operation, Outcome},
        present::{Problem, present, refused},
        raw::AsJson,
        spelling::enum_text,
        stream::{Delivery, Streamed, Subscription},
    },
    schema::{
        mutations::{attempt, is_exclusive},
        prices::price_list,
        sdl,
    },
};
pub use crate::domain::limits::{Attempt, Door, Quota, RateLimitStatus, Spending};

use self::document::{Gate, GateLimits};
use crate::{config::Limits, error::Result};

/// The gate before the schema, with the configured limits.
pub fn gate(limits: &Limits) -> Result<Gate> {
    let limits = GateLimits {
        depth: limits.limit_query_depth as usize,
        cost: limits.limit_query_cost,
        prices: schema::prices::PRICES,
        ..GateLimits::default()
    };
    Gate::new(&sdl(), limits, is_exclusive)
}
