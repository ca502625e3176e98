//! Rate limits and limits of size.

use clap::Args;

use super::at_least_one;

/// Rate limits and limits of size; each is a setting of its own.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Limits")]
pub struct Limits {
    /// Sign-in attempts per client address per minute.
    #[arg(long, env, default_value_t = 5, value_parser = at_least_one())]
    pub limit_login_per_minute: u32,
    /// Registrations per client address per hour.
    #[arg(long, env, default_value_t = 3, value_parser = at_least_one())]
    pub limit_register_per_hour: u32,
    /// Other requests per client address per minute.
    #[arg(long, env, default_value_t = 60, value_parser = at_least_one())]
    pub limit_general_per_minute: u32,
    /// GraphQL queries and subscriptions without credentials, and pages, per client address per minute.
    #[arg(long, env, default_value_t = 600, value_parser = at_least_one())]
    pub limit_reading_per_minute: u32,
    /// Requests per API key per minute.
    #[arg(long, env, default_value_t = 60, value_parser = at_least_one())]
    pub limit_key_per_minute: u32,
    /// Requests per API key per UTC day.
    #[arg(long, env, default_value_t = 10_000, value_parser = at_least_one())]
    pub limit_key_per_day: u32,
    /// GraphQL requests per signed-in user per minute.
    #[arg(long, env, default_value_t = 600, value_parser = at_least_one())]
    pub limit_graphql_per_minute: u32,
    /// Cost of all operations per user, API key or client address per minute, in points of about 10
    /// µs of CPU time.
    #[arg(long, env, default_value_t = 500_000, value_parser = at_least_one())]
    pub limit_cost_per_minute: u32,
    /// Mails of notices to one person per hour; what is more follows in one mail.
    #[arg(long, env, default_value_t = 10, value_parser = at_least_one())]
    pub limit_notice_mails_per_hour: u32,
    /// Largest request body in bytes.
    #[arg(long, env, default_value_t = 65_536)]
    pub limit_body_bytes: usize,
    /// Largest response in bytes.
    #[arg(long, env, default_value_t = 10_000_000)]
    pub limit_response_bytes: usize,
    /// Largest nesting depth of fields in a GraphQL document.
    #[arg(long, env, default_value_t = 15)]
    pub limit_query_depth: u32,
    /// Largest cost of a GraphQL document: one point per field, more where the database may read
    /// more, multiplied by page sizes.
    #[arg(long, env, default_value_t = 50_000)]
    pub limit_query_cost: u64,
}
