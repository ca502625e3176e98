//! A gateway in a process of its own.

use std::{
    io::{BufRead, BufReader, Read},
    net::SocketAddr,
    process::{Child, ChildStderr, Command, ExitStatus, Stdio},
};

/// The program, serving on a loopback port until it is told to stop; killed when dropped.
pub(crate) struct Process {
    pub(crate) address: SocketAddr,
    child: Child,
    /// Kept open: the program would fail to write to it.
    _stderr: BufReader<ChildStderr>,
}

impl Process {
    pub(crate) fn start(settings: &[String]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_find-helper"))
            .args(settings)
            .args(["--bind-addr=127.0.0.1:0", "serve"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let address = stderr.by_ref().lines().map(Result::unwrap).find_map(|line| {
            let (_, address) = line.split_once("GraphiQL  http://")?;
            address.strip_suffix("/graphql")?.parse().ok()
        });
        Self { address: address.expect("the program starts"), child, _stderr: stderr }
    }

    /// SIGTERM, and how the program ended.
    pub(crate) fn terminate(mut self) -> ExitStatus {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").arg(id).status().unwrap().success());
        self.child.wait().unwrap()
    }
}

impl Drop for Process {
    /// SIGKILL: nothing is tidied up.
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
