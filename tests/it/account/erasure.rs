//! What is left of an account when its time is over.

use axum::http::{Method, header};
use chrono::TimeDelta;
use find_helper::{
    domain::{erasure, viewer::Scope},
    entity::{
        api_key, application, audit_event::Kind, job, job_event, mail_token, outbox, session, user,
    },
};
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::{Value, json};

use super::{DELETE, audited, mails_to, register, row, sign_in, subjects};
use crate::{
    jobs::steps::{apply, assigned, done, draft, post, published, state},
    support::{Client, PASSWORD, TestApp},
};

const ANN: &str = "ann@example.com";

async fn delete_now(app: &TestApp, client: &Client) {
    client.data(DELETE, json!({ "password": PASSWORD })).await;
    app.advance(TimeDelta::days(14));
    assert_eq!(erasure::erase_due(&app.services).await.unwrap(), 1);
}

/// Everything in the tables that tell of people, but the audit log.
async fn everything(app: &TestApp) -> String {
    let mut all = String::new();
    macro_rules! add {
        ($($table:ident),*) => {$(
            let rows = $table::Entity::find().all(app.services.db.read()).await.unwrap();
            all += &format!("{rows:#?}\n");
        )*};
    }
    add!(user, session, api_key, mail_token, outbox, job, application, job_event);
    all
}

#[tokio::test]
async fn nothing_personal_is_left_in_any_table() {
    let (app, _) = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    app.key(&ann, Scope::ALL).await;
    let login = json!({ "email": ANN, "password": PASSWORD });
    let request = ann.request(Method::POST, "/login").header(header::USER_AGENT, "ann-s browser");
    let request = request.header(header::CONTENT_TYPE, "application/json");
    ann.send(request.body(login.to_string().into()).unwrap()).await;
    let texts =
        json!({ "title": "ann-title", "description": "ann-words", "address": "ann-street" });
    let done_job = post(&ann, texts).await;
    done(&ann, "acceptApplication", &apply(&bob, &done_job).await).await;
    let message = "mutation($job: ID!) { applyToJob(input: {jobId: $job, message: \"ann-message\"}) { application { id } } }";
    ann.data(message, json!({ "job": published(&bob).await })).await;
    let (phone, hash) = ("0912-345-678", row(&app, ann.user_id()).await.password_hash);
    let before = everything(&app).await;
    let personal = [
        ANN,
        "ann 測試",
        &hash,
        "ann-s browser",
        "ann-title",
        "ann-words",
        "ann-street",
        "ann-message",
    ];
    for text in personal {
        assert!(before.contains(text), "{text} was never there");
    }
    delete_now(&app, &ann).await;
    while app.send_mails().await > 0 {}
    let after = everything(&app).await;
    for text in personal {
        assert!(!after.contains(text), "{text} is still there:\n{after}");
    }
    assert_eq!(after.matches(phone).count(), 1, "bob's");
    let sessions = session::Entity::find().all(app.services.db.read()).await.unwrap();
    let traces = sessions.iter().filter(|row| row.user_id == ann.user_id());
    assert!(traces.clone().all(|row| row.address.is_none() && row.user_agent.is_none()));
    assert_eq!(traces.count(), 2);
    assert!(sessions.iter().any(|row| row.address.is_some()), "bob's keeps its own");
}

#[tokio::test]
async fn open_work_is_closed_and_others_keep_their_history() {
    let (app, _) = TestApp::new().await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    app.admin("root").await;
    let (sketch, offer) = (draft(&ann).await, published(&ann).await);
    let (given, begun) = (assigned(&ann, &bob).await, assigned(&ann, &bob).await);
    done(&ann, "startJob", &begun).await;
    let asked = apply(&bob, &offer).await;
    let wish = apply(&ann, &published(&bob).await).await;
    delete_now(&app, &ann).await;
    let admin = app.signed_in("root@example.com").await;
    for (id, expected) in [
        (sketch, "CANCELLED"),
        (offer, "CANCELLED"),
        (given, "CANCELLED"),
        (begun.clone(), "COMPLETED"),
        (asked, "REJECTED"),
        (wish, "WITHDRAWN"),
    ] {
        assert_eq!(state(&admin, &id).await, expected, "{id}");
    }
    let bob = app.signed_in("bob@example.com").await;
    let query = "query($id: ID!) { node(id: $id) { ... on Job { title owner { name email } } } }";
    let seen = bob.data(query, json!({ "id": begun })).await["node"].take();
    assert_eq!(seen, json!({ "title": "", "owner": { "name": "", "email": "" } }));
    let last = job_event::Entity::find().all(app.services.db.read()).await.unwrap();
    let by_gateway = last.iter().filter(|event| event.actor_id.is_none()).count();
    assert_eq!(by_gateway, 7, "each step is an event, and the pause before the end");
}

