//! The second factor in the schema: an authenticator app and recovery codes.

use async_graphql::{Context, InputObject, Object};

use crate::{
    domain::{
        account::second_factor::{self, Enrolment},
        parse,
    },
    error::Result,
    graphql::{
        engine::context::ContextExt,
        schema::{account::user::User, constraint, payload::payloads},
    },
};

/// The start of an enrolment.
#[derive(InputObject)]
pub struct EnrollSecondFactorInput {
    /// The password of the account.
    #[graphql(directive = constraint::Password::apply())]
    password: String,
}

/// The end of an enrolment.
#[derive(InputObject)]
pub struct ConfirmSecondFactorInput {
    /// A code of the authenticator app.
    #[graphql(directive = constraint::Length::apply(parse::CODE))]
    code: String,
}

/// What proves to be the person who enrolled.
#[derive(InputObject)]
pub struct SecondFactorInput {
    /// The password of the account.
    #[graphql(directive = constraint::Password::apply())]
    password: String,
    /// A code of the authenticator app, or a recovery code.
    #[graphql(directive = constraint::Length::apply(parse::CODE))]
    code: String,
}

payloads! {
    /// What `enrollSecondFactor` returns, once.
    EnrollSecondFactorPayload {
        /// What the authenticator app computes its codes from, in base32.
        secret: String,
        /// The same as an `otpauth:` URI, which apps open.
        uri: String,
        /// The URI as a picture for apps to read: SVG in a `data:` URI.
        qr_code: String,
    }
    /// What `confirmSecondFactor` and `replaceRecoveryCodes` return, once.
    RecoveryCodesPayload {
        /// Each replaces a code of the app once: to be kept where the phone is not.
        recovery_codes: Vec<String>,
    }
    /// What `disableSecondFactor` returns.
    DisableSecondFactorPayload {
        /// The account as it is now.
        user: User,
    }
}

#[derive(Default)]
pub struct SecondFactorMutation;

#[Object]
impl SecondFactorMutation {
    /// Makes a secret for an authenticator app; nothing is asked for until a first code confirms it.
    async fn enroll_second_factor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The password, which proves that the owner asks.")]
        input: EnrollSecondFactorInput,
    ) -> Result<EnrollSecondFactorPayload> {
        let (member, origin) = (ctx.viewer().member()?, ctx.origin());
        let enrolment = second_factor::enrol(ctx.services(), member, &origin, &input.password);
        Ok(enrolment.await?.into())
    }

    /// Turns the second factor on, with a first code of the app; each code is taken once.
    async fn confirm_second_factor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A first code of the app, which turns the second factor on.")]
        input: ConfirmSecondFactorInput,
    ) -> Result<RecoveryCodesPayload> {
        let (member, origin) = (ctx.viewer().member()?, ctx.origin());
        let codes = second_factor::confirm(ctx.services(), member, &origin, &input.code);
        Ok(codes.await?.into())
    }

    /// Makes new recovery codes; those before are of no use any more.
    async fn replace_recovery_codes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Password and code, which prove that the owner asks.")]
        input: SecondFactorInput,
    ) -> Result<RecoveryCodesPayload> {
        let (member, origin) = (ctx.viewer().member()?, ctx.origin());
        let codes = second_factor::replace_codes(ctx.services(), member, &origin, input.proof());
        Ok(codes.await?.into())
    }

    /// Turns the second factor off.
    async fn disable_second_factor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Password and code, which prove that the owner asks.")]
        input: SecondFactorInput,
    ) -> Result<DisableSecondFactorPayload> {
        let (member, origin) = (ctx.viewer().member()?, ctx.origin());
        let user = second_factor::disable(ctx.services(), member, &origin, input.proof()).await?;
        Ok(DisableSecondFactorPayload { user: User::in_person(user) })
    }
}

impl SecondFactorInput {
    fn proof(&self) -> (&str, &str) {
        (&self.password, &self.code)
    }
}

impl From<Enrolment> for EnrollSecondFactorPayload {
    fn from(Enrolment { secret, uri, qr_code }: Enrolment) -> Self {
        Self { secret, uri, qr_code }
    }
}

impl From<Vec<second_factor::RecoveryCode>> for RecoveryCodesPayload {
    fn from(codes: Vec<second_factor::RecoveryCode>) -> Self {
        Self { recovery_codes: codes.iter().map(second_factor::RecoveryCode::reveal).collect() }
    }
}
