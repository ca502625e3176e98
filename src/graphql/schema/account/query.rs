//! Queries for people and for the caller's own data.

use async_graphql::{Context, ID, Object};

use crate::{
    domain::{account::user, viewer::Viewer},
    error::{Error, Noun, Result},
    graphql::{
        engine::context::ContextExt,
        schema::{
            account::user::{User, user_id},
            constraint,
            keys::api_key::{self, ApiKeyConnection},
            page::page_input,
        },
    },
};

#[derive(Default)]
pub struct UserQuery;

#[Object]
impl UserQuery {
    /// The signed-in person; null for visitors.
    async fn viewer(&self, ctx: &Context<'_>) -> Option<Result<User>> {
        match ctx.viewer() {
            Viewer::Anonymous => None,
            viewer => Some(match viewer.member() {
                Ok(member) => get(ctx, member.user_id).await,
                Err(error) => Err(error),
            }),
        }
    }

    /// One person, for callers who are signed in.
    async fn user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global id, such as `user_123456`.")] id: ID,
    ) -> Option<Result<User>> {
        match ctx.viewer().known().and_then(|()| user_id(&id, "id")) {
            Ok(id) => Some(get(ctx, id).await),
            Err(error) => Some(Err(error)),
        }
    }

    /// The caller's API keys, newest first.
    async fn api_keys(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Items from the start; 20 if neither `first` nor `last` is given.",
            directive = constraint::PageSize::apply()
        )]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(
            desc = "Items from the end, instead of `first`.",
            directive = constraint::PageSize::apply()
        )]
        last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<ApiKeyConnection> {
        let member = ctx.viewer().member()?;
        api_key::list(ctx.services(), member, page_input(first, after, last, before)).await
    }
}

async fn get(ctx: &Context<'_>, id: i64) -> Result<User> {
    find(ctx, id).await?.ok_or(Error::NotFound(Noun::User))
}

/// The person, unless the account was erased.
async fn find(ctx: &Context<'_>, id: i64) -> Result<Option<User>> {
    Ok(user::find(ctx.services(), id).await?.map(User::new))
}
