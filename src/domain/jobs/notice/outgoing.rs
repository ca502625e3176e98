//! A queued mail of notices, composed when it is sent: from what the reader may see then.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value;

use super::{
    Kind, Notice, invite,
    letter::{self, Envelope},
    unsubscribe::{self, Unsubscribing},
    words::{self, Names},
};
use crate::{
    domain::{
        Services,
        account::user::{self, Person, User},
        jobs::{
            application::{self, Application},
            job::{self, Job},
        },
        viewer::Audience,
    },
    entity::notice::{Column, Entity},
    error::Result,
    id::GlobalId,
    language::Language,
    mail::{Choice, Letter, foreign, moment},
};

/// What notices are about, as far as the reader may see it.
struct Facts {
    jobs: HashMap<i64, Job>,
    applications: HashMap<i64, Application>,
    people: HashMap<i64, Person>,
}

/// The mail of these notices; None if nothing is left to tell: the account is not in good standing, the
/// reader may not see the jobs any more, has read all of several notices, or has reviewed meanwhile.
pub(in crate::domain) async fn compose(
    services: &Services,
    reader: &User,
    detail: &str,
) -> Result<Option<Letter>> {
    if reader.suspended_at.is_some() || reader.deleted_at.is_some() || reader.erase_at.is_some() {
        return Ok(None);
    }
    let ids = serde_json::from_str::<Value>(detail).unwrap_or_default();
    let ids: Vec<i64> = ids.as_array().into_iter().flatten().filter_map(Value::as_i64).collect();
    let mut notices = Entity::find()
        .filter(Column::UserId.eq(reader.id))
        .filter(Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(Column::Id)
        .all(services.db.read())
        .await?;
    if ids.len() > 1 {
        notices.retain(|notice| notice.read_at.is_none());
    }
    let written = invite::written(services, reader.id, &notices).await?;
    notices.retain(|it| it.kind != Kind::ReviewToWrite || !written.contains(&it.job_id));
    let facts = Facts::read(services, reader.id, &notices).await?;
    notices.retain(|notice| facts.jobs.contains_key(&notice.job_id));
    Ok(match &notices[..] {
        [] => None,
        [notice] => Some(one(services, reader, notice, &facts)),
        notices => Some(many(services, reader, notices, &facts)),
    })
}

impl Facts {
    async fn read(services: &Services, reader: i64, notices: &[Notice]) -> Result<Self> {
        let audience = Audience::Person(reader);
        let jobs: Vec<i64> = notices.iter().map(|notice| notice.job_id).collect();
        let jobs = job::by_ids(services, audience, &jobs).await?;
        let ids: Vec<i64> = notices.iter().filter_map(|notice| notice.application_id).collect();
        let applications = application::by_ids(services, audience, &ids).await?;
        let people: Vec<i64> = jobs
            .iter()
            .flat_map(|job| [Some(job.owner_id), job.assignee_id])
            .flatten()
            .chain(applications.iter().map(|application| application.applicant_id))
            .collect();
        let people = user::by_ids(services, &people).await?;
        Ok(Self {
            jobs: jobs.into_iter().map(|job| (job.id, job)).collect(),
            applications: applications.into_iter().map(|it| (it.id, it)).collect(),
            people: people.into_iter().map(|person| (person.id, person)).collect(),
        })
    }

    fn job(&self, notice: &Notice) -> Option<&Job> {
        self.jobs.get(&notice.job_id)
    }

    fn application(&self, notice: &Notice) -> Option<&Application> {
        self.applications.get(&notice.application_id?)
    }

    fn title(&self, notice: &Notice) -> &str {
        self.job(notice).map_or("", |job| job.title.as_str())
    }

    /// Whom the reader has to do with: the owner of the job, or who applied to it or works on it.
    fn other(&self, notice: &Notice) -> Option<&str> {
        let job = self.job(notice)?;
        let applicant = self.application(notice).map(|application| application.applicant_id);
        let is_own = job.owner_id == notice.user_id;
        let other = if is_own { applicant.or(job.assignee_id)? } else { job.owner_id };
        self.people.get(&other).map(|person| person.name.as_str())
    }

    fn names<'a>(&'a self, notice: &Notice) -> Names<'a> {
        Names { job: self.title(notice), who: self.other(notice) }
    }

    /// Labels and values: the job, the other side, what it pays and when it is.
    fn told(&self, notice: &Notice, language: Language) -> Vec<(&'static str, String)> {
        let offered = self.application(notice).and_then(|application| application.offered_amount);
        let job = self.job(notice);
        let is_party =
            |job: &&Job| job.owner_id == notice.user_id || job.assignee_id == Some(notice.user_id);
        let agreed = job.filter(is_party).and_then(|job| job.agreed_amount);
        let amount = agreed.or(offered).or(job.map(|job| job.estimated_amount));
        // What was agreed is void by then, and what the job offers now was not the agreement.
        let amount = amount.filter(|_| notice.kind != Kind::JobReleased);
        let day = job.and_then(|job| job.scheduled_at);
        let told = [
            (&words::JOB, foreign(self.title(notice))),
            (&words::OTHER, self.other(notice).and_then(foreign)),
            (&words::AMOUNT, amount.map(|amount| format!("NT${}", grouped(amount)))),
            (&words::DAY, day.map(|day| moment(day.0, language))),
        ];
        told.into_iter().filter_map(|(label, value)| Some((language.pick(label), value?))).collect()
    }
}

fn one(services: &Services, reader: &User, notice: &Notice, facts: &Facts) -> Letter {
    let path = format!("/app/jobs/{}", GlobalId::Job(notice.job_id));
    let to = envelope(services, reader, &path, Unsubscribing::Kind(notice.kind));
    letter::single(to, notice.kind, &facts.names(notice), facts.told(notice, reader.language))
}

fn many(services: &Services, reader: &User, notices: &[Notice], facts: &Facts) -> Letter {
    let line = |notice: &Notice| {
        let title = foreign(facts.title(notice)).unwrap_or_default();
        let who = facts.other(notice).and_then(foreign).unwrap_or_default();
        let parts = [title, who].into_iter().filter(|part| !part.is_empty());
        (notice.kind, parts.collect::<Vec<_>>().join(" · "))
    };
    let to = envelope(services, reader, "/app/notices", Unsubscribing::All);
    letter::digest(to, notices.iter().map(line).collect())
}

fn envelope(services: &Services, reader: &User, path: &str, which: Unsubscribing) -> Envelope {
    Envelope {
        name: reader.name.clone(),
        language: reader.language,
        url: services.config.page(path),
        choice: choice(services, reader.id, which),
    }
}

fn choice(services: &Services, user_id: i64, which: Unsubscribing) -> Choice {
    let preferences = services.config.page("/app/account/notices");
    Choice { preferences, unsubscribe: unsubscribe::link(services, user_id, which) }
}

/// The number with a comma before each three digits.
fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let comma = |(index, digit): (usize, char)| {
        let is_first = index == 0;
        let before = (!is_first && (digits.len() - index).is_multiple_of(3)).then_some(',');
        before.into_iter().chain([digit])
    };
    digits.chars().enumerate().flat_map(comma).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn thousands_are_set_apart() {
        let grouped = [0, 999, 1_000, 12_345, 1_000_000].map(super::grouped);
        assert_eq!(grouped, ["0", "999", "1,000", "12,345", "1,000,000"]);
    }
}
