//! Sessions in the schema: signing in, refreshing, listing and ending them.

use std::sync::Arc;

use async_graphql::{Context, Description, ID, InputObject, Object};

use crate::{
    domain::{
        Services, parse,
        session::{self, RefreshMode},
        sign_in::{
            login::{self, Credentials},
            reauthenticate::Proof,
            sign_out,
        },
        store::page::PageInput,
        viewer::{Member, Viewer},
    },
    error::{Error, FieldProblem, Result},
    graphql::{
        engine::{context::ContextExt, written::ready},
        schema::{
            account::{
                cookie::{self, TokenTransport},
                user::User,
            },
            constraint,
            page::{Connected, connection},
            payload::{DonePayload, payloads},
            scalars::DateTime,
        },
    },
    id::GlobalId,
};

/// A device or program on which somebody is signed in.
#[derive(Description)]
pub struct Session(session::Session);

/// A page of sessions.
pub(in crate::graphql) type SessionConnection = Connected<Session, SessionTotal>;

#[Object(use_type_description)]
impl Session {
    /// Global id, such as `session_9`.
    pub(in crate::graphql) async fn id(&self) -> ID {
        ID(GlobalId::Session(self.0.id).to_string())
    }

    /// What the device called itself (`User-Agent`) when it signed in.
    async fn user_agent(&self) -> Option<&str> {
        self.0.user_agent.as_deref()
    }

    /// The network address that it signed in from.
    async fn address(&self) -> Option<&str> {
        self.0.address.as_deref()
    }

    /// When it signed in.
    async fn created_at(&self) -> DateTime {
        DateTime::seconds(self.0.created_at.0)
    }

    /// When it was used last, to some minutes.
    async fn last_used_at(&self) -> DateTime {
        DateTime::seconds(self.0.last_used_at.0)
    }

    /// When it ends in any case.
    async fn expires_at(&self) -> DateTime {
        DateTime::seconds(self.0.expires_at.0)
    }

    /// Since when it has ended; null while it lives.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(|at| DateTime::seconds(at.0))
    }

    /// Whether it is the session that asks.
    async fn is_current(&self, ctx: &Context<'_>) -> bool {
        matches!(ctx.viewer(), Viewer::Member(member) if member.session_id == self.0.id)
    }
}

/// What a connection of sessions knows besides its page.
pub struct SessionTotal;

ready! {
    Session {
        "id": id,
        "userAgent": user_agent,
        "address": address,
        "createdAt": created_at,
        "lastUsedAt": last_used_at,
        "expiresAt": expires_at,
        "revokedAt": revoked_at,
        "isCurrent": is_current,
    }
}

#[Object]
impl SessionTotal {
    /// How many sessions there are in all, counted up to 10,000: that number
    /// stands for as many or more. Counted only if selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        session::count(ctx.services(), ctx.viewer().member()?).await
    }
}

/// A page of the member's sessions.
pub(in crate::graphql) async fn list(
    services: &Arc<Services>,
    member: &Member,
    input: PageInput,
) -> Result<SessionConnection> {
    let args = input.parse(&services.keys, session::LIST)?;
    let page = session::list(services, member, &args).await?;
    Ok(connection(services, session::LIST, page, session::position, Session, SessionTotal))
}

/// The member's session, for `node`.
pub(in crate::graphql) async fn find(ctx: &Context<'_>, id: i64) -> Result<Option<Session>> {
    Ok(session::find(ctx.services(), ctx.viewer().member()?, id).await?.map(Session))
}

/// A sign-in.
#[derive(InputObject)]
pub struct LoginInput {
    /// The address of the account.
    #[graphql(directive = constraint::Email::apply())]
    email: String,
    /// The password of the account.
    #[graphql(directive = constraint::Password::apply())]
    password: String,
    /// Where the second factor is on: a code of the authenticator app, or a recovery code.
    #[graphql(directive = constraint::Length::apply(parse::CODE))]
    code: Option<String>,
    /// How the session is to be kept alive.
    #[graphql(default_with = "RefreshMode::Rotating")]
    refresh: RefreshMode,
    /// How the tokens are to travel.
    #[graphql(default_with = "TokenTransport::Body")]
    transport: TokenTransport,
}

/// A refresh.
#[derive(InputObject)]
pub struct RefreshTokenInput {
    /// The refresh token of the session; left out by pages that are signed in with cookies.
    refresh_token: Option<String>,
    /// Refuse tokens of the other kind, without using them up.
    expect: Option<RefreshMode>,
}

/// Names the session to end.
#[derive(InputObject)]
pub struct RevokeSessionInput {
    /// Global id of the session.
    id: ID,
    #[graphql(flatten)]
    proof: ProofInput,
}

