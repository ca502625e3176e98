//! Whom an event is told.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::{
    domain::{
        account::user::Role as Right,
        change::Change,
        jobs::{
            application::Status,
            event::{Logged, about},
            job::Job,
            told::{Role, told},
        },
    },
    entity::{application, job, user},
    error::Result,
};

/// What is to be known of the jobs of some events, as they are now.
pub(super) struct People {
    jobs: HashMap<i64, Job>,
    /// Who waits for an answer, by job.
    waiting: HashMap<i64, Vec<i64>>,
    administrators: Vec<i64>,
}

impl People {
    pub async fn read(change: &Change<'_>, events: &[Logged]) -> Result<Self> {
        let of = |role: Role| {
            let tells = move |logged: &&Logged| told(logged.event.kind).contains(&role);
            events.iter().filter(tells).map(|logged| logged.event.job_id).collect::<BTreeSet<_>>()
        };
        let jobs = job::Entity::find()
            .filter(job::Column::Id.is_in(events.iter().map(|logged| logged.event.job_id)))
            .all(change)
            .await?;
        let is_theirs = !of(Role::Administrators).is_empty();
        let administrators = if is_theirs { administrators(change).await? } else { Vec::new() };
        Ok(Self {
            jobs: jobs.into_iter().map(|job| (job.id, job)).collect(),
            waiting: waiting(change, of(Role::Applicants)).await?,
            administrators,
        })
    }

    pub fn job(&self, id: i64) -> Option<&Job> {
        self.jobs.get(&id)
    }

    /// Everybody who is told of the event: not who did it, and each once.
    pub fn told_of(&self, logged: &Logged) -> BTreeSet<i64> {
        let roles = told(logged.event.kind).iter();
        let mut people: BTreeSet<i64> =
            roles.flat_map(|role| self.in_role(*role, logged)).collect();
        if let Some(actor) = logged.event.actor_id {
            people.remove(&actor);
        }
        people
    }

    fn in_role(&self, role: Role, logged: &Logged) -> Vec<i64> {
        let (event, owner) = (&logged.event, logged.owner_id);
        match role {
            Role::Owner => vec![owner],
            Role::Worker => self.worker(logged).into_iter().collect(),
            Role::Parties => [owner].into_iter().chain(self.worker(logged)).collect(),
            Role::Applicant => about(event)["applicantId"].as_i64().into_iter().collect(),
            Role::Applicants => self.waiting.get(&event.job_id).cloned().unwrap_or_default(),
            Role::Administrators => self.administrators.clone(),
        }
    }

    /// The assignee, also one who has just stepped back.
    fn worker(&self, logged: &Logged) -> Option<i64> {
        let assignee = self.job(logged.event.job_id).and_then(|job| job.assignee_id);
        about(&logged.event)["applicantId"].as_i64().or(assignee)
    }
}

async fn administrators(change: &Change<'_>) -> Result<Vec<i64>> {
    Ok(user::Entity::find()
        .select_only()
        .column(user::Column::Id)
        .filter(user::Column::Role.eq(Right::Admin))
        .filter(user::Column::DeletedAt.is_null())
        .into_tuple()
        .all(change)
        .await?)
}

async fn waiting(change: &Change<'_>, jobs: BTreeSet<i64>) -> Result<HashMap<i64, Vec<i64>>> {
    let mut waiting: HashMap<i64, Vec<i64>> = HashMap::new();
    if jobs.is_empty() {
        return Ok(waiting);
    }
    let pairs: Vec<(i64, i64)> = application::Entity::find()
        .select_only()
        .columns([application::Column::JobId, application::Column::ApplicantId])
        .filter(application::Column::JobId.is_in(jobs))
        .filter(application::Column::Status.eq(Status::Pending))
        .into_tuple()
        .all(change)
        .await?;
    for (job_id, applicant) in pairs {
        waiting.entry(job_id).or_default().push(applicant);
    }
    Ok(waiting)
}
