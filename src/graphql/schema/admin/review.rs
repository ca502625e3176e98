//! Reports of reviews in the schema, and what administrators do about them.

use async_graphql::{Context, Description, ID, InputObject, Object};

use crate::{
    domain::jobs::review::{self, LIST_OF_REPORTS, REASON, ReportStatus},
    error::{Error, Noun, Result},
    graphql::{
        engine::{
            context::ContextExt,
            loaders::{UserById, reviews::ReviewById},
            written::{ready, written_enum},
        },
        schema::{
            account::user::User,
            constraint,
            jobs::review::{Review, review_id},
            page::{Connected, connection, page_input},
            payload::payloads,
            scalars::DateTime,
        },
    },
    id::GlobalId,
};

/// Somebody's complaint about a review; for administrators.
#[derive(Description)]
pub struct ReviewReport(review::ReviewReport);

/// A page of reports.
type ReviewReportConnection = Connected<ReviewReport, ReportTotal>;

#[Object(use_type_description)]
impl ReviewReport {
    /// Global id, such as `report_3`.
    pub(in crate::graphql) async fn id(&self) -> ID {
        ID(GlobalId::ReviewReport(self.0.id).to_string())
    }

    /// The review that was reported.
    async fn review(&self, ctx: &Context<'_>) -> Result<Review> {
        let review = ctx.loaders().load_one(ReviewById(self.0.review_id)).await?;
        Ok(review.ok_or(Error::NotFound(Noun::Review))?.into())
    }

    /// Who reported it.
    async fn reporter(&self, ctx: &Context<'_>) -> Result<User> {
        let user = ctx.loaders().load_one(UserById(self.0.reporter_id)).await?;
        Ok(User::new(user.ok_or(Error::NotFound(Noun::User))?))
    }

    /// What is wrong with the review; empty once the account of the reporter was erased.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// What became of it.
    async fn status(&self) -> ReportStatus {
        self.0.status
    }

    /// When it was sent.
    async fn created_at(&self) -> DateTime {
        DateTime::millis(self.0.created_at.0)
    }

    /// When an administrator decided.
    async fn settled_at(&self) -> Option<DateTime> {
        self.0.settled_at.map(|at| DateTime::millis(at.0))
    }
}

written_enum! { ReportStatus }

ready! {
    ReviewReport {
        "id": id,
        "reason": reason,
        "status": status,
        "createdAt": created_at,
        "settledAt": settled_at,
    }
}

/// What a connection of reports knows besides its page.
pub struct ReportTotal;

#[Object]
impl ReportTotal {
    /// How many reports there are in all, counted up to 10,000: that number
    /// stands for as many or more. Counted only if selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        review::reports_count(ctx.services(), &ctx.viewer().admin()?).await
    }
}

#[derive(Default)]
pub struct ReviewReportQuery;

#[Object]
impl ReviewReportQuery {
    /// Complaints about reviews: open ones first, then those that were decided last. For administrators.
    async fn review_reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Items from the start; 20 if neither `first` nor `last` is given.",
            directive = constraint::PageSize::apply()
        )]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(
            desc = "Items from the end, instead of `first`.",
            directive = constraint::PageSize::apply()
        )]
        last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<ReviewReportConnection> {
        let (services, admin, list) = (ctx.services(), ctx.viewer().admin()?, LIST_OF_REPORTS);
        let args = page_input(first, after, last, before).parse(&services.keys, list)?;
        let page = review::reports(services, &admin, &args).await?;
        let position = review::reports_position;
        Ok(connection(services, list, page, position, ReviewReport, ReportTotal))
    }
}

/// Which review to hide, and why.
#[derive(InputObject)]
pub struct HideReviewInput {
    /// Global id of the review.
    review_id: ID,
    /// Why; its author reads it.
    #[graphql(directive = constraint::Length::apply(REASON))]
    reason: String,
}

/// Which review may stay as it is.
#[derive(InputObject)]
pub struct DismissReviewReportsInput {
    /// Global id of the review.
    review_id: ID,
}

payloads! {
    /// What `hideReview` returns.
    HideReviewPayload {
        /// The review as administrators see it.
        review: Review = review::Review,
    }
    /// What `dismissReviewReports` returns.
    DismissReviewReportsPayload {
        /// The review as it was.
        review: Review = review::Review,
    }
}

#[derive(Default)]
pub struct ReviewModerationMutation;

#[Object]
impl ReviewModerationMutation {
    /// Hides a review from all but its author and administrators, and settles its reports. It no longer
    /// counts. For administrators.
    async fn hide_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The review to hide, and why.")] input: HideReviewInput,
    ) -> Result<HideReviewPayload> {
        let (admin, id) = (ctx.viewer().admin()?, review_id(&input.review_id)?);
        let (services, origin) = (ctx.services(), ctx.origin());
        Ok(review::hide(services, &admin, &origin, id, &input.reason).await?.into())
    }

    /// Settles the open reports of a review and leaves it as it is. For administrators.
    async fn dismiss_review_reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The review that may stay.")] input: DismissReviewReportsInput,
    ) -> Result<DismissReviewReportsPayload> {
        let (admin, id) = (ctx.viewer().admin()?, review_id(&input.review_id)?);
        Ok(review::dismiss(ctx.services(), &admin, &ctx.origin(), id).await?.into())
    }
}

/// The report, for `node`.
pub(in crate::graphql) async fn find(ctx: &Context<'_>, id: i64) -> Result<Option<ReviewReport>> {
    let viewer = ctx.viewer();
    viewer.member()?;
    let Ok(admin) = viewer.admin() else { return Ok(None) };
    Ok(review::find_report(ctx.services(), &admin, id).await?.map(ReviewReport))
}
