//! Which step may follow which in the life of a job.

mod agreed;
mod backfill;
mod cancel;
mod dispute;
mod races;
mod release;
mod report;
mod repost;
mod rest;
mod start;

use chrono::TimeDelta;
use find_helper::domain::jobs::job::expire_due;
use serde_json::json;

use crate::{
    jobs::steps::{
        BECAUSE, UNLIMITED, act, act_on, apply, done, message, outcome, post, text, try_to_apply,
    },
    support::{Client, Reply, TestApp},
};

const STEPS: [&str; 13] = [
    "publishJob",
    "cancelJob",
    "startJob",
    "completeJob",
    "updateJob",
    "applyToJob",
    "acceptApplication",
    "time",
    "releaseJob",
    "reportDone",
    "disputeJob",
    "resolveDispute",
    "repostJob",
];

const NONE: &str = "NOT_FOUND";
const FORB: &str = "FORBIDDEN";
const GONE: &str = "CANCELLED";
const BUSY: &str = "IN_PROGRESS";
const SAID: &str = "REPORTED_DONE";

/// What each step makes of a job in each state; `-`: a conflict that names the state. The worker reports, an
/// administrator resolves, the rival applies, and the owner does the rest.
#[rustfmt::skip]
const LIFE: [(&str, [&str; 13]); 9] = [
    //             publish      cancel start complete     update       apply        accept      time         release      report dispute     resolve      repost
    ("DRAFT",     ["PUBLISHED", GONE,  "-",  "-",         "DRAFT",     NONE,        NONE,       "DRAFT",     "-",         NONE,  "-",        "-",         "-"]),
    ("PUBLISHED", ["-",         GONE,  "-",  "-",         "PUBLISHED", "PUBLISHED", "ASSIGNED", "EXPIRED",   "-",         FORB,  "-",        "-",         "-"]),
    ("ASSIGNED",  ["-",         GONE,  BUSY, "-",         "-",         "-",         "-",        "ASSIGNED",  "PUBLISHED", "-",   "-",        "-",         "-"]),
    (BUSY,        ["-",         BUSY,  "-",  "COMPLETED", "-",         "-",         "-",        BUSY,        "-",         SAID,  "DISPUTED", "-",         "-"]),
    (SAID,        ["-",         SAID,  "-",  "COMPLETED", "-",         "-",         "-",        SAID,        "-",         "-",   "DISPUTED", "-",         "-"]),
    ("COMPLETED", ["-",         "-",   "-",  "-",         "-",         "-",         "-",        "COMPLETED", "-",         "-",   "DISPUTED", "-",         "COMPLETED"]),
    ("DISPUTED",  ["-",         "-",   "-",  "-",         "-",         "-",         "-",        "DISPUTED",  "-",         "-",   "-",        "COMPLETED", "-"]),
    (GONE,        ["-",         "-",   "-",  "-",         "-",         "-",         "-",        GONE,        "-",         FORB,  "-",        "-",         GONE]),
    ("EXPIRED",   ["-",         "-",   "-",  "-",         "-",         "-",         "-",        "EXPIRED",   "-",         FORB,  "-",        "-",         "EXPIRED"]),
];

struct Cast {
    app: TestApp,
    owner: Client,
    worker: Client,
    /// Has applied to every job and withdrawn, so that they see it and may apply again.
    rival: Client,
    admin: Client,
}

struct Story {
    job: String,
    /// The worker's; one that is not there before the job is published.
    application: String,
}

impl Cast {
    async fn new() -> Self {
        let (app, _) = TestApp::with(UNLIMITED).await;
        let (owner, worker) = (app.member("ann").await, app.member("ben").await);
        let (rival, admin) = (app.member("cat").await, app.admin("root").await);
        Self { app, owner, worker, rival, admin }
    }

    /// A job that came into this state by legal steps.
    async fn story(&self, state: &str) -> Story {
        let expires_at = (self.app.clock.now() + TimeDelta::minutes(1)).to_rfc3339();
        let job = post(&self.owner, json!({ "publish": false, "expiresAt": expires_at })).await;
        let mut story = Story { job, application: "application_999999".into() };
        if state == "DRAFT" {
            return story;
        }
        done(&self.owner, "publishJob", &story.job).await;
        story.application = apply(&self.worker, &story.job).await;
        let withdrawn = apply(&self.rival, &story.job).await;
        done(&self.rival, "withdrawApplication", &withdrawn).await;
        let steps: &[&str] = match state {
            "PUBLISHED" => &[],
            "ASSIGNED" => &["acceptApplication"],
            "IN_PROGRESS" => &["acceptApplication", "startJob"],
            "REPORTED_DONE" => &["acceptApplication", "startJob", "reportDone"],
            "COMPLETED" => &["acceptApplication", "startJob", "completeJob"],
            "DISPUTED" => &["acceptApplication", "startJob", "disputeJob"],
            "CANCELLED" => &["cancelJob"],
            "EXPIRED" => &["time"],
            _ => panic!("no state {state}"),
        };
        for step in steps {
            assert!(self.take(&story, step).await.is_none_or(|reply| outcome(&reply) == "ok"));
        }
        story
    }

