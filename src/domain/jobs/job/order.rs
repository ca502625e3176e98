//! The orders of lists of jobs.

use async_graphql::Enum;
use sea_orm::sea_query::Expr;

use super::Job;
use crate::{
    domain::store::page::Position,
    entity::job,
    error::{Error, FieldProblem, Result},
};

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
    /// What fits `filter.search` best first: words in the title before words in the description, all before
    /// some, and newer jobs before older ones. The list has at most the newest 1,000 jobs that are found.
    Relevance,
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
            Self::Relevance => "jobs:relevance",
        }
    }

    /// Refuses an order by relevance where nothing is looked for.
    pub fn check(self, has_words: bool) -> Result<()> {
        if self == Self::Relevance && !has_words {
            let problem = FieldProblem::Needs { other: "filter.search" };
            return Err(Error::field("orderBy", problem));
        }
        Ok(())
    }

    /// The place of a job in this order, all being equally relevant; among equals the newer id counts as
    /// later.
    #[must_use]
    pub fn position(self, job: &Job) -> Position {
        let key = match self {
            Self::Newest | Self::Oldest | Self::Relevance => job.created_at.0.timestamp_millis(),
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
            Self::Newest | Self::Oldest | Self::Relevance => {
                Expr::col((job::Entity, job::Column::CreatedAt))
            }
            Self::AmountHighest | Self::AmountLowest => {
                Expr::col((job::Entity, job::Column::EstimatedAmount))
            }
            Self::ScheduledSoonest => scheduled(),
        }
    }

    pub(super) fn descending(self) -> bool {
        matches!(self, Self::Newest | Self::AmountHighest | Self::Relevance)
    }
}

/// When the work is to be done, as a number that jobs without a time have too: their index knows it.
pub(super) fn scheduled() -> Expr {
    Expr::cust(format!("COALESCE(\"jobs\".\"scheduled_at\", {NO_TIME})"))
}
