//! Registration and sessions in the schema.

use async_graphql::{Context, Enum, InputObject, Object};

use super::{context::ContextExt, payload::payloads, scalars::constraint, user::User};
use crate::{
    domain::{
        login::{self, Credentials},
        session::{self, Grant, RefreshMode as Mode},
        user::{self, NewUser},
        verification,
    },
    error::{Error, Result},
};

/// The mutations that deal with secrets: at most one of them in a document.
pub const AUTH_MUTATIONS: &[&str] = &[
    "register",
    "verifyEmail",
    "rejectRegistration",
    "resendVerification",
    "login",
    "refreshToken",
    "logout",
    "requestPasswordReset",
    "resetPassword",
    "changePassword",
    "requestEmailChange",
    "confirmEmailChange",
    "deleteAccount",
];

/// How a session is kept alive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Mode")]
pub enum RefreshMode {
    /// One refresh token for the whole session.
    Static,
    /// Each refresh replaces the refresh token; an old one presented again ends the session.
    Rotating,
}

/// An account to make.
#[derive(InputObject)]
pub struct RegisterInput {
    /// The name that others see.
    #[graphql(directive = constraint::apply(Some(2), Some(50), None, None, None))]
    name: String,
    /// Where the confirmation link is mailed to.
    #[graphql(directive = constraint::apply(None, Some(254), None, None, Some("email".into())))]
    email: String,
    /// 8 to 256 characters of any kind.
    #[graphql(directive = constraint::apply(Some(8), Some(256), None, None, Some("password".into())))]
    password: String,
    /// 6 to 20 digits.
    #[graphql(directive = constraint::apply(None, Some(30), None, None, None))]
    phone: Option<String>,
}

/// A token from a mail.
#[derive(InputObject)]
pub struct MailTokenInput {
    /// The token in the mailed link.
    pub(super) token: String,
}

/// Where to mail the confirmation link again.
#[derive(InputObject)]
pub struct ResendVerificationInput {
    /// The address of the account.
    #[graphql(directive = constraint::apply(None, Some(254), None, None, Some("email".into())))]
    email: String,
}

/// A sign-in.
#[derive(InputObject)]
pub struct LoginInput {
    /// The address of the account.
    #[graphql(directive = constraint::apply(None, Some(254), None, None, Some("email".into())))]
    email: String,
    /// The password of the account.
    #[graphql(directive = constraint::apply(Some(1), Some(256), None, None, Some("password".into())))]
    password: String,
    /// How the session is to be kept alive.
    #[graphql(default_with = "RefreshMode::Rotating")]
    refresh: RefreshMode,
}

/// A refresh.
#[derive(InputObject)]
pub struct RefreshTokenInput {
    /// The refresh token of the session.
    refresh_token: String,
    /// Refuse tokens of the other kind, without using them up.
    expect: Option<RefreshMode>,
}

payloads! {
    /// What `register` returns.
    RegisterPayload {
        /// The new account; it can sign in once its address is confirmed.
        user: User,
    }
    /// What mutations return that have nothing to show.
    DonePayload {
        /// True: it is done.
        ok: bool,
    }
    /// What `login` returns.
    LoginPayload {
        /// Access token, for `Authorization: Bearer`.
        token: String,
        /// Keeps the session alive.
        refresh_token: String,
        /// Seconds that the access token lives.
        expires_in: i64,
        /// Who signed in.
        user: User,
    }
    /// What `refreshToken` returns.
    RefreshTokenPayload {
        /// New access token.
        token: String,
        /// New refresh token of a rotating session; null: keep the one you have.
        refresh_token: Option<String>,
        /// Seconds that the access token lives.
        expires_in: i64,
    }
}

#[derive(Default)]
pub struct AuthMutation;

#[Object]
impl AuthMutation {
    /// Makes an account and mails a confirmation link. An address whose account was never confirmed may be
    /// registered again, a minute after the last mail: the newest registration replaces the earlier one.
    async fn register(&self, ctx: &Context<'_>, input: RegisterInput) -> Result<RegisterPayload> {
        let user = user::register(ctx.services(), &ctx.origin(), input.into()).await?;
        Ok(RegisterPayload { user: User::in_person(user) })
    }

    /// Confirms an address with the token from the mail; may be repeated.
    async fn verify_email(&self, ctx: &Context<'_>, input: MailTokenInput) -> Result<DonePayload> {
        verification::confirm(ctx.services(), &ctx.origin(), &input.token).await?;
        Ok(DonePayload { ok: true })
    }

    /// Takes an account back that somebody made with your address, with the token from the mail.
    async fn reject_registration(
        &self,
        ctx: &Context<'_>,
        input: MailTokenInput,
    ) -> Result<DonePayload> {
        verification::reject(ctx.services(), &ctx.origin(), &input.token).await?;
        Ok(DonePayload { ok: true })
    }

    /// Mails the confirmation link again; the answer is the same for all addresses.
    async fn resend_verification(
        &self,
        ctx: &Context<'_>,
        input: ResendVerificationInput,
    ) -> Result<DonePayload> {
        verification::resend(ctx.services(), &ctx.origin(), &input.email).await?;
        Ok(DonePayload { ok: true })
    }

    /// Signs in.
    async fn login(&self, ctx: &Context<'_>, input: LoginInput) -> Result<LoginPayload> {
        let client = &ctx.caller().client;
        login::login(ctx.services(), client, input.into()).await?.try_into()
    }

    /// Gets a new access token.
    async fn refresh_token(
        &self,
        ctx: &Context<'_>,
        input: RefreshTokenInput,
    ) -> Result<RefreshTokenPayload> {
        let expected = input.expect.map(Into::into);
        let grant = session::refresh(ctx.services(), &input.refresh_token, expected).await?;
        Ok(grant.into())
    }

    /// Ends the caller's session; its tokens stop at once.
    async fn logout(&self, ctx: &Context<'_>) -> Result<DonePayload> {
        session::logout(ctx.services(), ctx.viewer().member()?).await?;
        Ok(DonePayload { ok: true })
    }
}

impl From<RegisterInput> for NewUser {
    fn from(RegisterInput { name, email, password, phone }: RegisterInput) -> Self {
        Self { name, email, password, phone }
    }
}

impl From<LoginInput> for Credentials {
    fn from(LoginInput { email, password, refresh }: LoginInput) -> Self {
        Self { email, password, refresh: refresh.into() }
    }
}

impl TryFrom<Grant> for LoginPayload {
    type Error = Error;

    fn try_from(grant: Grant) -> Result<Self> {
        let missing = || Error::internal("a sign-in without a refresh token");
        Ok(Self {
            token: grant.token,
            refresh_token: grant.refresh_token.ok_or_else(missing)?.reveal().to_owned(),
            expires_in: seconds(grant.expires_in),
            user: User::in_person(grant.user),
        })
    }
}

impl From<Grant> for RefreshTokenPayload {
    fn from(grant: Grant) -> Self {
        Self {
            token: grant.token,
            refresh_token: grant.refresh_token.map(|token| token.reveal().to_owned()),
            expires_in: seconds(grant.expires_in),
        }
    }
}

fn seconds(duration: std::time::Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}
