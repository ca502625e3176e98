//! Loads shared by the resolvers of one request: one statement per kind and level.

pub(in crate::graphql) mod keys;
pub(in crate::graphql) mod releases;
pub(in crate::graphql) mod reviews;

use std::{collections::HashMap, hash::Hash, sync::Arc};

use async_graphql::dataloader::{DataLoader, Loader};

use crate::{
    domain::{
        Services,
        account::user::{self, Person},
        jobs::{
            application::{self, Application},
            job::{self, Job},
        },
        store::page::{Page, PageArgs},
        viewer::Viewer,
    },
    error::{Error, Result},
    graphql::engine::batch::{Loads, batches},
};

/// The loaders of one request; never shared between requests, since results depend on the viewer.
pub struct Loaders {
    services: Arc<Services>,
    viewer: Viewer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::graphql) struct UserById(pub i64);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::graphql) struct JobById(pub i64);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::graphql) struct ApplicationById(pub i64);

/// A page of an owner's jobs, newest first, of one status if given.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::graphql) struct JobsOf {
    pub owner_id: i64,
    pub status: Option<job::Status>,
    pub args: PageArgs,
    pub detail: job::Detail,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::graphql) struct JobCountOf {
    pub owner_id: i64,
    pub status: Option<job::Status>,
}

/// A page of the applications for a job, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::graphql) struct ApplicationsFor {
    pub job_id: i64,
    pub args: PageArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::graphql) struct ApplicationCountFor(pub i64);

/// A page of the applications of one applicant, newest first, of one status if given.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::graphql) struct ApplicationsBy {
    pub applicant_id: i64,
    pub status: Option<application::Status>,
    pub args: PageArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::graphql) struct ApplicationCountBy {
    pub applicant_id: i64,
    pub status: Option<application::Status>,
}

impl Loaders {
    /// Loaders for one request, and the loads that must run beside its execution.
    pub(in crate::graphql) fn new(
        services: Arc<Services>,
        viewer: Viewer,
    ) -> (DataLoader<Self>, Loads) {
        let (queue, loads) = batches();
        (DataLoader::new(Self { services, viewer }, queue.clone(), queue), loads)
    }
}

impl Loader<UserById> for Loaders {
    type Value = Person;
    type Error = Error;

    async fn load(&self, keys: &[UserById]) -> Result<HashMap<UserById, Person>> {
        let ids: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let users = user::by_ids(&self.services, &ids).await?;
        Ok(users.into_iter().map(|user| (UserById(user.id), user)).collect())
    }
}

impl Loader<JobById> for Loaders {
    type Value = Job;
    type Error = Error;

    async fn load(&self, keys: &[JobById]) -> Result<HashMap<JobById, Job>> {
        let ids: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let jobs = job::by_ids(&self.services, self.viewer.audience()?, &ids).await?;
        Ok(jobs.into_iter().map(|job| (JobById(job.id), job)).collect())
    }
}

impl Loader<ApplicationById> for Loaders {
    type Value = Application;
    type Error = Error;

    async fn load(
        &self,
        keys: &[ApplicationById],
    ) -> Result<HashMap<ApplicationById, Application>> {
        let ids: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let found = application::by_ids(&self.services, self.viewer.audience()?, &ids).await?;
        Ok(found.into_iter().map(|it| (ApplicationById(it.id), it)).collect())
    }
}

impl Loader<JobsOf> for Loaders {
    type Value = Page<Job>;
    type Error = Error;

    async fn load(&self, keys: &[JobsOf]) -> Result<HashMap<JobsOf, Page<Job>>> {
        let audience = self.viewer.audience()?;
        let mut pages = HashMap::new();
        for ((status, args, detail), owners) in
            by_args(keys, |key| ((key.status, &key.args, key.detail), key.owner_id))
        {
            let rows =
                job::of_owners(&self.services, audience, &owners, status, args, detail).await?;
            for (owner_id, page) in paged(rows, owners, args, |job| job.owner_id) {
                pages.insert(JobsOf { owner_id, status, args: args.clone(), detail }, page);
            }
        }
        Ok(pages)
    }
}

impl Loader<JobCountOf> for Loaders {
    type Value = i64;
    type Error = Error;

