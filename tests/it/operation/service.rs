//! What service managers and health checks learn from the program; the database does not matter.

use std::{os::unix::net::UnixDatagram, process::Command, time::Duration};

use crate::support::{Process, folder, process::run};

/// The next message that the service manager gets.
fn told(manager: &UnixDatagram) -> String {
    let mut message = [0; 256];
    let length = manager.recv(&mut message).expect("the program tells within a minute");
    String::from_utf8_lossy(&message[..length]).trim_end().to_owned()
}

#[test]
fn the_service_manager_is_told_when_the_gateway_listens_and_when_it_stops() {
    let folder = folder();
    let path = folder.path().join("notify");
    let manager = UnixDatagram::bind(&path).unwrap();
    manager.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_find-helper"));
    command.current_dir(folder.path()).env_clear().env("NOTIFY_SOCKET", &path);
    let process = Process::spawn(command);
    assert_eq!(told(&manager), "READY=1");
    process.terminate();
    assert_eq!(told(&manager), "STOPPING=1");
}

#[test]
fn health_succeeds_while_the_gateway_is_ready_and_says_why_when_not() {
    let folder = folder();
    let mut command = Command::new(env!("CARGO_BIN_EXE_find-helper"));
    command.current_dir(folder.path()).env_clear().env("HTTP_DRAIN_DELAY_MS", "0");
    let process = Process::spawn(command);
    let address = format!("0.0.0.0:{}", process.address.port());
    let ask = || run(folder.path(), &[("BIND_ADDR", &address)], &["health"]);
    let (is_ready, said) = ask();
    assert!(
        is_ready && said.starts_with("{\"status\":\"ready\"") && said.ends_with('\n'),
        "{said}"
    );
    process.terminate();
    let (is_ready, said) = ask();
    assert!(!is_ready && said.starts_with("find-helper: no answer from 127.0.0.1:"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}
