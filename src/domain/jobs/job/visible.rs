//! Which jobs an audience may see.

use sea_orm::{
    ActiveEnum, ColumnTrait, Condition, DbBackend, EntityTrait, QueryFilter, Select, Value,
    sea_query::{Expr, ExprTrait, Func, Query, SelectStatement},
};

use super::Status;
use crate::{
    domain::viewer::Audience,
    entity::{application, job},
};

/// The jobs that an audience may see: the base of every query.
pub(super) fn visible_to(audience: Audience) -> Select<job::Entity> {
    job::Entity::find().filter(any(&ways(audience, None)))
}

/// A reason why an audience may see a job. Each has an index that finds its jobs in order, but
/// their disjunction (OR) has none, so a list merges the first jobs of each.
#[derive(Debug, Clone, Copy)]
pub(super) enum Way {
    Everything,
    Nothing,
    Published,
    /// The jobs that a person owns.
    Own(i64),
    /// The jobs that a person does.
    Assigned(i64),
    /// The jobs that a person applied to.
    Applied(i64),
}

/// The ways to jobs, of one status if given; at least one.
pub(super) fn ways(audience: Audience, status: Option<Status>) -> Vec<Way> {
    match (audience, status) {
        (Audience::Everything, _) => vec![Way::Everything],
        (_, Some(Status::Published)) | (Audience::Public, None) => vec![Way::Published],
        (Audience::Public, Some(_)) => vec![Way::Nothing],
        (Audience::Person(id), None) => {
            vec![Way::Published, Way::Own(id), Way::Assigned(id), Way::Applied(id)]
        }
        (Audience::Person(id), Some(_)) => vec![Way::Own(id), Way::Assigned(id), Way::Applied(id)],
    }
}

/// Any of the ways.
pub(super) fn any(ways: &[Way]) -> Condition {
    ways.iter().fold(Condition::any(), |any, way| any.add(way.condition()))
}

impl Way {
    pub fn condition(self) -> Condition {
        let only = match self {
            Self::Everything => return Condition::all(),
            Self::Nothing => return Condition::any(),
            Self::Published => in_status(Status::Published),
            Self::Own(user_id) => job::Column::OwnerId.eq(user_id),
            Self::Assigned(user_id) => job::Column::AssigneeId.eq(user_id),
            Self::Applied(user_id) => job::Column::Id.in_subquery(applied_to_by(user_id)),
        };
        Condition::all().add(only)
    }

    /// The value in its condition.
    pub fn value(self) -> Option<Value> {
        match self {
            Self::Everything | Self::Nothing | Self::Published => None,
            Self::Own(id) | Self::Assigned(id) | Self::Applied(id) => Some(id.into()),
        }
    }
}

/// Whether everybody may see the job, as [`Way::Published`] asks the database.
pub fn is_public(status: Status) -> bool {
    status == Status::Published
}

/// Jobs of one status, which is a literal: PostgreSQL knows how many jobs have it, and so need not
/// plan a list anew for each caller, which takes three times as long as reading it.
pub(super) fn in_status(status: Status) -> Expr {
    job::Column::Status.into_expr().eq(Expr::Constant(status.to_value().into()))
}

/// Jobs of any of these statuses, which are literals as above.
pub(super) fn in_any(statuses: &[Status]) -> Expr {
    let literals = statuses.iter().map(|status| Expr::Constant(status.to_value().into()));
    job::Column::Status.into_expr().is_in(literals)
}

/// Jobs of these statuses to be read in the order of a time: the condition of the partial index of that time,
/// word for word. `likely` keeps `SQLite` from indexes that begin with the status, which leave all jobs of it to sort.
pub(in crate::domain) fn timed(backend: DbBackend, statuses: &[Status]) -> Expr {
    let state = match statuses {
        [only] => in_status(*only),
        several => in_any(several),
    };
    match backend {
        DbBackend::Sqlite => Func::cust("likely").arg(state).into(),
        _ => state,
    }
}

fn applied_to_by(user_id: i64) -> SelectStatement {
    Query::select()
        .column(application::Column::JobId)
        .from(application::Entity)
        .and_where(application::Column::ApplicantId.eq(user_id))
        .to_owned()
}
