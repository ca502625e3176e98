//! Steps that race: whoever is first holds the job, and the other finds it changed. On `PostgreSQL`, where two writers
//! may wait for one row; `SQLite` has one writer at a time.

use chrono::TimeDelta;
use find_helper::domain::jobs::job::complete_due;

use super::{report::reported, start::proposal};
use crate::{
    ground::{replicas, sent, until_waiting},
    jobs::steps::{BECAUSE, apply, assigned, dispute, done, outcome, post, published, state},
    support::{Client, Held, TestApp},
};

/// Somebody's mutation without variables.
struct Step<'a>(&'a Client, String);

/// A mutation whose input is an id, or a job and more.
fn step<'a>(client: &'a Client, mutation: &str, id: &str) -> Step<'a> {
    Step(client, format!("mutation {{ {mutation}(input: {{id: \"{id}\"}}) {{ __typename }} }}"))
}

fn step_on<'a>(client: &'a Client, mutation: &str, job: &str, more: &str) -> Step<'a> {
    let input = format!("jobId: \"{job}\"{more}");
    Step(client, format!("mutation {{ {mutation}(input: {{{input}}}) {{ __typename }} }}"))
}

/// The outcomes of two steps that wait for the same row on two replicas, the first one longer.
async fn race(
    replicas: &[TestApp; 2],
    row: &str,
    first: Step<'_>,
    second: Step<'_>,
) -> [String; 2] {
    let [one, two] = replicas;
    let held = Held::by(one, &format!("SELECT id FROM {row} FOR UPDATE")).await;
    let first = sent(first.0, &first.1, 0);
    until_waiting(one, 1).await;
    let second = sent(&second.0.towards(&two.router), &second.1, 0);
    until_waiting(one, 2).await;
    held.commit().await;
    [outcome(&first.await.unwrap()), outcome(&second.await.unwrap())]
}

/// The row of a job.
fn row(job: &str) -> String {
    format!("jobs WHERE id = {}", job.strip_prefix("job_").unwrap())
}

#[tokio::test]
async fn who_is_accepted_cannot_withdraw_and_who_withdrew_is_not_accepted() {
    let Some(replicas) = replicas().await else { return };
    let (ann, ben) = (replicas[0].member("ann").await, replicas[0].member("ben").await);
    for (accepts_first, end) in [(true, "ASSIGNED"), (false, "PUBLISHED")] {
        let job = published(&ann).await;
        let application = apply(&ben, &job).await;
        let accept = step(&ann, "acceptApplication", &application);
        let withdraw = step(&ben, "withdrawApplication", &application);
        let (first, second) = if accepts_first { (accept, withdraw) } else { (withdraw, accept) };
        assert_eq!(race(&replicas, &row(&job), first, second).await, ["ok", "CONFLICT"]);
        assert_eq!(state(&ann, &job).await, end);
    }
}

#[tokio::test]
async fn work_that_began_is_not_released_and_a_released_job_does_not_begin() {
    let Some(replicas) = replicas().await else { return };
    let (ann, ben) = (replicas[0].member("ann").await, replicas[0].member("ben").await);
    for (starts_first, end) in [(true, "IN_PROGRESS"), (false, "PUBLISHED")] {
        let job = assigned(&ann, &ben).await;
        let start = step(&ann, "startJob", &job);
        let release = step_on(&ben, "releaseJob", &job, BECAUSE);
        let (first, second) = if starts_first { (start, release) } else { (release, start) };
        assert_eq!(race(&replicas, &row(&job), first, second).await, ["ok", "CONFLICT"]);
        assert_eq!(state(&ann, &job).await, end);
    }
}

#[tokio::test]
async fn both_sides_release_once() {
    let Some(replicas) = replicas().await else { return };
    let (ann, ben) = (replicas[0].member("ann").await, replicas[0].member("ben").await);
    let job = assigned(&ann, &ben).await;
    let owner = step_on(&ann, "releaseJob", &job, BECAUSE);
    let worker = step_on(&ben, "releaseJob", &job, BECAUSE);
    // The worker is nobody to the job any more.
    assert_eq!(race(&replicas, &row(&job), owner, worker).await, ["ok", "FORBIDDEN"]);
}

#[tokio::test]
async fn completed_work_is_disputed_and_disputed_work_is_not_completed() {
    let Some(replicas) = replicas().await else { return };
    let (ann, ben) = (replicas[0].member("ann").await, replicas[0].member("ben").await);
    for (completes_first, expected) in [(true, "ok"), (false, "CONFLICT")] {
        let job = reported(&ann, &ben).await;
        let complete = step(&ann, "completeJob", &job);
        let dispute = step_on(&ben, "disputeJob", &job, BECAUSE);
        let (first, second) =
            if completes_first { (complete, dispute) } else { (dispute, complete) };
        assert_eq!(race(&replicas, &row(&job), first, second).await, ["ok", expected]);
        assert_eq!(state(&ann, &job).await, "DISPUTED");
    }
}

