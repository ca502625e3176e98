//! Writing reviews and replying to them.

use chrono::TimeDelta;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::Expr,
};
use serde_json::json;

use super::{OPEN_DAYS, RATING, REPLY, Review, SEALED, TEXT, read::lock};
use crate::{
    clock::Timestamp,
    domain::{
        Services,
        change::{Change, NewEvent},
        jobs::job::{self, Job},
        parse::{number, paragraph},
        to_millis,
        viewer::Actor,
    },
    entity::{job_event::Kind, review},
    error::{Conflict, Error, FieldErrors, Noun, Result},
};

/// A review as sent.
#[derive(Debug, Clone)]
pub struct NewReview {
    pub job_id: i64,
    pub rating: i64,
    pub text: String,
}

/// Reviews the other side of a completed job. Both reviews are seen as soon as there are two, or one of
/// them after two weeks.
pub async fn write(services: &Services, actor: &Actor, new: NewReview) -> Result<Review> {
    let (rating, text) = new.parse()?;
    let (change, ref actor) = Change::acting(services, actor).await?;
    let job = job::visible(&change, actor.audience(), new.job_id).await?;
    let reviewed_id = other_side(&job, actor.user_id).ok_or(Error::Forbidden)?;
    let sealed_until = completed_at(&job, change.now())? + SEALED;
    let is_second = is_second(&change, job.id, actor.user_id).await?;
    let now = change.now();
    if is_second {
        reveal(&change, job.id).await?;
    }
    let review = review::ActiveModel {
        job_id: Set(job.id),
        author_id: Set(actor.user_id),
        reviewed_id: Set(reviewed_id),
        rating: Set(rating),
        text: Set(text),
        created_at: Set(to_millis(now)),
        visible_at: Set(to_millis(if is_second { now } else { now.max(sealed_until) })),
        ..Default::default()
    }
    .insert(&change)
    .await?;
    change.happened(happened(&review));
    change.commit().await?;
    Ok(review)
}

/// Both sides are told that one has written; what, they read once it is visible.
fn happened(review: &Review) -> NewEvent {
    let data =
        json!({ "reviewId": review.id, "isVisible": review.visible_at.0 <= review.created_at.0 });
    NewEvent { job_id: review.job_id, kind: Kind::Reviewed, data }
}

/// Replies to a review of the actor that everybody sees, once.
pub async fn reply(services: &Services, actor: &Actor, id: i64, text: &str) -> Result<Review> {
    let text = paragraph(text, REPLY).map_err(|it| Error::field("text", it))?;
    let (change, ref actor) = Change::acting(services, actor).await?;
    let review = lock(&change, actor.audience(), id).await?;
    if review.reviewed_id != actor.user_id {
        return Err(Error::Forbidden);
    }
    // An administrator sees earlier what was written about them.
    if review.visible_at.0 > change.now() || review.hidden_at.is_some() {
        return Err(Error::NotFound(Noun::Review));
    }
    if review.replied_at.is_some() {
        return Err(Error::Conflict(Conflict::AlreadyReplied));
    }
    let replied_at = to_millis(change.now());
    let mut model = review.into_active_model();
    model.reply = Set(Some(text));
    model.replied_at = Set(Some(replied_at));
    let review = model.update(&change).await?;
    change.commit().await?;
    Ok(review)
}

/// Whom a person did the job with; None for anybody else.
fn other_side(job: &Job, user_id: i64) -> Option<i64> {
    match job.assignee_id {
        Some(assignee) if assignee == user_id => Some(job.owner_id),
        assignee if job.owner_id == user_id => assignee,
        _ => None,
    }
}

/// When the job was completed, if it can be reviewed now.
fn completed_at(job: &Job, now: Timestamp) -> Result<Timestamp> {
    if job.status != job::Status::Completed {
        return Err(job::status::conflict(job.status));
    }
    // Jobs that an older release completes have no such time.
    let completed_at = job.completed_at.unwrap_or(job.updated_at).0;
    if now > completed_at + TimeDelta::days(OPEN_DAYS) {
        return Err(Error::Conflict(Conflict::ReviewTooLate { days: OPEN_DAYS }));
    }
    Ok(completed_at)
}

/// Whether the other side has written already; the job is locked, so that both cannot be the first.
async fn is_second(change: &Change<'_>, job_id: i64, author_id: i64) -> Result<bool> {
    let written =
        review::Entity::find().filter(review::Column::JobId.eq(job_id)).all(change).await?;
    if written.iter().any(|review| review.author_id == author_id) {
        return Err(Error::Conflict(Conflict::AlreadyReviewed));
    }
    Ok(!written.is_empty())
}

/// Shows the review that waits for another one.
async fn reveal(change: &Change<'_>, job_id: i64) -> Result<()> {
    let now = to_millis(change.now());
    review::Entity::update_many()
        .col_expr(review::Column::VisibleAt, Expr::val(now))
        .filter(review::Column::JobId.eq(job_id))
        .filter(review::Column::VisibleAt.gt(now))
        .exec(change)
        .await?;
    Ok(())
}

impl NewReview {
    fn parse(&self) -> Result<(i64, String)> {
        let mut errors = FieldErrors::default();
        let rating = errors.check("rating", number(self.rating, RATING));
        let text = errors.check("text", paragraph(&self.text, TEXT));
        rating.zip(text).ok_or_else(|| errors.into())
    }
}
