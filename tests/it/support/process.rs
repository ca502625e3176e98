//! A gateway in a separate process.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    thread::{self, JoinHandle},
};

/// Runs the program in a folder, with only these variables, until it ends; returns whether it
/// succeeded, and its output.
pub(crate) fn run(folder: &Path, variables: &[(&str, &str)], arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_find-helper"))
        .current_dir(folder)
        .env_clear()
        .envs(variables.iter().copied())
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
    (output.status.success(), said.concat())
}

/// The program, serving on a loopback port until it is terminated; killed when dropped.
pub(crate) struct Process {
    pub(crate) address: SocketAddr,
    child: Child,
    /// Reads the log, so that the program never blocks on it.
    log: Option<JoinHandle<String>>,
}

impl Process {
    pub(crate) fn start(settings: &[String]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_find-helper"));
        command.args(settings);
        Self::spawn(command)
    }

    /// The same with a prepared command.
    pub(crate) fn spawn(mut command: Command) -> Self {
        let mut child = command
            .args(["--bind-addr=127.0.0.1:0", "serve"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut log = String::new();
        let address = stderr.by_ref().lines().map(Result::unwrap).find_map(|line| {
            log.extend([line.as_str(), "\n"]);
            let (_, address) = line.split_once("GraphiQL  http://")?;
            address.strip_suffix("/graphql")?.parse().ok()
        });
        let address = address.expect("the program starts");
        let log = thread::spawn(move || {
            stderr.read_to_string(&mut log).unwrap();
            log
        });
        Self { address, child, log: Some(log) }
    }

    /// A process whose log goes elsewhere, so that its port must be chosen in advance.
    pub(crate) fn unheard(settings: &[String], mut log: impl FnMut() -> Stdio) -> Self {
        loop {
            // Another process may take the port first.
            let port = TcpListener::bind("127.0.0.1:0").unwrap();
            let address = port.local_addr().unwrap();
            drop(port);
            let mut child = Command::new(env!("CARGO_BIN_EXE_find-helper"))
                .args(settings)
                .args([&format!("--bind-addr={address}"), "serve"])
                .stdout(Stdio::null())
                .stderr(log())
                .spawn()
                .unwrap();
            while child.try_wait().unwrap().is_none() {
                if TcpStream::connect(address).is_ok() {
                    return Self { address, child, log: None };
                }
                thread::yield_now();
            }
        }
    }

    /// Sends a POST with this body and user agent; returns the raw response.
    pub(crate) fn post(&self, path: &str, body: &serde_json::Value, agent: &str) -> String {
        let body = body.to_string();
        let mut stream = TcpStream::connect(self.address).unwrap();
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nHost: x\r\nUser-Agent: {agent}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Bytes of memory that are not backed by a file.
    pub(crate) fn anonymous_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1_024
    }

    /// Sends SIGTERM; returns the exit status and the complete log.
    pub(crate) fn terminate(mut self) -> (ExitStatus, String) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").arg(id).status().unwrap().success());
        let status = self.child.wait().unwrap();
        (status, self.log.take().map_or_else(String::new, |log| log.join().unwrap()))
    }
}

impl Drop for Process {
    /// SIGKILL, without a graceful shutdown.
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
