//! Writes seed data in few statements of many rows each.

use std::{collections::HashMap, mem};

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, IntoActiveModel, PrimaryKeyTrait, QueryFilter, QuerySelect,
};
use serde_json::{Value, json};

use super::{
    history::{About, Applied, Happened},
    people::Person,
    posting::Posting,
    reviews::{self, Written},
};
use crate::{
    domain::{
        account::user::Role,
        change::{Change, about_application, about_change, lock_log},
        jobs::{event::Kind, job_type::JobType},
        to_millis,
    },
    entity::{application, job, job_event, review, user},
    error::Result,
};

/// Rows per statement: within SQLite's 32,766 variables for the widest table.
const ROWS: usize = 1_000;

/// Inserts people whose address has no account yet; returns the ids of all in order, and the number
/// of new ones.
pub(super) async fn insert_people(
    change: &Change<'_>,
    people: &[Person],
    password_hash: &str,
) -> Result<(Vec<i64>, usize)> {
    let mut ids = accounts(change, people).await?;
    let new: Vec<&Person> =
        people.iter().filter(|person| !ids.contains_key(&person.email)).collect();
    let rows = new.iter().map(|person| person_row(person, password_hash)).collect();
    let keys = insert::<user::Entity, _>(change, rows).await?;
    let count = keys.len();
    ids.extend(new.iter().map(|person| person.email.clone()).zip(keys));
    Ok((people.iter().filter_map(|person| ids.get(&person.email).copied()).collect(), count))
}

