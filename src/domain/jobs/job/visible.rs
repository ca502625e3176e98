//! Which jobs an audience may see.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, Select,
    sea_query::{Expr, Query, SelectStatement},
};

use super::Status;
use crate::{
    domain::viewer::Audience,
    entity::{application, job},
};

/// The jobs that an audience may see: the base of every query.
pub(super) fn visible_to(audience: Audience) -> Select<job::Entity> {
    let Ways { first, others } = ways(audience, None);
    job::Entity::find().filter(others.into_iter().fold(Condition::any().add(first), Condition::add))
}

/// The reasons why an audience may see a job. Each has an index that finds its jobs in order, but
/// their disjunction (OR) has none, so a list merges the first jobs of each.
pub(super) struct Ways {
    /// Always present.
    pub first: Condition,
    pub others: Vec<Condition>,
}

/// The ways to jobs, of one status if given.
pub(super) fn ways(audience: Audience, status: Option<Status>) -> Ways {
    let way = |condition: Expr| Condition::all().add(condition);
    let only = |first| Ways { first, others: Vec::new() };
    let published = way(job::Column::Status.eq(Status::Published));
    match (audience, status) {
        (Audience::Everything, _) => only(Condition::all()),
        (_, Some(Status::Published)) | (Audience::Public, None) => only(published),
        (Audience::Public, Some(_)) => only(Condition::any()),
        (Audience::Person(user_id), _) => {
            let own = way(job::Column::OwnerId.eq(user_id));
            let assigned = way(job::Column::AssigneeId.eq(user_id));
            let applied = way(job::Column::Id.in_subquery(applied_to_by(user_id)));
            match status {
                None => Ways { first: published, others: vec![own, assigned, applied] },
                Some(_) => Ways { first: own, others: vec![assigned, applied] },
            }
        }
    }
}

fn applied_to_by(user_id: i64) -> SelectStatement {
    Query::select()
        .column(application::Column::JobId)
        .from(application::Entity)
        .and_where(application::Column::ApplicantId.eq(user_id))
        .to_owned()
}
