//! Writing, answering and reporting reviews.

use async_graphql::{Context, ID, InputObject, Object};

use super::Review;
use crate::{
    domain::jobs::review::{self, COMPLAINT, NewReview, RATING, REPLY, TEXT},
    error::{Error, FieldProblem, Result},
    graphql::{
        engine::context::ContextExt,
        schema::{
            constraint,
            jobs::job::job_id,
            payload::{DonePayload, payloads},
        },
    },
    id::GlobalId,
};

/// A review to write.
#[derive(InputObject)]
pub struct WriteReviewInput {
    /// Global id of the job that you had done, or did.
    job_id: ID,
    /// Stars, from 1 to 5.
    #[graphql(directive = constraint::Range::apply(RATING))]
    rating: i32,
    /// How it was.
    #[graphql(default, directive = constraint::Length::apply(TEXT))]
    text: String,
}

/// A reply to a review.
#[derive(InputObject)]
pub struct ReplyToReviewInput {
    /// Global id of the review.
    review_id: ID,
    /// What you say to it.
    #[graphql(directive = constraint::Length::apply(REPLY))]
    text: String,
}

/// A review that administrators should look at.
#[derive(InputObject)]
pub struct ReportReviewInput {
    /// Global id of the review.
    review_id: ID,
    /// What is wrong with it; only administrators read this.
    #[graphql(directive = constraint::Length::apply(COMPLAINT))]
    reason: String,
}

payloads! {
    /// What `writeReview` returns.
    WriteReviewPayload {
        /// The review as it is now.
        review: Review = review::Review,
    }
    /// What `replyToReview` returns.
    ReplyToReviewPayload {
        /// The review with its reply.
        review: Review = review::Review,
    }
}

#[derive(Default)]
pub struct ReviewMutation;

#[Object]
impl ReviewMutation {
    /// Reviews the other side of a completed job, once and within 60 days. Others see it as soon as both
    /// sides have written, or 14 days after the job was completed.
    async fn write_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The job, and how it was.")] input: WriteReviewInput,
    ) -> Result<WriteReviewPayload> {
        let job_id = job_id(&input.job_id, "jobId")?;
        let new = NewReview { job_id, rating: input.rating.into(), text: input.text };
        Ok(review::write(ctx.services(), &ctx.viewer().actor()?, new).await?.into())
    }

    /// Replies to a review about oneself, once.
    async fn reply_to_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The review, and what to say to it.")] input: ReplyToReviewInput,
    ) -> Result<ReplyToReviewPayload> {
        let (id, actor) = (review_id(&input.review_id)?, ctx.viewer().actor()?);
        Ok(review::reply(ctx.services(), &actor, id, &input.text).await?.into())
    }

    /// Asks administrators to look at somebody else's review; each person can once.
    async fn report_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The review, and what is wrong with it.")] input: ReportReviewInput,
    ) -> Result<DonePayload> {
        let (id, member) = (review_id(&input.review_id)?, ctx.viewer().member()?);
        review::report(ctx.services(), member, &ctx.origin(), id, &input.reason).await?;
        Ok(DonePayload { ok: true })
    }
}

/// The row's key of a review's global id.
pub(in crate::graphql) fn review_id(id: &ID) -> Result<i64> {
    match id.parse() {
        Ok(GlobalId::Review(id)) => Ok(id),
        _ => Err(Error::field("reviewId", FieldProblem::InvalidId)),
    }
}
