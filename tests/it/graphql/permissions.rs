//! Who may do what: one row for each root field of the schema.

use std::collections::BTreeSet;

use apollo_compiler::ast::{Definition, Document};
use axum::http::Method;
use chrono::TimeDelta;
use find_helper::auth::UnsubscribeToken;
use find_helper::domain::{
    account::registration::{self, NewUser},
    origin::Origin,
    session::RefreshMode,
    sign_in::login::{self, Credentials},
    viewer::Scope,
};
use serde_json::json;

use super::viewers::VIEWERS;
use crate::{
    jobs::{
        reviews::reviewed,
        steps::{UNLIMITED, apply, dispute, done, draft, outcome, published, text},
    },
    support::{Client, PASSWORD, TestApp},
};

const OK: &str = "ok";
const NULL: &str = "null";
const ANON: &str = "UNAUTHORIZED";
const FORB: &str = "FORBIDDEN";
const NONE: &str = "NOT_FOUND";
const CONF: &str = "CONFLICT";
const BAD: &str = "INVALID_REQUEST";
const WRNG: &str = "INVALID_CREDENTIALS";

/// Root field, state of the job that it is tried on, and what each viewer is answered. Each viewer
/// is tried on a job where they are what they are called: an applicant not on a draft, an assignee
/// not before acceptance. `reader` and `writer` are keys of the owner with `jobs:read` and
/// `jobs:write`; applications are the applicant's, API keys the owner's.
#[rustfmt::skip]
const MATRIX: &[(&str, &str, [&str; 8])] = &[
    //                                        anonymous stranger applicant owner assignee admin reader writer
    ("register",            "",            [OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK]),
    ("verifyEmail",         "",            [OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK]),
    // Works once: of an erased account nothing is left that its token could be held against.
    ("rejectRegistration",  "",            [OK,   BAD,  BAD,  BAD,  BAD,  BAD,  BAD,  BAD]),
    ("resendVerification",  "",            [OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK]),
    ("login",               "",            [OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK]),
    ("refreshToken",        "",            [OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK]),
    ("logout",              "",            [ANON, OK,   OK,   OK,   OK,   OK,   FORB, FORB]),

    ("requestPasswordReset", "",           [OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK]),
    ("resetPassword",       "",            [BAD,  BAD,  BAD,  BAD,  BAD,  BAD,  BAD,  BAD]),
    ("confirmEmailChange",  "",            [BAD,  BAD,  BAD,  BAD,  BAD,  BAD,  BAD,  BAD]),
    ("changePassword",      "",            [ANON, WRNG, WRNG, WRNG, WRNG, WRNG, FORB, FORB]),
    ("requestEmailChange",  "",            [ANON, WRNG, WRNG, WRNG, WRNG, WRNG, FORB, FORB]),
    ("deleteAccount",       "",            [ANON, WRNG, WRNG, WRNG, WRNG, WRNG, FORB, FORB]),
    ("updateProfile",       "",            [ANON, OK,   OK,   OK,   OK,   OK,   FORB, FORB]),
    ("exportData",          "",            [ANON, OK,   OK,   OK,   OK,   OK,   FORB, FORB]),
    ("enrollSecondFactor",  "",            [ANON, OK,   OK,   OK,   OK,   OK,   FORB, FORB]),
    ("confirmSecondFactor", "",            [ANON, WRNG, WRNG, WRNG, WRNG, WRNG, FORB, FORB]),
    ("replaceRecoveryCodes", "",           [ANON, CONF, CONF, CONF, CONF, CONF, FORB, FORB]),
    ("disableSecondFactor", "",            [ANON, CONF, CONF, CONF, CONF, CONF, FORB, FORB]),

    ("markNoticesRead",     "",            [ANON, OK,   OK,   OK,   OK,   OK,   FORB, FORB]),
    ("markAllNoticesRead",  "",            [ANON, OK,   OK,   OK,   OK,   OK,   FORB, FORB]),
    ("setNoticePreferences", "",           [ANON, OK,   OK,   OK,   OK,   OK,   FORB, FORB]),
    ("unsubscribe",         "",            [OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK]),

    ("createJob",           "",            [ANON, OK,   OK,   OK,   OK,   OK,   FORB, OK]),
    ("updateJob",           "PUBLISHED",   [ANON, FORB, FORB, OK,   FORB, OK,   FORB, OK]),
    ("publishJob",          "DRAFT",       [ANON, NONE, FORB, OK,   FORB, OK,   FORB, OK]),
    ("cancelJob",           "ASSIGNED",    [ANON, NONE, FORB, OK,   FORB, OK,   FORB, OK]),
    ("startJob",            "ASSIGNED",    [ANON, NONE, FORB, OK,   OK,   OK,   FORB, OK]),
    ("completeJob",         "IN_PROGRESS", [ANON, NONE, FORB, OK,   FORB, OK,   FORB, OK]),

    ("releaseJob",          "ASSIGNED",    [ANON, NONE, FORB, OK,   OK,   FORB, FORB, OK]),
    ("reportDone",          "IN_PROGRESS", [ANON, NONE, FORB, FORB, OK,   FORB, FORB, FORB]),
    ("disputeJob",          "IN_PROGRESS", [ANON, NONE, FORB, OK,   OK,   FORB, FORB, OK]),
    ("resolveDispute",      "DISPUTED",    [ANON, FORB, FORB, FORB, FORB, OK,   FORB, FORB]),
    ("repostJob",           "CANCELLED",   [ANON, NONE, FORB, OK,   FORB, FORB, FORB, OK]),

    ("applyToJob",          "PUBLISHED",   [ANON, OK,   CONF, CONF, CONF, OK,   FORB, CONF]),
    ("withdrawApplication", "PUBLISHED",   [ANON, NONE, OK,   FORB, NONE, FORB, FORB, FORB]),
    ("acceptApplication",   "PUBLISHED",   [ANON, NONE, FORB, OK,   NONE, OK,   FORB, OK]),
    ("rejectApplication",   "PUBLISHED",   [ANON, NONE, FORB, OK,   NONE, OK,   FORB, OK]),

    ("writeReview",         "COMPLETED",   [ANON, NONE, FORB, OK,   OK,   FORB, FORB, OK]),
    ("replyToReview",       "REVIEWED",    [ANON, FORB, FORB, OK,   FORB, FORB, FORB, OK]),
    ("reportReview",        "REVIEWED",    [ANON, OK,   OK,   OK,   CONF, OK,   FORB, FORB]),
    ("hideReview",          "REVIEWED",    [ANON, FORB, FORB, FORB, FORB, OK,   FORB, FORB]),
    ("dismissReviewReports", "REVIEWED",   [ANON, FORB, FORB, FORB, FORB, OK,   FORB, FORB]),
    ("reviewReports",       "",            [ANON, FORB, FORB, FORB, FORB, OK,   FORB, FORB]),

    ("createApiKey",        "",            [ANON, OK,   OK,   OK,   OK,   OK,   FORB, FORB]),
    ("updateApiKey",        "",            [ANON, NONE, NONE, OK,   NONE, NONE, FORB, FORB]),
    ("rotateApiKey",        "",            [ANON, NONE, NONE, OK,   NONE, NONE, FORB, FORB]),
    ("revokeApiKey",        "",            [ANON, NONE, NONE, OK,   NONE, NONE, FORB, FORB]),
    ("suspendUser",         "",            [ANON, FORB, FORB, FORB, FORB, OK,   FORB, FORB]),
    ("reinstateUser",       "",            [ANON, FORB, FORB, FORB, FORB, OK,   FORB, FORB]),
    ("signOutUser",         "",            [ANON, FORB, FORB, FORB, FORB, OK,   FORB, FORB]),
    ("changeUserRole",      "",            [ANON, FORB, FORB, FORB, FORB, OK,   FORB, FORB]),
    ("resendMail",          "",            [ANON, FORB, FORB, FORB, FORB, OK,   FORB, FORB]),
    ("users",               "",            [ANON, FORB, FORB, FORB, FORB, OK,   FORB, FORB]),
    ("auditEvents",         "",            [ANON, FORB, FORB, FORB, FORB, OK,   FORB, FORB]),

    ("job",                 "IN_PROGRESS", [NULL, NULL, OK,   OK,   OK,   OK,   OK,   FORB]),
    ("node",                "IN_PROGRESS", [NULL, NULL, OK,   OK,   OK,   OK,   OK,   FORB]),
    ("nodes",               "IN_PROGRESS", [NULL, NULL, OK,   OK,   OK,   OK,   OK,   FORB]),
    ("pastJob",             "IN_PROGRESS", [OK,   OK,   OK,   OK,   OK,   OK,   OK,   FORB]),
    ("jobs",                "",            [OK,   OK,   OK,   OK,   OK,   OK,   OK,   FORB]),
    ("cities",              "",            [OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK]),
    ("jobTypes",            "",            [OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK]),
    // Nobody is refused: there are too few jobs to tell of.
    ("similarPay",          "",            [NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL]),
    ("rateLimit",           "",            [OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK]),
    ("viewer",              "",            [NULL, OK,   OK,   OK,   OK,   OK,   FORB, FORB]),
    ("user",                "",            [ANON, OK,   OK,   OK,   OK,   OK,   OK,   OK]),
    ("apiKey",              "",            [ANON, NULL, NULL, OK,   NULL, NULL, FORB, FORB]),
    ("apiKeys",             "",            [ANON, OK,   OK,   OK,   OK,   OK,   FORB, FORB]),

    ("jobPublished",        "",            [OK,   OK,   OK,   OK,   OK,   OK,   OK,   FORB]),
    ("jobUpdated",          "IN_PROGRESS", [NONE, NONE, OK,   OK,   OK,   OK,   OK,   FORB]),
    ("applicationReceived", "",            [ANON, OK,   OK,   OK,   OK,   OK,   OK,   FORB]),
    ("jobListUpdated",      "",            [OK,   OK,   OK,   OK,   OK,   OK,   OK,   FORB]),
    ("jobEvents",           "",            [OK,   OK,   OK,   OK,   OK,   OK,   OK,   FORB]),
    ("noticeReceived",      "",            [ANON, OK,   OK,   OK,   OK,   OK,   FORB, FORB]),

    ("revokeSession",       "",            [ANON, NONE, NONE, OK,   NONE, NONE, FORB, FORB]),
    // Last, since it signs its callers out.
    ("logoutEverywhere",    "",            [ANON, OK,   OK,   OK,   OK,   OK,   FORB, FORB]),
];

