use std::{io::IsTerminal, process::ExitCode};

use clap::Parser;
use find_helper::{
    cli::Cli,
    command,
    config::{Config, LogFormat},
};
use tracing_subscriber::EnvFilter;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    log(&cli.config);
    match Box::pin(command::run(cli)).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

fn log(config: &Config) {
    let filter = EnvFilter::try_new(&config.log_level).unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    match config.log_format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
}

/// Says in one sentence what went wrong: for the operator, the cause is the message.
#[expect(clippy::print_stderr, reason = "the last word of the process")]
fn fail(error: &dyn std::error::Error) -> ExitCode {
    let mut cause = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    eprintln!("find-helper: {cause}");
    ExitCode::FAILURE
}