    /// Takes a step in the name of who may; time answers nobody.
    async fn take(&self, story: &Story, step: &str) -> Option<Reply> {
        let Story { job, application } = story;
        Some(match step {
            "time" => {
                self.app.advance(TimeDelta::minutes(1));
                expire_due(&self.app.services).await.unwrap();
                return None;
            }
            "updateJob" => {
                let mutation = "mutation($id: ID!) { updateJob(input: {id: $id, title: \"新\"}) { job { id } } }";
                self.owner.gql(mutation, json!({ "id": job })).await
            }
            "reportDone" => act_on(&self.worker, step, job, "").await,
            "repostJob" => act_on(&self.owner, step, job, "").await,
            "releaseJob" | "disputeJob" => act_on(&self.owner, step, job, BECAUSE).await,
            "resolveDispute" => {
                let decision = format!("{BECAUSE}, outcome: COMPLETED");
                act_on(&self.admin, step, job, &decision).await
            }
            "applyToJob" => try_to_apply(&self.rival, job).await,
            "acceptApplication" => act(&self.owner, step, application).await,
            _ => act(&self.owner, step, job).await,
        })
    }

    /// State, version and number of events: what a refused step must leave alone.
    async fn facts(&self, story: &Story) -> (String, i64, usize) {
        let query = "query($id: ID!) { job(by: {id: $id}) {
            status version events(first: 100) { nodes { position } } } }";
        let data = self.owner.data(query, json!({ "id": story.job })).await;
        let job = &data["job"];
        let events = job["events"]["nodes"].as_array().unwrap().len();
        (text(&job["status"]), job["version"].as_i64().unwrap(), events)
    }
}

#[tokio::test]
async fn each_step_leads_where_the_table_says_or_is_refused_without_a_trace() {
    let cast = Cast::new().await;
    for (from, row) in LIFE {
        for (step, to) in STEPS.into_iter().zip(row) {
            let at = format!("{step} from {from}");
            let story = cast.story(from).await;
            let before = cast.facts(&story).await;
            assert_eq!(before.0, from);
            let reply = cast.take(&story, step).await;
            let after = cast.facts(&story).await;
            let said = reply.as_ref().map_or("ok".into(), outcome);
            match to {
                "-" => {
                    let conflict = format!("The job is {from}, which does not allow this");
                    assert_eq!(
                        (said.as_str(), message(&reply.unwrap())),
                        ("CONFLICT", conflict),
                        "{at}"
                    );
                    assert_eq!(after, before, "{at}");
                }
                NONE | FORB => {
                    assert_eq!(said, to, "{at}");
                    assert_eq!(after, before, "{at}");
                }
                _ if step == "time" && to == from => assert_eq!(after, before, "{at}"),
                // Makes another job.
                _ if step == "repostJob" => {
                    assert_eq!((said, after), ("ok".into(), before), "{at}");
                }
                _ => {
                    assert_eq!((said.as_str(), after.0.as_str()), ("ok", to), "{at}");
                    let changed = i64::from(step != "applyToJob");
                    assert_eq!(after.1, before.1 + changed, "version, {at}");
                    assert!(after.2 > before.2, "each change is an event, {at}");
                }
            }
        }
    }
}

#[tokio::test]
async fn the_timeline_tells_a_whole_life_in_order() {
    let cast = Cast::new().await;
    let story = cast.story("PUBLISHED").await;
    cast.take(&story, "updateJob").await;
    done(&cast.owner, "acceptApplication", &story.application).await;
    done(&cast.worker, "startJob", &story.job).await;
    let program = cast.app.key(&cast.owner, find_helper::domain::viewer::Scope::ALL).await;
    done(&program, "completeJob", &story.job).await;
    let query = "query($id: ID!) { job(by: {id: $id}) { events {
        nodes { position kind actor { name } byApiKey changedFields } } } }";
    let data = cast.worker.data(query, json!({ "id": story.job })).await;
    let told = data["job"]["events"]["nodes"].as_array().unwrap().iter().map(|event| {
        let by = if event["byApiKey"] == true { "key of " } else { "" };
        let (kind, actor) = (text(&event["kind"]), text(&event["actor"]["name"]));
        format!("{} {kind} {by}{actor} {}", event["position"], event["changedFields"])
    });
    insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n"), @r#"
    1 CREATED ann 測試 []
    2 PUBLISHED ann 測試 []
    3 APPLICATION_RECEIVED ben 測試 []
    4 APPLICATION_RECEIVED cat 測試 []
    5 APPLICATION_WITHDRAWN cat 測試 []
    6 UPDATED ann 測試 ["title"]
    7 APPLICATION_ACCEPTED ann 測試 []
    8 STARTED ben 測試 []
    9 COMPLETED key of ann 測試 []
    "#);
}
