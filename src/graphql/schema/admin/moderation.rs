//! Moderation: how administrators see and change accounts.

use async_graphql::{Context, Enum, ID, InputObject, Object};

use crate::{
    domain::{
        account::user::Role,
        admin::moderation::{self, UserFilter},
        mail::link::Purpose,
    },
    error::Result,
    graphql::{
        engine::context::ContextExt,
        schema::{
            account::{
                session::ProofInput,
                user::{User, user_id},
            },
            constraint,
            page::{Connected, connection, page_input},
            payload::payloads,
        },
    },
};

/// A page of people.
type UserConnection = Connected<User, UserTotal>;

/// What a connection of people knows besides its page.
pub struct UserTotal(UserFilter);

#[Object]
impl UserTotal {
    /// How many people there are in all, counted up to 10,000: that number
    /// stands for as many or more. Counted only if selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        moderation::count(ctx.services(), &ctx.viewer().admin()?, &self.0).await
    }
}

/// Narrows a list of people; all given conditions must hold.
#[derive(Debug, InputObject)]
#[graphql(name = "UserFilter")]
pub struct UserFilterInput {
    /// A part of the name or of the e-mail address.
    #[graphql(directive = constraint::Length::apply(moderation::SEARCH))]
    search: Option<String>,
    /// What the account may do.
    role: Option<Role>,
    /// Whether the e-mail address is confirmed.
    is_verified: Option<bool>,
    /// Whether the account is suspended.
    is_suspended: Option<bool>,
}

#[derive(Default)]
pub struct ModerationQuery;

#[Object]
impl ModerationQuery {
    /// All people with an account, newest first. For administrators.
    async fn users(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Narrows the list.")] filter: Option<UserFilterInput>,
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
    ) -> Result<UserConnection> {
        let (services, admin) = (ctx.services(), ctx.viewer().admin()?);
        let filter = filter.map(UserFilter::from).unwrap_or_default();
        let args =
            page_input(first, after, last, before).parse(&services.keys, moderation::LIST)?;
        let page = moderation::list(services, &admin, &filter, &args).await?;
        let (list, position) = (moderation::LIST, moderation::position);
        Ok(connection(services, list, page, position, User::new, UserTotal(filter)))
    }
}

/// Whom to lock out, and why.
#[derive(InputObject)]
pub struct SuspendUserInput {
    /// Global id of the person.
    id: ID,
    /// Why; kept with the account.
    #[graphql(directive = constraint::Length::apply(moderation::REASON))]
    reason: String,
}

/// Whom to let in again.
#[derive(InputObject)]
pub struct ReinstateUserInput {
    /// Global id of the person.
    id: ID,
}

/// Whom to sign out, and why.
#[derive(InputObject)]
pub struct SignOutUserInput {
    /// Global id of the person.
    id: ID,
    /// Why; kept in the audit log.
    #[graphql(directive = constraint::Length::apply(moderation::REASON))]
    reason: String,
}

/// A mail that can be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum ResendableMail {
    /// The link that confirms the address of a new account.
    Verification,
    /// A link to choose a new password.
    PasswordReset,
}

/// Whom to mail, and what.
#[derive(InputObject)]
pub struct ResendMailInput {
    /// Global id of the person.
    id: ID,
    /// What to mail.
    mail: ResendableMail,
}

/// Whose role to change, and why.
#[derive(InputObject)]
pub struct ChangeUserRoleInput {
    /// Global id of the person.
    id: ID,
    /// What the account may do from now on.
    role: Role,
    /// Why; kept in the audit log.
    #[graphql(directive = constraint::Length::apply(moderation::REASON))]
    reason: String,
    #[graphql(flatten)]
    proof: ProofInput,
}

