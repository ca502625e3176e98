//! People in the schema.

use async_graphql::{Context, ID, Object};

pub use super::seen::User;
use crate::{
    domain::{
        account::second_factor,
        account::user::Role,
        admin::audit::{AuditFilter, Readable},
        jobs::{application::Status as ApplicationStatus, job::Status as JobStatus},
        viewer::Member,
    },
    error::{Error, FieldProblem, Result},
    graphql::{
        engine::{
            context::ContextExt,
            written::{ready, written_enum},
        },
        schema::{
            account::{
                reputation::Reputation,
                session::{self, SessionConnection},
            },
            admin::audit::{self, AuditEventConnection},
            constraint,
            jobs::{
                application::{self, ApplicationConnection},
                job::{self, JobConnection},
                notice::{self, NoticeConnection, NoticePreference},
            },
            page::page_input,
            scalars::DateTime,
        },
    },
    id::GlobalId,
    language::Language,
};

#[Object(use_type_description)]
impl User {
    /// Global id, such as `user_123456`.
    pub(in crate::graphql) async fn id(&self) -> ID {
        ID(GlobalId::User(self.person.id).to_string())
    }

    /// The name that others see; empty if the account was deleted.
    async fn name(&self) -> &str {
        &self.person.name
    }

    /// Seen by the person, administrators, and the partner of an assigned job; else null.
    async fn email(&self, ctx: &Context<'_>) -> Option<&str> {
        self.shows_contact(ctx.viewer()).then_some(self.person.email.as_str())
    }

    /// Seen by the person, administrators, and the partner of an assigned job; else null.
    async fn phone(&self, ctx: &Context<'_>) -> Option<&str> {
        self.person.phone.as_deref().filter(|_| self.shows_contact(ctx.viewer()))
    }

    /// The language of mails to the person; seen by the person and administrators.
    async fn language(&self, ctx: &Context<'_>) -> Option<Language> {
        self.shows_all(ctx.viewer()).then_some(self.person.language)
    }

    /// Whether the e-mail address is confirmed; seen by the person and administrators.
    async fn is_verified(&self, ctx: &Context<'_>) -> Option<bool> {
        self.shows_all(ctx.viewer()).then_some(self.person.verified_at.is_some())
    }

    /// What the account may do; seen by the person and administrators.
    async fn role(&self, ctx: &Context<'_>) -> Option<Role> {
        self.shows_all(ctx.viewer()).then_some(self.person.role)
    }

    /// Since when the account is suspended; seen by the person and administrators.
    async fn suspended_at(&self, ctx: &Context<'_>) -> Option<DateTime> {
        let at = self.person.suspended_at.filter(|_| self.shows_all(ctx.viewer()))?;
        Some(DateTime::seconds(at.0))
    }

    /// Whether signing in takes a code as well; seen by the person and administrators.
    async fn has_second_factor(&self, ctx: &Context<'_>) -> Option<bool> {
        self.shows_all(ctx.viewer()).then_some(self.person.second_factor_at.is_some())
    }

    /// How many recovery codes are unused; for the person only.
    async fn recovery_codes_left(&self, ctx: &Context<'_>) -> Option<Result<i32>> {
        Some(codes_left(ctx, self.in_own_view(ctx.viewer())).await)
    }

    /// Since when the account exists.
    async fn created_at(&self) -> DateTime {
        DateTime::seconds(self.person.created_at.0)
    }

    /// When the account changed last; seen by the person and administrators.
    async fn updated_at(&self, ctx: &Context<'_>) -> Option<DateTime> {
        self.shows_all(ctx.viewer()).then(|| DateTime::seconds(self.person.updated_at.0))
    }

    /// Where the person is signed in, newest first; for the person only.
    async fn sessions(
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
    ) -> Option<Result<SessionConnection>> {
        Some(match self.in_own_view(ctx.viewer()) {
            Err(error) => Err(error),
            Ok(member) => {
                let page = page_input(first, after, last, before);
                session::list(ctx.services(), member, page).await
            }
        })
    }

    /// What was done to the account, newest first; for the person and administrators.
    async fn audit_events(
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
    ) -> Option<Result<AuditEventConnection>> {
        if let Err(error) = self.in_own_or_admin_view(ctx.viewer()) {
            return Some(Err(error));
        }
        let page = page_input(first, after, last, before);
        Some(
            audit::list(ctx.services(), Readable::Of(self.person.id), AuditFilter::default(), page)
                .await,
        )
    }

    /// What the person is told of jobs, newest first, kept for 90 days; for the person only.
    async fn notices(
        &self,
        ctx: &Context<'_>,
        #[graphql(default, desc = "Only notices that were not marked read.")] unread_only: bool,
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
    ) -> Option<Result<NoticeConnection>> {
        Some(match self.in_own_view(ctx.viewer()) {
            Err(error) => Err(error),
            Ok(member) => {
                let page = page_input(first, after, last, before);
                notice::list(ctx.services(), member, unread_only, page).await
            }
        })
    }

    /// How each kind of notice is mailed to the person; for the person only.
    async fn notice_preferences(&self, ctx: &Context<'_>) -> Option<Result<Vec<NoticePreference>>> {
        Some(match self.in_own_view(ctx.viewer()) {
            Err(error) => Err(error),
            Ok(member) => notice::preferences(ctx.services(), member).await,
        })
    }

    /// The applications that the person sent, newest first; for the person and administrators.
    async fn applications(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only applications in this state.")] status: Option<ApplicationStatus>,
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
    ) -> Option<Result<ApplicationConnection>> {
        if let Err(error) = self.in_own_or_admin_view(ctx.viewer()) {
            return Some(Err(error));
        }
        let page = page_input(first, after, last, before);
        Some(application::by_applicant(ctx, self.person.id, status, page).await)
    }

    #[graphql(flatten)]
    fn reputation(&self) -> Reputation {
        Reputation(self.person.id)
    }

    /// The person's jobs that the caller may see, newest first.
    async fn jobs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only jobs in this state.")] status: Option<JobStatus>,
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
    ) -> Result<JobConnection> {
        let page = page_input(first, after, last, before);
        job::of_owner(ctx, (&self.person, self.detail), status, page).await
    }
}

written_enum! { Role Language }

ready! {
    User {
        "id": id,
        "name": name,
        "email": email,
        "phone": phone,
        "language": language,
        "isVerified": is_verified,
        "role": role,
        "suspendedAt": suspended_at,
        "hasSecondFactor": has_second_factor,
        "createdAt": created_at,
        "updatedAt": updated_at,
    }
}

/// The row's key of a person's global id.
pub(in crate::graphql) fn user_id(id: &ID, path: &str) -> Result<i64> {
    match id.parse() {
        Ok(GlobalId::User(id)) => Ok(id),
        _ => Err(Error::field(path, FieldProblem::InvalidId)),
    }
}

/// The number of unused recovery codes.
async fn codes_left(ctx: &Context<'_>, member: Result<&Member>) -> Result<i32> {
    let left = second_factor::codes_left(ctx.services(), member?).await?;
    i32::try_from(left).map_err(Error::internal)
}
