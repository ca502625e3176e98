//! A proxy between the gateway and a server that can stop forwarding.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
};

/// Forwards bytes until it is told to swallow those of all existing connections. It closes none of
/// them, like a network that loses packets.
pub(crate) struct Forwarder {
    address: SocketAddr,
    /// Connections with a smaller number are swallowed.
    silent: Arc<AtomicUsize>,
    opened: Arc<AtomicUsize>,
}

impl Forwarder {
    /// Starts a proxy in front of the server of a URL; returns the URL that leads through it.
    pub(crate) async fn before(url: &str) -> (Self, String) {
        let (head, rest) = url.split_once('@').unwrap();
        let (server, database) = rest.split_once('/').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let forwarder = Self { address, silent: Arc::default(), opened: Arc::default() };
        let (silent, opened) = (forwarder.silent.clone(), forwarder.opened.clone());
        let server = server.to_owned();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let number = opened.fetch_add(1, Ordering::SeqCst);
                let (from, to) = TcpStream::connect(&server).await.unwrap().into_split();
                let (reads, writes) = client.into_split();
                tokio::spawn(pass(reads, to, number, silent.clone()));
                tokio::spawn(pass(from, writes, number, silent.clone()));
            }
        });
        let url = format!("{head}@{}/{database}", forwarder.address);
        (forwarder, url)
    }

    /// Stops forwarding on existing connections; new ones work.
    pub(crate) fn swallow(&self) {
        self.silent.store(self.opened.load(Ordering::SeqCst), Ordering::SeqCst);
    }

    /// Number of connections so far.
    pub(crate) fn opened(&self) -> usize {
        self.opened.load(Ordering::SeqCst)
    }
}

async fn pass(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    number: usize,
    silent: Arc<AtomicUsize>,
) {
    let mut bytes = vec![0; 65_536];
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        if number >= silent.load(Ordering::SeqCst) {
            to.write_all(&bytes[..count]).await.ok();
        }
    }
    if number < silent.load(Ordering::SeqCst) {
        // Does not even forward the end.
        std::future::pending::<()>().await;
    }
}
