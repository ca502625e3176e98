//! A mail server (RFC 5321) on a loopback port that keeps all mails and fails on demand.

use std::{
    collections::VecDeque,
    future::pending,
    io,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufStream},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
    time::timeout,
};

use super::received::Received;

/// The server; stopped when dropped.
pub(crate) struct SmtpServer {
    port: u16,
    state: Arc<State>,
    accepting: JoinHandle<()>,
}

/// A failure for one mail.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fault {
    /// The greeting has this code.
    Greeting(u16),
    /// EHLO is answered with this code.
    Hello(u16),
    /// MAIL FROM is answered with this code.
    Sender(u16),
    /// DATA is answered with this code.
    Data(u16),
    /// RCPT TO is answered with this code.
    Recipient(u16),
    /// The content is answered with this code.
    Content(u16),
    /// The content is accepted, and the connection closed without an answer.
    HangUp,
    /// The content is accepted, but never answered.
    Silence,
}

impl Fault {
    fn is_about_content(self) -> bool {
        matches!(self, Self::Content(_) | Self::HangUp | Self::Silence)
    }
}

#[derive(Default)]
struct State {
    /// Whether non-ASCII addresses are supported (RFC 6531).
    knows_utf8: bool,
    faults: Mutex<VecDeque<Fault>>,
    mails: watch::Sender<Vec<Received>>,
}

impl SmtpServer {
    pub(crate) async fn start() -> Self {
        Self::serve(State::default()).await
    }

    /// A server that supports non-ASCII addresses.
    pub(crate) async fn with_utf8() -> Self {
        Self::serve(State { knows_utf8: true, ..State::default() }).await
    }

    async fn serve(state: State) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(state);
        let accepting = tokio::spawn(accept(listener, state.clone()));
        Self { port, state, accepting }
    }

    /// The server's address as a setting.
    pub(crate) fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Makes the next mails fail, one fault each.
    pub(crate) fn fail(&self, faults: impl IntoIterator<Item = Fault>) {
        self.state.faults.lock().unwrap().extend(faults);
    }

    /// All mails, as soon as there are `count`; fails after half a minute.
    pub(crate) async fn wait_for(&self, count: usize) -> Vec<Received> {
        let mut mails = self.state.mails.subscribe();
        let enough = mails.wait_for(|mails| mails.len() >= count);
        timeout(Duration::from_secs(30), enough).await.expect("mail comes").unwrap().clone()
    }

    /// The mails received so far.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.state.mails.borrow().clone()
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, state: Arc<State>) {
    let mut sessions = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let session = Session { stream: BufStream::new(stream), state: state.clone() };
        sessions.spawn(session.run());
    }
}

struct Session {
    stream: BufStream<TcpStream>,
    state: Arc<State>,
}

impl Session {
    /// Ends when the client quits or either side closes the connection.
    async fn run(mut self) -> io::Result<()> {
        let (mut sender, mut recipients) = (String::new(), Vec::new());
        if let Some(Fault::Greeting(code)) = self.fault(|it| matches!(it, Fault::Greeting(_))) {
            return self.say(&format!("{code} as told")).await;
        }
        self.say("220 test").await?;
        while let Some(line) = self.line().await? {
            let line = String::from_utf8(line).unwrap();
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" => match self.fault(|it| matches!(it, Fault::Hello(_))) {
                    Some(Fault::Hello(code)) => self.say(&format!("{code} as told")).await?,
                    _ if self.state.knows_utf8 => {
                        self.say("250-test\r\n250-8BITMIME\r\n250 SMTPUTF8").await?;
                    }
                    _ => self.say("250-test\r\n250-8BITMIME\r\n250 AUTH PLAIN").await?,
                },
                "HELO" | "NOOP" => self.say("250 OK").await?,
                "AUTH" => self.say("535 nobody has an account here").await?,
                "MAIL" => {
                    recipients.clear();
                    sender = line.clone();
                    match self.fault(|it| matches!(it, Fault::Sender(_))) {
                        Some(Fault::Sender(code)) => self.say(&format!("{code} as told")).await?,
                        _ => self.say("250 OK").await?,
                    }
                }
                "RSET" => {
                    recipients.clear();
                    self.say("250 OK").await?;
                }
                "RCPT" => {
                    let refusal = self.fault(|fault| matches!(fault, Fault::Recipient(_)));
                    if let Some(Fault::Recipient(code)) = refusal {
                        self.say(&format!("{code} as told")).await?;
                    } else {
                        recipients.push(between(&line, '<', '>'));
                        self.say("250 OK").await?;
                    }
                }
                "DATA" if recipients.is_empty() => self.say("503 no recipient").await?,
                "DATA" => {
                    if let Some(Fault::Data(code)) = self.fault(|it| matches!(it, Fault::Data(_))) {
                        self.say(&format!("{code} as told")).await?;
                        continue;
                    }
                    self.say("354 go on").await?;
                    let content = self.content().await?;
                    match self.fault(|fault| fault.is_about_content()) {
                        Some(Fault::HangUp) => return Ok(()),
                        Some(Fault::Silence) => return pending().await,
                        Some(Fault::Content(code)) => self.say(&format!("{code} as told")).await?,
                        _ => {
                            let mut mail = Received::parse(recipients.clone(), &content);
                            mail.sender = between(&sender, '<', '>');
                            self.state.mails.send_modify(|mails| mails.push(mail));
                            self.say("250 OK").await?;
                        }
                    }
                    recipients.clear();
                }
                "QUIT" => return self.say("221 bye").await,
                _ => self.say("502 not implemented").await?,
            }
        }
        Ok(())
    }

    /// Takes the next fault if it applies here.
    fn fault(&self, belongs_here: impl Fn(&Fault) -> bool) -> Option<Fault> {
        self.state.faults.lock().unwrap().pop_front_if(|fault| belongs_here(fault))
    }

    /// The lines up to the single dot, with dot-stuffing removed (RFC 5321 §4.5.2).
    async fn content(&mut self) -> io::Result<Vec<u8>> {
        let mut content = Vec::new();
        while let Some(line) = self.line().await? {
            match line.as_slice() {
                b"." => return Ok(content),
                [b'.', rest @ ..] => content.extend_from_slice(rest),
                line => content.extend_from_slice(line),
            }
            content.extend_from_slice(b"\r\n");
        }
        Err(io::ErrorKind::UnexpectedEof.into())
    }

    /// A line without its CRLF; a bare LF does not end it (RFC 5321 §2.3.8).
    async fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        while !line.ends_with(b"\r\n") {
            if self.stream.read_until(b'\n', &mut line).await? == 0 {
                return Ok(None);
            }
        }
        line.truncate(line.len() - 2);
        Ok(Some(line))
    }

    async fn say(&mut self, answer: &str) -> io::Result<()> {
        self.stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
        self.stream.flush().await
    }
}

fn between(line: &str, open: char, close: char) -> String {
    let inner = line.split_once(open).and_then(|(_, rest)| rest.rsplit_once(close));
    inner.map(|(inner, _)| inner.to_owned()).unwrap_or_default()
}