struct World {
    app: TestApp,
    owner: Client,
    applicant: Client,
    assignee: Client,
    reader: Client,
    writer: Client,
    /// A key of the owner's that may be revoked.
    key: String,
    /// Somebody to suspend and reinstate.
    victim: String,
    verify_token: String,
    reject_token: String,
}

impl World {
    async fn new() -> Self {
        let (app, _) = TestApp::with(UNLIMITED).await;
        let (owner, applicant) = (app.member("owner").await, app.member("applicant").await);
        let assignee = app.member("assignee").await;
        app.member("stranger").await;
        app.admin("admin").await;
        let reader = app.key(&owner, &[Scope::JobsRead]).await;
        let writer = app.key(&owner, &[Scope::JobsWrite]).await;
        let victim = format!("user_{}", app.member("victim").await.user_id());
        app.key(&owner, Scope::ALL).await;
        let keys = owner.data("{ apiKeys(first: 1) { nodes { id } } }", json!({})).await;
        for name in ["verify", "reject"] {
            let new = NewUser {
                name: name.into(),
                email: format!("{name}@example.com"),
                password: PASSWORD.into(),
                phone: None,
                language: None,
            };
            registration::register(&app.services, &Origin::default(), new).await.unwrap();
        }
        app.send_mails().await;
        let token = |name: &str| {
            let to = format!("{name}@example.com");
            let mails = app.mails();
            let mail = mails.iter().find(|mail| mail.raw.contains(&to)).unwrap();
            mail.link(name).query_pairs().next().unwrap().1.into_owned()
        };
        let (verify_token, reject_token) = (token("verify"), token("reject"));
        let key = text(&keys["apiKeys"]["nodes"][0]["id"]);
        Self {
            app,
            owner,
            applicant,
            assignee,
            reader,
            writer,
            key,
            victim,
            verify_token,
            reject_token,
        }
    }

