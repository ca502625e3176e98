import PRICES from '../../../../docs/prices.json';
import { useWords } from '../../i18n/language.tsx';
import { GATE, SETTINGS } from './defaults.ts';
import { words } from './words.ts';

/** The rows of the tables, in the reader's language. */
export function useRows() {
  const { t, number } = useWords();
  const bytes = (count: number) =>
    count % 1024 === 0 ? `${number(count / 1024)} KiB` : `${number(count / 1_000_000)} MB`;
  const seconds = (milliseconds: number) => t(words.seconds)(number(milliseconds / 1000));
  const minute = (count: number) => t(words.perMinute)(number(count));
  return {
    requests: [
      ['`login`', t(words.login), minute(SETTINGS.limit_login_per_minute)],
      ['`register`', t(words.register), t(words.perHour)(number(SETTINGS.limit_register_per_hour))],
      ['`address`', t(words.address), minute(SETTINGS.limit_general_per_minute)],
      ['`reading`', t(words.reading), minute(SETTINGS.limit_reading_per_minute)],
      ['`key-minute`', t(words.keyMinute), minute(SETTINGS.limit_key_per_minute)],
      ['`key-day`', t(words.keyDay), t(words.perDay)(number(SETTINGS.limit_key_per_day))],
      ['`user`', t(words.user), minute(SETTINGS.limit_graphql_per_minute)],
      ['`cost`', t(words.cost), minute(SETTINGS.limit_cost_per_minute)],
    ],
    headers: [
      ['`X-RateLimit-Limit`', t(words.limitHeader)],
      ['`X-RateLimit-Remaining`', t(words.remainingHeader)],
      ['`X-RateLimit-Reset`', t(words.resetHeader)],
      ['`RateLimit-Policy`', t(words.policyHeader)],
      ['`RateLimit`', t(words.rateHeader)],
      ['`Retry-After`', t(words.retryHeader)],
      ['`X-API-Key-Expires`', t(words.expiresHeader)],
    ],
    prices: Object.entries(PRICES).map(([field, points]) => [`\`${field}\``, number(points)]),
    sizes: [
      [t(words.body), bytes(SETTINGS.limit_body_bytes)],
      [t(words.head), bytes(SETTINGS.http_header_bytes)],
      [t(words.response), bytes(SETTINGS.limit_response_bytes)],
      [t(words.page), number(100)],
      [t(words.depth), number(SETTINGS.limit_query_depth)],
      [t(words.tokens), number(GATE.tokens)],
      [t(words.nesting), number(GATE.nesting)],
      [t(words.rootFields), number(GATE.root_fields)],
      [t(words.aliases), number(GATE.aliases)],
      [t(words.fragments), `${GATE.fragments} / ${GATE.spreads}`],
      [t(words.selections), number(GATE.selections)],
      [t(words.directives), number(GATE.directives)],
    ],
    sockets: [
      [t(words.connections), number(SETTINGS.http_connections_per_address)],
      [t(words.socketCount), number(SETTINGS.limit_sockets_per_address)],
      [t(words.operations), number(SETTINGS.limit_socket_operations)],
      [t(words.operationsMinute), number(SETTINGS.limit_socket_operations_per_minute)],
      [t(words.backlog), bytes(SETTINGS.limit_socket_bytes)],
      [t(words.init), seconds(SETTINGS.socket_init_ms)],
      [t(words.ping), seconds(SETTINGS.socket_ping_ms)],
      [t(words.age), seconds(SETTINGS.socket_max_age_ms)],
    ],
  };
}
