//! A person or program that uses the gateway.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::atomic::{AtomicU32, Ordering},
};

use axum::{
    Router,
    body::{Body, BodyDataStream},
    http::{HeaderMap, Method, Request, StatusCode, header},
    response::Response,
};
use find_helper::http::Peer;
use futures_util::StreamExt;
use serde_json::{Value, json};
use tower::ServiceExt;

/// The credentials of a client.
#[derive(Debug, Clone)]
pub(crate) enum Proof {
    None,
    Bearer(String),
    ApiKey { key: String, secret: String },
}

#[derive(Clone)]
pub(crate) struct Client {
    router: Router,
    address: IpAddr,
    proof: Proof,
    user_id: Option<i64>,
    refresh_token: Option<String>,
}

/// A complete response.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// The body without the cost in GraphQL's extensions, which depends on earlier requests.
    pub(crate) text: String,
    /// `extensions.cost`.
    pub(crate) cost: Option<Value>,
}

impl Client {
    /// A client with an address that no other client of this process has.
    pub(crate) fn new(router: Router, proof: Proof) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0x0a00_0001);
        let address = Ipv4Addr::from(NEXT.fetch_add(1, Ordering::SeqCst)).into();
        Self { router, address, proof, user_id: None, refresh_token: None }
    }

    pub(crate) fn with_session(self, user_id: i64, token: &str, refresh: Option<&str>) -> Self {
        let proof = Proof::Bearer(token.into());
        Self { proof, user_id: Some(user_id), refresh_token: refresh.map(str::to_owned), ..self }
    }

    pub(crate) fn with_key(self, user_id: i64, key: &str, secret: &str) -> Self {
        let proof = Proof::ApiKey { key: key.into(), secret: secret.into() };
        Self { proof, user_id: Some(user_id), ..self }
    }

    /// The same client without credentials.
    pub(crate) fn without_proof(&self) -> Self {
        Self { proof: Proof::None, ..self.clone() }
    }

    /// The same client at another address.
    pub(crate) fn at(&self, address: &str) -> Self {
        Self { address: address.parse().unwrap(), ..self.clone() }
    }

    /// The same client, connected to another process.
    pub(crate) fn towards(&self, router: &Router) -> Self {
        Self { router: router.clone(), ..self.clone() }
    }

    pub(crate) fn address(&self) -> IpAddr {
        self.address
    }

    pub(crate) fn proof(&self) -> &Proof {
        &self.proof
    }

    pub(crate) fn user_id(&self) -> i64 {
        self.user_id.expect("a client with an account")
    }

    pub(crate) fn refresh_token(&self) -> &str {
        self.refresh_token.as_deref().expect("a client with a session")
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send(self.request(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Reply {
        self.json(Method::POST, path, &body).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Reply {
        self.json(Method::PATCH, path, &body).await
    }

    pub(crate) async fn json(&self, method: Method, path: &str, body: &Value) -> Reply {
        let request = self.request(method, path).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// Sends a GraphQL operation by POST.
    pub(crate) async fn gql(&self, query: &str, variables: Value) -> Reply {
        self.post("/graphql", json!({ "query": query, "variables": variables })).await
    }

    /// The data of a GraphQL operation that must succeed.
    pub(crate) async fn data(&self, query: &str, variables: Value) -> Value {
        let reply = self.gql(query, variables).await;
        let mut json = reply.json();
        assert_eq!(json.get("errors"), None, "{json}");
        json["data"].take()
    }

    /// The code of the first error of a GraphQL operation.
    pub(crate) async fn code(&self, query: &str, variables: Value) -> String {
        let json = self.gql(query, variables).await.json();
        let code = &json["errors"][0]["extensions"]["code"];
        code.as_str().unwrap_or_else(|| panic!("no error code in {json}")).to_owned()
    }

    /// Starts a request with the client's credentials.
    pub(crate) fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let request = Request::builder().method(method).uri(encoded(path));
        match &self.proof {
            Proof::None => request,
            Proof::Bearer(token) => request.header("Authorization", format!("Bearer {token}")),
            Proof::ApiKey { key, secret } => {
                request.header("X-API-Key", key).header("X-API-Secret", secret)
            }
        }
    }

    /// Sends a request whose response is a stream of events.
    pub(crate) async fn listen(
        &self,
        request: axum::http::request::Builder,
        body: &Value,
    ) -> Events {
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        let response = self.answer(request.body(body).unwrap()).await;
        let (parts, body) = response.into_parts();
        let (status, headers) = (parts.status, parts.headers);
        Events { status, headers, body: body.into_data_stream(), text: String::new() }
    }

    async fn answer(&self, mut request: Request<Body>) -> Response {
        request.extensions_mut().insert(Peer((self.address, 9).into()));
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.answer(request).await;
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let (text, cost) = without_cost(text);
        Reply { status: parts.status, headers: parts.headers, text, cost }
    }
}

/// A streaming response.
pub(crate) struct Events {
    pub(crate) status: StatusCode,
    headers: HeaderMap,
    body: BodyDataStream,
    text: String,
}

/// One event of a stream; unset fields are empty.
#[derive(Debug, Default)]
pub(crate) struct Event {
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) data: String,
}

impl Events {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap_or_else(|| panic!("no {name}")).to_str().unwrap()
    }

    /// The next lines up to an empty line.
    pub(crate) async fn block(&mut self) -> Option<String> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.text = rest;
                return Some(block);
            }
            let bytes = super::patiently(self.body.next()).await?.unwrap();
            self.text += std::str::from_utf8(&bytes).unwrap();
        }
    }

    /// The next event; comments are skipped.
    pub(crate) async fn next(&mut self) -> Option<Event> {
        loop {
            let block = self.block().await?;
            let mut event = Event::default();
            for line in block.lines() {
                match line.split_once(": ").unwrap_or((line.trim_end_matches(':'), "")) {
                    ("event", value) => event.name = value.into(),
                    ("id", value) => event.id = value.into(),
                    ("data", value) => event.data += value,
                    ("", _) => {}
                    other => panic!("{other:?}"),
                }
            }
            if !block.starts_with(':') {
                return Some(event);
            }
        }
    }
}

