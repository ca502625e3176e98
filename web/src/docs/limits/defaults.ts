/** The gateway's settings and their defaults, by their names in `src/config/`. */
export const SETTINGS = {
  limit_login_per_minute: 5,
  limit_register_per_hour: 3,
  limit_general_per_minute: 60,
  limit_reading_per_minute: 600,
  limit_key_per_minute: 60,
  limit_key_per_day: 10_000,
  limit_graphql_per_minute: 600,
  limit_cost_per_minute: 500_000,
  limit_body_bytes: 65_536,
  limit_response_bytes: 10_000_000,
  limit_query_depth: 15,
  limit_query_cost: 50_000,
  http_connections_per_address: 100,
  http_header_bytes: 32_768,
  limit_sockets_per_address: 50,
  limit_socket_operations: 20,
  limit_socket_operations_per_minute: 300,
  limit_socket_bytes: 30_000_000,
  socket_init_ms: 5_000,
  socket_ping_ms: 25_000,
  socket_max_age_ms: 3_600_000,
} as const;

/** What no setting changes, by its name in `src/graphql/document/limits.rs`. */
export const GATE = {
  tokens: 2_000,
  nesting: 32,
  root_fields: 15,
  aliases: 30,
  fragments: 20,
  spreads: 50,
  selections: 2_000,
  directives: 20,
} as const;
