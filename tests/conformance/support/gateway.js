// The gateway under test, as tests/gateway.sh left it in the environment.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';

export const gateway = process.env.GATEWAY_URL;
if (!gateway) throw new Error('GATEWAY_URL is not set: start me with tests/conformance.sh');

export const root = new URL('../../../', import.meta.url);
export const schemaText = readFileSync(new URL('schema.graphql', root), 'utf8');
export const schema = buildSchema(schemaText);

/** The account that the tests act as; `find-helper seed` made it. */
export const account = { email: 'seed-000001@example.com', password: 'password123' };

/** The gateway's response as text, so that the order of keys can be compared. */
export async function post(query, { variables = {}, token, accept = 'application/graphql-response+json' } = {}) {
  const headers = { 'content-type': 'application/json', accept };
  if (token) headers.authorization = `Bearer ${token}`;
  const body = JSON.stringify({ query, variables });
  const response = await fetch(`${gateway}/graphql`, { method: 'POST', headers, body });
  return { status: response.status, ...(await response.json()) };
}

/** The documented sign-in; its `data` has `token` and `refresh_token`. */
export async function login() {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${gateway}/login`, { method: 'POST', headers, body: JSON.stringify(account) });
  if (!response.ok) throw new Error(`the seeded account cannot sign in: ${response.status}`);
  return (await response.json()).data;
}

/** A new API key as `{ key, secret }`. */
export function createApiKey() {
  const args = ['api-key', 'create', '--email', account.email, '--name', 'conformance'];
  const printed = execFileSync(process.env.GATEWAY_PROGRAM, args, { encoding: 'utf8' });
  const header = (name) => printed.match(new RegExp(`${name}: (\\S+)`))[1];
  return { key: header('X-API-Key'), secret: header('X-API-Secret') };
}

/** Changes the gateway's database while the gateway runs. */
export function sql(statement) {
  const path = process.env.DATABASE_URL.replace('sqlite://', '');
  const script = 'import sqlite3, sys; c = sqlite3.connect(sys.argv[1], 30); c.execute(sys.argv[2]); c.commit()';
  execFileSync('python3', ['-c', script, path, statement]);
}
