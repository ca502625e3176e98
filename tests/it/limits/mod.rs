//! How often one may ask, and how that is told.

mod addresses;
mod buckets;
mod costs;
mod counted;
mod doors;
mod guesses;
mod judged;
mod networks;
mod policies;
mod replicas;
mod work;

use serde_json::{Value, json};

use crate::support::{Client, PASSWORD, Reply};

const LOGIN: &str = "mutation($email: String!, $password: String!) {
    login(input: {email: $email, password: $password}) { token } }";
const REGISTER: &str = "mutation($email: String!, $password: String!, $name: String!) {
    register(input: {email: $email, password: $password, name: $name}) { user { id } } }";
const TYPENAME: &str = "/graphql?query={__typename}";

/// What `X-RateLimit-*` tell: limit, remaining, Unix seconds of the reset.
fn standing(reply: &Reply) -> (u32, u32, i64) {
    let number = |name: &str| reply.header(name).parse::<i64>().unwrap();
    let count = |name: &str| u32::try_from(number(name)).unwrap();
    (count("x-ratelimit-limit"), count("x-ratelimit-remaining"), number("x-ratelimit-reset"))
}

fn wrong_login() -> Value {
    json!({ "email": "ann@example.com", "password": "wrong password" })
}

fn person(number: usize) -> Value {
    json!({ "name": "安安", "email": format!("p{number}@example.com"), "password": PASSWORD })
}

fn retry_after(reply: &Reply) -> i64 {
    assert_eq!(reply.status, 429, "{reply:?}");
    reply.header("retry-after").parse().unwrap()
}

/// How many requests pass before one is refused.
async fn passing(client: &Client, path: &str) -> usize {
    for passed in 0..1_000 {
        if client.get(path).await.status == 429 {
            return passed;
        }
    }
    panic!("{path} has no limit")
}
