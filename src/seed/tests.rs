use std::collections::HashSet;

use super::{
    calendar,
    history::{About, History},
    people,
    posting::{Posting, Postings},
    vocabulary::Vocabulary,
};
use crate::{
    clock::Timestamp,
    domain::{
        account::user,
        jobs::{
            application::{self, Status as ApplicationStatus},
            event::Kind,
            job::{self, NewJob, Status, Transition},
            job_type::JobType,
        },
        parse,
        testing::now,
    },
};

fn postings(people: usize, count: u32) -> Vec<Posting> {
    Postings::new(calendar::midnight(now()), people, count).collect()
}

fn trades_as_job_types() -> Vec<JobType> {
    let job_type = |slug: &str| JobType {
        slug: slug.to_owned(),
        label_zh: String::new(),
        label_en: String::new(),
        position: 0,
    };
    Vocabulary::load().trades.iter().map(|trade| job_type(trade.slug)).collect()
}

#[test]
fn the_same_numbers_give_the_same_data() {
    assert_eq!(format!("{:?}", postings(20, 200)), format!("{:?}", postings(20, 200)));
    let people = |count| people::people(calendar::midnight(now()), count).collect::<Vec<_>>();
    assert_eq!(format!("{:?}", people(50)), format!("{:?}", people(50)));
}

#[test]
fn every_job_is_one_that_a_client_could_have_sent() {
    let known = trades_as_job_types();
    for Posting { new, created_at, .. } in postings(50, 3_000) {
        let parsed = new.clone().parse(&known, created_at).unwrap();
        let same = NewJob {
            title: parsed.title.unwrap(),
            description: Some(parsed.description.unwrap()),
            job_type: parsed.job_type.unwrap(),
            city: parsed.city.unwrap(),
            district: None,
            address: parsed.address.unwrap(),
            estimated_amount: parsed.estimated_amount.unwrap(),
            scheduled_at: parsed.scheduled_at.unwrap().map(|at| at.0),
            expires_at: parsed.expires_at.unwrap().map(|at| at.0),
            publish: new.publish,
        };
        assert_eq!(format!("{same:?}"), format!("{new:?}"));
    }
}

#[test]
fn every_application_and_account_is_one_that_a_client_could_have_sent() {
    for application in postings(50, 1_000).iter().flat_map(|posting| &posting.history.applications)
    {
        assert!(parse::paragraph(&application.message, application::MESSAGE).is_ok());
        let amount = application.offered_amount.unwrap_or_default();
        assert!(parse::number(amount, job::input::AMOUNT).is_ok());
    }
    for person in people::people(calendar::midnight(now()), 2_000) {
        assert!(parse::line(&person.name, user::NAME).is_ok(), "{person:?}");
        assert_eq!(parse::Email::parse(&person.email).unwrap().canonical(), person.email);
        assert!(parse::phone(person.phone.as_deref()).is_ok());
    }
}

#[test]
fn the_log_of_a_job_leads_to_its_state_by_the_rules() {
    let (mut seen, mut has_released) = (HashSet::new(), false);
    for posting in postings(12, 4_000) {
        let history = &posting.history;
        let (status, assignee, applications) = replayed(&posting);
        assert_eq!((history.status, history.assignee), (status, assignee), "{posting:?}");
        let stored: Vec<_> = history.applications.iter().map(|applied| applied.status).collect();
        assert_eq!(stored, applications, "{posting:?}");
        let open = applications.contains(&ApplicationStatus::Pending);
        assert!(!open || status == Status::Published, "{posting:?}");
        seen.insert(status);
        has_released |= applications.contains(&ApplicationStatus::Released);
    }
    assert_eq!(seen.len(), 9);
    assert!(has_released);
}

/// The state that results from replaying the log by the rules of a job's status.
fn replayed(posting: &Posting) -> (Status, Option<usize>, Vec<ApplicationStatus>) {
    let History { applications, events, .. } = &posting.history;
    let (mut status, mut assignee, mut answers) = (Status::Draft, None, Vec::new());
    for event in events {
        let transition = match event.kind {
            Kind::Published => Some(Transition::Publish),
            Kind::Cancelled => Some(Transition::Cancel),
            Kind::Started => Some(Transition::Start),
            Kind::Released => Some(Transition::Release),
            Kind::ReportedDone => Some(Transition::Report),
            Kind::Disputed => Some(Transition::Dispute),
            Kind::Completed => Some(Transition::Complete),
            Kind::Expired => Some(Transition::Expire),
            Kind::ApplicationAccepted => Some(Transition::Assign),
            _ => None,
        };
        if event.kind == Kind::ApplicationReceived {
            assert_eq!(status, Status::Published);
            answers.push(ApplicationStatus::Pending);
        }
        if let About::Application(index) = event.about {
            let after = match event.kind {
                Kind::ApplicationWithdrawn => ApplicationStatus::Withdrawn,
                Kind::ApplicationRejected => ApplicationStatus::Rejected,
                Kind::ApplicationAccepted => ApplicationStatus::Accepted,
                Kind::Released => ApplicationStatus::Released,
                _ => ApplicationStatus::Pending,
            };
            let before = match after {
                ApplicationStatus::Released => ApplicationStatus::Accepted,
                _ => ApplicationStatus::Pending,
            };
            assert_eq!(answers[index], before);
            answers[index] = after;
            match after {
                ApplicationStatus::Accepted => assignee = Some(applications[index].applicant),
                ApplicationStatus::Released => assignee = None,
                _ => {}
            }
        }
        if let Some(transition) = transition {
            transition.from(status).unwrap();
            status = transition.to();
        }
    }
    (status, assignee, answers)
}

