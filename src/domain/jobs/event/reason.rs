//! What people wrote into events: why they stepped back from a job or disputed it.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};

use super::{JobEvent, Kind, about};
use crate::{
    domain::{Services, change::Change},
    entity::{application, job, job_event},
    error::Result,
};

/// The events whose reasons this person wrote, found through the jobs that they had a part in. Nobody who acts as
/// a party is left out; what administrators decided is in the audit log, which is final.
#[must_use]
pub fn with_reasons_of(user_id: i64) -> Condition {
    let of_party = Condition::any()
        .add(job_event::Column::JobId.in_subquery(jobs_of(job::Column::OwnerId, user_id)))
        .add(job_event::Column::JobId.in_subquery(jobs_of(job::Column::AssigneeId, user_id)))
        .add(job_event::Column::JobId.in_subquery(applied_to_by(user_id)));
    Condition::all()
        .add(job_event::Column::ActorId.eq(user_id))
        .add(job_event::Column::Kind.is_in([Kind::Released, Kind::Disputed]))
        .add(of_party)
}

fn jobs_of(part: job::Column, user_id: i64) -> SelectStatement {
    job::Entity::find().select_only().column(job::Column::Id).filter(part.eq(user_id)).into_query()
}

fn applied_to_by(user_id: i64) -> SelectStatement {
    application::Entity::find()
        .select_only()
        .column(application::Column::JobId)
        .filter(application::Column::ApplicantId.eq(user_id))
        .into_query()
}

/// Why these jobs were released, by the application that ended; of several times, the last one.
pub async fn release_reasons(services: &Services, jobs: &[i64]) -> Result<HashMap<i64, String>> {
    let released = job_event::Entity::find()
        .filter(job_event::Column::JobId.is_in(jobs.iter().copied()))
        .filter(job_event::Column::Kind.eq(Kind::Released))
        .order_by_asc(job_event::Column::Position)
        .all(services.db.read())
        .await?;
    let reason = |event: &JobEvent| {
        let facts = about(event);
        Some((facts["applicationId"].as_i64()?, facts["reason"].as_str().map(str::to_owned)))
    };
    // An earlier reason does not stand for one that was erased.
    let last: HashMap<_, _> = released.iter().filter_map(reason).collect();
    Ok(last.into_iter().filter_map(|(application, reason)| Some((application, reason?))).collect())
}

/// Takes the reasons of a person out of the log, which keeps everything else. Their events have positions by then:
/// nobody acts in the days before.
pub(in crate::domain) async fn forget(change: &Change<'_>, user_id: i64) -> Result<()> {
    let without = match change.get_database_backend() {
        DbBackend::Postgres => "(data::jsonb - 'reason')::text",
        _ => "json_remove(data, '$.reason')",
    };
    job_event::Entity::update_many()
        .col_expr(job_event::Column::Data, Expr::cust(without))
        .filter(with_reasons_of(user_id))
        .exec(change)
        .await?;
    Ok(())
}
