//! People in the schema.

use async_graphql::{Context, Description, ID, Object};

use crate::{
    domain::{
        account::second_factor,
        account::user::{Person, Role},
        admin::audit::{AuditFilter, Readable},
        jobs::{
            application::Status as ApplicationStatus,
            job::{Detail, Status as JobStatus},
        },
        viewer::{Member, Viewer},
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
            },
            page::page_input,
            scalars::DateTime,
        },
    },
    id::GlobalId,
};

/// A person with an account.
#[derive(Description)]
pub struct User {
    person: Person,
    /// How much of the person was read.
    detail: Detail,
    seen: Seen,
}

/// How a person was reached, which decides what is shown.
enum Seen {
    /// Directly: the viewer's rights decide.
    Plainly,
    /// Through a job of this owner and this assignee, who may contact each other.
    InDeal([i64; 2]),
    /// As the person themselves, who has just proven their identity.
    InPerson,
}

impl User {
    pub(in crate::graphql) fn new(user: impl Into<Person>) -> Self {
        Self::plainly(user.into(), Detail::Full)
    }

    /// A person of whom this much was read.
    pub(in crate::graphql) fn plainly(person: Person, detail: Detail) -> Self {
        Self { person, detail, seen: Seen::Plainly }
    }

    pub(in crate::graphql) fn in_deal(person: Person, detail: Detail, deal: [i64; 2]) -> Self {
        Self { person, detail, seen: Seen::InDeal(deal) }
    }

    pub(in crate::graphql) fn in_person(user: impl Into<Person>) -> Self {
        Self { person: user.into(), detail: Detail::Full, seen: Seen::InPerson }
    }

    /// To the person and to administrators.
    fn shows_all(&self, viewer: &Viewer) -> bool {
        let is_self = matches!(viewer, Viewer::Member(member) if member.user_id == self.person.id);
        is_self || viewer.is_admin() || matches!(self.seen, Seen::InPerson)
    }

    /// The viewer as a member, if it is the person themselves.
    fn in_own_view<'a>(&self, viewer: &'a Viewer) -> Result<&'a Member> {
        let member = viewer.member()?;
        if member.user_id == self.person.id { Ok(member) } else { Err(Error::Forbidden) }
    }

    /// The person themselves or an administrator, but not somebody who has just registered in
    /// another person's place.
    fn in_own_or_admin_view(&self, viewer: &Viewer) -> Result<()> {
        if viewer.is_admin() { Ok(()) } else { self.in_own_view(viewer).map(drop) }
    }

    /// Also to the partner of an assigned job.
    fn shows_contact(&self, viewer: &Viewer) -> bool {
        let partner = match (&self.seen, viewer.user_id()) {
            (Seen::InDeal(deal), Some(id)) => {
                id != self.person.id && deal.contains(&id) && deal.contains(&self.person.id)
            }
            _ => false,
        };
        partner || self.shows_all(viewer)
    }
}

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
        let left = match self.in_own_view(ctx.viewer()) {
            Err(error) => Err(error),
            Ok(member) => second_factor::codes_left(ctx.services(), member).await,
        };
        Some(left.and_then(|left| i32::try_from(left).map_err(Error::internal)))
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

written_enum! { Role }

ready! {
    User {
        "id": id,
        "name": name,
        "email": email,
        "phone": phone,
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
