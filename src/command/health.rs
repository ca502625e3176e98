//! Asks a running gateway whether it is ready, for health checks of containers.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use axum::body::Body;
use http::{Request, StatusCode, header::HOST};
use http_body_util::BodyExt;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::error::{Error, Result};

/// Less than health checks usually wait, so that they get the reason.
const PATIENCE: Duration = Duration::from_secs(4);

/// What `/readyz` of the gateway that serves on this address says; an error if it is not ready.
pub(super) async fn ask(bind: SocketAddr) -> Result<String> {
    let address = reachable(bind);
    let answer = tokio::time::timeout(PATIENCE, readiness(address)).await;
    match answer {
        Ok(Ok((StatusCode::OK, text))) => Ok(format!("{}\n", text.trim_end())),
        Ok(Ok((_, text))) => Err(Error::internal(format!("not ready: {}", text.trim_end()))),
        Ok(Err(error)) => Err(Error::internal(format!("no answer from {address}: {error}"))),
        Err(_) => Err(Error::internal(format!("no answer from {address} in time"))),
    }
}

/// Where this machine reaches what listens there.
fn reachable(bind: SocketAddr) -> SocketAddr {
    let ip = match bind.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, bind.port())
}

async fn readiness(
    address: SocketAddr,
) -> std::result::Result<(StatusCode, String), Box<dyn std::error::Error + Send + Sync>> {
    let stream = TcpStream::connect(address).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    let request = Request::get("/readyz").header(HOST, address.to_string()).body(Body::empty())?;
    let response = sender.send_request(request).await?;
    let status = response.status();
    let text = response.into_body().collect().await?.to_bytes();
    Ok((status, String::from_utf8_lossy(&text).into_owned()))
}
