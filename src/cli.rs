//! The command line.

mod usage;

use clap::{Args, Parser, Subcommand};

pub use self::usage::{command, parse};
use crate::config::{Config, Secret};

/// 找幫手 — a GraphQL gateway for a gig-job marketplace, with two documented REST APIs.
#[derive(Debug, Parser)]
#[command(version, about, after_help = EXAMPLES)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,

    #[command(flatten)]
    pub config: Config,
}

const EXAMPLES: &str = "\
Every setting is a flag or an environment variable; `find-helper config check` prints the values in force.

Examples:
  find-helper                                     serve on http://127.0.0.1:8080 with an SQLite file
  find-helper seed --jobs 1000 --users 100        fill the database with realistic data
  find-helper user create --email you@example.org --name You --admin
  DATABASE_URL=postgres://… JWT_SECRET=… find-helper serve";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve GraphQL and REST (the default).
    Serve,
    /// Bring the database schema up to date and exit.
    Migrate,
    /// Print the GraphQL schema.
    Schema,
    /// Print the OpenAPI description of the REST APIs.
    Openapi,
    /// Print the table of error codes, as in docs/errors.md.
    Errors,
    /// Print what fields of the GraphQL schema cost, as in docs/prices.json.
    Prices,
    /// Print the life of a job as a page with its diagram, as in docs/jobs.md.
    Life,
    /// Print every mail with made-up data, in both languages, as JSON.
    Mails {
        /// Whom the mails greet.
        #[arg(long, default_value = "王小美")]
        name: String,
    },
    /// Add realistic data; the same numbers give the same data on the same day.
    Seed(Seed),
    /// Move everything from an SQLite file to an empty PostgreSQL database, and compare every row.
    Move(Move),
    /// Manage accounts.
    #[command(subcommand)]
    User(User),
    /// Manage API keys.
    #[command(subcommand, name = "api-key")]
    ApiKey(ApiKey),
    /// Manage the keys that sign access tokens.
    #[command(subcommand, name = "signing-key")]
    SigningKey(SigningKey),
    /// Ask the gateway that serves on `BIND_ADDR` whether it is ready; fails if it is not.
    Health,
    /// Inspect the settings.
    #[command(subcommand)]
    Config(ConfigCommand),
}

/// How much data to create.
#[derive(Debug, Clone, Copy, Args)]
pub struct Seed {
    /// Number of jobs to add.
    #[arg(long, default_value_t = 1_000)]
    pub jobs: u32,
    /// Number of accounts to add; their password is `password123`.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..))]
    pub users: u32,
}

/// From where to where an installation moves.
#[derive(Debug, Clone, Args)]
pub struct Move {
    /// The SQLite file: `sqlite://PATH`; no gateway may have it open.
    #[arg(long, value_name = "URL", allow_hyphen_values = true)]
    pub from: Secret,
    /// The PostgreSQL database, which must be empty: `postgres://USER:PASSWORD@HOST/NAME`.
    #[arg(long, value_name = "URL", allow_hyphen_values = true)]
    pub to: Secret,
}

#[derive(Debug, Subcommand)]
pub enum User {
    /// Create an account whose e-mail address counts as confirmed.
    Create {
        /// E-mail address.
        #[arg(long)]
        email: String,
        /// Display name.
        #[arg(long)]
        name: String,
        /// Make the account an administrator.
        #[arg(long)]
        admin: bool,
        /// Read the password from standard input; otherwise one is generated and printed.
        #[arg(long)]
        password_stdin: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum ApiKey {
    /// Create an API key for an account and print its secret once.
    Create {
        /// E-mail address of the account.
        #[arg(long)]
        email: String,
        /// Name of the key.
        #[arg(long, default_value = "cli")]
        name: String,
        /// Scopes of the key, comma-separated.
        #[arg(long, value_delimiter = ',', default_value = "jobs:read,jobs:write")]
        scopes: Vec<String>,
        /// Days until the key expires.
        #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(i64).range(1..=365))]
        expires_in_days: i64,
        /// Restrict the key to trusted documents and the REST API.
        #[arg(long)]
        trusted_documents_only: bool,
        /// Networks or addresses that may use the key, comma-separated; if unset, all may.
        #[arg(long, value_delimiter = ',')]
        networks: Vec<String>,
    },
}

#[derive(Debug, Clone, Copy, Subcommand)]
pub enum SigningKey {
    /// Create a new signing key, which all replicas use soon, without a restart.
    Rotate {
        /// Refuse tokens of older keys immediately: all clients must refresh.
        #[arg(long)]
        at_once: bool,
    },
    /// List the keys, newest first, each with the time from which its tokens are refused.
    List,
}

#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Check all settings and print their values, without secrets.
    Check,
}
