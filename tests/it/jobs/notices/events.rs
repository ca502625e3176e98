//! Every kind of event, by whoever does it: who is told, and of what.

use std::collections::BTreeSet;

use find_helper::domain::jobs::event::Kind;
use sea_orm::{ActiveEnum, Iterable};

use super::kinds;
use crate::{
    jobs::steps::{apply, done, published},
    support::{Client, TestApp},
};

/// The kind of an event, who did it, and who is told what. The job is Ann's, Ben works on it, Cat's
/// application waits, the event is about Ben's, and Root is an administrator.
const EVENTS: &[(&str, &str, &str)] = &[
    ("created", "ann", ""),
    ("updated", "ann", "cat JOB_CHANGED"),
    ("published", "ann", ""),
    ("paused", "", ""),
    ("resumed", "", ""),
    ("cancelled", "ann", "ben JOB_CANCELLED"),
    ("cancelled", "root", "ann JOB_CANCELLED, ben JOB_CANCELLED"),
    ("released", "ann", "ben JOB_RELEASED"),
    ("released", "ben", "ann JOB_RELEASED"),
    ("start_proposed", "ben", "ann START_PROPOSED"),
    ("started", "ben", "ann WORK_STARTED"),
    ("started", "ann", "ben WORK_STARTED"),
    ("cancel_proposed", "ann", "ben CANCEL_PROPOSED"),
    ("reported_done", "ben", "ann REPORTED_DONE"),
    ("completed", "ann", "ben COMPLETED"),
    ("completed", "", "ann COMPLETED, ben COMPLETED"),
    ("disputed", "ben", "ann DISPUTED, root DISPUTED"),
    ("decided", "root", "ann DECIDED, ben DECIDED"),
    ("reviewed", "ben", "ann REVIEW_TO_WRITE"),
    ("reviewed", "ann", "ben REVIEW_TO_READ"),
    ("expired", "", "ann JOB_EXPIRED"),
    ("application_received", "ben", "ann APPLICATION_RECEIVED"),
    ("application_withdrawn", "ben", "ann APPLICATION_WITHDRAWN"),
    ("application_accepted", "ann", "ben APPLICATION_ACCEPTED"),
    ("application_rejected", "ann", "ben APPLICATION_REJECTED"),
];

/// Writes an event as it stands in the log.
async fn happen(app: &TestApp, kind: &str, actor: Option<&Client>, applicant: &Client) {
    let actor = actor.map_or_else(|| "NULL".to_owned(), |actor| actor.user_id().to_string());
    let data = format!(r#"{{"applicationId":1,"applicantId":{}}}"#, applicant.user_id());
    // Ann writes second, so that both can be read.
    let is_visible = actor != applicant.user_id().to_string();
    let review = format!(r#"{{"reviewId":1,"isVisible":{is_visible}}}"#);
    let data = match kind {
        "reviewed" => &review,
        kind if kind.starts_with("application") || kind == "released" => &data,
        _ => "{}",
    };
    app.execute(&format!(
        "INSERT INTO job_events (position, job_id, actor_id, kind, data, created_at)
         SELECT MAX(position) + 1, 1, {actor}, '{kind}', '{data}', 0 FROM job_events"
    ))
    .await;
}

#[tokio::test]
async fn each_kind_of_event_is_told_exactly_the_right_people() {
    let (app, _) = TestApp::new().await;
    let people = [
        ("ann", app.member("ann").await),
        ("ben", app.member("ben").await),
        ("cat", app.member("cat").await),
        ("dan", app.member("dan").await),
        ("root", app.admin("root").await),
    ];
    let named = |name: &str| people.iter().find(|(it, _)| *it == name).map(|(_, client)| client);
    let (ann, ben, cat) = (&people[0].1, &people[1].1, &people[2].1);
    let job = published(ann).await;
    done(ann, "acceptApplication", &apply(ben, &job).await).await;
    // As if she had applied while the others were served.
    app.execute(&format!(
        "INSERT INTO applications (job_id, applicant_id, message, status, created_at, updated_at)
         VALUES (1, {}, '', 'pending', 0, 0)",
        cat.user_id()
    ))
    .await;
    app.tell().await;
    for (kind, actor, expected) in EVENTS {
        app.execute("DELETE FROM notices").await;
        happen(&app, kind, named(actor), ben).await;
        app.tell().await;
        let mut told = Vec::new();
        for (name, client) in &people {
            told.extend(kinds(client).await.iter().map(|kind| format!("{name} {kind}")));
        }
        assert_eq!(told.join(", "), *expected, "{kind} by {actor}");
    }
    let tried: BTreeSet<&str> = EVENTS.iter().map(|(kind, ..)| *kind).collect();
    let all: Vec<String> = Kind::iter().map(|kind| kind.to_value()).collect();
    assert_eq!(tried, all.iter().map(String::as_str).collect(), "a row for each kind of event");
}