    /// The viewer; people with a session of their own for each try.
    async fn client(&self, viewer: &str) -> Client {
        match viewer {
            "anonymous" => self.app.anon(),
            "reader" => self.reader.clone(),
            "writer" => self.writer.clone(),
            name => self.app.signed_in(&format!("{name}@example.com")).await,
        }
    }

    /// A job in a state and the applicant's application for it, if there can be one; once there are reviews,
    /// that of its owner by the assignee instead.
    async fn job_in(&self, state: &str) -> (String, String) {
        if state == "DRAFT" {
            return (draft(&self.owner).await, String::new());
        }
        let job = published(&self.owner).await;
        let application = apply(&self.applicant, &job).await;
        if state != "PUBLISHED" {
            let accepted = apply(&self.assignee, &job).await;
            done(&self.owner, "acceptApplication", &accepted).await;
        }
        if ["IN_PROGRESS", "DISPUTED", "COMPLETED", "REVIEWED"].contains(&state) {
            done(&self.owner, "startJob", &job).await;
        }
        match state {
            "DISPUTED" => dispute(&self.owner, &job).await,
            "CANCELLED" => done(&self.owner, "cancelJob", &job).await,
            "COMPLETED" => done(&self.owner, "completeJob", &job).await,
            "REVIEWED" => {
                done(&self.owner, "completeJob", &job).await;
                reviewed(&self.owner, &job, 5, "").await;
                return (job.clone(), reviewed(&self.assignee, &job, 5, "").await);
            }
            _ => {}
        }
        (job, application)
    }

