//! How much one may ask for.

use clap::Args;

use super::at_least_one;

/// How often one may ask; each is a setting of its own.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Limits")]
pub struct Limits {
    /// Sign-in attempts per client address and minute.
    #[arg(long, env, default_value_t = 5, value_parser = at_least_one())]
    pub limit_login_per_minute: u32,
    /// Registrations per client address and hour.
    #[arg(long, env, default_value_t = 3, value_parser = at_least_one())]
    pub limit_register_per_hour: u32,
    /// Other requests per client address and minute.
    #[arg(long, env, default_value_t = 60, value_parser = at_least_one())]
    pub limit_general_per_minute: u32,
    /// Requests per API key and minute.
    #[arg(long, env, default_value_t = 60, value_parser = at_least_one())]
    pub limit_key_per_minute: u32,
    /// Requests per API key and UTC day.
    #[arg(long, env, default_value_t = 10_000, value_parser = at_least_one())]
    pub limit_key_per_day: u32,
    /// GraphQL requests per signed-in user and minute.
    #[arg(long, env, default_value_t = 600, value_parser = at_least_one())]
    pub limit_graphql_per_minute: u32,
    /// What the operations of a user, of an API key or of a client address may cost in a minute: a
    /// point is about ten microseconds of a processor.
    #[arg(long, env, default_value_t = 500_000, value_parser = at_least_one())]
    pub limit_cost_per_minute: u32,
    /// Bytes of a request body.
    #[arg(long, env, default_value_t = 65_536)]
    pub limit_body_bytes: usize,
    /// Bytes of an answer.
    #[arg(long, env, default_value_t = 10_000_000)]
    pub limit_response_bytes: usize,
    /// Levels of nested fields in a GraphQL document.
    #[arg(long, env, default_value_t = 15)]
    pub limit_query_depth: u32,
    /// Cost of a GraphQL document: fields and what the database may have to read for them, times the
    /// sizes of the pages they stand in.
    #[arg(long, env, default_value_t = 50_000)]
    pub limit_query_cost: u64,
}
