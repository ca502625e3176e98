//! Every mutation, who sends it here and with which input.

/// Who sends a mutation, and so what it stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sender {
    /// Ann, with her session.
    Member,
    /// Ann, and also a program with her key.
    Actor,
    /// Cat, who has a second factor, and Dan, who is about to get one.
    Cat,
    Dan,
    Administrator,
    /// Somebody who shows a password, a mailed link or a refresh token: what that stands on.
    Stranger(Proof),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// The password of Ann.
    Password,
    /// A refresh token of Ann.
    RefreshToken,
    /// A link in a mail to Ann.
    LinkToAnn,
    /// A link in a mail to somebody who has not confirmed the address.
    LinkToNew,
    /// None: the address is not confirmed yet.
    Unconfirmed,
    /// None: the address has an account; nobody is told whether it has.
    Account,
}

use Proof::{Account, LinkToAnn, LinkToNew, Password, RefreshToken, Unconfirmed};
use Sender::{Actor, Administrator, Cat, Dan, Member, Stranger};

/// Names in brackets stand for what the world has; see there.
pub(super) const MUTATIONS: &[(&str, Sender, &str)] = &[
    (
        "register",
        Stranger(Unconfirmed),
        "(input: {name: \"新人\", email: \"new@example.com\", password: \"<password>\"}) { user { id } }",
    ),
    ("verifyEmail", Stranger(LinkToNew), "(input: {token: \"<verify>\"}) { ok }"),
    ("rejectRegistration", Stranger(LinkToNew), "(input: {token: \"<reject>\"}) { ok }"),
    ("resendVerification", Stranger(Unconfirmed), "(input: {email: \"new@example.com\"}) { ok }"),
    (
        "login",
        Stranger(Password),
        "(input: {email: \"ann@example.com\", password: \"<password>\"}) { token }",
    ),
    ("refreshToken", Stranger(RefreshToken), "(input: {refreshToken: \"<refresh>\"}) { token }"),
    ("logout", Member, " { ok }"),
    ("revokeSession", Member, "(input: {id: \"session_<session>\"}) { session { id } }"),
    ("logoutEverywhere", Member, " { ok }"),
    ("requestPasswordReset", Stranger(Account), "(input: {email: \"ann@example.com\"}) { ok }"),
    (
        "resetPassword",
        Stranger(LinkToAnn),
        "(input: {token: \"<reset>\", password: \"another horse battery\"}) { ok }",
    ),
    ("confirmEmailChange", Stranger(LinkToAnn), "(input: {token: \"<change>\"}) { ok }"),
    (
        "changePassword",
        Member,
        "(input: {currentPassword: \"<password>\", newPassword: \"another horse battery\"}) { ok }",
    ),
    (
        "requestEmailChange",
        Member,
        "(input: {newEmail: \"third@example.com\", currentPassword: \"<password>\"}) { ok }",
    ),
    ("updateProfile", Member, "(input: {name: \"another\"}) { user { id } }"),
    ("markNoticesRead", Member, "(input: {ids: [\"<notice>\"]}) { unreadCount }"),
    ("markAllNoticesRead", Member, "(input: {}) { unreadCount }"),
    (
        "setNoticePreferences",
        Member,
        "(input: {preferences: [{kind: COMPLETED, delivery: OFF}]}) { preferences { kind } }",
    ),
    ("unsubscribe", Stranger(Account), "(input: {token: \"<unsubscribe>\"}) { ok }"),
    ("deleteAccount", Member, "(input: {password: \"<password>\"}) { eraseAt }"),
    ("exportData", Member, " { data }"),
    ("enrollSecondFactor", Member, "(input: {password: \"<password>\"}) { uri }"),
    ("confirmSecondFactor", Dan, "(input: {code: \"<code>\"}) { recoveryCodes }"),
    (
        "replaceRecoveryCodes",
        Cat,
        "(input: {password: \"<password>\", code: \"<code>\"}) { recoveryCodes }",
    ),
    (
        "disableSecondFactor",
        Cat,
        "(input: {password: \"<password>\", code: \"<code>\"}) { user { id } }",
    ),
    (
        "createJob",
        Actor,
        "(input: {title: \"遛狗\", jobType: \"pet\", city: \"台北市\", address: \"x\", estimatedAmount: 1})
        { job { id } }",
    ),
    ("updateJob", Actor, "(input: {id: \"<published>\", title: \"遛貓\"}) { job { id } }"),
    ("publishJob", Actor, "(input: {id: \"<draft>\"}) { job { id } }"),
    ("cancelJob", Actor, "(input: {id: \"<published>\"}) { job { id } }"),
    ("startJob", Actor, "(input: {id: \"<assigned>\"}) { job { id } }"),
    ("completeJob", Actor, "(input: {id: \"<begun>\"}) { job { id } }"),
    ("releaseJob", Actor, "(input: {jobId: \"<assigned>\", reason: \"x\"}) { job { id } }"),
    ("reportDone", Actor, "(input: {jobId: \"<working>\"}) { job { id } }"),
    ("disputeJob", Actor, "(input: {jobId: \"<begun>\", reason: \"x\"}) { job { id } }"),
    ("repostJob", Actor, "(input: {jobId: \"<ended>\"}) { job { id } }"),
    (
        "resolveDispute",
        Administrator,
        "(input: {jobId: \"<disputed>\", outcome: COMPLETED, reason: \"x\"}) { job { id } }",
    ),
    ("applyToJob", Actor, "(input: {jobId: \"<open>\"}) { application { id } }"),
    ("withdrawApplication", Actor, "(input: {id: \"<own>\"}) { application { id } }"),
    ("acceptApplication", Actor, "(input: {id: \"<received>\"}) { application { id } }"),
    ("rejectApplication", Actor, "(input: {id: \"<received>\"}) { application { id } }"),
    ("writeReview", Actor, "(input: {jobId: \"<finished>\", rating: 5}) { review { id } }"),
    ("replyToReview", Actor, "(input: {reviewId: \"<review>\", text: \"x\"}) { review { id } }"),
    ("reportReview", Member, "(input: {reviewId: \"<review>\", reason: \"x\"}) { ok }"),
    (
        "hideReview",
        Administrator,
        "(input: {reviewId: \"<review>\", reason: \"x\"}) { review { id } }",
    ),
    (
        "dismissReviewReports",
        Administrator,
        "(input: {reviewId: \"<review>\"}) { review { id } }",
    ),
    (
        "createApiKey",
        Member,
        "(input: {name: \"k\", scopes: [JOBS_READ]}) { secret }",
    ),
    ("updateApiKey", Member, "(input: {id: \"key_<key>\", name: \"another\"}) { apiKey { id } }"),
    ("rotateApiKey", Member, "(input: {id: \"key_<key>\"}) { secret }"),
    ("revokeApiKey", Member, "(input: {id: \"key_<key>\"}) { apiKey { id } }"),
    ("suspendUser", Administrator, "(input: {id: \"user_<bob>\", reason: \"x\"}) { user { id } }"),
    ("reinstateUser", Administrator, "(input: {id: \"user_<bob>\"}) { user { id } }"),
    ("signOutUser", Administrator, "(input: {id: \"user_<bob>\", reason: \"x\"}) { user { id } }"),
    (
        "resendMail",
        Administrator,
        "(input: {id: \"user_<bob>\", mail: PASSWORD_RESET}) { user { id } }",
    ),
    (
        "changeUserRole",
        Administrator,
        "(input: {id: \"user_<bob>\", role: ADMIN, reason: \"x\"}) { user { id } }",
    ),
];
