//! Seeded data in the database.

use std::collections::HashMap;

use find_helper::{
    auth::Verdict,
    domain::{account::user, jobs::event::Kind, parse},
    entity, seed,
};
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder};

use crate::support::TestApp;

#[tokio::test]
async fn a_second_run_adds_jobs_and_keeps_the_accounts() {
    let (app, _) = TestApp::new().await;
    let services = &app.services;
    for (count, new) in [(30, 30), (40, 10)] {
        let people = seed::people(services, count, |_| {}).await.unwrap();
        assert_eq!(people.new, new);
        seed::jobs(services, &people, 100, |_| {}).await.unwrap();
        seed::analyze(services).await.unwrap();
    }
    let db = services.db.read();
    assert_eq!(entity::user::Entity::find().count(db).await.unwrap(), 40);
    assert_eq!(entity::job::Entity::find().count(db).await.unwrap(), 200);
}

#[tokio::test]
async fn positions_have_no_gap_over_batches_and_events_name_the_applications_that_they_are_about() {
    let (app, _) = TestApp::new().await;
    let services = &app.services;
    let people = seed::people(services, 30, |_| {}).await.unwrap();
    let mut told = Vec::new();
    seed::jobs(services, &people, 2_100, |done| told.push(done)).await.unwrap();
    assert_eq!(told, [2_000, 2_100]);
    let db = services.db.read();
    let events = entity::job_event::Entity::find()
        .order_by_asc(entity::job_event::Column::Position)
        .all(db)
        .await
        .unwrap();
    assert!((1..).zip(&events).all(|(position, event)| event.position == position));
    let applications = entity::application::Entity::find().all(db).await.unwrap();
    let mut told: HashMap<i64, (i64, i64)> = HashMap::new();
    for event in events.iter().filter(|event| event.kind == Kind::ApplicationReceived) {
        let data: serde_json::Value = serde_json::from_str(&event.data).unwrap();
        let [id, applicant] =
            ["applicationId", "applicantId"].map(|name| data[name].as_i64().unwrap());
        assert_eq!(event.actor_id, Some(applicant));
        assert_eq!(told.insert(id, (event.job_id, applicant)), None);
    }
    let stored = applications.iter().map(|row| (row.id, (row.job_id, row.applicant_id)));
    assert_eq!(told, stored.collect());
}

#[tokio::test]
async fn whoever_is_made_up_can_sign_in() {
    let (app, _) = TestApp::new().await;
    let services = &app.services;
    seed::people(services, 3, |_| {}).await.unwrap();
    let email = parse::Email::parse(&seed::email(3)).unwrap();
    let user = user::by_email(services, &email).await.unwrap().unwrap();
    assert!(user.verified_at.is_some());
    let verdict = services.passwords.verify(None, seed::PASSWORD, Some(&user.password_hash)).await;
    assert_eq!(verdict.unwrap(), Verdict::Right);
}
