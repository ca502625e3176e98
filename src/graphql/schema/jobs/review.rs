//! Reviews in the schema.

mod mutation;

use async_graphql::{Context, Description, ID, Object};

pub(in crate::graphql) use self::mutation::{ReviewMutation, review_id};
use crate::{
    domain::{
        jobs::review::{self, LIST},
        store::page::PageInput,
    },
    error::{Error, Noun, Result},
    graphql::{
        engine::{
            context::ContextExt,
            loaders::{
                JobById, UserById,
                reviews::{ReviewCountAbout, ReviewsAbout, ReviewsOfJob},
            },
            written::ready,
        },
        schema::{
            account::user::User,
            jobs::job::Job,
            page::{Connected, connection},
            scalars::DateTime,
        },
    },
    id::GlobalId,
};

/// What one side of a completed job says of the other. It waits for the review of the other side, but
/// no longer than 14 days.
#[derive(Description)]
pub struct Review(review::Review);

/// A page of reviews.
pub(in crate::graphql) type ReviewConnection = Connected<Review, ReviewTotal>;

#[Object(use_type_description)]
impl Review {
    /// Global id, such as `review_7`.
    pub(in crate::graphql) async fn id(&self) -> ID {
        ID(GlobalId::Review(self.0.id).to_string())
    }

    /// The job that both took part in; null for whoever may not see that.
    async fn job(&self, ctx: &Context<'_>) -> Option<Result<Job>> {
        let job = ctx.loaders().load_one(JobById(self.0.job_id)).await;
        job.transpose().map(|job| job.map(Job::from))
    }

    /// Who wrote it.
    async fn author(&self, ctx: &Context<'_>) -> Result<User> {
        person(ctx, self.0.author_id).await
    }

    /// Whom it is about.
    async fn reviewed(&self, ctx: &Context<'_>) -> Result<User> {
        person(ctx, self.0.reviewed_id).await
    }

    /// Stars, from 1 to 5.
    async fn rating(&self) -> i64 {
        self.0.rating
    }

    /// What the author wrote, if anything; empty once the account of the author was erased.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// What the reviewed person replied.
    async fn reply(&self) -> Option<&str> {
        self.0.reply.as_deref()
    }

    /// When the reviewed person replied.
    async fn replied_at(&self) -> Option<DateTime> {
        self.0.replied_at.map(|at| DateTime::millis(at.0))
    }

    /// When it was written.
    async fn created_at(&self) -> DateTime {
        DateTime::millis(self.0.created_at.0)
    }

    /// From when on everybody sees it: as soon as both sides have written, or 14 days after the job was
    /// completed.
    async fn visible_at(&self) -> DateTime {
        DateTime::millis(self.0.visible_at.0)
    }

    /// When an administrator hid it: then only its author and administrators see it, and it does not count.
    async fn hidden_at(&self) -> Option<DateTime> {
        self.0.hidden_at.map(|at| DateTime::millis(at.0))
    }

    /// Why an administrator hid it.
    async fn hidden_reason(&self) -> Option<&str> {
        self.0.hidden_reason.as_deref()
    }
}

ready! {
    Review {
        "id": id,
        "rating": rating,
        "text": text,
        "reply": reply,
        "repliedAt": replied_at,
        "createdAt": created_at,
        "visibleAt": visible_at,
        "hiddenAt": hidden_at,
        "hiddenReason": hidden_reason,
    }
}

impl From<review::Review> for Review {
    fn from(review: review::Review) -> Self {
        Self(review)
    }
}

async fn person(ctx: &Context<'_>, id: i64) -> Result<User> {
    let user = ctx.loaders().load_one(UserById(id)).await?;
    Ok(User::new(user.ok_or(Error::NotFound(Noun::User))?))
}

/// What a connection of reviews knows besides its page.
pub struct ReviewTotal(ReviewCountAbout);

#[Object]
impl ReviewTotal {
    /// How many reviews the list has in all, counted up to 10,000: that number
    /// stands for as many or more. Counted only if selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        Ok(ctx.loaders().load_one(self.0).await?.unwrap_or_default())
    }
}

/// A page of the reviews about a person that the caller may see.
pub(in crate::graphql) async fn about(
    ctx: &Context<'_>,
    person_id: i64,
    input: PageInput,
) -> Result<ReviewConnection> {
    let args = input.parse(&ctx.services().keys, LIST)?;
    let page = ctx.loaders().load_one(ReviewsAbout { person_id, args }).await?.unwrap_or_default();
    let total = ReviewTotal(ReviewCountAbout(person_id));
    Ok(connection(ctx.services(), LIST, page, review::position, Review, total))
}

/// The reviews of a job that the caller may see.
pub(in crate::graphql) async fn of_job(ctx: &Context<'_>, job_id: i64) -> Result<Vec<Review>> {
    let reviews = ctx.loaders().load_one(ReviewsOfJob(job_id)).await?.unwrap_or_default();
    Ok(reviews.into_iter().map(Review).collect())
}
