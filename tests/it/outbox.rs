//! Mails are promised with the change that they tell of, and sent at least once.

use chrono::TimeDelta;
use find_helper::entity::{mail_token, outbox, user};
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::support::{
    Client, PASSWORD, TestApp,
    smtp::{Fault, SmtpServer},
};

fn person(name: &str) -> Value {
    json!({ "name": "安安", "email": format!("{name}@example.com"), "password": PASSWORD })
}

/// A gateway that sends its mails to this server.
async fn sending_to(server: &SmtpServer) -> (TestApp, Client) {
    TestApp::with(&[&format!("--smtp-url={}", server.url())]).await
}

async fn register(app: &TestApp, name: &str) {
    let reply = app.anon().post("/register", person(name)).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
}

async fn promises(app: &TestApp) -> Vec<outbox::Model> {
    outbox::Entity::find().all(app.services.db.read()).await.unwrap()
}

async fn rename(app: &TestApp, from: &str, to: &str) {
    let statement = format!("ALTER TABLE {from} RENAME TO {to}");
    app.services.db.write().execute_unprepared(&statement).await.unwrap();
}

#[tokio::test]
async fn an_account_and_its_mail_are_written_together_or_not_at_all() {
    let (app, anon) = TestApp::new().await;
    rename(&app, "outbox", "hidden").await;
    assert_eq!(anon.post("/register", person("ann")).await.auth_error(), "500 INTERNAL_ERROR");
    rename(&app, "hidden", "outbox").await;
    let db = app.services.db.read();
    assert_eq!(user::Entity::find().count(db).await.unwrap(), 0);
    assert_eq!(mail_token::Entity::find().count(db).await.unwrap(), 0);
    register(&app, "ann").await;
    assert_eq!(promises(&app).await.len(), 1);
}

#[tokio::test]
async fn of_two_registrations_of_one_address_one_wins_and_one_mail_is_promised() {
    let (app, _) = TestApp::new().await;
    let (one, other) = (app.anon(), app.anon());
    let (one, other) =
        tokio::join!(one.post("/register", person("ann")), other.post("/register", person("ANN")));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    assert_eq!(promises(&app).await.len(), 1);
}

#[tokio::test]
async fn a_mail_that_is_refused_for_now_is_tried_again_later_each_time_and_is_the_same_mail() {
    let server = SmtpServer::start().await;
    let (app, _) = sending_to(&server).await;
    register(&app, "ann").await;
    let message_id = format!("<{}>", promises(&app).await[0].message_id);
    server.fail([Fault::Recipient(451), Fault::Content(451), Fault::HangUp]);
    for pause in [5, 10, 20] {
        assert_eq!(app.send_mails().await, 1);
        assert!(server.received().is_empty());
        app.advance(TimeDelta::seconds(pause - 1));
        assert_eq!(app.send_mails().await, 0, "not before {pause} s");
        app.advance(TimeDelta::seconds(1));
    }
    assert_eq!(app.send_mails().await, 1);
    let mails = server.received();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].headers("message-id"), [message_id.as_str()]);
    assert_eq!(mails[0].recipients, ["ann@example.com"]);
    app.advance(TimeDelta::days(2));
    assert_eq!(app.send_mails().await, 0, "sent once");
    assert_eq!(promises(&app).await[0].outcome, Some(outbox::Outcome::Sent));
}

#[tokio::test]
async fn f11_a_server_that_refuses_the_gateway_gets_the_mail_once_it_takes_it() {
    let server = SmtpServer::start().await;
    let (app, _) = sending_to(&server).await;
    register(&app, "ann").await;
    server.fail([Fault::Greeting(554), Fault::Hello(502), Fault::Sender(553)]);
    for pause in [5, 10, 20] {
        assert_eq!(app.send_mails().await, 1);
        let error = promises(&app).await[0].last_error.clone().unwrap();
        assert!(error.contains("does not take mail from this gateway"), "{error}");
        app.advance(TimeDelta::seconds(pause));
    }
    assert_eq!(app.send_mails().await, 1);
    assert_eq!(server.received()[0].recipients, ["ann@example.com"]);
}

#[tokio::test]
async fn a_mail_that_is_refused_for_good_is_given_up() {
    let server = SmtpServer::start().await;
    let (app, _) = sending_to(&server).await;
    register(&app, "ann").await;
    server.fail([Fault::Recipient(550)]);
    assert_eq!(app.send_mails().await, 1);
    app.advance(TimeDelta::days(1));
    assert_eq!(app.send_mails().await, 0);
    let promise = &promises(&app).await[0];
    assert_eq!(promise.outcome, Some(outbox::Outcome::Failed));
    let error = promise.last_error.as_deref().unwrap();
    assert!(error.contains("550") && !error.contains('@'), "{promise:?}");
}

#[tokio::test]
async fn a_mail_that_is_refused_for_now_too_often_is_given_up() {
    let server = SmtpServer::start().await;
    let (app, _) = sending_to(&server).await;
    register(&app, "ann").await;
    server.fail([Fault::Recipient(451); 20]);
    let mut attempts = 0;
    for _ in 0..20 {
        attempts += app.send_mails().await;
        app.advance(TimeDelta::hours(1));
    }
    assert_eq!(attempts, 10);
    assert_eq!(promises(&app).await[0].outcome, Some(outbox::Outcome::Failed));
}

