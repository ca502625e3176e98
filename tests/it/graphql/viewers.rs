//! Everybody who may look at one job, in the order in which tables name them.

use find_helper::domain::viewer::Scope;

use crate::{
    jobs::steps::{apply, done, published},
    support::{Client, TestApp},
};

pub(super) const VIEWERS: [&str; 8] =
    ["anonymous", "stranger", "applicant", "owner", "assignee", "admin", "reader", "writer"];

/// A job that is assigned, and who looks at it; `reader` and `writer` are keys of its owner.
pub(super) struct Market {
    pub(super) owner: Client,
    pub(super) clients: [Client; 8],
    pub(super) job: String,
    /// The one that was turned down.
    pub(super) application: String,
}

impl Market {
    pub(super) async fn new(app: &TestApp) -> Self {
        let (owner, stranger) = (app.member("ann").await, app.member("dan").await);
        let (applicant, assignee) = (app.member("cat").await, app.member("ben").await);
        let job = published(&owner).await;
        let application = apply(&applicant, &job).await;
        done(&owner, "acceptApplication", &apply(&assignee, &job).await).await;
        let clients = [
            app.anon(),
            stranger,
            applicant,
            owner.clone(),
            assignee,
            app.admin("zoe").await,
            app.key(&owner, &[Scope::JobsRead]).await,
            app.key(&owner, &[Scope::JobsWrite]).await,
        ];
        Self { owner, clients, job, application }
    }

    /// The clients with what the tables call them.
    pub(super) fn viewers(&self) -> impl Iterator<Item = (&'static str, &Client)> {
        VIEWERS.into_iter().zip(&self.clients)
    }
}
