//! Mutations of people's own accounts.

use async_graphql::{Context, InputObject, MaybeUndefined, Object};

use crate::{
    domain::{
        account::{
            deletion, email_change, password,
            profile::{self, ProfileChange},
            user,
        },
        export, limits, parse,
    },
    error::Result,
    graphql::{
        engine::context::ContextExt,
        schema::{
            account::{cookie, user::User},
            constraint,
            payload::{DonePayload, payloads},
            scalars::{DateTime, Json},
        },
    },
    language::Language,
};

/// Another password.
#[derive(InputObject)]
pub struct ChangePasswordInput {
    /// The password until now.
    #[graphql(directive = constraint::Password::apply())]
    current_password: String,
    /// 8 to 256 characters of any kind.
    #[graphql(directive = constraint::NewPassword::apply())]
    new_password: String,
}

/// Another e-mail address.
#[derive(InputObject)]
pub struct RequestEmailChangeInput {
    /// The address to change to; a link is mailed to it.
    #[graphql(directive = constraint::Email::apply())]
    new_email: String,
    /// The password of the account.
    #[graphql(directive = constraint::Password::apply())]
    current_password: String,
}

/// Changes to what you show of yourself; what is not given stays as it is.
#[derive(InputObject)]
pub struct UpdateProfileInput {
    /// The name that others see.
    #[graphql(directive = constraint::Length::apply(user::NAME))]
    name: Option<String>,
    /// 6 to 20 digits; null takes it away.
    #[graphql(directive = constraint::Length::apply(parse::PHONE))]
    phone: MaybeUndefined<String>,
    /// The language of mails to you.
    language: Option<Language>,
}

/// Confirms that an account is to be deleted.
#[derive(InputObject)]
pub struct DeleteAccountInput {
    /// The password of the account.
    #[graphql(directive = constraint::Password::apply())]
    password: String,
}

payloads! {
    /// What `updateProfile` returns.
    UpdateProfilePayload {
        /// The account as it is now.
        user: User,
    }
    /// What `deleteAccount` returns.
    DeleteAccountPayload {
        /// When the account is erased; signing in before keeps it.
        erase_at: DateTime,
    }
    /// What `exportData` returns.
    ExportDataPayload {
        /// An object with `exportedAt`, `account`, the lists `sessions`, `apiKeys`, `jobs`, `applications`,
        /// `notices`, `noticePreferences` and `auditEvents`, newest first and 500 of each at most, and `truncated`: the names of lists
        /// that were cut. Names and values are those of this schema, times are RFC 3339; secrets are not
        /// part of it.
        data: Json,
    }
}

#[derive(Default)]
pub struct AccountMutation;

#[Object]
impl AccountMutation {
    /// Sets another password. All other sessions and mailed links end; API keys stay: revoke them one by one
    /// if they may be in foreign hands. A wrong password counts as a failed sign-in.
    async fn change_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The password of now and the one to come.")] input: ChangePasswordInput,
    ) -> Result<DonePayload> {
        let (member, origin) = (ctx.viewer().member()?, ctx.origin());
        let ChangePasswordInput { current_password, new_password } = input;
        let services = ctx.services();
        password::change_password(services, member, &origin, &current_password, &new_password)
            .await?;
        Ok(DonePayload { ok: true })
    }

    /// Mails a link to another address, which works for 24 hours: once it is followed, the address is the
    /// account's own. The answer does not tell whether the address has an account already; it gets no link
    /// then. At most one mail in a minute and five in 24 hours.
    async fn request_email_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The address to come, and the password.")] input: RequestEmailChangeInput,
    ) -> Result<DonePayload> {
        let (member, origin) = (ctx.viewer().member()?, ctx.origin());
        let RequestEmailChangeInput { new_email, current_password } = input;
        let services = ctx.services();
        email_change::request(services, member, &origin, &new_email, &current_password).await?;
        Ok(DonePayload { ok: true })
    }

    /// Changes the caller's name, phone number or language.
    async fn update_profile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change; what is not given stays as it is.")]
        input: UpdateProfileInput,
    ) -> Result<UpdateProfilePayload> {
        let (member, origin) = (ctx.viewer().member()?, ctx.origin());
        let user = profile::update_profile(ctx.services(), member, &origin, input.into()).await?;
        Ok(UpdateProfilePayload { user: User::new(user) })
    }

    /// Signs the caller out everywhere, stops their API keys, pauses their published jobs and erases their
    /// personal data after 14 days; signing in before that keeps the account. Then open jobs are cancelled,
    /// jobs in progress completed, pending applications withdrawn, and what the person wrote is blanked.
    async fn delete_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The password, which proves that the owner asks.")]
        input: DeleteAccountInput,
    ) -> Result<DeleteAccountPayload> {
        let (member, origin) = (ctx.viewer().member()?, ctx.origin());
        let at = deletion::request_deletion(ctx.services(), member, &origin, &input.password);
        let erase_at = DateTime::millis(at.await?);
        cookie::clear(ctx);
        Ok(DeleteAccountPayload { erase_at })
    }

    /// All that is kept about the caller, and a note of that in the audit log. Costs a fifth of what may be
    /// spent in a minute.
    async fn export_data(&self, ctx: &Context<'_>) -> Result<ExportDataPayload> {
        let (services, member) = (ctx.services(), ctx.viewer().member()?);
        let cost = services.config.limits.limit_cost_per_minute / 5;
        limits::spend(services, ctx.viewer(), ctx.caller().client.address, cost).await?;
        let data = export::export(services, member, &ctx.origin()).await?;
        Ok(ExportDataPayload { data: Json(data) })
    }
}

impl From<UpdateProfileInput> for ProfileChange {
    fn from(UpdateProfileInput { name, phone, language }: UpdateProfileInput) -> Self {
        Self { name, phone: phone.into(), language }
    }
}