#[tokio::test]
async fn a_mail_that_is_not_needed_any_more_is_not_sent() {
    let server = SmtpServer::start().await;
    let (app, _) = sending_to(&server).await;
    register(&app, "ann").await;
    app.advance(TimeDelta::hours(24));
    assert_eq!(app.send_mails().await, 1);
    assert!(server.received().is_empty(), "its link has expired");
    assert_eq!(promises(&app).await[0].outcome, Some(outbox::Outcome::Dropped));
}

#[tokio::test]
async fn c16_two_workers_send_each_mail_once() {
    let server = SmtpServer::start().await;
    let url = format!("--smtp-url={}", server.url());
    let (one, _) = TestApp::with(&[&url]).await;
    let two = one.restarted(&[&url]).await;
    let names: Vec<String> = (0..12).map(|number| format!("p{number}")).collect();
    for name in &names {
        register(&one, name).await;
    }
    let (by_one, by_two) = tokio::join!(one.send_mails(), two.send_mails());
    assert_eq!(by_one + by_two, names.len());
    let mut recipients: Vec<String> =
        server.received().into_iter().flat_map(|mail| mail.recipients).collect();
    recipients.sort();
    let mut expected: Vec<String> =
        names.iter().map(|name| format!("{name}@example.com")).collect();
    expected.sort();
    assert_eq!(recipients, expected);
}

#[tokio::test]
async fn c14_a_worker_that_dies_while_it_sends_loses_its_claim_after_a_minute() {
    // A mail server that never greets.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let silent = format!("--smtp-url=smtp://{}", silent.local_addr().unwrap());
    let (dying, _) = TestApp::with(&[&silent]).await;
    register(&dying, "ann").await;
    let claimed = async {
        while promises(&dying).await[0].attempts == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        sent = dying.send_mails() => panic!("sent {sent}"),
        () = claimed => {}
    }
    let server = SmtpServer::start().await;
    let living = dying.restarted(&[&format!("--smtp-url={}", server.url())]).await;
    dying.advance(TimeDelta::seconds(59));
    assert_eq!(living.send_mails().await, 0);
    dying.advance(TimeDelta::seconds(1));
    assert_eq!(living.send_mails().await, 1);
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_registration_wakes_the_worker_that_runs_along() {
    let server = SmtpServer::start().await;
    let (app, _) = sending_to(&server).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(app.app().serve(listener, None, async { drop(stopped.await) }));
    register(&app, "ann").await;
    assert_eq!(server.wait_for(1).await[0].recipients, ["ann@example.com"]);
    drop(stop);
    serving.await.unwrap().unwrap();
}

async fn resend(client: &Client, name: &str) -> (u16, String) {
    let mutation =
        "mutation($email: String!) { resendVerification(input: {email: $email}) { ok } }";
    let reply = client.gql(mutation, json!({ "email": format!("{name}@example.com") })).await;
    (reply.status.as_u16(), reply.text)
}

#[tokio::test]
async fn c15_a_further_mail_is_promised_once_a_minute_and_five_are_sent_a_day() {
    let (app, anon) = TestApp::new().await;
    register(&app, "ann").await;
    resend(&anon, "ann").await;
    assert_eq!(promises(&app).await.len(), 1, "not within the first minute");
    for expected in [2, 3, 4, 5, 5, 5] {
        app.advance(TimeDelta::seconds(60));
        resend(&anon, "ann").await;
        resend(&anon, "ann").await;
        assert_eq!(promises(&app).await.len(), expected);
    }
    app.advance(TimeDelta::hours(24));
    resend(&anon, "ann").await;
    assert_eq!(promises(&app).await.len(), 6, "the next day");
}

#[tokio::test]
async fn asking_for_a_further_mail_tells_nothing_about_accounts() {
    let (app, anon) = TestApp::new().await;
    register(&app, "new").await;
    app.member("confirmed").await;
    app.advance(TimeDelta::minutes(2));
    let mut sent = (0, String::new());
    let work = app.statements(async { sent = resend(&anon, "new").await }).await;
    assert_eq!(sent, (200, r#"{"data":{"resendVerification":{"ok":true}}}"#.into()));
    assert_eq!(promises(&app).await.len(), 2);
    for name in ["new", "NEW", "confirmed", "nobody"] {
        let mut answer = (0, String::new());
        let statements = app.statements(async { answer = resend(&anon, name).await }).await;
        assert_eq!((answer, statements), (sent.clone(), work), "{name}");
    }
    assert_eq!(promises(&app).await.len(), 2);
}

#[tokio::test]
async fn c18_each_mailed_link_confirms_the_account() {
    let server = SmtpServer::start().await;
    let (app, anon) = sending_to(&server).await;
    register(&app, "ann").await;
    app.send_mails().await;
    app.advance(TimeDelta::minutes(2));
    resend(&anon, "ann").await;
    app.send_mails().await;
    let mails = server.received();
    assert_eq!(mails.len(), 2);
    assert_ne!(mails[0].headers("message-id"), mails[1].headers("message-id"));
    for mail in mails {
        let link = mail.link("verify");
        let reply = anon.get(&format!("/verify?{}", link.query().unwrap())).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
    }
}
