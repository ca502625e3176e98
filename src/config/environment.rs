//! Environment variables; an empty one counts as unset.

use clap::Command;

/// The command without variables that are empty, and without the values of the others in its help:
/// any of them may hold a password.
#[must_use]
pub fn without_empty(command: Command) -> Command {
    command.mut_args(|argument| {
        let name = argument.get_env().map(ToOwned::to_owned);
        let is_empty = name.is_some_and(|name| value(&name).is_some_and(|value| value.is_empty()));
        let argument = argument.hide_env_values(true);
        if is_empty { argument.env(clap::builder::Resettable::<_>::Reset) } else { argument }
    })
}

#[expect(clippy::disallowed_methods, reason = "the settings are where the environment enters")]
fn value(name: &std::ffi::OsStr) -> Option<std::ffi::OsString> {
    std::env::var_os(name)
}
