//! Accounts and keys that people can trust; the names of tests hold the ids of the threat list.

mod bodies;
mod canary;
mod codes;
mod columns;
pub(crate) mod cookies;
mod deletion;
mod email_change;
mod equal;
mod erasure;
mod export;
mod killed;
mod language;
mod lockout;
mod pages;
mod password;
mod passwords;
mod people;
mod personal;
mod proof;
mod recovery;
mod refresh;
mod registration;
mod remains;
mod second_factor;
mod session;
mod sessions;
mod signing_keys;
mod sockets;
mod takeover;
mod tokens;
mod traces;
mod wrong_codes;

use find_helper::entity::{audit_event, user};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use crate::support::{Client, PASSWORD, Reply, TestApp, received::Received};

const NEW_PASSWORD: &str = "another horse battery";
const FORGOT: &str =
    "mutation($email: String!) { requestPasswordReset(input: {email: $email}) { ok } }";
const RESET: &str = "mutation($token: String!, $password: String!) {
    resetPassword(input: {token: $token, password: $password}) { ok } }";
const CHANGE_PASSWORD: &str = "mutation($from: String!, $to: String!) {
    changePassword(input: {currentPassword: $from, newPassword: $to}) { ok } }";
const CHANGE_EMAIL: &str = "mutation($email: String!, $password: String!) {
    requestEmailChange(input: {newEmail: $email, currentPassword: $password}) { ok } }";
const CONFIRM_EMAIL: &str =
    "mutation($token: String!) { confirmEmailChange(input: {token: $token}) { ok } }";
pub(crate) const DELETE: &str =
    "mutation($password: String!) { deleteAccount(input: {password: $password}) { eraseAt } }";

/// The mails to an address that were sent by now, oldest first.
async fn mails_to(app: &TestApp, address: &str) -> Vec<Received> {
    while app.send_mails().await > 0 {}
    let mails = app.mails().into_iter();
    mails.filter(|mail| mail.headers("to") == [address]).collect()
}

/// The token in the newest mail to an address with a link whose path ends so.
pub(crate) async fn token(app: &TestApp, address: &str, last: &str) -> String {
    let mails = mails_to(app, address).await;
    let mail = mails.iter().rev().find(|mail| mail.text.contains(&format!("/{last}?token=")));
    let mail = mail.unwrap_or_else(|| panic!("no mail to {address} with a link to {last}"));
    mail.link(last).query_pairs().next().unwrap().1.into_owned()
}

/// The subjects of the mails to an address.
async fn subjects(app: &TestApp, address: &str) -> Vec<String> {
    let mails = mails_to(app, address).await;
    mails.iter().map(|mail| mail.subject.clone()).collect()
}

/// What the audit log tells of an account besides sign-ins, oldest first.
async fn audited(app: &TestApp, user_id: i64) -> Vec<audit_event::Kind> {
    let events = audit_event::Entity::find()
        .filter(audit_event::Column::UserId.eq(user_id))
        .filter(audit_event::Column::Kind.ne(audit_event::Kind::SignedIn))
        .order_by_asc(audit_event::Column::Id)
        .all(app.services.db.read())
        .await
        .unwrap();
    events.into_iter().map(|event| event.kind).collect()
}

async fn row(app: &TestApp, user_id: i64) -> user::Model {
    user::Entity::find_by_id(user_id).one(app.services.db.read()).await.unwrap().unwrap()
}

fn registration(email: &str, password: &str) -> Value {
    json!({ "name": "安安", "email": email, "password": password })
}

/// Registers by REST, from an address of its own.
pub(crate) async fn register(app: &TestApp, email: &str, password: &str) -> Reply {
    app.anon().post("/register", registration(email, password)).await
}

/// The outcome of a sign-in by REST, such as `200` or `401 INVALID_CREDENTIALS`.
async fn sign_in(app: &TestApp, email: &str, password: &str) -> String {
    let credentials = json!({ "email": email, "password": password });
    let reply = app.anon().post("/login", credentials).await;
    if reply.status == 200 { "200".into() } else { reply.auth_error() }
}

pub(crate) async fn forgot(app: &TestApp, email: &str) -> (u16, String) {
    let reply = app.anon().gql(FORGOT, json!({ "email": email })).await;
    (reply.status.as_u16(), reply.text)
}

/// Sets a new password with a token; the code of the refusal, if any.
async fn reset(app: &TestApp, token: &str) -> Option<String> {
    let variables = json!({ "token": token, "password": NEW_PASSWORD });
    refusal(&app.anon().gql(RESET, variables).await)
}

/// The code of the first error of an answer.
fn refusal(reply: &Reply) -> Option<String> {
    reply.json()["errors"][0]["extensions"]["code"].as_str().map(str::to_owned)
}

/// Whether the client's session lives.
async fn is_signed_in(client: &Client) -> bool {
    !client.data("{ viewer { id } }", json!({})).await["viewer"].is_null()
}

pub(crate) async fn request_email(client: &Client, email: &str) -> Option<String> {
    refusal(&client.gql(CHANGE_EMAIL, json!({ "email": email, "password": PASSWORD })).await)
}

async fn confirm_email(client: &Client, token: &str) -> Option<String> {
    refusal(&client.gql(CONFIRM_EMAIL, json!({ "token": token })).await)
}
