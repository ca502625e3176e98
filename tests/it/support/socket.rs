//! A graphql-transport-ws client that works message by message.

use std::net::SocketAddr;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{
        Error, Message,
        client::IntoClientRequest,
        http::{HeaderName, HeaderValue},
        protocol::CloseFrame,
    },
};

use super::{Client, client::Proof, patiently};

pub(crate) const PROTOCOL: &str = "graphql-transport-ws";

pub(crate) struct Socket(WebSocketStream<TcpStream>);

/// The code and reason of a close frame.
pub(crate) type Closed = (u16, String);

impl Socket {
    /// A socket that has sent nothing yet.
    pub(crate) async fn open(address: SocketAddr) -> Self {
        Self::upgrade(address, &[("sec-websocket-protocol", PROTOCOL)]).await.unwrap()
    }

    /// The same with given headers; a refused upgrade returns its status.
    pub(crate) async fn upgrade(
        address: SocketAddr,
        headers: &[(&str, &str)],
    ) -> Result<Self, u16> {
        let mut request = format!("ws://{address}/graphql").into_client_request().unwrap();
        for (name, value) in headers {
            let name: HeaderName = name.parse().unwrap();
            request.headers_mut().insert(name, HeaderValue::from_str(value).unwrap());
        }
        let stream = TcpStream::connect(address).await.unwrap();
        match client_async(request, stream).await {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    /// A socket of this client, and the cursor to resume from.
    pub(crate) async fn of(address: SocketAddr, client: &Client) -> (Self, String) {
        let mut socket = Self::open(address).await;
        socket.say(&json!({ "type": "connection_init", "payload": shown(client) })).await;
        let ack = socket.hear().await;
        assert_eq!(ack["type"], "connection_ack", "{ack}");
        let here = ack["payload"]["resumeToken"].as_str().unwrap().to_owned();
        (socket, here)
    }

    pub(crate) async fn say(&mut self, message: &Value) {
        self.send(Message::text(message.to_string())).await;
    }

    pub(crate) async fn send(&mut self, message: Message) {
        self.0.send(message).await.unwrap();
    }

    /// Starts an operation; a subscription starts after the cursor.
    pub(crate) async fn subscribe(&mut self, id: &str, query: &str, after: &str) {
        let payload = json!({ "query": query, "extensions": { "resumeToken": after } });
        self.say(&json!({ "id": id, "type": "subscribe", "payload": payload })).await;
    }

    /// The next frame; answers pings before it.
    pub(crate) async fn frame(&mut self) -> Option<Message> {
        patiently(self.0.next()).await.and_then(Result::ok)
    }

    /// The next message.
    pub(crate) async fn hear(&mut self) -> Value {
        loop {
            match self.frame().await {
                Some(Message::Text(text)) => {
                    return without_cost(serde_json::from_str(&text).unwrap());
                }
                Some(Message::Ping(_) | Message::Pong(_)) => {}
                other => panic!("no message but {other:?}"),
            }
        }
    }

    /// The data of the next event of any operation.
    pub(crate) async fn event(&mut self) -> Value {
        let message = self.hear().await;
        assert_eq!(message["type"], "next", "{message}");
        let data = message["payload"]["data"].as_object();
        let (_, event) = data.and_then(|data| data.iter().next()).expect("an event");
        event.clone()
    }

    /// Waits until the socket is closed, skipping messages.
    pub(crate) async fn closed(&mut self) -> Closed {
        loop {
            match self.frame().await {
                Some(Message::Close(Some(CloseFrame { code, reason }))) => {
                    return (code.into(), reason.to_string());
                }
                Some(Message::Close(None)) | None => panic!("ended without a word"),
                Some(_) => {}
            }
        }
    }

    /// The bare connection, which no longer answers pings.
    pub(crate) fn into_inner(self) -> TcpStream {
        self.0.into_inner()
    }
}

/// The payload of `connection_init` with the client's credentials.
pub(crate) fn shown(client: &Client) -> Value {
    match client.proof() {
        Proof::None => json!({}),
        Proof::Bearer(token) => json!({ "Authorization": format!("Bearer {token}") }),
        Proof::ApiKey { key, secret } => json!({ "X-API-Key": key, "X-API-Secret": secret }),
    }
}

/// Removes the cost, which depends on earlier requests.
fn without_cost(mut message: Value) -> Value {
    let answer = message.get_mut("payload").and_then(Value::as_object_mut);
    if let Some(answer) = answer
        && let Some(extensions) = answer.get_mut("extensions").and_then(Value::as_object_mut)
        && extensions.remove("cost").is_some()
        && extensions.is_empty()
    {
        answer.remove("extensions");
    }
    message
}
