//! GraphQL over HTTP, and what every answer carries.

mod authority;
mod bodies;
mod cors;
mod drain;
mod framing;
mod graphql;
mod headers;
mod http2;
mod negotiation;
mod places;
mod prefix;
mod restart;
mod serve;
pub(crate) mod server;
mod timeouts;
mod tolerance;
mod unread;

use axum::{
    body::Body,
    http::{Method, header},
};

use crate::support::{Client, Reply};

/// A GET request with these headers.
async fn get_with(client: &Client, path: &str, headers: &[(&str, &str)]) -> Reply {
    with(client, Method::GET, path, headers, "").await
}

async fn with(
    client: &Client,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Reply {
    let mut request = client.request(method, path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    client.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

/// A POST request to `/graphql` with this JSON as it stands.
async fn post_text(client: &Client, body: &str) -> Reply {
    let headers = [
        (header::CONTENT_TYPE.as_str(), "application/json"),
        (header::ACCEPT.as_str(), "application/graphql-response+json"),
    ];
    with(client, Method::POST, "/graphql", &headers, body).await
}
