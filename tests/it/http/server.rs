//! Connections to a gateway on a port that speak by hand.

use std::{collections::HashMap, net::SocketAddr};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream},
    net::TcpStream,
};

pub(crate) use crate::support::Server;

impl Server {
    pub(crate) async fn connect(&self) -> Connection {
        Connection::to(self.address).await
    }
}

/// A connection that speaks HTTP/1.1 by hand.
pub(crate) struct Connection(pub(super) BufStream<TcpStream>);

/// An answer of HTTP/1.1.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: String,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: String,
}

impl Connection {
    pub(crate) async fn to(address: SocketAddr) -> Self {
        Self(BufStream::new(TcpStream::connect(address).await.unwrap()))
    }

    pub(crate) async fn send(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).await.unwrap();
        self.0.flush().await.unwrap();
    }

    pub(crate) async fn line(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).await.unwrap();
        line.trim_end().to_owned()
    }

    pub(crate) async fn answer(&mut self) -> Answer {
        let status = self.line().await;
        let mut headers = HashMap::new();
        loop {
            let line = self.line().await;
            let Some((name, value)) = line.split_once(": ") else { break };
            headers.insert(name.to_lowercase(), value.to_owned());
        }
        let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).await.unwrap();
        Answer { status, headers, body: String::from_utf8(body).unwrap() }
    }

    /// Sends a request without a body and returns its answer.
    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n")).await;
        self.answer().await
    }

    /// Whether a request is answered at all; a connection without a place may be reset at any moment.
    pub(crate) async fn is_served(&mut self) -> bool {
        let request = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
        let sent = async {
            self.0.write_all(request).await?;
            self.0.flush().await
        };
        let mut line = String::new();
        sent.await.is_ok() && self.0.read_line(&mut line).await.is_ok() && line.contains(" 200 ")
    }

    /// Whether the other side has closed the connection and said nothing more.
    pub(crate) async fn is_over(&mut self) -> bool {
        self.0.read_u8().await.is_err()
    }
}

pub(crate) const QUERY: &str = r#"{"query":"{ __typename }"}"#;

pub(crate) fn post(extra: &str) -> String {
    let length = QUERY.len();
    format!(
        "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n{extra}\r\n"
    )
}

/// How `/readyz` begins when all is well.
pub(crate) const READY: &str = r#"{"status":"ready""#;

/// At the end the listener closes at once.
pub(crate) const PROMPT: &str = "--http-drain-delay-ms=0";

/// What must happen by itself; a test that waits for ever says so.
pub(crate) async fn soon<T>(event: impl Future<Output = T>) -> T {
    tokio::time::timeout(std::time::Duration::from_secs(30), event)
        .await
        .expect("it never happened")
}
