//! A complete gateway for one test, without a port.

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use axum::{Extension, Router};
use chrono::TimeDelta;
use find_helper::{
    app::App,
    auth::RefreshToken,
    clock::Clock,
    domain::{
        Services,
        account::{
            registration::{self, NewUser},
            user::Role,
        },
        jobs::notice,
        keys::{self, NewApiKey},
        mail::deliver,
        origin::{self, Origin},
        session::{self, RefreshMode},
        sign_in::login::{self, Credentials},
        viewer::{Member, Scope},
    },
    http::router,
    language::Language,
};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use tempfile::TempDir;

use super::{
    client::{Client, Proof},
    database,
    received::Received,
};

pub(crate) const PASSWORD: &str = "correct horse battery";

/// A gateway with its clock and what tests need to observe it.
#[derive(Clone)]
pub(crate) struct TestApp {
    pub(crate) services: Arc<Services>,
    pub(crate) clock: Clock,
    pub(crate) router: Router,
    app: App,
    url: String,
    folder: Arc<TempDir>,
    statements: Arc<Mutex<Vec<String>>>,
    panics: Arc<Mutex<Option<&'static str>>>,
}

impl TestApp {
    /// A gateway with an empty database, and an anonymous client.
    pub(crate) async fn new() -> (Self, Client) {
        Self::with(&[]).await
    }

    /// The same with further settings, such as `--limit-login-per-minute=2`.
    pub(crate) async fn with(flags: &[&str]) -> (Self, Client) {
        let folder = Arc::new(super::folder());
        let url = database::fresh(folder.path()).await;
        let clock = Clock::manual("2026-02-07T08:00:00Z".parse().unwrap());
        let app = Self::over(url, folder, clock, flags).await;
        let anon = app.anon();
        (app, anon)
    }

    /// A gateway with this database, which is reached by another URL than usual.
    pub(crate) async fn at(url: &str, flags: &[&str]) -> Self {
        let clock = Clock::manual("2026-02-07T08:00:00Z".parse().unwrap());
        Self::over(url.to_owned(), Arc::new(super::folder()), clock, flags).await
    }

    /// A second process with the same database; on PostgreSQL, a replica.
    pub(crate) async fn restarted(&self, flags: &[&str]) -> Self {
        Self::over(self.url.clone(), self.folder.clone(), self.clock.clone(), flags).await
    }

    /// The settings of a real process with the same database.
    pub(crate) fn settings(&self, flags: &[&str]) -> Vec<String> {
        database::settings(&self.url, self.folder(), flags)
    }

    async fn over(url: String, folder: Arc<TempDir>, clock: Clock, flags: &[&str]) -> Self {
        let services = database::services(&url, folder.path(), clock.clone(), flags).await;
        let statements: Arc<Mutex<Vec<String>>> = Arc::default();
        let panics: Arc<Mutex<Option<&str>>> = Arc::default();
        let (log, text) = (statements.clone(), panics.clone());
        services.db.on_statement(move |sql| {
            log.lock().unwrap().push(sql.to_owned());
            let text = *text.lock().unwrap();
            assert!(!text.is_some_and(|text| sql.contains(text)), "a panic that was asked for");
        });
        let services = Arc::new(services);
        let app = App::assemble(services.clone()).await.unwrap();
        // The router keeps the folder alive: the file must not be deleted while it is in use.
        let router = router(app.gateway.clone()).layer(Extension(folder.clone()));
        Self { services, clock, router, app, url, folder, statements, panics }
    }

    /// An anonymous client with its own address.
    pub(crate) fn anon(&self) -> Client {
        Client::new(self.router.clone(), Proof::None)
    }

    /// A member with a confirmed account and a session.
    pub(crate) async fn member(&self, name: &str) -> Client {
        self.account(name, Role::User).await
    }

    /// An administrator with a session.
    pub(crate) async fn admin(&self, name: &str) -> Client {
        self.account(name, Role::Admin).await
    }

    async fn account(&self, name: &str, role: Role) -> Client {
        let email = format!("{name}@example.com");
        let new = NewUser {
            name: format!("{name} 測試"),
            email: email.clone(),
            password: PASSWORD.into(),
            phone: Some("0912-345-678".into()),
            language: Some(Language::En),
        };
        registration::create_confirmed(&self.services, new, role).await.unwrap();
        self.signed_in(&email).await
    }

