//! What a resolver can reach: the services, who asks and the loaders of this request.

use std::sync::Arc;

use async_graphql::{Context, dataloader::DataLoader};

use super::loaders::Loaders;
use crate::domain::{
    Services,
    audit::Origin,
    limit::Door,
    session::Client,
    viewer::{Audience, Viewer},
};
use crate::error::Result;

/// Who asks, from where and through which door.
#[derive(Debug, Clone)]
pub struct Caller {
    pub viewer: Viewer,
    pub client: Client,
    pub door: Door,
    /// The route of REST that the request came by.
    pub route: Option<Arc<str>>,
}

impl Caller {
    /// Somebody who has not proven anything.
    #[must_use]
    pub fn unknown(client: Client, door: Door) -> Self {
        Self { viewer: Viewer::Anonymous, client, door, route: None }
    }
}

/// Short names for what the engine keeps in its untyped store.
pub(super) trait ContextExt<'a> {
    fn services(&self) -> &'a Arc<Services>;
    fn caller(&self) -> &'a Caller;
    fn loaders(&self) -> &'a DataLoader<Loaders>;

    fn viewer(&self) -> &'a Viewer {
        &self.caller().viewer
    }

    /// Who the caller is and from where, for the audit log.
    fn origin(&self) -> Origin {
        Origin::of(self.viewer(), &self.caller().client)
    }

    /// Which jobs the caller may see.
    fn audience(&self) -> Result<Audience> {
        self.viewer().audience()
    }
}

impl<'a> ContextExt<'a> for Context<'a> {
    fn services(&self) -> &'a Arc<Services> {
        self.data_unchecked()
    }

    fn caller(&self) -> &'a Caller {
        self.data_unchecked()
    }

    fn loaders(&self) -> &'a DataLoader<Loaders> {
        self.data_unchecked()
    }
}
