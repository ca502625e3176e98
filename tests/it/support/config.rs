//! Settings for tests, parsed as the program parses them.

use std::iter::once;

use clap::Parser;
use find_helper::config::Config;

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    config: Config,
}

/// The defaults, changed by flags such as `--mail-from=a@example.org`.
pub(crate) fn config(flags: &[String]) -> Config {
    let arguments = once("find-helper").chain(flags.iter().map(String::as_str));
    Arguments::try_parse_from(arguments).unwrap().config
}
