//! Posting an ended job again.

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    prelude::ChronoUnixTimestampMillis,
};

use super::{Job, Status, district, index, status, visible};
use crate::{
    domain::{
        Services,
        change::{Change, NewEvent},
        jobs::place,
        to_millis,
        viewer::Actor,
    },
    entity::{job, job_event::Kind},
    error::{Error, Result},
};

/// Makes a draft of the actor's own ended job, without times that are past.
pub async fn repost(services: &Services, actor: &Actor, id: i64) -> Result<Job> {
    let (change, ref actor) = Change::acting(services, actor).await?;
    let old = visible(&change, actor.audience(), id).await?;
    if old.owner_id != actor.user_id {
        return Err(Error::Forbidden);
    }
    if !matches!(old.status, Status::Completed | Status::Cancelled | Status::Expired) {
        return Err(status::conflict(old.status));
    }
    let draft = draft_of(old, to_millis(change.now())).insert(&change).await?;
    index::add(&change, &draft).await?;
    change.happened(NewEvent::plain(draft.id, Kind::Created));
    change.commit().await?;
    Ok(draft)
}

/// Every column stands here, so that a new one is not forgotten.
fn draft_of(old: Job, now: ChronoUnixTimestampMillis) -> job::ActiveModel {
    let district = district::kept(&old, &old.city, &old.address);
    let ahead = |at: Option<ChronoUnixTimestampMillis>| at.filter(|at| at.0 > now.0);
    job::ActiveModel {
        id: NotSet,
        owner_id: Set(old.owner_id),
        assignee_id: Set(None),
        title: Set(old.title),
        description: Set(old.description),
        job_type: Set(old.job_type),
        city_folded: Set(place::city_key(&old.city)),
        city: Set(old.city),
        district: Set(district),
        address: Set(old.address),
        estimated_amount: Set(old.estimated_amount),
        status: Set(Status::Draft),
        scheduled_at: Set(ahead(old.scheduled_at)),
        expires_at: Set(ahead(old.expires_at)),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        indexed: Set(index::KIND),
        application_count: Set(0),
        agreed_amount: Set(None),
        reported_at: Set(None),
        completed_at: Set(None),
        disputed_at: Set(None),
        proposal: Set(None),
        proposed_by: Set(None),
    }
}
