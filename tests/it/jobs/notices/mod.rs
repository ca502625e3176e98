//! What people are told of jobs.

mod events;
mod follower;
mod heard;
mod mailed;
mod marks;
mod reviewed;
mod told;
mod tomorrow;
mod unsubscribed;

use serde_json::{Value, json};

use crate::{
    jobs::steps::{each, text},
    support::{Client, TestApp},
};

const NOTICES: &str = "{ viewer { notices(first: 100) { unreadCount nodes {
    id kind readAt job { id } application { id } actor { id } } } } }";

async fn notices(client: &Client) -> Value {
    client.data(NOTICES, json!({})).await["viewer"]["notices"].take()
}

/// The kinds of a person's notices, oldest first.
async fn kinds(client: &Client) -> Vec<String> {
    let mut kinds: Vec<String> =
        each(&notices(client).await["nodes"], "kind").iter().map(text).collect();
    kinds.reverse();
    kinds
}

/// Decides how a kind is mailed.
async fn prefer(client: &Client, kind: &str, delivery: &str) {
    let mutation = "mutation($it: [NoticePreferenceInput!]!) {
        setNoticePreferences(input: {preferences: $it}) { preferences { kind } } }";
    client.data(mutation, json!({ "it": [{ "kind": kind, "delivery": delivery }] })).await;
}

/// How a kind is mailed.
async fn preference(client: &Client, kind: &str) -> String {
    let query = "{ viewer { noticePreferences { kind delivery } } }";
    let all = client.data(query, json!({})).await["viewer"]["noticePreferences"].take();
    let is_kind = |it: &&Value| it["kind"] == kind;
    text(&all.as_array().unwrap().iter().find(is_kind).unwrap()["delivery"])
}

/// The mails of notices to an address, oldest first, after all that are due were sent.
async fn mails_to(app: &TestApp, address: &str) -> Vec<crate::support::received::Received> {
    app.tell().await;
    while app.send_mails().await > 0 {}
    let to =
        |mail: &crate::support::received::Received| mail.headers("to").concat().contains(address);
    app.mails().into_iter().filter(|mail| to(mail) && mail.has_unsubscribe()).collect()
}
