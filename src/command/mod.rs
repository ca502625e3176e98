//! The commands of the command line.

mod account;
mod health;
mod life;
mod mails;
mod relocation;
pub mod seed;
mod serve;
mod settings;
mod signing_key;

use std::io::{self, Write};

pub use self::life::life_page;
use crate::{
    app,
    cli::{Cli, Command, ConfigCommand, SigningKey},
    clock::Clock,
    config::Config,
    domain::Services,
    error::{ErrorCode, Result},
    graphql,
    random::Random,
};

/// Runs a command; its output goes to standard output.
pub async fn run(cli: Cli) -> Result<()> {
    let config = cli.config;
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::serve(config).await,
        Command::Migrate => migrated(config).await.map(drop),
        Command::Schema => print(&graphql::sdl()),
        Command::Openapi => print(&crate::rest::openapi::json(&config)?),
        Command::Errors => print(&error_table()),
        Command::Life => print(&life_page()),
        Command::Prices => print(&graphql::price_list()?),
        Command::Mails { name } => print(&mails::all(&config, &name, Clock::System.now())?),
        Command::Seed(seed) => seed::run(&migrated(config).await?, seed).await,
        Command::Move(from_to) => relocation::run(&config, from_to).await,
        Command::User(command) => account::user(&migrated(config).await?, command).await,
        Command::ApiKey(command) => account::api_key(&migrated(config).await?, command).await,
        Command::SigningKey(command @ SigningKey::List) => {
            signing_key::run(&readable(config).await?, command).await
        }
        Command::SigningKey(command) => signing_key::run(&migrated(config).await?, command).await,
        Command::Health => print(&health::ask(config.bind_addr).await?),
        Command::Config(ConfigCommand::Check) => print(&settings::check(&config)?),
    }
}

/// The services over a database after migrating it.
async fn migrated(config: Config) -> Result<Services> {
    let services = app::services(config, Clock::System, Random::System).await?;
    services.db.migrate().await?;
    Ok(services)
}

/// The services for a read-only command, which also works with the database of a newer release.
async fn readable(config: Config) -> Result<Services> {
    let services = app::services(config, Clock::System, Random::System).await?;
    let newer = services.db.newer_migrations().await?;
    if newer.is_empty() {
        services.db.migrate().await?;
    } else {
        let newer = newer.join(", ");
        tracing::warn!(newer, "database was migrated by a newer release; reading it unchanged");
    }
    Ok(services)
}

fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    // A reader that stops early (`| head`) is no failure.
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(crate::error::Error::internal(error))
        }
        _ => Ok(()),
    }
}

/// The table of error codes, as checked in at docs/errors.md.
#[must_use]
pub fn error_table() -> String {
    use crate::rest::{Envelope, is_rest_code};
    let rows = ErrorCode::ALL.iter().map(|&code| {
        let rest =
            |envelope: Envelope| if is_rest_code(code) { envelope.code(code) } else { "–" };
        format!(
            "| {} | {} | {} | {} | {} | {} |\n",
            code.name(),
            code.status().as_u16(),
            rest(Envelope::Jobs),
            rest(Envelope::Auth),
            if code.retryable() { "yes" } else { "no" },
            code.meaning(),
        )
    });
    let head = "# Error codes\n\nPrinted by `find-helper errors`. GraphQL tells the code in `extensions.code`, \
                the jobs API (`/api/*`) in `error.code`, the auth API in `error_code`.\n\n\
                | GraphQL | HTTP | jobs API | auth API | retry | meaning |\n|---|---|---|---|---|---|\n";
    std::iter::once(head.to_owned()).chain(rows).collect()
}
