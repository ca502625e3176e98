//! An authenticator app.

use serde_json::{Value, json};
use totp_rs::Totp;

use super::{Client, PASSWORD, TestApp};

/// A phone that computes the codes of an account.
pub(crate) struct Phone(Totp);

impl Phone {
    /// Reads the secret from the URI of an enrolment.
    pub(crate) fn of(uri: &str) -> Self {
        Self(Totp::from_url(uri).unwrap())
    }

    /// Switches a member's second factor on; returns the phone and the recovery codes.
    pub(crate) async fn enrolled(app: &TestApp, member: &Client) -> (Self, Vec<String>) {
        let enrol = "mutation($p: String!) { enrollSecondFactor(input: {password: $p}) { uri } }";
        let begun = member.data(enrol, json!({ "p": PASSWORD })).await;
        let phone = Self::of(begun["enrollSecondFactor"]["uri"].as_str().unwrap());
        let confirm = "mutation($c: String!) {
            confirmSecondFactor(input: {code: $c}) { recoveryCodes } }";
        let done = member.data(confirm, json!({ "c": phone.code(app) })).await;
        let codes = done["confirmSecondFactor"]["recoveryCodes"].as_array().unwrap();
        (phone, codes.iter().map(|code: &Value| code.as_str().unwrap().to_owned()).collect())
    }

    /// The current code.
    pub(crate) fn code(&self, app: &TestApp) -> String {
        self.code_at(app, 0)
    }

    /// The code some seconds later or earlier.
    pub(crate) fn code_at(&self, app: &TestApp, seconds: i64) -> String {
        let at = app.clock.now().timestamp() + seconds;
        self.0.generate(u64::try_from(at).unwrap()).to_string()
    }
}