    /// The domain's view of a client with a session.
    pub(crate) async fn member_of(&self, client: &Client) -> Member {
        let Proof::Bearer(token) = client.proof() else {
            panic!("no session: {:?}", client.proof())
        };
        session::authenticate(&self.services, token, client.address()).await.unwrap()
    }

    /// Another session of an account.
    pub(crate) async fn signed_in(&self, email: &str) -> Client {
        let anon = self.anon();
        let client = origin::Client {
            address: anon.address(),
            user_agent: Some("tests".into()),
            language: None,
        };
        let origin = Origin { client: Some(client), ..Origin::default() };
        let credentials = Credentials {
            email: email.into(),
            password: PASSWORD.into(),
            code: None,
            refresh: RefreshMode::Rotating,
        };
        let grant = login::login(&self.services, &origin, credentials).await.unwrap();
        let refresh_token = grant.refresh_token.as_ref().map(RefreshToken::reveal);
        anon.with_session(grant.user.id, &grant.token, refresh_token)
    }

    /// A program with an API key of the member.
    pub(crate) async fn key(&self, member: &Client, scopes: &[Scope]) -> Client {
        self.program(member, scopes, false).await
    }

    async fn program(
        &self,
        member: &Client,
        scopes: &[Scope],
        trusted_documents_only: bool,
    ) -> Client {
        let new = NewApiKey {
            name: "test".into(),
            scopes: scopes.to_vec(),
            trusted_documents_only,
            ..NewApiKey::default()
        };
        let nobody = Origin::default();
        let (key, secret) =
            keys::create_for(&self.services, &nobody, member.user_id(), new).await.unwrap();
        self.anon().with_key(member.user_id(), &key.public_id, secret.reveal())
    }

    /// A program that may read and write jobs for a new member.
    pub(crate) async fn machine(&self, name: &str) -> Client {
        let member = self.member(name).await;
        self.key(&member, Scope::ALL).await
    }

    /// The same with a key restricted to trusted documents.
    pub(crate) async fn trusted_machine(&self, name: &str) -> Client {
        let member = self.member(name).await;
        self.program(&member, Scope::ALL, true).await
    }

    /// Advances the clock.
    pub(crate) fn advance(&self, by: TimeDelta) {
        self.clock.advance(by);
    }

    /// Sends queued mails; without a mail server, into a folder.
    pub(crate) async fn send_mails(&self) -> usize {
        deliver::drain(&self.services, &self.app.mailer).await.unwrap()
    }

    /// Makes all notices that are due, and queues their mails.
    pub(crate) async fn tell(&self) {
        notice::make_due(&self.services).await.unwrap();
    }

    /// The mails in the folder, oldest first.
    pub(crate) fn mails(&self) -> Vec<Received> {
        let outbox = self.folder().join("outbox");
        let Ok(entries) = std::fs::read_dir(outbox) else { return Vec::new() };
        let files = entries.map(|entry| entry.unwrap().path());
        let mut files: Vec<_> =
            files.filter(|file| file.extension().is_some_and(|it| it == "eml")).collect();
        files.sort();
        files.iter().map(|file| Received::parse(vec![], &std::fs::read(file).unwrap())).collect()
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn app(&self) -> App {
        self.app.clone()
    }

    /// Makes statements that contain this text panic from now on.
    pub(crate) fn panic_at(&self, text: Option<&'static str>) {
        *self.panics.lock().unwrap() = text;
    }

    /// The number of statements that the work runs.
    pub(crate) async fn statements(&self, work: impl Future) -> u32 {
        u32::try_from(self.sql_of(work).await.len()).unwrap()
    }

    /// The statements that the work runs, without their values.
    pub(crate) async fn sql_of(&self, work: impl Future) -> Vec<String> {
        let before = self.statements.lock().unwrap().len();
        work.await;
        self.statements.lock().unwrap()[before..].to_vec()
    }

    /// The result of a statement that selects a number.
    pub(crate) async fn count(&self, sql: &str) -> i64 {
        let db = self.services.db.read();
        let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await;
        row.unwrap().unwrap().try_get_by_index(0).unwrap()
    }

    /// The table that a change writes its events to, without which it must not happen.
    pub(crate) fn table_of_new_events(&self) -> &'static str {
        match self.services.db.backend() {
            DbBackend::Postgres => "pending_events",
            _ => "job_events",
        }
    }

    /// Changes rows directly in the database.
    pub(crate) async fn execute(&self, sql: &str) {
        self.services.db.write().execute_unprepared(sql).await.unwrap();
    }
}
