//! The timeline of a job in the schema.

use std::sync::Arc;

use async_graphql::{Context, Description, Object, connection::EmptyFields};

use crate::{
    domain::{
        Services,
        jobs::event::{self, JobEvent as Event, Kind},
        store::page::{PageInput, Position},
    },
    error::Result,
    graphql::{
        engine::{
            context::ContextExt,
            loaders::UserById,
            written::{ready, written_enum},
        },
        schema::{
            account::user::User,
            page::{Connected, connection},
            scalars::DateTime,
        },
    },
};

/// Something that happened to a job.
#[derive(Description)]
pub struct JobEvent(pub(in crate::graphql) Event);

/// A page of a job's timeline.
pub(in crate::graphql) type JobEventConnection = Connected<JobEvent, EmptyFields>;

#[Object(use_type_description)]
impl JobEvent {
    /// The place in the one order of all events; grows, with gaps for events of other jobs.
    async fn position(&self) -> i64 {
        self.0.position
    }

    /// What happened.
    async fn kind(&self) -> Kind {
        self.0.kind
    }

    /// Who did it; null if it came by itself, by time or with the account of the owner.
    async fn actor(&self, ctx: &Context<'_>) -> Option<Result<User>> {
        let id = self.0.actor_id?;
        ctx.loaders().load_one(UserById(id)).await.map(|user| user.map(User::new)).transpose()
    }

    /// Whose application it is about, if it is about one.
    async fn applicant(&self, ctx: &Context<'_>) -> Option<Result<User>> {
        let id = event::about(&self.0)["applicantId"].as_i64()?;
        ctx.loaders().load_one(UserById(id)).await.map(|user| user.map(User::new)).transpose()
    }

    /// Whether a program did it with the actor's API key.
    async fn by_api_key(&self) -> bool {
        self.0.api_key_id.is_some()
    }

    /// Names of the fields that an update changed.
    async fn changed_fields(&self) -> Vec<String> {
        let data = event::about(&self.0);
        let names = data.get("fields").and_then(serde_json::Value::as_array);
        names.into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect()
    }

    /// Why a job was released or disputed, or a dispute so decided.
    async fn reason(&self) -> Option<String> {
        event::about(&self.0)["reason"].as_str().map(str::to_owned)
    }

    /// When it happened.
    async fn created_at(&self) -> DateTime {
        DateTime::millis(self.0.created_at.0)
    }
}

written_enum! { Kind }

ready! {
    JobEvent {
        "position": position,
        "kind": kind,
        "byApiKey": by_api_key,
        "createdAt": created_at,
    }
}

/// The timeline of a job, oldest first.
pub(in crate::graphql) async fn of_job(
    services: &Arc<Services>,
    job_id: i64,
    input: PageInput,
) -> Result<JobEventConnection> {
    let args = input.parse(&services.keys, event::LIST)?;
    let page = args.page(event::of_job(services, job_id, &args).await?);
    let position = |event: &Event| Position { key: 0, id: event.position };
    Ok(connection(services, event::LIST, page, position, JobEvent, EmptyFields))
}
