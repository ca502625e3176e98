// Accounts and keys for tests, made through the gateway as anybody would make them.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { setting } from './setting.mjs';

export const PASSWORD = 'correct horse battery';

const gateway = setting('GATEWAY_URL');
const mails = setting('GATEWAY_MAILS');

export const someEmail = () => `${randomUUID()}@example.org`;

/** Somebody who has registered and followed the link in the mail, with an API key. */
export async function member(name) {
  const email = someEmail();
  await ask('mutation ($input: RegisterInput!) { register(input: $input) { user { id } } }', {
    input: { name, email, password: PASSWORD },
  });
  const token = new URL((await mailTo(email)).match(/http\S+\/verify\?\S+/)[0]).searchParams.get('token');
  await ask('mutation ($token: String!) { verifyEmail(input: { token: $token }) { ok } }', { token });
  const { token: session } = await signIn(email);
  const { createApiKey } = await ask(
    `mutation {
      createApiKey(input: { name: "samples", scopes: [JOBS_READ, JOBS_WRITE] }) { secret apiKey { key } }
    }`,
    {},
    session,
  );
  return { email, key: createApiKey.apiKey.key, secret: createApiKey.secret };
}

/** The tokens of a new session. */
export async function signIn(email) {
  const { login } = await ask(
    'mutation ($input: LoginInput!) { login(input: $input) { token refreshToken } }',
    { input: { email, password: PASSWORD, refresh: 'STATIC' } },
  );
  return login;
}

/** The data of an operation that has to succeed. */
export async function ask(query, variables = {}, token = undefined) {
  const response = await fetch(`${gateway}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}

/** The text of the mail to an address, as soon as it was sent: a `.txt` beside the `.eml`. */
export async function mailTo(email) {
  for (;;) {
    for (const name of await readdir(mails).catch(() => [])) {
      const isTheirs = name.endsWith('.eml') && (await read(name)).includes(email);
      if (isTheirs) return read(name.replace('.eml', '.txt'));
    }
  }
}

const read = (name) => readFile(join(mails, name), 'utf8');
