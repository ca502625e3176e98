//! A gateway on a port.

use std::net::SocketAddr;

use find_helper::error::Result;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use super::TestApp;

/// A gateway that serves until it is stopped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) stop: oneshot::Sender<()>,
    pub(crate) ended: JoinHandle<Result<()>>,
}

impl Server {
    pub(crate) async fn start(app: &TestApp) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let shutdown = async { drop(stopped.await) };
        let ended = tokio::spawn(app.app().serve(listener, None, shutdown));
        Self { address, stop, ended }
    }
}
