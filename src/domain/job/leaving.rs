//! What becomes of the jobs and applications of somebody whose account is erased.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};

use super::{Status, Transition, advance};
use crate::{
    clock::Timestamp,
    domain::{application, database::Transaction, event::NewEvent},
    entity::{application as application_entity, job},
    error::Result,
};

/// Closes the person's open jobs, withdraws their open applications and blanks what they wrote; what
/// happened is to be appended last. Work that has begun counts as done: nobody is left to say so.
pub(in crate::domain) async fn leave(
    tx: &Transaction,
    user_id: i64,
    now: Timestamp,
) -> Result<Vec<NewEvent>> {
    use Status::{Assigned, Draft, InProgress, Paused, Published};
    let open = [Draft, Published, Paused, Assigned, InProgress];
    let jobs = job::Entity::find()
        .filter(job::Column::OwnerId.eq(user_id))
        .filter(job::Column::Status.is_in(open))
        .lock_exclusive()
        .all(tx)
        .await?;
    let mut events = Vec::new();
    for job in jobs {
        let last = match job.status {
            Status::InProgress => Transition::Complete,
            _ => Transition::Cancel,
        };
        events.extend(advance(tx, job, last, now).await?.1);
    }
    events.extend(application::withdraw_pending(tx, user_id, now).await?);
    blank(tx, user_id).await?;
    Ok(events)
}

async fn blank(tx: &Transaction, user_id: i64) -> Result<()> {
    job::Entity::update_many()
        .col_expr(job::Column::Title, Expr::val(""))
        .col_expr(job::Column::Description, Expr::val(""))
        .col_expr(job::Column::City, Expr::val(""))
        .col_expr(job::Column::CityFolded, Expr::val(""))
        .col_expr(job::Column::Address, Expr::val(""))
        .filter(job::Column::OwnerId.eq(user_id))
        .exec(tx)
        .await?;
    application_entity::Entity::update_many()
        .col_expr(application_entity::Column::Message, Expr::val(""))
        .filter(application_entity::Column::ApplicantId.eq(user_id))
        .exec(tx)
        .await?;
    Ok(())
}