#[tokio::test]
async fn of_two_replicas_one_erases_and_says_the_last_word() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    ann.data(DELETE, json!({ "password": PASSWORD })).await;
    app.advance(TimeDelta::days(14));
    let other = app.restarted(&[]).await;
    let (one, two) =
        tokio::join!(erasure::erase_due(&app.services), erasure::erase_due(&other.services));
    assert_eq!(one.unwrap() + two.unwrap(), 1);
    assert_eq!(subjects(&app, ANN).await.len(), 2, "the wish and the end");
}

#[tokio::test]
async fn a_sign_in_and_the_erasure_do_not_both_happen() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    ann.data(DELETE, json!({ "password": PASSWORD })).await;
    app.advance(TimeDelta::days(14));
    let (signed_in, erased) =
        tokio::join!(sign_in(&app, ANN, PASSWORD), erasure::erase_due(&app.services));
    let kept = row(&app, ann.user_id()).await.deleted_at.is_none();
    assert_eq!((signed_in == "200", erased.unwrap()), (kept, usize::from(!kept)));
}

#[tokio::test]
async fn the_address_is_free_again() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    delete_now(&app, &ann).await;
    let reply = register(&app, ANN, PASSWORD).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert_ne!(reply.json()["data"]["user_id"], format!("user_{}", ann.user_id()));
}

#[tokio::test]
async fn c21_unconfirmed_accounts_are_purged_after_30_days_without_a_mail() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let reply: Value = register(&app, "never@example.com", PASSWORD).await.json();
    let id =
        reply["data"]["user_id"].as_str().unwrap().trim_start_matches("user_").parse().unwrap();
    let mails = mails_to(&app, "never@example.com").await.len();
    app.advance(TimeDelta::days(30) - TimeDelta::seconds(1));
    assert_eq!(erasure::purge_unconfirmed(&app.services).await.unwrap(), 0);
    app.advance(TimeDelta::seconds(1));
    assert_eq!(erasure::purge_unconfirmed(&app.services).await.unwrap(), 1);
    assert_eq!(audited(&app, id).await, [Kind::Registered, Kind::AccountErased]);
    assert_eq!(mails_to(&app, "never@example.com").await.len(), mails);
    assert!(row(&app, ann.user_id()).await.deleted_at.is_none(), "confirmed ones stay");
    assert_eq!(register(&app, "never@example.com", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn c21_a_suspension_does_not_end_by_the_erasure_of_an_unconfirmed_account() {
    let (app, _) = TestApp::new().await;
    let admin = app.admin("root").await;
    register(&app, "never@example.com", PASSWORD).await;
    let suspend =
        "mutation { suspendUser(input: {id: \"user_2\", reason: \"x\"}) { user { id } } }";
    admin.data(suspend, json!({})).await;
    app.advance(TimeDelta::days(31));
    assert_eq!(erasure::purge_unconfirmed(&app.services).await.unwrap(), 0);
}

#[tokio::test]
async fn one_account_that_cannot_be_erased_does_not_keep_the_others() {
    let (app, _) = TestApp::new().await;
    for name in ["ann", "bob"] {
        app.member(name).await.data(DELETE, json!({ "password": PASSWORD })).await;
    }
    // Whoever has the canonical address of an erased account keeps that account from being erased.
    let block = "UPDATE users SET email_canonical = 'deleted:1' WHERE id = 3";
    app.member("eve").await;
    app.services.db.write().execute_unprepared(block).await.unwrap();
    app.advance(TimeDelta::days(14));
    assert_eq!(erasure::erase_due(&app.services).await.unwrap(), 1);
    assert!(row(&app, 1).await.deleted_at.is_none() && row(&app, 2).await.deleted_at.is_some());
}
