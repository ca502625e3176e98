//! Where the news of a subscription come from: the log of jobs, or a person's notices.

use std::sync::Arc;

use crate::{
    domain::{
        Services,
        jobs::{
            event::{self, Logged, Visibility},
            notice::{self, Notice},
        },
        viewer::Viewer,
    },
    error::{Error, Result},
    graphql::schema::jobs::subscription::{News, Request},
};

/// A position in what a subscription is told from.
pub(super) enum Source {
    Jobs(Box<event::Feed>),
    Notices(notice::Feed),
}

/// What comes next, before it is known whether it is told.
pub(super) enum Item {
    Job(Arc<Logged>),
    Notice(Arc<Notice>),
}

/// Whether something is told, by the rights of now.
pub(super) enum Verdict {
    Tell(News),
    No,
    /// Neither this nor anything later.
    Never,
}

impl Source {
    /// Starts after the cursor that the connection gives, or else after that of the request.
    pub async fn open(
        services: &Services,
        request: Request,
        resume: Option<String>,
    ) -> Result<Self> {
        Ok(match request {
            Request::Jobs(interest, after) => {
                let after = resume.or(after);
                let feed = event::Feed::open(services, *interest, after.as_deref()).await?;
                Self::Jobs(Box::new(feed))
            }
            Request::Notices(user_id, after) => {
                let after = resume.or(after);
                Self::Notices(notice::Feed::open(services, user_id, after.as_deref()).await?)
            }
        })
    }

    /// The cursor where it starts.
    pub fn start(&self, services: &Services) -> String {
        match self {
            Self::Jobs(feed) => event::cursor(services, feed.start()),
            Self::Notices(feed) => notice::cursor(services, feed.start()),
        }
    }

    /// Waits for what comes next, without consuming it. None when what was examined must be charged
    /// first.
    pub async fn next(&mut self, services: &Services) -> Result<Option<Item>> {
        Ok(match self {
            Self::Jobs(feed) => feed.next(services).await?.map(Item::Job),
            Self::Notices(feed) => feed.next(services).await?.map(Item::Notice),
        })
    }

    /// Consumes what comes next.
    pub fn pass(&mut self) {
        match self {
            Self::Jobs(feed) => feed.pass(),
            Self::Notices(feed) => feed.pass(),
        }
    }

    /// What was examined was charged.
    pub fn paid(&mut self) {
        match self {
            Self::Jobs(feed) => feed.paid(),
            Self::Notices(feed) => feed.paid(),
        }
    }

    /// Whether it is not told whatever the listener's rights.
    pub async fn leaves_out(&self, services: &Services, item: &Item) -> Result<bool> {
        match (self, item) {
            (Self::Jobs(feed), Item::Job(logged)) => feed.leaves_out(services, logged).await,
            _ => Ok(false),
        }
    }

    /// Whether it is told the viewer.
    pub async fn judge(&self, services: &Services, viewer: &Viewer, item: Item) -> Result<Verdict> {
        match (self, item) {
            (Self::Jobs(feed), Item::Job(logged)) => {
                Ok(match feed.visibility_of(services, viewer, &logged).await? {
                    Visibility::Yes(told) => Verdict::Tell(News::Job(logged, told)),
                    Visibility::No => Verdict::No,
                    Visibility::Never => Verdict::Never,
                })
            }
            (Self::Notices(feed), Item::Notice(notice)) => {
                let is_own = viewer.member()?.user_id == feed.user_id();
                if is_own { Ok(Verdict::Tell(News::Notice(notice))) } else { Err(Error::Forbidden) }
            }
            _ => Ok(Verdict::No),
        }
    }
}

impl News {
    /// The cursor to go on after.
    pub fn cursor(&self, services: &Services) -> String {
        match self {
            Self::Job(logged, _) => event::cursor(services, logged.event.position),
            Self::Notice(notice) => notice::cursor(services, notice.id),
        }
    }
}
