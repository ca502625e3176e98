//! The jobs of an owner, below that person.

use async_graphql::Context;

use super::{Job, JobConnection};
use crate::{
    domain::{
        account::user::Person,
        jobs::job::{self, Detail, JobOrder, Status},
        store::page::PageInput,
    },
    error::Result,
    graphql::{
        engine::{
            context::ContextExt,
            loaders::{JobCountOf, JobsOf},
        },
        schema::{
            jobs::{total::JobTotal, wanted},
            page::connection,
        },
    },
};

/// A page of an owner's jobs, of one status if given. The owner is known: jobs that show no more of
/// them than was read need no further reading.
pub(in crate::graphql) async fn of_owner(
    ctx: &Context<'_>,
    (owner, known): (&Person, Detail),
    status: Option<Status>,
    input: PageInput,
) -> Result<JobConnection> {
    let (services, order) = (ctx.services(), JobOrder::Newest);
    let (args, wanted) = (input.parse(&services.keys, order.list())?, wanted::of_connection(ctx));
    let jobs = JobsOf { owner_id: owner.id, status, args, detail: wanted.job };
    let page = ctx.loaders().load_one(jobs).await?.unwrap_or_default();
    let total = JobTotal::of_owner(JobCountOf { owner_id: owner.id, status });
    let owner = wanted.owner.filter(|wanted| *wanted <= known).map(|_| owner);
    let node = |job| Job { job, owner: owner.map(|owner| Box::new((owner.clone(), known))) };
    let position = |job: &job::Job| order.position(job);
    Ok(connection(services, order.list(), page, position, node, total))
}
