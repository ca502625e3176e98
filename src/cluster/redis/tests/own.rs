use std::{
    net::TcpListener,
    process::{Child, Command, Stdio},
};

use redis::{Connection, RedisResult};

/// A Redis server for one test; stopped when dropped.
pub(super) struct Own {
    server: Child,
    port: u16,
}

impl Own {
    /// None if Redis is not installed.
    pub(super) fn start(settings: &[&str]) -> Option<Self> {
        loop {
            // In cluster mode, the port number plus 10,000 is used as well.
            let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port() / 2;
            let server = Command::new("redis-server")
                .args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", "/tmp"])
                .args(["--port", &port.to_string()])
                .args(["--cluster-config-file", &format!("find-helper-test-{port}.conf")])
                .args(settings)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .ok()?;
            let mut own = Self { server, port };
            while own.server.try_wait().unwrap().is_none() {
                if own.connection().is_ok() {
                    return Some(own);
                }
                std::thread::yield_now();
            }
        }
    }

    pub(super) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }

    /// Runs a command on a connection of its own.
    pub(super) fn run<T: redis::FromRedisValue>(&self, words: &str) -> T {
        let mut words = words.split(' ');
        let mut command = redis::cmd(words.next().unwrap());
        command.arg(words.collect::<Vec<_>>());
        command.query(&mut self.connection().unwrap()).unwrap()
    }

    /// Number of connections it has accepted.
    pub(super) fn connections(&self) -> u64 {
        let info: redis::InfoDict = self.run("INFO stats");
        info.get("total_connections_received").unwrap()
    }

    fn connection(&self) -> RedisResult<Connection> {
        redis::Client::open(self.url())?.get_connection()
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        self.server.kill().ok();
        self.server.wait().ok();
        std::fs::remove_file(format!("/tmp/find-helper-test-{}.conf", self.port)).ok();
    }
}
