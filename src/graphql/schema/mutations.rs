//! Properties of each mutation beyond its resolver; a test fails if one has no row.

use crate::domain::limits::Attempt;

/// One mutation.
pub struct Rule {
    name: &'static str,
    /// Needs no credentials, and therefore runs even with invalid ones.
    is_open: bool,
    /// Handles secrets: a document may contain at most one of these.
    is_exclusive: bool,
    /// Counts as an attempt, besides a request.
    attempt: Option<Attempt>,
}

const fn plain(name: &'static str) -> Rule {
    Rule { name, is_open: false, is_exclusive: false, attempt: None }
}

impl Rule {
    const fn open(self) -> Self {
        Self { is_open: true, ..self }
    }

    const fn exclusive(self) -> Self {
        Self { is_exclusive: true, ..self }
    }

    const fn attempts(self, attempt: Attempt) -> Self {
        Self { attempt: Some(attempt), ..self }
    }
}

/// All mutations in alphabetical order.
pub const MUTATIONS: &[Rule] = &[
    plain("acceptApplication"),
    plain("applyToJob"),
    plain("cancelJob"),
    plain("changePassword").exclusive().attempts(Attempt::Proof),
    plain("changeUserRole"),
    plain("completeJob"),
    plain("confirmEmailChange").open().exclusive(),
    plain("confirmSecondFactor").exclusive().attempts(Attempt::Proof),
    plain("createApiKey").exclusive(),
    plain("createJob"),
    plain("deleteAccount").exclusive().attempts(Attempt::Proof),
    plain("disableSecondFactor").exclusive().attempts(Attempt::Proof),
    plain("dismissReviewReports"),
    plain("disputeJob"),
    plain("enrollSecondFactor").exclusive().attempts(Attempt::Proof),
    plain("exportData"),
    plain("hideReview"),
    plain("login").open().exclusive().attempts(Attempt::SignIn),
    plain("logout").exclusive(),
    plain("logoutEverywhere").exclusive(),
    plain("markAllNoticesRead"),
    plain("markNoticesRead"),
    plain("publishJob"),
    plain("refreshToken").open().exclusive(),
    plain("register").open().exclusive().attempts(Attempt::Registration),
    plain("reinstateUser"),
    plain("rejectApplication"),
    plain("rejectRegistration").open().exclusive(),
    plain("releaseJob"),
    plain("replaceRecoveryCodes").exclusive().attempts(Attempt::Proof),
    plain("replyToReview"),
    plain("reportDone"),
    plain("reportReview"),
    plain("repostJob"),
    plain("requestEmailChange").exclusive().attempts(Attempt::Proof),
    plain("requestPasswordReset").open().exclusive(),
    plain("resendMail"),
    plain("resendVerification").open().exclusive(),
    plain("resetPassword").open().exclusive(),
    plain("resolveDispute"),
    plain("revokeApiKey"),
    plain("revokeSession").exclusive(),
    plain("rotateApiKey").exclusive(),
    plain("setNoticePreferences"),
    plain("signOutUser"),
    plain("startJob"),
    plain("suspendUser"),
    plain("unsubscribe").open().exclusive(),
    plain("updateApiKey"),
    plain("updateJob"),
    plain("updateProfile"),
    plain("verifyEmail").open().exclusive(),
    plain("withdrawApplication"),
    plain("writeReview"),
];

fn rule(field: &str) -> Option<&'static Rule> {
    let place = MUTATIONS.binary_search_by(|rule| rule.name.cmp(field)).ok()?;
    MUTATIONS.get(place)
}

/// Whether a root field needs no credentials: clients attach expired tokens, and browsers old
/// cookies, to the very requests that replace them.
#[must_use]
pub fn needs_no_credentials(field: &str) -> bool {
    rule(field).is_some_and(|rule| rule.is_open)
}

/// Whether a document may contain at most one of these root fields.
#[must_use]
pub fn is_exclusive(field: &str) -> bool {
    rule(field).is_some_and(|rule| rule.is_exclusive)
}

/// The attempt that an operation with these root fields counts as.
#[must_use]
pub fn attempt(root_fields: &[String]) -> Option<Attempt> {
    root_fields.iter().find_map(|field| rule(field)?.attempt)
}

#[cfg(test)]
mod tests {
    use apollo_compiler::Schema;

    use super::*;

    #[test]
    fn every_mutation_of_the_schema_has_a_row_and_no_other_name_has_one() {
        let schema = Schema::parse(crate::graphql::sdl(), "schema.graphql").unwrap();
        let mut fields: Vec<_> =
            schema.get_object("Mutation").unwrap().fields.keys().map(ToString::to_string).collect();
        fields.sort();
        let rows: Vec<_> = MUTATIONS.iter().map(|rule| rule.name).collect();
        let missing: Vec<_> = fields.iter().filter(|it| !rows.contains(&it.as_str())).collect();
        assert!(missing.is_empty(), "{missing:?}: add a row to MUTATIONS");
        assert_eq!(rows, fields, "in the order of the alphabet");
    }

    #[test]
    fn whatever_tries_a_secret_is_alone_in_its_document() {
        for rule in MUTATIONS.iter().filter(|rule| rule.attempt.is_some() || rule.is_open) {
            assert!(rule.is_exclusive, "{}", rule.name);
        }
    }
}
