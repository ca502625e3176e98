//! Serves until a signal arrives.

use std::net::SocketAddr;

use sd_notify::NotifyState;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

use crate::{
    app::App,
    clock::Clock,
    config::{Backend, Config},
    error::{Error, Result},
    log, mail,
    random::Random,
};

/// Serves until SIGINT or SIGTERM; a second signal ends the process at once.
pub(super) async fn serve(config: Config) -> Result<()> {
    let app = App::start(config.clone(), Clock::System, Random::System).await?;
    let listener = listen("BIND_ADDR", config.bind_addr).await?;
    let watchers = match config.observing.metrics_addr {
        Some(address) => Some(listen("METRICS_ADDR", address).await?),
        None => None,
    };
    let shutdown = shutdown()?;
    welcome(&config, &listener, watchers.as_ref());
    tell_systemd(NotifyState::Ready);
    let stopping = async {
        shutdown.await;
        tell_systemd(NotifyState::Stopping);
    };
    app.serve(listener, watchers, stopping).await
}

async fn listen(setting: &str, address: SocketAddr) -> Result<TcpListener> {
    let bound = TcpListener::bind(address).await;
    bound.map_err(|error| Error::internal(format!("{setting} {address} cannot be used: {error}")))
}

/// Reports to the service manager, if it has named a socket for that (`NOTIFY_SOCKET`).
fn tell_systemd(state: NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::warn!(%error, "service manager cannot be told");
    }
}

/// Prints the addresses of the gateway.
fn welcome(config: &Config, listener: &TcpListener, watchers: Option<&TcpListener>) {
    let address = listener.local_addr().unwrap_or(config.bind_addr);
    let database = match config.backend() {
        Ok(Backend::Postgres) => "PostgreSQL".to_owned(),
        _ => config
            .database_url()
            .reveal()
            .trim_start_matches("sqlite:")
            .trim_start_matches("//")
            .to_owned(),
    };
    let mails = match &config.smtp_url {
        Some(_) => "sent by SMTP".to_owned(),
        None => {
            format!("{}/ (set SMTP_URL to send them)", config.data_dir.join(mail::FOLDER).display())
        }
    };
    let metrics = watchers.and_then(|listener| listener.local_addr().ok());
    let metrics =
        metrics.map_or_else(String::new, |it| format!("  Metrics   http://{it}/metrics\n"));
    log::say(&format!(
        "找幫手 find-helper {} is ready\n\
         \x20 GraphiQL  http://{address}/graphql\n\
         \x20 Portal    http://{address}/app/\n\
         \x20 Docs      http://{address}/docs\n\
         \x20 REST      http://{address}/api/jobs  http://{address}/login …  described at http://{address}/openapi.json\n\
         \x20 Database  {database}\n\
         \x20 Mails     {mails}\n\
         {metrics}\x20 Stop      Ctrl-C",
        env!("CARGO_PKG_VERSION"),
    ));
}

fn shutdown() -> Result<impl Future<Output = ()>> {
    let mut interrupt = signal(SignalKind::interrupt()).map_err(Error::internal)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(Error::internal)?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tokio::spawn(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            std::process::exit(1);
        });
    })
}
