//! Notices as they come.

use std::sync::Arc;

use async_graphql::{Context, Description, Object};

use crate::{
    domain::jobs::notice,
    error::Result,
    graphql::{engine::context::ContextExt, schema::jobs::notice::Notice},
};

/// A notice that has just come.
#[derive(Description)]
pub struct NoticeNews(pub(super) Arc<notice::Notice>);

#[Object(use_type_description)]
impl NoticeNews {
    /// The place of the notice; a client that connects anew goes on after it.
    async fn cursor(&self, ctx: &Context<'_>) -> String {
        notice::cursor(ctx.services(), self.0.id)
    }

    /// The notice as it was when it came.
    async fn notice(&self) -> Notice {
        Notice((*self.0).clone())
    }

    /// How many notices of the caller are not marked read now, counted up to 10,000.
    async fn unread_count(&self, ctx: &Context<'_>) -> Result<i64> {
        notice::count_unread(ctx.services(), ctx.viewer().member()?).await
    }
}