payloads! {
    /// What `suspendUser` returns.
    SuspendUserPayload {
        /// The account as it is now.
        user: User,
    }
    /// What `reinstateUser` returns.
    ReinstateUserPayload {
        /// The account as it is now.
        user: User,
    }
    /// What `signOutUser` returns.
    SignOutUserPayload {
        /// The account whose sessions were ended.
        user: User,
    }
    /// What `resendMail` returns.
    ResendMailPayload {
        /// Whom the mail goes to.
        user: User,
    }
    /// What `changeUserRole` returns.
    ChangeUserRolePayload {
        /// The account as it is now.
        user: User,
    }
}

#[derive(Default)]
pub struct ModerationMutation;

#[Object]
impl ModerationMutation {
    /// Locks an account out: its sessions and API keys stop at once, its published jobs are paused. For
    /// administrators.
    async fn suspend_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose account is to stop, and why.")] input: SuspendUserInput,
    ) -> Result<SuspendUserPayload> {
        let (admin, id) = (ctx.viewer().admin()?, user_id(&input.id, "id")?);
        let (services, origin) = (ctx.services(), ctx.origin());
        let user = moderation::suspend(services, &admin, &origin, id, &input.reason).await?;
        Ok(SuspendUserPayload { user: User::new(user) })
    }

    /// Lets a suspended account sign in again; its paused jobs are back. For administrators.
    async fn reinstate_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose account is to work again.")] input: ReinstateUserInput,
    ) -> Result<ReinstateUserPayload> {
        let (admin, id) = (ctx.viewer().admin()?, user_id(&input.id, "id")?);
        let user = moderation::reinstate(ctx.services(), &admin, &ctx.origin(), id).await?;
        Ok(ReinstateUserPayload { user: User::new(user) })
    }

    /// Ends all sessions of an account; its API keys go on. For administrators.
    async fn sign_out_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is to be signed out everywhere, and why.")] input: SignOutUserInput,
    ) -> Result<SignOutUserPayload> {
        let (admin, id) = (ctx.viewer().admin()?, user_id(&input.id, "id")?);
        let (services, origin) = (ctx.services(), ctx.origin());
        let user = moderation::sign_out(services, &admin, &origin, id, &input.reason).await?;
        Ok(SignOutUserPayload { user: User::new(user) })
    }

    /// Mails somebody a link again: at most one in a minute and five in a day. For administrators.
    async fn resend_mail(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who needs which mail once more.")] input: ResendMailInput,
    ) -> Result<ResendMailPayload> {
        let (admin, id) = (ctx.viewer().admin()?, user_id(&input.id, "id")?);
        let (services, origin) = (ctx.services(), ctx.origin());
        let user = moderation::resend(services, &admin, &origin, id, input.mail.into()).await?;
        Ok(ResendMailPayload { user: User::new(user) })
    }

    /// Makes somebody an administrator, or an administrator a user again. For administrators, who
    /// cannot change themselves. Takes the password, or a code of the second factor, 15 minutes after
    /// signing in.
    async fn change_user_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who gets which role, and why.")] input: ChangeUserRoleInput,
    ) -> Result<ChangeUserRolePayload> {
        let (admin, id) = (ctx.viewer().admin()?, user_id(&input.id, "id")?);
        let change = (input.role, input.reason.as_str());
        let (services, origin, proof) = (ctx.services(), ctx.origin(), input.proof.into());
        let user = moderation::change_role(services, &admin, &origin, id, &proof, change).await?;
        Ok(ChangeUserRolePayload { user: User::new(user) })
    }
}

impl From<ResendableMail> for Purpose {
    fn from(mail: ResendableMail) -> Self {
        match mail {
            ResendableMail::Verification => Self::VerifyEmail,
            ResendableMail::PasswordReset => Self::ResetPassword,
        }
    }
}

impl From<UserFilterInput> for UserFilter {
    fn from(input: UserFilterInput) -> Self {
        let UserFilterInput { search, role, is_verified, is_suspended } = input;
        Self { search, role, is_verified, is_suspended }
    }
}