    async fn load(&self, keys: &[JobCountOf]) -> Result<HashMap<JobCountOf, i64>> {
        let (services, audience, mut totals) =
            (&self.services, self.viewer.audience()?, HashMap::new());
        for (status, owners) in by_args(keys, |key| (key.status, key.owner_id)) {
            let counts = job::count_of_owners(services, audience, &owners, status).await?;
            let total = |(owner_id, count)| (JobCountOf { owner_id, status }, count);
            totals.extend(counts.into_iter().map(total));
        }
        Ok(totals)
    }
}

impl Loader<ApplicationsFor> for Loaders {
    type Value = Page<Application>;
    type Error = Error;

    async fn load(
        &self,
        keys: &[ApplicationsFor],
    ) -> Result<HashMap<ApplicationsFor, Page<Application>>> {
        let audience = self.viewer.audience()?;
        let mut pages = HashMap::new();
        for (args, jobs) in by_args(keys, |key| (&key.args, key.job_id)) {
            let rows = application::of_jobs(&self.services, audience, &jobs, args).await?;
            for (job_id, page) in paged(rows, jobs, args, |application| application.job_id) {
                pages.insert(ApplicationsFor { job_id, args: args.clone() }, page);
            }
        }
        Ok(pages)
    }
}

impl Loader<ApplicationCountFor> for Loaders {
    type Value = i64;
    type Error = Error;

    async fn load(
        &self,
        keys: &[ApplicationCountFor],
    ) -> Result<HashMap<ApplicationCountFor, i64>> {
        let jobs: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let counts =
            application::count_of_jobs(&self.services, self.viewer.audience()?, &jobs).await?;
        Ok(counts.into_iter().map(|(job, count)| (ApplicationCountFor(job), count)).collect())
    }
}

impl Loader<ApplicationsBy> for Loaders {
    type Value = Page<Application>;
    type Error = Error;

    async fn load(
        &self,
        keys: &[ApplicationsBy],
    ) -> Result<HashMap<ApplicationsBy, Page<Application>>> {
        let (services, audience) = (&self.services, self.viewer.audience()?);
        let mut pages = HashMap::new();
        for ((status, args), people) in
            by_args(keys, |key| ((key.status, &key.args), key.applicant_id))
        {
            let rows =
                application::of_applicants(services, audience, &people, status, args).await?;
            for (applicant_id, page) in paged(rows, people, args, |sent| sent.applicant_id) {
                pages.insert(ApplicationsBy { applicant_id, status, args: args.clone() }, page);
            }
        }
        Ok(pages)
    }
}

impl Loader<ApplicationCountBy> for Loaders {
    type Value = i64;
    type Error = Error;

    async fn load(&self, keys: &[ApplicationCountBy]) -> Result<HashMap<ApplicationCountBy, i64>> {
        let (services, audience, mut totals) =
            (&self.services, self.viewer.audience()?, HashMap::new());
        for (status, people) in by_args(keys, |key| (key.status, key.applicant_id)) {
            let counts =
                application::count_of_applicants(services, audience, &people, status).await?;
            let total =
                |(applicant_id, count)| (ApplicationCountBy { applicant_id, status }, count);
            totals.extend(counts.into_iter().map(total));
        }
        Ok(totals)
    }
}

/// Groups parents by arguments: each group is one statement.
fn by_args<'a, K, Args: Eq + Hash>(
    keys: &'a [K],
    split: impl Fn(&'a K) -> (Args, i64),
) -> HashMap<Args, Vec<i64>> {
    let mut groups: HashMap<Args, Vec<i64>> = HashMap::new();
    for (args, parent) in keys.iter().map(split) {
        groups.entry(args).or_default().push(parent);
    }
    groups
}

/// One page for every parent, including empty ones.
fn paged<Row>(
    rows: Vec<Row>,
    parents: Vec<i64>,
    args: &PageArgs,
    parent: impl Fn(&Row) -> i64,
) -> impl Iterator<Item = (i64, Page<Row>)> {
    let mut of: HashMap<i64, Vec<Row>> = parents.into_iter().map(|id| (id, Vec::new())).collect();
    for row in rows {
        of.entry(parent(&row)).or_default().push(row);
    }
    of.into_iter().map(|(id, rows)| (id, args.page(rows)))
}
