//! The end of the process: who is told what, and that nobody can hold it up.

use tokio::net::TcpStream;

use super::server::{Connection, PROMPT, READY, Server, post, soon};
use crate::support::{Process, TestApp};

#[tokio::test]
async fn load_balancers_are_told_before_the_door_closes() {
    let (app, _) = TestApp::with(&["--http-drain-delay-ms=1000"]).await;
    let server = Server::start(&app).await;
    let gateway = app.app().gateway;
    let closing = tokio::spawn(async move { gateway.closing().await });
    let mut balancer = server.connect().await;
    assert!(balancer.get("/readyz").await.body.starts_with(READY));
    let (stop, address) = (server.stop, server.address);
    stop.send(()).unwrap();
    let told = async {
        while balancer.get("/readyz").await.status != "HTTP/1.1 503 Service Unavailable" {}
    };
    soon(told).await;
    let mut late = Connection::to(address).await;
    assert_eq!(late.get("/healthz").await.body, "ok\n", "who comes late is still served");
    assert!(!server.ended.is_finished());
    soon(server.ended).await.unwrap().unwrap();
    soon(closing).await.unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn clients_that_stall_do_not_hold_up_the_end() {
    let (app, _) = TestApp::with(&[PROMPT, "--http-drain-timeout-ms=100"]).await;
    let server = Server::start(&app).await;
    let mut half_a_head = server.connect().await;
    half_a_head.send("GET /healthz HT").await;
    let mut half_a_body = server.connect().await;
    half_a_body.send(&post("Expect: 100-continue\r\n")).await;
    assert_eq!(half_a_body.line().await, "HTTP/1.1 100 Continue");
    let _silent = server.connect().await;
    server.stop.send(()).unwrap();
    soon(server.ended).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_signal_ends_the_process_without_an_error_though_a_client_stalls() {
    let (app, _) = TestApp::new().await;
    let process = Process::start(&app.settings(&[PROMPT, "--http-drain-timeout-ms=100"]));
    let mut stalled = Connection::to(process.address).await;
    stalled.send(&post("Expect: 100-continue\r\n")).await;
    assert_eq!(stalled.line().await, "HTTP/1.1 100 Continue");
    assert_eq!(process.terminate().0.code(), Some(0));
}
