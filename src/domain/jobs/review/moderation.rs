//! Reports of reviews, and what administrators do about them.

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Func},
};
use serde_json::json;

use super::{COMPLAINT, REASON, ReportStatus, Review, read::lock};
pub use crate::entity::review_report::Model as ReviewReport;
use crate::{
    domain::{
        Services,
        change::Change,
        origin::Origin,
        parse::{line, paragraph},
        store::page::{self, Page, PageArgs, Position},
        to_millis,
        viewer::{Admin, Audience, Member},
    },
    entity::{audit_event::Kind, review_report},
    error::{Conflict, Error, Result},
    id::GlobalId,
};

/// Reports somebody else's review to the administrators, once.
pub async fn report(
    services: &Services,
    member: &Member,
    origin: &Origin,
    id: i64,
    reason: &str,
) -> Result<ReviewReport> {
    let reason = paragraph(reason, COMPLAINT).map_err(|it| Error::field("reason", it))?;
    let change = Change::begin(services, member, origin).await?;
    // An administrator need not report what only administrators see.
    let review = lock(&change, Audience::Person(member.user_id), id).await?;
    if review.author_id == member.user_id {
        return Err(Error::Conflict(Conflict::OwnReview));
    }
    let earlier = review_report::Entity::find()
        .filter(review_report::Column::ReviewId.eq(id))
        .filter(review_report::Column::ReporterId.eq(member.user_id));
    if earlier.one(&change).await?.is_some() {
        return Err(Error::Conflict(Conflict::AlreadyReported));
    }
    let report = review_report::ActiveModel {
        review_id: Set(id),
        reporter_id: Set(member.user_id),
        reason: Set(reason),
        status: Set(ReportStatus::Open),
        created_at: Set(to_millis(change.now())),
        ..Default::default()
    }
    .insert(&change)
    .await?;
    change.commit().await?;
    Ok(report)
}

/// Hides a review from all but its author and administrators; it no longer counts.
pub async fn hide(
    services: &Services,
    admin: &Admin,
    origin: &Origin,
    id: i64,
    reason: &str,
) -> Result<Review> {
    let reason = line(reason, REASON).map_err(|it| Error::field("reason", it))?;
    let change = Change::begin(services, admin, origin).await?;
    let review = lock(&change, Audience::Everything, id).await?;
    if review.hidden_at.is_some() {
        return Err(Error::Conflict(Conflict::ReviewHidden));
    }
    let hidden_at = to_millis(change.now());
    let mut model = review.into_active_model();
    model.hidden_at = Set(Some(hidden_at));
    model.hidden_reason = Set(Some(reason.clone()));
    let review = model.update(&change).await?;
    settle(&change, id, ReportStatus::Upheld).await?;
    let detail = json!({ "review": GlobalId::Review(id).to_string(), "reason": reason });
    change.record(Kind::ReviewHidden, Some(review.author_id), Some(detail)).await?;
    change.commit().await?;
    Ok(review)
}

/// Leaves a review as it is and closes its reports.
pub async fn dismiss(
    services: &Services,
    admin: &Admin,
    origin: &Origin,
    id: i64,
) -> Result<Review> {
    let change = Change::begin(services, admin, origin).await?;
    let review = lock(&change, Audience::Everything, id).await?;
    if settle(&change, id, ReportStatus::Dismissed).await? > 0 {
        // Of no account: its owner is not to learn that somebody complained.
        let detail = json!({ "review": GlobalId::Review(id).to_string() });
        change.record(Kind::ReviewReportsDismissed, None, Some(detail)).await?;
    }
    change.commit().await?;
    Ok(review)
}

/// Settles the open reports of a review, which is locked; returns their number.
async fn settle(change: &Change<'_>, review_id: i64, status: ReportStatus) -> Result<u64> {
    let settled = review_report::Entity::update_many()
        .col_expr(review_report::Column::Status, Expr::val(status))
        .col_expr(review_report::Column::SettledAt, Expr::val(to_millis(change.now())))
        .filter(review_report::Column::ReviewId.eq(review_id))
        .filter(review_report::Column::Status.eq(ReportStatus::Open))
        .exec(change)
        .await?;
    Ok(settled.rows_affected)
}

/// One page of reports: open ones first, then those that were settled last.
pub async fn reports(
    services: &Services,
    _: &Admin,
    args: &PageArgs,
) -> Result<Page<ReviewReport>> {
    let id = review_report::Column::Id.into_expr();
    let between = args.between(&settled_at(), &id, true);
    let rows = review_report::Entity::find()
        .filter(Condition::all().add_option(between))
        .order_by(settled_at(), args.direction(true))
        .order_by(id, args.direction(true))
        .limit(args.fetch_size())
        .all(services.db.read())
        .await?;
    Ok(args.page(rows))
}

/// The number of reports.
pub async fn reports_count(services: &Services, _: &Admin) -> Result<i64> {
    page::count(services, review_report::Entity::find()).await
}

/// The report, for administrators.
pub async fn find_report(services: &Services, _: &Admin, id: i64) -> Result<Option<ReviewReport>> {
    Ok(review_report::Entity::find_by_id(id).one(services.db.read()).await?)
}

/// The position of a report in its list.
#[must_use]
pub fn reports_position(report: &ReviewReport) -> Position {
    let key = report.settled_at.map_or(NEVER, |at| at.0.timestamp_millis());
    Position { key, id: report.id }
}

/// Stands for the time when an open report will be settled, as in the index of the list.
const NEVER: i64 = i64::MAX;

fn settled_at() -> Expr {
    let at = review_report::Column::SettledAt.into_expr();
    Func::coalesce([at, Expr::Constant(NEVER.into())]).into()
}
