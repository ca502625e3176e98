//! A gateway in a process of its own.

use std::{
    io::{BufRead, BufReader, Read},
    net::SocketAddr,
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
            log += &format!("{line}\n");
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