impl Event {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.data).unwrap_or_else(|_| panic!("not JSON: {self:?}"))
    }
}

/// Removes `extensions.cost`.
fn without_cost(mut text: String) -> (String, Option<Value>) {
    const BEFORE: &str = r#","extensions":{"cost":"#;
    let Some(at) = text.rfind(BEFORE) else { return (text, None) };
    let cost = text[at + BEFORE.len()..].strip_suffix("}}").map(serde_json::from_str);
    let Some(Ok(cost)) = cost else { return (text, None) };
    text.replace_range(at.., "}");
    (text, Some(cost))
}

/// Percent-encodes characters that a URL cannot contain, as browsers and curl do.
fn encoded(path: &str) -> String {
    let url = url::Url::parse("http://gateway.example").unwrap().join(path).unwrap();
    url.as_str().trim_start_matches("http://gateway.example").to_owned()
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).unwrap_or_else(|| panic!("no {name}: {self:?}"));
        value.to_str().unwrap()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.headers.contains_key(name)
    }

    /// Status and code of an error of the jobs API, such as `404 NOT_FOUND`.
    pub(crate) fn jobs_error(&self) -> String {
        self.error(|json| json["error"]["code"].clone())
    }

    /// Status and code of an error of the auth API, such as `409 EMAIL_EXISTS`.
    pub(crate) fn auth_error(&self) -> String {
        self.error(|json| json["error_code"].clone())
    }

    fn error(&self, code: impl Fn(&Value) -> Value) -> String {
        let json = self.json();
        assert_eq!(json["success"], false, "{json}");
        format!("{} {}", self.status.as_u16(), code(&json).as_str().unwrap_or("no code"))
    }
}