    /// A session of the owner's.
    async fn session(&self) -> String {
        let owner = self.client("owner").await;
        let query = "{ viewer { sessions(first: 1) { nodes { id } } } }";
        text(&owner.data(query, json!({})).await["viewer"]["sessions"]["nodes"][0]["id"])
    }

    fn unsubscribe_token(&self) -> String {
        let keys = &self.app.services.keys;
        UnsubscribeToken::new(keys, self.owner.user_id(), "all").reveal().to_owned()
    }

    /// A refresh token that is good for this try.
    async fn refresh_token(&self) -> String {
        let origin = Origin::default();
        let credentials = Credentials {
            email: "victim@example.com".into(),
            password: PASSWORD.into(),
            code: None,
            refresh: RefreshMode::Static,
        };
        let grant = login::login(&self.app.services, &origin, credentials).await.unwrap();
        grant.refresh_token.unwrap().reveal().to_owned()
    }

    /// The operation that tries the field, with everything valid that it needs.
    async fn operation(&self, field: &str, viewer: &str, state: &'static str) -> String {
        let (job, application) = if state.is_empty() {
            Default::default()
        } else {
            self.job_in(state_for(viewer, state)).await
        };
        let new_job =
            "title: \"x\", jobType: \"pet\", city: \"x\", address: \"x\", estimatedAmount: 1";
        let input = match field {
            "register" => format!(
                "name: \"新人\", email: \"new-{viewer}@example.com\", password: \"{PASSWORD}\""
            ),
            "verifyEmail" => format!("token: \"{}\"", self.verify_token),
            "rejectRegistration" => format!("token: \"{}\"", self.reject_token),
            "resendVerification" | "requestPasswordReset" => "email: \"victim@example.com\"".into(),
            "login" => format!("email: \"victim@example.com\", password: \"{PASSWORD}\""),
            "refreshToken" => format!("refreshToken: \"{}\"", self.refresh_token().await),
            "resetPassword" => format!("token: \"fhv_\", password: \"{PASSWORD}\""),
            "confirmEmailChange" => "token: \"fhv_\"".into(),
            // What the right password does is told elsewhere: here it would end the others' sessions.
            "changePassword" => {
                format!("currentPassword: \"not this one\", newPassword: \"{PASSWORD}\"")
            }
            "requestEmailChange" => {
                "newEmail: \"new@example.com\", currentPassword: \"not this one\"".into()
            }
            "deleteAccount" => "password: \"not this one\"".into(),
            "updateProfile" => "phone: null".into(),
            "enrollSecondFactor" => format!("password: \"{PASSWORD}\""),
            "confirmSecondFactor" => "code: \"000000\"".into(),
            "replaceRecoveryCodes" | "disableSecondFactor" => {
                format!("password: \"{PASSWORD}\", code: \"000000\"")
            }
            "markNoticesRead" => "ids: [\"notice_1\"]".into(),
            "markAllNoticesRead" => "upTo: \"notice_1\"".into(),
            "setNoticePreferences" => "preferences: [{kind: COMPLETED, delivery: OFF}]".into(),
            "unsubscribe" => format!("token: \"{}\"", self.unsubscribe_token()),
            "createJob" => new_job.into(),
            "applyToJob" | "reportDone" | "repostJob" => format!("jobId: \"{job}\""),
            "createApiKey" => "name: \"x\", scopes: [JOBS_READ]".into(),
            "updateApiKey" | "rotateApiKey" | "revokeApiKey" => format!("id: \"{}\"", self.key),
            "resendMail" => {
                // A row above has had a link mailed already.
                self.app.advance(TimeDelta::minutes(2));
                format!("id: \"{}\", mail: PASSWORD_RESET", self.victim)
            }
            "changeUserRole" => format!("id: \"{}\", role: USER, reason: \"x\"", self.victim),
            "signOutUser" | "suspendUser" => format!("id: \"{}\", reason: \"x\"", self.victim),
            "reinstateUser" => format!("id: \"{}\"", self.victim),
            "writeReview" => format!("jobId: \"{job}\", rating: 5"),
            "replyToReview" => format!("reviewId: \"{application}\", text: \"x\""),
            "reportReview" | "hideReview" => {
                format!("reviewId: \"{application}\", reason: \"x\"")
            }
            "dismissReviewReports" => format!("reviewId: \"{application}\""),
            "updateJob" | "publishJob" | "cancelJob" | "startJob" | "completeJob" => {
                format!("id: \"{job}\"")
            }
            "releaseJob" | "disputeJob" => format!("jobId: \"{job}\", reason: \"x\""),
            "resolveDispute" => format!("jobId: \"{job}\", outcome: COMPLETED, reason: \"x\""),
            "withdrawApplication" | "acceptApplication" | "rejectApplication" => {
                format!("id: \"{application}\"")
            }
            "revokeSession" => format!("id: \"{}\"", self.session().await),
            "logout" | "logoutEverywhere" => {
                return format!("mutation {{ {field} {{ __typename }} }}");
            }
            "exportData" => return "mutation { exportData { __typename } }".into(),
            "pastJob" => return format!("{{ pastJob(by: {{id: \"{job}\"}}) {{ __typename }} }}"),
            "job" => return format!("{{ job(by: {{id: \"{job}\"}}) {{ __typename }} }}"),
            "node" => return format!("{{ node(id: \"{job}\") {{ __typename }} }}"),
            "nodes" => return format!("{{ nodes(ids: [\"{job}\"]) {{ __typename }} }}"),
            "jobUpdated" => {
                return format!("subscription {{ jobUpdated(id: \"{job}\") {{ __typename }} }}");
            }
            "jobPublished"
            | "applicationReceived"
            | "jobEvents"
            | "jobListUpdated"
            | "noticeReceived" => {
                return format!("subscription {{ {field} {{ __typename }} }}");
            }
            "apiKey" => return format!("{{ apiKey(id: \"{}\") {{ __typename }} }}", self.key),
            "user" => return format!("{{ user(id: \"{}\") {{ __typename }} }}", self.victim),
            "similarPay" => {
                return "{ similarPay(jobType: \"pet\", city: \"台北\") { __typename } }".into();
            }
            _ => return format!("{{ {field} {{ __typename }} }}"),
        };
        format!("mutation {{ {field}(input: {{{input}}}) {{ __typename }} }}")
    }
}