#[tokio::test]
async fn a_report_whose_time_is_over_is_not_completed_by_itself_while_it_is_disputed() {
    let Some(replicas) = replicas().await else { return };
    let (ann, ben) = (replicas[0].member("ann").await, replicas[0].member("ben").await);
    let job = reported(&ann, &ben).await;
    replicas[0].advance(TimeDelta::hours(72));
    let ann = replicas[0].signed_in("ann@example.com").await;
    let held = Held::by(&replicas[0], &format!("SELECT id FROM {} FOR UPDATE", row(&job))).await;
    let disputed = sent(&ann, &step_on(&ann, "disputeJob", &job, BECAUSE).1, 0);
    until_waiting(&replicas[0], 1).await;
    let services = replicas[1].services.clone();
    let completing = tokio::spawn(async move { complete_due(&services).await.unwrap() });
    until_waiting(&replicas[0], 2).await;
    held.commit().await;
    assert_eq!(outcome(&disputed.await.unwrap()), "ok");
    assert_eq!(completing.await.unwrap(), 0);
    assert_eq!(state(&ann, &job).await, "DISPUTED");
}

#[tokio::test]
async fn a_report_and_a_cancellation_that_needs_both_sides_do_not_meet() {
    let Some(replicas) = replicas().await else { return };
    let (ann, ben) = (replicas[0].member("ann").await, replicas[0].member("ben").await);
    // Ben has proposed to call it off; then he reports it done while Ann agrees.
    for (reports_first, expected, end) in
        [(true, "ok", "REPORTED_DONE"), (false, "CONFLICT", "CANCELLED")]
    {
        let job = assigned(&ann, &ben).await;
        done(&ann, "startJob", &job).await;
        done(&ben, "cancelJob", &job).await;
        let report = step_on(&ben, "reportDone", &job, "");
        let agree = step(&ann, "cancelJob", &job);
        let (first, second) = if reports_first { (report, agree) } else { (agree, report) };
        assert_eq!(race(&replicas, &row(&job), first, second).await, ["ok", expected]);
        assert_eq!(state(&ann, &job).await, end);
        // The report has ended what Ben proposed: Ann's is a proposal of her own.
        let step = proposal(&ann, &job).await;
        assert_eq!(step["by"]["name"] == "ann 測試", reports_first, "{step}");
    }
}

#[tokio::test]
async fn two_proposals_at_once_are_an_agreement() {
    let Some(replicas) = replicas().await else { return };
    let (ann, ben) = (replicas[0].member("ann").await, replicas[0].member("ben").await);
    let job = post(&ann, serde_json::json!({ "scheduledAt": "2026-03-01T02:00:00Z" })).await;
    done(&ann, "acceptApplication", &apply(&ben, &job).await).await;
    let steps = (step(&ann, "startJob", &job), step(&ben, "startJob", &job));
    assert_eq!(race(&replicas, &row(&job), steps.0, steps.1).await, ["ok", "ok"]);
    assert_eq!(state(&ann, &job).await, "IN_PROGRESS");
}

#[tokio::test]
async fn of_two_decisions_the_first_one_holds() {
    let Some(replicas) = replicas().await else { return };
    let (ann, ben) = (replicas[0].member("ann").await, replicas[0].member("ben").await);
    let admins = [replicas[0].admin("root").await, replicas[0].admin("zoe").await];
    let job = reported(&ann, &ben).await;
    dispute(&ben, &job).await;
    let decide = |admin, outcome: &str| {
        step_on(admin, "resolveDispute", &job, &format!("{BECAUSE}, outcome: {outcome}"))
    };
    let (first, second) = (decide(&admins[0], "CANCELLED"), decide(&admins[1], "COMPLETED"));
    assert_eq!(race(&replicas, &row(&job), first, second).await, ["ok", "CONFLICT"]);
    assert_eq!(state(&ann, &job).await, "CANCELLED");
}

#[tokio::test]
async fn a_job_that_is_released_while_its_owner_is_suspended_is_never_left_on_the_board() {
    let Some(replicas) = replicas().await else { return };
    for suspends_first in [true, false] {
        let name = if suspends_first { "ann" } else { "eve" };
        let (owner, ben) = (
            replicas[0].member(name).await,
            replicas[0].member(&format!("worker-of-{name}")).await,
        );
        let admin = replicas[0].admin(&format!("admin-of-{name}")).await;
        let job = assigned(&owner, &ben).await;
        let suspend = Step(
            &admin,
            format!(
                "mutation {{ suspendUser(input: {{id: \"user_{}\", reason: \"x\"}}) {{ __typename }} }}",
                owner.user_id()
            ),
        );
        let release = step_on(&ben, "releaseJob", &job, BECAUSE);
        let (first, second) = if suspends_first { (suspend, release) } else { (release, suspend) };
        let account = format!("users WHERE id = {}", owner.user_id());
        assert_eq!(race(&replicas, &account, first, second).await, ["ok", "ok"]);
        assert_eq!(state(&admin, &job).await, "PAUSED", "suspends first: {suspends_first}");
    }
}