/// Inserts jobs with applications, events and reviews, for the people with these ids; returns the number
/// of applications.
pub(super) async fn insert_postings(
    change: &Change<'_>,
    people: &[i64],
    (known, words): (&[JobType], &[&'static str]),
    postings: &[Posting],
) -> Result<usize> {
    let rows: Result<_> = postings.iter().map(|posting| job_row(people, known, posting)).collect();
    let jobs = insert::<job::Entity, _>(change, rows?).await?;
    let jobs: Vec<_> =
        jobs.into_iter().zip(postings.iter().map(|posting| &posting.history)).collect();

    let rows = jobs.iter().flat_map(|(job_id, history)| {
        history.applications.iter().map(|applied| application_row(people, *job_id, applied))
    });
    let applications = insert::<application::Entity, _>(change, rows.collect()).await?;

    let reviews = jobs.iter().zip(postings).flat_map(|((job_id, _), posting)| {
        reviews::reviews(words, posting).map(|written| review_row(people, *job_id, written))
    });
    insert::<review::Entity, _>(change, reviews.collect()).await?;

    let mut rest = &applications[..];
    let mut events = Vec::new();
    for (job_id, history) in jobs {
        let ids;
        (ids, rest) = rest.split_at(history.applications.len());
        for happened in &history.events {
            let data = match happened.about {
                About::Job => json!({}),
                About::Field(name, status) => about_change(&[name], status),
                About::Application(index) => {
                    let applicant = people[history.applications[index].applicant];
                    about_application(ids[index], applicant)
                }
            };
            events.push((happened.at, event_row(people, job_id, happened, &data)));
        }
    }
    // Jobs of one batch overlap in time, but the log is in order of time.
    events.sort_by_key(|&(at, _)| at);
    insert_events(change, events.into_iter().map(|(_, row)| row).collect()).await?;
    Ok(applications.len())
}

async fn accounts(change: &Change<'_>, people: &[Person]) -> Result<HashMap<String, i64>> {
    let emails = people.iter().map(|person| person.email.as_str());
    let rows: Vec<(String, i64)> = user::Entity::find()
        .select_only()
        .columns([user::Column::EmailCanonical, user::Column::Id])
        .filter(user::Column::EmailCanonical.is_in(emails))
        .into_tuple()
        .all(change)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Inserts rows and returns their ids in order: both databases number the rows of a statement in
/// the order listed.
async fn insert<E, A>(change: &Change<'_>, rows: Vec<A>) -> Result<Vec<i64>>
where
    E: EntityTrait,
    E::PrimaryKey: PrimaryKeyTrait<ValueType = i64>,
    E::Model: IntoActiveModel<A>,
    A: ActiveModelTrait<Entity = E>,
{
    let mut ids = Vec::with_capacity(rows.len());
    for rows in chunks(rows) {
        let mut keys = E::insert_many(rows).exec_with_returning_keys(change).await?;
        keys.sort_unstable();
        ids.append(&mut keys);
    }
    Ok(ids)
}

/// Appends to the event log; these must be the last statements of a transaction.
async fn insert_events(change: &Change<'_>, rows: Vec<job_event::ActiveModel>) -> Result<()> {
    let last = lock_log(change).await?;
    let numbered = (last + 1..).zip(rows).map(|(position, mut row)| {
        row.position = Set(position);
        row
    });
    for rows in chunks(numbered.collect()) {
        job_event::Entity::insert_many(rows).exec_without_returning(change).await?;
    }
    Ok(())
}

fn chunks<T>(mut rows: Vec<T>) -> impl Iterator<Item = Vec<T>> {
    std::iter::from_fn(move || {
        let rest = rows.split_off(rows.len().min(ROWS));
        let chunk = mem::replace(&mut rows, rest);
        (!chunk.is_empty()).then_some(chunk)
    })
}

fn person_row(person: &Person, password_hash: &str) -> user::ActiveModel {
    let at = to_millis(person.created_at);
    user::ActiveModel {
        name: Set(person.name.clone()),
        email: Set(person.email.clone()),
        email_canonical: Set(person.email.clone()),
        phone: Set(person.phone.clone()),
        password_hash: Set(password_hash.to_owned()),
        role: Set(Role::User),
        verified_at: Set(Some(at)),
        created_at: Set(at),
        updated_at: Set(at),
        ..Default::default()
    }
}

/// The row of a job that its owner could have sent when it was posted.
fn job_row(
    people: &[i64],
    known: &[JobType],
    Posting { owner, new, created_at, history }: &Posting,
) -> Result<job::ActiveModel> {
    Ok(job::ActiveModel {
        owner_id: Set(people[*owner]),
        assignee_id: Set(history.assignee.map(|assignee| people[assignee])),
        status: Set(history.status),
        version: Set(history.version),
        created_at: Set(to_millis(*created_at)),
        updated_at: Set(to_millis(history.updated_at)),
        // Indexed afterwards, many at once.
        indexed: Set(0),
        application_count: Set(standing(&history.applications)),
        agreed_amount: Set(agreed(new.estimated_amount, &history.applications)),
        reported_at: Set(history.at(Kind::ReportedDone).map(to_millis)),
        completed_at: Set(history.at(Kind::Completed).map(to_millis)),
        disputed_at: Set(history.at(Kind::Disputed).map(to_millis)),
        ..new.clone().parse(known, *created_at)?
    })
}

fn standing(applications: &[Applied]) -> i64 {
    let withdrawn = |applied: &&Applied| applied.status == application::Status::Withdrawn;
    let standing = applications.iter().filter(|applied| !withdrawn(applied)).count();
    i64::try_from(standing).unwrap_or(i64::MAX)
}

/// What the accepted applicant offered, else what was expected.
fn agreed(estimated: i64, applications: &[Applied]) -> Option<i64> {
    let mut accepted =
        applications.iter().filter(|applied| applied.status == application::Status::Accepted);
    accepted.next().map(|applied| applied.offered_amount.unwrap_or(estimated))
}

fn application_row(people: &[i64], job_id: i64, applied: &Applied) -> application::ActiveModel {
    application::ActiveModel {
        job_id: Set(job_id),
        applicant_id: Set(people[applied.applicant]),
        message: Set(applied.message.clone()),
        offered_amount: Set(applied.offered_amount),
        status: Set(applied.status),
        created_at: Set(to_millis(applied.created_at)),
        updated_at: Set(to_millis(applied.updated_at)),
        id: NotSet,
        times_sent: Set(1),
        may_return: Set(applied.may_return),
    }
}

fn review_row(people: &[i64], job_id: i64, written: Written) -> review::ActiveModel {
    review::ActiveModel {
        job_id: Set(job_id),
        author_id: Set(people[written.author]),
        reviewed_id: Set(people[written.reviewed]),
        rating: Set(written.rating),
        text: Set(written.text),
        created_at: Set(to_millis(written.at)),
        visible_at: Set(to_millis(written.visible_at)),
        ..Default::default()
    }
}

fn event_row(
    people: &[i64],
    job_id: i64,
    happened: &Happened,
    data: &Value,
) -> job_event::ActiveModel {
    job_event::ActiveModel {
        job_id: Set(job_id),
        actor_id: Set(happened.actor.map(|actor| people[actor])),
        api_key_id: Set(None),
        kind: Set(happened.kind),
        data: Set(data.to_string()),
        created_at: Set(to_millis(happened.at)),
        position: NotSet,
    }
}
