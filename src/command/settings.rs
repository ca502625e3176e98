//! Lists all settings in force.

use clap::{ArgMatches, CommandFactory, parser::ValueSource};

use crate::{
    app,
    cli::{self, Cli},
    config::Config,
    error::Result,
};

/// Checks the settings and lists name, value and source of each; secrets are not shown.
pub(super) fn check(config: &Config) -> Result<String> {
    app::check(config)?;
    let given = cli::command().get_matches();
    let all = Cli::command();
    let lines = all.get_arguments().filter_map(|argument| line(argument, &given, config));
    Ok(lines.chain(["The settings are valid.\n".to_owned()]).collect())
}

fn line(argument: &clap::Arg, given: &ArgMatches, config: &Config) -> Option<String> {
    let name = argument.get_env()?.to_string_lossy();
    let id = argument.get_id().as_str();
    let source = match given.value_source(id) {
        Some(ValueSource::CommandLine) => "flag",
        Some(ValueSource::EnvVariable) => "environment",
        Some(_) => "default",
        // It is derived from another setting and contains no password.
        None if id == "database_url" => {
            return Some(format!("{name:<28} {}  (default)\n", config.database_url().reveal()));
        }
        None => return Some(format!("{name:<28} (unset)\n")),
    };
    let is_secret = argument.is_hide_env_values_set() && source != "default";
    let value = if is_secret { "[secret]".to_owned() } else { values(given, id) };
    Some(format!("{name:<28} {value}  ({source})\n"))
}

fn values(given: &ArgMatches, id: &str) -> String {
    let raw = given.get_raw(id).into_iter().flatten();
    raw.map(|value| value.to_string_lossy().into_owned()).collect::<Vec<_>>().join(",")
}
