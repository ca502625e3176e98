//! A log that cannot be written takes nothing down with it, and readiness tells the truth.

use std::{
    fs::File,
    io::{self, Write},
    process::Stdio,
    sync::{Arc, Mutex},
};

use find_helper::clock::Clock;
use serde_json::json;

use crate::{
    http::server::{Connection, PROMPT, READY, soon},
    jobs::steps::published,
    support::{PASSWORD, Process, Server, Socket, TestApp},
};

/// Everything that goes on behind the scenes, in a process whose log goes there, and who it serves.
async fn works(mut log: impl FnMut() -> Stdio) {
    let (app, anon) = TestApp::new().await;
    // The process knows no other clock.
    app.advance(Clock::System.now() - app.clock.now());
    let settings = app.settings(&[PROMPT, "--log-level=trace", "--event-poll-ms=20"]);
    let process = Process::unheard(&settings, &mut log);
    let (mut socket, here) = Socket::of(process.address, &anon).await;
    socket.subscribe("1", "subscription { jobPublished { job { id } } }", &here).await;
    let ann = app.member("ann").await;
    for _ in 0..3 {
        let job = published(&ann).await;
        assert_eq!(socket.event().await["job"]["id"], job.as_str());
    }
    for (count, name) in ["ben", "cat"].into_iter().enumerate() {
        let email = format!("{name}@example.com");
        let person = json!({ "name": "安安", "email": email, "password": PASSWORD });
        assert!(process.post("/register", &person, "tests").contains("200 OK"));
        let mailed = async {
            while app.mails().len() <= count {
                tokio::task::yield_now().await;
            }
        };
        soon(mailed).await;
    }
    let mut balancer = Connection::to(process.address).await;
    assert!(balancer.get("/readyz").await.body.starts_with(READY));
    assert_eq!(process.terminate().0.code(), Some(0));
}

#[tokio::test]
async fn f02_mails_and_subscriptions_go_on_when_the_reader_of_the_log_has_ended() {
    works(|| Stdio::from(io::pipe().unwrap().1)).await;
}

#[tokio::test]
async fn f02_mails_and_subscriptions_go_on_when_the_disk_of_the_log_is_full() {
    works(|| Stdio::from(File::options().write(true).open("/dev/full").unwrap())).await;
}

#[tokio::test]
async fn f02_mails_and_subscriptions_go_on_when_the_reader_of_the_log_stands_still() {
    let mut readers = Vec::new();
    works(move || {
        let (reader, mut pipe) = io::pipe().unwrap();
        // As much as Linux lets wait in a pipe.
        pipe.write_all(&vec![b'\n'; 1 << 16]).unwrap();
        readers.push(reader);
        Stdio::from(pipe)
    })
    .await;
}

#[tokio::test]
async fn f02_readiness_tells_of_a_task_that_gives_no_sign_of_life_until_it_does() {
    let (app, _) = TestApp::with(&["--heartbeat-timeout-ms=100"]).await;
    // Not all that reads the outbox: so does whoever looks whether mails are late.
    app.panic_at(Some("\"outbox\".\"message_id\""));
    let server = Server::start(&app).await;
    let mut balancer = server.connect().await;
    let told = async {
        loop {
            let answer = balancer.get("/readyz").await;
            let told = answer.body.split_once("no sign of life: ");
            if told.is_some_and(|(_, names)| names.contains("mails")) {
                return answer.status;
            }
        }
    };
    assert_eq!(soon(told).await, "HTTP/1.1 503 Service Unavailable");
    app.panic_at(None);
    soon(async { while !balancer.get("/readyz").await.body.starts_with(READY) {} }).await;
}

/// A log that tests read.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<u8>>>);

impl Write for Heard {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_background_task_that_panics_is_restarted_and_named() {
    let (app, _) = TestApp::new().await;
    let heard = Heard::default();
    let writer = heard.clone();
    let log = tracing_subscriber::fmt().with_ansi(false).with_max_level(tracing::Level::ERROR);
    let _hears = tracing::subscriber::set_default(log.with_writer(move || writer.clone()).finish());
    app.panic_at(Some("outbox"));
    let _server = Server::start(&app).await;
    let told = async {
        loop {
            let log = String::from_utf8(heard.0.lock().unwrap().clone()).unwrap();
            // The hourly chores read the outbox too.
            let mut mails = log.lines().filter(|line| line.contains("task=\"mails\""));
            if let Some(line) = mails.find(|line| line.contains("panicked")) {
                return line.to_owned();
            }
            tokio::task::yield_now().await;
        }
    };
    let line = soon(told).await;
    assert!(line.contains("background{task="), "{line}");
    assert!(line.ends_with("background task panicked; restarting"), "{line}");
}
