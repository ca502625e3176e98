//! What a resolver can reach: the services, who asks and the loaders of this request.

use std::sync::Arc;

use async_graphql::{Context, dataloader::DataLoader};

use crate::{
    domain::{
        Services,
        limits::Door,
        origin::{Client, Origin},
        session::PresentedCookies,
        store::asker::Asker,
        viewer::{Audience, Viewer},
    },
    error::{Error, Result},
    graphql::engine::loaders::Loaders,
};

/// Who asks, from where and through which door.
#[derive(Debug, Clone)]
pub struct Caller {
    pub viewer: Viewer,
    pub client: Client,
    pub door: Door,
    /// The route of REST that the request came by.
    pub route: Option<Arc<str>>,
    /// Why the credentials were refused: then only what needs none is run.
    pub refused: Option<Error>,
    pub browser: Browser,
}

/// What a browser says about itself, as far as it can be believed.
#[derive(Clone, Default)]
pub struct Browser {
    /// Whether a page asks that may use cookies.
    pub is_welcome_page: bool,
    /// Unset unless it presents cookies of a session.
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
    /// Somebody who has not proven anything.
    #[must_use]
    pub fn unknown(client: Client, door: Door) -> Self {
        let (viewer, browser) = (Viewer::Anonymous, Browser::default());
        Self { viewer, client, door, route: None, refused: None, browser }
    }

    /// Whoever the statements of the caller's operations run for.
    pub(in crate::graphql) fn asker(&self) -> Asker {
        Asker::of(&self.viewer, self.client.address)
    }
}

/// Short names for what the engine keeps in its untyped store.
pub(in crate::graphql) trait ContextExt<'a> {
    fn services(&self) -> &'a Arc<Services>;
    fn caller(&self) -> &'a Caller;
    fn loaders(&self) -> &'a DataLoader<Loaders>;

    fn viewer(&self) -> &'a Viewer {
        &self.caller().viewer
    }

    /// Who the caller is and from where, for the audit log; [`Self::stranger`] for mutations that need no
    /// credentials.
    fn origin(&self) -> Origin {
        Origin::of(self.viewer(), &self.caller().client)
    }

    /// From where, for what needs no credentials: whoever they are of, they say nothing of who does it.
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

    fn caller(&self) -> &'a Caller {
        self.data_unchecked()
    }

    fn loaders(&self) -> &'a DataLoader<Loaders> {
        self.data_unchecked()
    }
}
