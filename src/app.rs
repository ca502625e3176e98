//! The composition root: from settings to a running gateway.

use std::{panic::AssertUnwindSafe, path::PathBuf, sync::Arc, time::Duration};

use futures_util::FutureExt;
use tokio::{net::TcpListener, task::JoinHandle};
use tracing::Instrument;

use crate::{
    auth::{AccessTokens, Keys, Passwords, SessionCookies},
    clock::Clock,
    cluster::Cluster,
    config::{Backend, Config, ConfigError},
    domain::{
        Services,
        change::Sequencer,
        erasure,
        health::Health,
        jobs::{
            event, job,
            notice::{self, Follower},
        },
        keys,
        limits::{self, credential},
        mail::deliver,
        presence, pruning, signing_key,
        store::database::Database,
    },
    error::{Error, Result},
    files,
    graphql::{Engine, persisted::Documents},
    heartbeat::Heartbeats,
    http::{Gateway, metrics, server},
    mail::{self, Mailer},
    metrics::Names,
    network::{Ledger, Unread},
    random::Random,
};

const CHORES: &str = "chores";
const HOURLY_CHORES: &str = "hourly chores";
/// More than there are rate limits.
const LIMITS: usize = 64;
/// Delay before a task that panicked is restarted.
const RESTART_DELAY: Duration = Duration::from_secs(1);

/// A gateway with all its parts.
#[derive(Clone)]
pub struct App {
    pub services: Arc<Services>,
    pub gateway: Arc<Gateway>,
    pub mailer: Mailer,
}

impl App {
    /// Opens the database, migrates it and assembles the gateway.
    pub async fn start(config: Config, clock: Clock, random: Random) -> Result<Self> {
        let services = Arc::new(services(config, clock, random).await?);
        services.db.migrate().await?;
        Self::assemble(services).await
    }

    /// Assembles a gateway over services whose database is migrated.
    pub async fn assemble(services: Arc<Services>) -> Result<Self> {
        limits::load_daily_counts(&services).await?;
        signing_key::load(&services).await?;
        let mailer =
            Mailer::new(&services.config, services.clock.clone()).map_err(Error::internal)?;
        let gateway = Gateway::new(Engine::new(services.clone())?)?;
        Ok(Self { services, gateway, mailer })
    }

    /// Serves until `shutdown` resolves, and runs the background tasks meanwhile; those who watch the gateway
    /// have a listener of their own.
    pub async fn serve(
        self,
        listener: TcpListener,
        watchers: Option<TcpListener>,
        shutdown: impl Future<Output = ()>,
    ) -> Result<()> {
        let (services, mailer) = (self.services.clone(), self.mailer);
        let mails = move |services| deliver::work(services, mailer.clone());
        let follower = Arc::new(Follower::new(&services));
        let leading = follower.clone();
        let notices = move |services| notice::follow(services, leading.clone());
        let tasks = [
            supervise(&services, deliver::TASK, mails),
            supervise(&services, CHORES, chores),
            supervise(&services, HOURLY_CHORES, hourly_chores),
            supervise(&services, job::index::TASK, job::index::follow),
            supervise(&services, event::TASK, event::follow),
            supervise(&services, notice::TASK, notices),
            supervise(&services, presence::TASK, presence::watch),
            supervise(&services, signing_key::TASK, signing_key::follow),
        ];
        let watched = watchers.map(|it| tokio::spawn(metrics::serve(self.gateway.clone(), it)));
        server::serve(self.gateway, listener, shutdown).await;
        if let Some(task) = watched {
            task.abort();
        }
        // What a task was about to save is put back as it ends.
        for task in tasks {
            task.abort();
            task.await.ok();
        }
        let saved = follower.resign(&self.services).await;
        let saved = limits::save_daily_counts(&self.services).await.and(saved);
        let saved = keys::save_usage(&self.services).await.and(saved);
        keys::save_requests(&self.services).await.and(saved)
    }
}

/// Reports every fault of the settings that can be found without connecting to anything.
pub fn check(config: &Config) -> Result<()> {
    config.check().map_err(Error::internal)?;
    Database::check(config)?;
    Cluster::check(config.redis_url.as_ref()).map_err(Error::internal)?;
    Mailer::new(config, Clock::System).map_err(Error::internal)?;
    match (&config.jwt_secret, &config.jwt_secret_file) {
        (None, Some(file)) => Keys::load(file).map(drop).map_err(Error::internal)?,
        (None, None) => Keys::check(&generated_secret(config)).map_err(Error::internal)?,
        _ => {}
    }
    match config.trusted.trusted_documents {
        Some(_) => Documents::load(config).map(drop),
        None => Ok(()),
    }
}

/// Path of the file that holds the generated secret.
fn generated_secret(config: &Config) -> PathBuf {
    config.data_dir.join("jwt-secret")
}

