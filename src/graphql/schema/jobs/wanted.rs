//! What a document wants of jobs: lists usually show few of their fields.

use async_graphql::{Context, Lookahead, SelectionField};

use crate::domain::jobs::job::{Detail, Wanted};

/// The fields of a job that a brief reading is enough for.
const BRIEF_JOB: [&str; 14] = [
    "__typename",
    "id",
    "databaseId",
    "title",
    "jobType",
    "city",
    "estimatedAmount",
    "status",
    "createdAt",
    "owner",
    "assignee",
    "applications",
    "events",
    "reviews",
];

/// The fields of a person that a brief reading is enough for.
const BRIEF_USER: [&str; 6] = ["__typename", "id", "name", "rating", "completedJobs", "reviews"];

/// What is wanted of the job that a field returns.
pub(super) fn of_job(ctx: &Context<'_>) -> Wanted {
    of(&ctx.look_ahead())
}

/// What is wanted of the jobs of the connection that a field returns.
pub(super) fn of_connection(ctx: &Context<'_>) -> Wanted {
    let connection = ctx.look_ahead();
    let (nodes, edges) = (of(&connection.field("nodes")), connection.field("edges"));
    nodes.or(of(&edges.field("node")))
}

fn of(jobs: &Lookahead<'_>) -> Wanted {
    let owners = jobs.field("owner");
    Wanted {
        job: detail(jobs, &BRIEF_JOB),
        owner: owners.exists().then(|| detail(&owners, &BRIEF_USER)),
    }
}

fn detail(objects: &Lookahead<'_>, brief: &[&str]) -> Detail {
    let objects = objects.selection_fields();
    let mut fields = objects.iter().flat_map(SelectionField::selection_set);
    if fields.all(|field| brief.contains(&field.name())) { Detail::Brief } else { Detail::Full }
}
