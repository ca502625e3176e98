//! Registration and the confirmation of addresses in the schema.

use async_graphql::{Context, InputObject, Object};

use crate::{
    domain::{
        account::{
            registration::{self, NewUser},
            user, verification,
        },
        parse,
    },
    error::Result,
    graphql::{
        engine::context::ContextExt,
        schema::{
            account::user::User,
            constraint,
            payload::{DonePayload, payloads},
        },
    },
    language::Language,
};

/// An account to make.
#[derive(InputObject)]
pub struct RegisterInput {
    /// The name that others see.
    #[graphql(directive = constraint::Length::apply(user::NAME))]
    name: String,
    /// Where the confirmation link is mailed to.
    #[graphql(directive = constraint::Email::apply())]
    email: String,
    /// 8 to 256 characters of any kind.
    #[graphql(directive = constraint::NewPassword::apply())]
    password: String,
    /// 6 to 20 digits.
    #[graphql(directive = constraint::Length::apply(parse::PHONE))]
    phone: Option<String>,
    /// The language of mails to this person; if not given, the one of Chinese and English that
    /// `Accept-Language` prefers, else Chinese.
    language: Option<Language>,
}

/// A token from a mail.
#[derive(InputObject)]
pub struct MailTokenInput {
    /// The token in the mailed link.
    pub(in crate::graphql) token: String,
}

/// Where to mail the confirmation link again.
#[derive(InputObject)]
pub struct ResendVerificationInput {
    /// The address of the account.
    #[graphql(directive = constraint::Email::apply())]
    email: String,
}

payloads! {
    /// What `register` returns.
    RegisterPayload {
        /// The new account; it can sign in once its address is confirmed.
        user: User,
    }
}

#[derive(Default)]
pub struct AuthMutation;

#[Object]
impl AuthMutation {
    /// Makes an account and mails a confirmation link. An address whose account was never confirmed may be
    /// registered again, a minute after the last mail: the newest registration replaces the earlier one.
    async fn register(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who registers, and how they will sign in.")] input: RegisterInput,
    ) -> Result<RegisterPayload> {
        let user = registration::register(ctx.services(), &ctx.stranger(), input.into()).await?;
        Ok(RegisterPayload { user: User::in_person(user) })
    }

    /// Confirms an address with the token from the mail; may be repeated.
    async fn verify_email(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the mailed link holds.")] input: MailTokenInput,
    ) -> Result<DonePayload> {
        verification::confirm(ctx.services(), &ctx.stranger(), &input.token).await?;
        Ok(DonePayload { ok: true })
    }

    /// Takes an account back that somebody made with your address, with the token from the mail.
    async fn reject_registration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the mailed link holds.")] input: MailTokenInput,
    ) -> Result<DonePayload> {
        verification::reject(ctx.services(), &ctx.stranger(), &input.token).await?;
        Ok(DonePayload { ok: true })
    }

    /// Mails the confirmation link again; the answer is the same for all addresses.
    async fn resend_verification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose registration waits to be confirmed.")]
        input: ResendVerificationInput,
    ) -> Result<DonePayload> {
        verification::resend(ctx.services(), &ctx.stranger(), &input.email).await?;
        Ok(DonePayload { ok: true })
    }
}

impl From<RegisterInput> for NewUser {
    fn from(RegisterInput { name, email, password, phone, language }: RegisterInput) -> Self {
        Self { name, email, password, phone, language }
    }
}
