//! What a mutation relies on holds under the lock of its write: nobody acts after the ground for it is
//! gone, however close the two are.

mod administrators;
mod keys;
mod losses;
mod rounds;
mod table;
mod together;
mod world;

pub(crate) use self::together::until_waiting;
use serde_json::json;
use tokio::task::JoinHandle;

use crate::{
    jobs::steps::{UNLIMITED, outcome},
    support::{Client, PASSWORD, Reply, TestApp, database::postgres_url},
};

/// A gateway and a replica of it. SQLite has one writer at a time and one process: there is nothing to
/// test there.
pub(crate) async fn replicas() -> Option<[TestApp; 2]> {
    postgres_url()?;
    let (one, _) = TestApp::with(UNLIMITED).await;
    let two = one.restarted(UNLIMITED).await;
    Some([one, two])
}

/// Sends a document without variables in a task of its own, after so many turns of others.
pub(crate) fn sent(client: &Client, document: &str, turns: usize) -> JoinHandle<Reply> {
    let (client, document) = (client.clone(), document.to_owned());
    tokio::spawn(async move {
        for _ in 0..turns {
            tokio::task::yield_now().await;
        }
        client.gql(&document, json!({})).await
    })
}

/// The outcome of a document without variables.
async fn asked(client: &Client, document: &str) -> String {
    outcome(&client.gql(document, json!({})).await)
}

fn delete_account() -> String {
    format!("mutation {{ deleteAccount(input: {{password: \"{PASSWORD}\"}}) {{ eraseAt }} }}")
}
