use std::process::ExitCode;

use find_helper::{cli, command, log};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = cli::parse().unwrap_or_else(|error| error.exit());
    log::start(&cli.config);
    let outcome = match Box::pin(command::run(cli)).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    };
    log::flush();
    outcome
}

/// Prints the error in one sentence: for the operator, the cause is the message.
fn fail(error: &dyn std::error::Error) -> ExitCode {
    let mut cause = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    log::say(&format!("find-helper: {cause}"));
    ExitCode::FAILURE
}
