//! The orders of lists of jobs.

use async_graphql::Enum;
use sea_orm::sea_query::Expr;

use super::Job;
use crate::{domain::store::page::Position, entity::job};

/// What jobs without a time are ordered by, after all others; also in the migration of the index.
const NO_TIME: i64 = i64::MAX;

/// The order of a list of jobs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Enum)]
pub enum JobOrder {
    /// Last posted first.
    #[default]
    Newest,
    /// First posted first.
    Oldest,
    /// Highest estimated amount first.
    AmountHighest,
    /// Lowest estimated amount first.
    AmountLowest,
    /// To be done first, first; jobs without a time last.
    ScheduledSoonest,
}

impl JobOrder {
    /// The name that cursors of this order are bound to.
    #[must_use]
    pub fn list(self) -> &'static str {
        match self {
            Self::Newest => "jobs:newest",
            Self::Oldest => "jobs:oldest",
            Self::AmountHighest => "jobs:amount-highest",
            Self::AmountLowest => "jobs:amount-lowest",
            Self::ScheduledSoonest => "jobs:scheduled-soonest",
        }
    }

    /// The place of a job in this order; among equals the newer id counts as later.
    #[must_use]
    pub fn position(self, job: &Job) -> Position {
        let key = match self {
            Self::Newest | Self::Oldest => job.created_at.0.timestamp_millis(),
            Self::AmountHighest | Self::AmountLowest => job.estimated_amount,
            Self::ScheduledSoonest => {
                job.scheduled_at.map_or(NO_TIME, |at| at.0.timestamp_millis())
            }
        };
        Position { key, id: job.id }
    }

    /// The key of `position`, of jobs in a statement.
    pub(super) fn key(self) -> Expr {
        match self {
            Self::Newest | Self::Oldest => Expr::col((job::Entity, job::Column::CreatedAt)),
            Self::AmountHighest | Self::AmountLowest => {
                Expr::col((job::Entity, job::Column::EstimatedAmount))
            }
            Self::ScheduledSoonest => scheduled(),
        }
    }

    pub(super) fn descending(self) -> bool {
        matches!(self, Self::Newest | Self::AmountHighest)
    }
}

/// When the work is to be done, as a number that jobs without a time have too: their index knows it.
pub(super) fn scheduled() -> Expr {
    Expr::cust(format!("COALESCE(\"jobs\".\"scheduled_at\", {NO_TIME})"))
}