/// Creates the data folder if anything will be stored in it.
fn prepare_data_dir(config: &Config) -> Result<(), ConfigError> {
    let folder = &config.data_dir;
    if config.backend()? == Backend::Postgres && config.smtp_url.is_some() {
        return Ok(());
    }
    files::make_private(&folder.join(mail::FOLDER));
    files::create_private_folder(folder)
        .map_err(|error| ConfigError::DataDir(folder.clone(), error.to_string()))
}

/// The services over an open database; does not look at its schema.
pub async fn services(mut config: Config, clock: Clock, random: Random) -> Result<Services> {
    check(&config)?;
    prepare_data_dir(&config).map_err(Error::internal)?;
    let keys = match (&config.jwt_secret, &config.jwt_secret_file) {
        (Some(secret), _) => Ok(Keys::derive(secret.reveal().as_bytes())),
        (None, Some(file)) => Keys::load(file),
        (None, None) => Keys::load_or_create(&generated_secret(&config), &random),
    };
    let keys = keys.map_err(Error::internal)?;
    let redis_timeout = config.redis_timeout_ms;
    // The keys are derived: nobody needs the secret any more.
    config.jwt_secret = None;
    let config = config.with_public_port();
    let issuer = config.public_url.as_str().trim_end_matches('/');
    Ok(Services {
        access_tokens: AccessTokens::new(&keys, issuer, clock.clone(), random.clone()),
        cookies: SessionCookies::new(&config.public_url),
        passwords: Passwords::new(&config.hashing, random.clone()),
        db: Database::connect(&config).await?,
        cluster: Cluster::connect(config.redis_url.as_ref(), redis_timeout, &clock, &random)
            .await
            .map_err(Error::internal)?,
        sequencer: Sequencer::default(),
        events: event::Tail::new(config.database_connections),
        notices: notice::Tail::default(),
        presences: presence::LiveConnections::default(),
        uses: keys::Uses::default(),
        recent: keys::Recent::default(),
        unread: Unread::new(
            config.http.http_unread_bytes,
            config.http.http_unread_bytes_per_address,
        ),
        requests: Ledger::new(
            "bytes of requests",
            config.http.http_request_bytes,
            config.http.http_request_bytes_per_address,
        ),
        heartbeats: Heartbeats::new(config.heartbeat_timeout_ms),
        credentials: credential::Credentials::default(),
        health: Health::default(),
        refusals: Names::new(LIMITS),
        keys,
        clock,
        random,
        config,
    })
}

/// Runs a background task that should never end; restarts it after a panic.
fn supervise<T>(
    services: &Arc<Services>,
    name: &'static str,
    task: impl Fn(Arc<Services>) -> T + Send + 'static,
) -> JoinHandle<()>
where
    T: Future<Output = ()> + Send + 'static,
{
    let services = services.clone();
    let span = tracing::error_span!("background", task = name);
    // So that a task that never reports for the first time is noticed too.
    services.heartbeats.beat(name, Duration::ZERO);
    let run = async move {
        while AssertUnwindSafe(task(services.clone())).catch_unwind().await.is_err() {
            tracing::error!("background task panicked; restarting");
            tokio::time::sleep(RESTART_DELAY).await;
        }
    };
    tokio::spawn(run.instrument(span))
}

/// Periodic work of every second.
async fn chores(services: Arc<Services>) {
    const ROUND: Duration = Duration::from_secs(1);
    /// Rounds until the last requests with keys are written again.
    const REQUESTS: u64 = 10;
    let mut seconds = tokio::time::interval(ROUND);
    seconds.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    for round in 0_u64.. {
        services.heartbeats.beat(CHORES, ROUND);
        seconds.tick().await;
        report([
            limits::save_daily_counts(&services).await,
            keys::save_usage(&services).await,
            job::expire_due(&services).await.map(drop),
            job::complete_due(&services).await.map(drop),
        ]);
        if round.is_multiple_of(REQUESTS) {
            report([keys::save_requests(&services).await]);
        }
    }
}

/// Periodic work at the start and then every hour.
async fn hourly_chores(services: Arc<Services>) {
    const ROUND: Duration = Duration::from_hours(1);
    /// After a long pause there can be much to delete.
    const WORK: Duration = Duration::from_mins(10);
    let mut hours = tokio::time::interval(ROUND);
    hours.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        services.heartbeats.beat(HOURLY_CHORES, ROUND);
        hours.tick().await;
        services.heartbeats.beat(HOURLY_CHORES, WORK);
        report([
            keys::warn(&services).await.map(drop),
            erasure::erase_due(&services).await.map(drop),
            erasure::purge_unconfirmed(&services).await.map(drop),
            pruning::prune(&services).await.map(drop),
            erasure::empty_log(&services).await,
        ]);
    }
}

fn report<const N: usize>(outcomes: [Result<()>; N]) {
    for error in outcomes.into_iter().filter_map(Result::err) {
        tracing::error!(error = &error as &dyn std::error::Error, "background work failed");
    }
}