#[test]
fn every_event_is_by_somebody_who_may_cause_it() {
    for Posting { owner, history, .. } in postings(12, 2_000) {
        for event in &history.events {
            let applicant = match event.about {
                About::Application(index) => Some(history.applications[index].applicant),
                _ => None,
            };
            let may = match event.kind {
                Kind::ApplicationReceived | Kind::ApplicationWithdrawn => event.actor == applicant,
                Kind::Expired => event.actor.is_none(),
                Kind::ApplicationRejected if history.status == Status::Expired => {
                    event.actor.is_none_or(|actor| actor == owner)
                }
                Kind::ReportedDone => event.actor == history.assignee,
                Kind::Released => event.actor == Some(owner) || event.actor == applicant,
                Kind::Started | Kind::Disputed => {
                    event.actor == Some(owner) || event.actor == history.assignee
                }
                _ => event.actor == Some(owner),
            };
            assert!(may, "{event:?} {history:?}");
        }
    }
}

#[test]
fn times_are_in_order_and_nothing_lies_in_the_future() {
    let (today, mut last) = (calendar::midnight(now()), Timestamp::default());
    let mut equal = 0;
    for posting in postings(12, 4_000) {
        let Posting { created_at, new, history, .. } = &posting;
        assert!(last <= *created_at);
        equal += usize::from(last == *created_at);
        last = *created_at;
        let mut at = *created_at;
        for event in &history.events {
            assert!(at <= event.at && event.at <= today, "{posting:?}");
            at = event.at;
        }
        assert!(*created_at <= history.updated_at && history.updated_at <= at);
        let open = matches!(history.status, Status::Draft | Status::Published);
        let over = new.expires_at.is_some_and(|at| at <= now());
        assert_eq!(over, history.status == Status::Expired, "{posting:?}");
        assert!(!open || new.scheduled_at.is_none_or(|at| at > now()));
    }
    assert!(equal > 0, "lists must meet equal sort keys");
}

#[test]
fn nobody_applies_twice_or_for_their_own_job() {
    for Posting { owner, history, .. } in postings(4, 2_000) {
        let mut people = HashSet::from([owner]);
        for applied in &history.applications {
            assert!(people.insert(applied.applicant));
        }
    }
}

#[test]
fn one_person_alone_has_jobs_without_applications() {
    let postings = postings(1, 300);
    assert!(postings.iter().all(|posting| posting.history.applications.is_empty()));
    assert!(postings.iter().all(|posting| posting.history.assignee.is_none()));
}

#[test]
fn most_jobs_are_published_and_every_state_type_and_city_occurs() {
    let postings = postings(100, 20_000);
    let published = postings.iter().filter(|posting| posting.history.status == Status::Published);
    assert!((10_000..15_000).contains(&published.count()));
    let types: HashSet<_> = postings.iter().map(|posting| &posting.new.job_type).collect();
    assert_eq!(types.len(), 12);
    let written: HashSet<_> = postings.iter().map(|posting| posting.new.city.as_str()).collect();
    let folded: HashSet<_> = written.iter().map(|city| parse::folded(city)).collect();
    assert_eq!((folded.len(), written.len()), (22, 22 + 4), "four cities are written both ways");
}

#[test]
fn no_line_of_the_vocabulary_is_lost() {
    let words = Vocabulary::load();
    assert_eq!(words.cities.len(), 22);
    assert!(words.cities.iter().all(|city| city.streets.len() >= 4));
    assert_eq!(words.trades.len(), 12);
    assert!(words.trades.iter().all(|trade| trade.tasks.len() == 5 && trade.remarks.len() == 4));
    assert!(words.messages.len() > 10 && words.family_names.len() > 100);
    assert!(words.given_names.len() > 80);
}
