//! Mutations that rely on the account's mail instead of its password.

use async_graphql::{Context, InputObject, Object};

use crate::{
    domain::account::{email_change, recovery},
    error::Result,
    graphql::{
        engine::context::ContextExt,
        schema::{account::auth::MailTokenInput, constraint, payload::DonePayload},
    },
};

/// Where to mail a link to choose a new password.
#[derive(InputObject)]
pub struct RequestPasswordResetInput {
    /// The address of the account.
    #[graphql(directive = constraint::Email::apply())]
    email: String,
}

/// A new password, with the token from a mail.
#[derive(InputObject)]
pub struct ResetPasswordInput {
    /// The token in the mailed link.
    token: String,
    /// 8 to 256 characters of any kind.
    #[graphql(directive = constraint::NewPassword::apply())]
    password: String,
}

#[derive(Default)]
pub struct RecoveryMutation;

#[Object]
impl RecoveryMutation {
    /// Mails a link to choose a new password, which works for 24 hours; the answer is the same for all
    /// addresses. An account is sent at most one in a minute and five in 24 hours; all of them work until
    /// the first is used.
    async fn request_password_reset(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose password was forgotten.")] input: RequestPasswordResetInput,
    ) -> Result<DonePayload> {
        recovery::request(ctx.services(), &ctx.stranger(), &input.email).await?;
        Ok(DonePayload { ok: true })
    }

    /// Sets a new password with the token from the mail, once. All sessions and all mailed links of the
    /// account end; API keys stay. The address counts as confirmed.
    async fn reset_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the mailed link holds, and the new password.")]
        input: ResetPasswordInput,
    ) -> Result<DonePayload> {
        let ResetPasswordInput { token, password } = input;
        recovery::reset(ctx.services(), &ctx.stranger(), &token, &password).await?;
        Ok(DonePayload { ok: true })
    }

    /// Makes the address that the token was mailed to the address of the account, and tells the old one. All
    /// sessions end but the caller's, and so do mailed links.
    async fn confirm_email_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the mailed link holds.")] input: MailTokenInput,
    ) -> Result<DonePayload> {
        let (viewer, origin) = (ctx.viewer(), ctx.stranger());
        email_change::confirm(ctx.services(), viewer, &origin, &input.token).await?;
        Ok(DonePayload { ok: true })
    }
}