/// The state where the viewer is what they are called.
fn state_for(viewer: &str, state: &'static str) -> &'static str {
    match (viewer, state) {
        ("applicant", "DRAFT") => "PUBLISHED",
        ("assignee", "DRAFT" | "PUBLISHED") => "ASSIGNED",
        _ => state,
    }
}

/// Whether a stream begins, or else the code of its refusal.
async fn listening(client: &Client, subscription: &str) -> String {
    let request = client
        .request(Method::POST, "/graphql")
        .header("accept", "text/event-stream")
        .header("content-type", "application/json");
    let mut events = client.listen(request, &json!({ "query": subscription })).await;
    let first = events.next().await.unwrap();
    if first.name.is_empty() {
        return OK.into();
    }
    text(&first.json()["errors"][0]["extensions"]["code"])
}

#[tokio::test]
async fn each_root_field_answers_each_viewer_as_the_matrix_says() {
    let world = World::new().await;
    let mut wrong = Vec::new();
    for (field, state, row) in MATRIX {
        for (viewer, &expected) in VIEWERS.into_iter().zip(row) {
            let operation = world.operation(field, viewer, state).await;
            let client = world.client(viewer).await;
            let found = if operation.starts_with("subscription") {
                listening(&client, &operation).await
            } else {
                outcome(&client.gql(&operation, json!({})).await)
            };
            if found != expected {
                wrong.push(format!("{field} by {viewer}: {found}, not {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_matrix_has_a_row_for_each_root_field_and_no_other() {
    let schema = Document::parse(find_helper::graphql::sdl(), "schema.graphql").unwrap();
    let fields: BTreeSet<String> = schema
        .definitions
        .iter()
        .filter_map(|definition| match definition {
            Definition::ObjectTypeDefinition(object) => Some(object),
            _ => None,
        })
        .filter(|object| ["Query", "Mutation", "Subscription"].contains(&object.name.as_str()))
        .flat_map(|object| object.fields.iter().map(|field| field.name.to_string()))
        .collect();
    let rows: BTreeSet<String> = MATRIX.iter().map(|(field, ..)| (*field).to_owned()).collect();
    assert_eq!(rows.len(), MATRIX.len(), "a row for each");
    let missing: Vec<_> = fields.difference(&rows).collect();
    assert!(missing.is_empty(), "{missing:?}: who may do it? MATRIX has to say it");
    assert_eq!(rows, fields);
}
