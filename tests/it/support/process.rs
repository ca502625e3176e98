//! A gateway in a process of its own.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    process::{Child, Command, ExitStatus, Stdio},
    thread::{self, JoinHandle},
};

/// The program, serving on a loopback port until it is told to stop; killed when dropped.
pub(crate) struct Process {
    pub(crate) address: SocketAddr,
    child: Child,
    /// Reads what the program logs, so that it never waits for a reader.
    log: Option<JoinHandle<String>>,
}

impl Process {
    pub(crate) fn start(settings: &[String]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_find-helper"))
            .args(settings)
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

    /// The answer to a POST with this body and user agent, as it comes.
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

    /// Bytes of memory that belong to no file.
    pub(crate) fn anonymous_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1_024
    }

    /// SIGTERM, how the program ended, and all that it logged.
    pub(crate) fn terminate(mut self) -> (ExitStatus, String) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").arg(id).status().unwrap().success());
        let status = self.child.wait().unwrap();
        (status, self.log.take().unwrap().join().unwrap())
    }
}

impl Drop for Process {
    /// SIGKILL: nothing is tidied up.
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
