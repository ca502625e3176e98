//! What resolvers can access: the services, the caller and the loaders of this request.

use std::sync::Arc;

use async_graphql::{Context, dataloader::DataLoader};

use crate::{
    domain::{
        Services,
        limits::{Door, RateLimitStatus},
        origin::{Client, Origin},
        session::PresentedCookies,
        store::asker::Asker,
        viewer::{Audience, Viewer},
    },
    error::{Error, Result},
    graphql::engine::loaders::Loaders,
};

/// The caller, their address and the API they use.
#[derive(Debug, Clone)]
pub struct Caller {
    pub viewer: Viewer,
    pub client: Client,
    pub door: Door,
    /// The REST route of the request.
    pub route: Option<Arc<str>>,
    /// Why the credentials were refused: then only operations that need none may run.
    pub refused: Option<Error>,
    pub browser: Browser,
}

/// What the browser says about itself, as far as it can be trusted.
#[derive(Clone, Default)]
pub struct Browser {
    /// Whether the request comes from a page that may use cookies.
    pub is_welcome_page: bool,
    /// None unless the request has session cookies.
    pub cookies: Option<PresentedCookies>,
}

impl std::fmt::Debug for Browser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Browser")
            .field("is_welcome_page", &self.is_welcome_page)
            .finish_non_exhaustive()
    }
}

impl Caller {
    /// A caller who has not authenticated.
    #[must_use]
    pub fn unknown(client: Client, door: Door) -> Self {
        let (viewer, browser) = (Viewer::Anonymous, Browser::default());
        Self { viewer, client, door, route: None, refused: None, browser }
    }

    /// The asker of the statements of the caller's operations.
    pub(in crate::graphql) fn asker(&self) -> Asker {
        Asker::of(&self.viewer, self.client.address)
    }
}

/// What belongs to one run of an operation.
pub(in crate::graphql) struct Run {
    pub caller: Caller,
    pub loaders: DataLoader<Loaders>,
    /// What is left of the caller's rate limits; None for an event of a subscription.
    pub standing: Option<RateLimitStatus>,
    /// Whether a key can be there twice among the fields of an object: then the engine merges them.
    pub repeats: bool,
}

/// Accessors for the engine's untyped store.
pub(in crate::graphql) trait ContextExt<'a> {
    fn services(&self) -> &'a Arc<Services>;
    fn run(&self) -> &'a Run;

    fn caller(&self) -> &'a Caller {
        &self.run().caller
    }

    fn loaders(&self) -> &'a DataLoader<Loaders> {
        &self.run().loaders
    }

    fn viewer(&self) -> &'a Viewer {
        &self.caller().viewer
    }

    /// Who the caller is and from where, for the audit log; [`Self::stranger`] for mutations that
    /// need no credentials.
    fn origin(&self) -> Origin {
        Origin::of(self.viewer(), &self.caller().client)
    }

    /// Only from where, for mutations that need no credentials: those sent along may be anybody's.
    fn stranger(&self) -> Origin {
        Origin::of(&Viewer::Anonymous, &self.caller().client)
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

    fn run(&self) -> &'a Run {
        self.data_unchecked()
    }
}
