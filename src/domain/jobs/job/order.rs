//! The orders of lists of jobs.

use async_graphql::Enum;

use super::Job;
use crate::{
    domain::store::page::Position,
    entity::job,
    error::{Error, FieldProblem, Result},
};

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
        };
        Position { key, id: job.id }
    }

    pub(super) fn column(self) -> job::Column {
        match self {
            Self::Newest | Self::Oldest | Self::Relevance => job::Column::CreatedAt,
            Self::AmountHighest | Self::AmountLowest => job::Column::EstimatedAmount,
        }
    }

    pub(super) fn descending(self) -> bool {
        matches!(self, Self::Newest | Self::AmountHighest | Self::Relevance)
    }
}
