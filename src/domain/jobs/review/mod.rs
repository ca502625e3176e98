//! Reviews: what the two sides of a completed job say of each other, and what ratings come of it.

mod moderation;
mod rating;
mod read;
mod write;

use chrono::TimeDelta;
use sea_orm::ColumnTrait;

pub use self::{
    moderation::{
        ReviewReport, dismiss, find_report, hide, report, reports, reports_count, reports_position,
    },
    rating::{Rating, ratings},
    read::{by_ids, count_of_people, of_jobs, of_people, position},
    write::{NewReview, reply, write},
};
pub use crate::entity::{review::Model as Review, review_report::Status as ReportStatus};
use crate::{
    domain::{
        change::Change,
        parse::{Length, Range},
        store::texts,
    },
    entity::{review, review_report},
    error::Result,
};

pub const RATING: Range = 1..=5;
pub const TEXT: Length = 0..=1_000;
pub const REPLY: Length = 1..=1_000;
/// Why somebody reports a review.
pub const COMPLAINT: Length = 1..=500;
/// Why an administrator hides one.
pub const REASON: Length = 1..=200;
/// Name of the list of the reviews of a person that cursors are bound to.
pub const LIST: &str = "reviews:newest";
/// Name of the list of reports that cursors are bound to.
pub const LIST_OF_REPORTS: &str = "review-reports:open";

/// How long a review waits for that of the other side, so that neither answers the other's.
const SEALED: TimeDelta = TimeDelta::days(14);
/// How many days after its completion a job can be reviewed.
pub(in crate::domain) const OPEN_DAYS: i64 = 60;

/// Blanks what a person wrote in reviews, replies and reports; ratings stay.
pub(in crate::domain) async fn forget(change: &Change<'_>, user_id: i64) -> Result<()> {
    use review::Column::{AuthorId, HiddenReason, Reply, ReviewedId, Text};
    texts::empty::<review::Entity>(change, AuthorId.eq(user_id), &[Reply]).await?;
    let kept = [Text, HiddenReason];
    texts::empty::<review::Entity>(change, ReviewedId.eq(user_id), &kept).await?;
    let of_reporter = review_report::Column::ReporterId.eq(user_id);
    let kept = [review_report::Column::Status];
    texts::empty::<review_report::Entity>(change, of_reporter, &kept).await
}