/// What proves, some time after signing in, that it is still the same person.
#[derive(InputObject)]
pub struct ProofInput {
    /// The password of the account; needed where a proof is asked for, 15 minutes after signing in.
    #[graphql(directive = constraint::Password::apply())]
    password: Option<String>,
    /// A code of the authenticator app, or a recovery code, instead of the password.
    #[graphql(directive = constraint::Length::apply(parse::CODE))]
    code: Option<String>,
}

payloads! {
    /// What `login` returns.
    LoginPayload {
        /// Access token, for `Authorization: Bearer`; null for pages that asked for cookies.
        token: Option<String>,
        /// Keeps the session alive; null for pages that asked for cookies.
        refresh_token: Option<String>,
        /// Seconds that the access token lives.
        expires_in: i64,
        /// Who signed in.
        user: User,
    }
    /// What `refreshToken` returns.
    RefreshTokenPayload {
        /// New access token; null for pages that use cookies.
        token: Option<String>,
        /// New refresh token of a rotating session; null: keep the one you have.
        refresh_token: Option<String>,
        /// Seconds that the access token lives.
        expires_in: i64,
    }
    /// What `revokeSession` returns.
    RevokeSessionPayload {
        /// The session, ended.
        session: Session,
    }
}

#[derive(Default)]
pub struct SessionMutation;

#[Object]
impl SessionMutation {
    /// Signs in; `SECOND_FACTOR_REQUIRED` asks for the same again with a code.
    async fn login(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who signs in, with what proof, and how tokens are handed over.")]
        input: LoginInput,
    ) -> Result<LoginPayload> {
        let transport = input.transport;
        cookie::check(ctx, transport)?;
        let grant = login::login(ctx.services(), &ctx.stranger(), input.into()).await?;
        let (token, refresh_token) = cookie::hand_out(ctx, transport, &grant);
        let expires_in = seconds(grant.expires_in);
        Ok(LoginPayload { token, refresh_token, expires_in, user: User::in_person(grant.user) })
    }

    /// Gets a new access token.
    async fn refresh_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The refresh token; browsers send theirs as a cookie.")]
        input: RefreshTokenInput,
    ) -> Result<RefreshTokenPayload> {
        let (presented, transport) = cookie::presented(ctx, input.refresh_token.as_deref())?;
        let grant =
            session::refresh(ctx.services(), &ctx.stranger(), &presented, input.expect).await;
        let grant = grant.map_err(|error| cookie::dead(ctx, transport, error))?;
        let (token, refresh_token) = cookie::hand_out(ctx, transport, &grant);
        Ok(RefreshTokenPayload { token, refresh_token, expires_in: seconds(grant.expires_in) })
    }

    /// Ends the caller's session; its tokens stop at once.
    async fn logout(&self, ctx: &Context<'_>) -> Result<DonePayload> {
        sign_out::logout(ctx.services(), ctx.viewer().member()?, &ctx.origin()).await?;
        cookie::clear(ctx);
        Ok(DonePayload { ok: true })
    }

    /// Ends one of the caller's sessions; its tokens stop at once. Another one than that which asks takes the
    /// password, or a code of the second factor, 15 minutes after signing in.
    async fn revoke_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session to end, and the password if it is asked for.")]
        input: RevokeSessionInput,
    ) -> Result<RevokeSessionPayload> {
        let Ok(GlobalId::Session(id)) = input.id.parse() else {
            return Err(Error::field("id", FieldProblem::InvalidId));
        };
        let (member, origin) = (ctx.viewer().member()?, ctx.origin());
        let proof = input.proof.into();
        let session = sign_out::revoke(ctx.services(), member, &origin, id, &proof).await?;
        Ok(RevokeSessionPayload { session: Session(session) })
    }

    /// Ends all sessions of the caller, this one included. API keys go on unless they are to stop as well.
    async fn logout_everywhere(
        &self,
        ctx: &Context<'_>,
        #[graphql(default, desc = "Whether the API keys of the account stop as well, for good.")]
        stop_api_keys: bool,
    ) -> Result<DonePayload> {
        let (member, origin) = (ctx.viewer().member()?, ctx.origin());
        sign_out::logout_everywhere(ctx.services(), member, &origin, stop_api_keys).await?;
        cookie::clear(ctx);
        Ok(DonePayload { ok: true })
    }
}

impl From<ProofInput> for Proof {
    fn from(ProofInput { password, code }: ProofInput) -> Self {
        Self { password, code }
    }
}

impl From<LoginInput> for Credentials {
    fn from(LoginInput { email, password, code, refresh, .. }: LoginInput) -> Self {
        Self { email, password, code, refresh }
    }
}

fn seconds(duration: std::time::Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}
