//! Each notice is mailed as its reader wishes.

use chrono::TimeDelta;
use serde_json::json;

use super::{mails_to, prefer, preference};
use crate::{
    jobs::{
        reviews::{completed, reviewed},
        steps::{BECAUSE, UNLIMITED, apply, assigned, done, done_on, post},
    },
    support::{Client, TestApp},
};

const ANN: &str = "ann@example.com";

/// Ann's job, for which these people apply.
async fn applied(app: &TestApp, ann: &Client, names: &[&str]) -> String {
    let job = post(ann, json!({ "title": "居家清潔" })).await;
    for name in names {
        apply(&app.member(name).await, &job).await;
    }
    job
}

#[tokio::test]
async fn a_mail_names_the_job_the_other_side_and_the_amount_and_leads_there() {
    let (app, _) = TestApp::with(&["--public-url=https://example.org/gw"]).await;
    let ann = app.member("ann").await;
    let job = applied(&app, &ann, &["ben"]).await;
    let mails = mails_to(&app, ANN).await;
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert!(mail.subject.contains("居家清潔"), "{}", mail.subject);
    for text in ["ben 測試", "NT$3,000", &format!("https://example.org/gw/app/jobs/{job}")] {
        assert!(mail.text.contains(text) && mail.html.contains(text), "{text} in {}", mail.text);
    }
    assert!(mail.text.contains("https://example.org/gw/app/account/notices"), "{}", mail.text);
    assert!(mails_to(&app, ANN).await.len() == 1, "once");
}

#[tokio::test]
async fn a_digest_comes_at_eight_in_taiwan_with_what_was_not_read() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    prefer(&ann, "APPLICATION_RECEIVED", "DAILY").await;
    applied(&app, &ann, &["ben", "cat"]).await;
    assert!(mails_to(&app, ANN).await.is_empty());
    let dan = applied(&app, &ann, &["dan"]).await;
    // 07:59 in Taiwan.
    app.advance(TimeDelta::minutes(15 * 60 + 59));
    assert!(mails_to(&app, ANN).await.is_empty());
    let newest = super::notices(&ann).await["nodes"][0]["id"].take();
    let read = "mutation($id: ID!) { markNoticesRead(input: {ids: [$id]}) { unreadCount } }";
    ann.data(read, json!({ "id": newest })).await;
    app.advance(TimeDelta::minutes(1));
    let mails = mails_to(&app, ANN).await;
    assert_eq!(mails.len(), 1, "{dan}");
    let text = &mails[0].text;
    assert!(text.contains("ben 測試") && text.contains("cat 測試"), "{text}");
    assert!(!text.contains("dan 測試"), "she has read that already: {text}");
    app.advance(TimeDelta::days(1));
    assert_eq!(mails_to(&app, ANN).await.len(), 1, "no mail of nothing");
}

#[tokio::test]
async fn what_is_more_than_so_many_mails_an_hour_comes_in_one_mail_after_it() {
    let (app, _) = TestApp::with(&["--limit-notice-mails-per-hour=2"]).await;
    let ann = app.member("ann").await;
    applied(&app, &ann, &["ben", "cat", "dan", "eve", "fay"]).await;
    assert_eq!(mails_to(&app, ANN).await.len(), 2);
    app.advance(TimeDelta::minutes(59));
    assert_eq!(mails_to(&app, ANN).await.len(), 2);
    app.advance(TimeDelta::minutes(1));
    let mails = mails_to(&app, ANN).await;
    assert_eq!(mails.len(), 3);
    let text = &mails[2].text;
    assert!(["dan", "eve", "fay"].iter().all(|name| text.contains(name)), "{text}");
    assert!(!text.contains("ben"), "{text}");
}

#[tokio::test]
async fn a_kind_that_is_off_is_told_on_the_site_and_not_mailed() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    assert_eq!(preference(&ann, "APPLICATION_RECEIVED").await, "AT_ONCE");
    prefer(&ann, "APPLICATION_RECEIVED", "OFF").await;
    assert_eq!(preference(&ann, "APPLICATION_RECEIVED").await, "OFF");
    applied(&app, &ann, &["ben"]).await;
    assert!(mails_to(&app, ANN).await.is_empty());
    assert_eq!(super::kinds(&ann).await.len(), 1);
}

#[tokio::test]
async fn a_mail_tells_nothing_of_a_job_that_its_reader_may_not_see_any_more() {
    let (app, _) = TestApp::new().await;
    let (ann, ben) = (app.member("ann").await, app.member("ben").await);
    let job = post(&ann, json!({})).await;
    let application = apply(&ben, &job).await;
    done(&ann, "rejectApplication", &application).await;
    app.tell().await;
    app.execute("UPDATE jobs SET status = 'draft'").await;
    app.execute(&format!("DELETE FROM applications WHERE applicant_id = {}", ben.user_id())).await;
    assert!(mails_to(&app, "ben@example.com").await.is_empty());
    let notices = super::notices(&ben).await;
    assert!(notices["nodes"][0]["job"].is_null() && notices["nodes"][0]["application"].is_null());
}

#[tokio::test]
async fn a_digest_does_not_invite_to_a_review_that_is_written() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let [ann, bob] = [app.member("ann").await, app.member("bob").await];
    prefer(&ann, "REVIEW_TO_WRITE", "DAILY").await;
    let jobs = [completed(&ann, &bob).await, completed(&ann, &bob).await];
    let invited = async |app: &TestApp| {
        let mails = mails_to(app, ANN).await;
        mails.iter().filter(|mail| mail.text.contains("評價")).count()
    };
    let before = invited(&app).await;
    app.advance(TimeDelta::hours(25));
    app.tell().await;
    let ann = app.signed_in(ANN).await;
    for job in &jobs {
        reviewed(&ann, job, 5, "").await;
    }
    app.advance(TimeDelta::hours(24));
    assert_eq!(invited(&app).await, before);
}

#[tokio::test]
async fn the_mail_of_a_release_names_no_pay_as_what_was_agreed_is_void() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let [ann, bob] = [app.member("ann").await, app.member("bob").await];
    let job = assigned(&ann, &bob).await;
    let before = mails_to(&app, ANN).await;
    done_on(&bob, "releaseJob", &job, BECAUSE).await;
    let mut mails = mails_to(&app, ANN).await;
    mails.retain(|mail| before.iter().all(|other| other.text != mail.text));
    let [mail] = &mails[..] else { panic!("{} mails", mails.len()) };
    assert!(mail.text.contains("bob 測試") && !mail.text.contains("NT$"), "{}", mail.text);
}
