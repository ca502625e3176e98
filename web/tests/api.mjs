// What tests do through the gateway as any program would, without a browser.
import assert from 'node:assert/strict';

import { anAddress, at } from './browser.mjs';
import { anAccount } from './people.mjs';

/** A confirmed account with an API key. */
export async function member(name) {
  const { email, password } = await anAccount({ name });
  const { token } = await signIn({ email, password });
  const { createApiKey } = await ask(
    'mutation { createApiKey(input: { name: "tests", scopes: [JOBS_READ, JOBS_WRITE] }) { secret apiKey { key } } }',
    {},
    token,
  );
  return { email, password, key: createApiKey.apiKey.key, secret: createApiKey.secret };
}

/** The tokens of a new session. */
export async function signIn({ email, password }) {
  const { login } = await ask('mutation ($input: LoginInput!) { login(input: $input) { token refreshToken } }', {
    input: { email, password, refresh: 'STATIC' },
  });
  return login;
}

/** The data of an operation that has to succeed. */
export async function ask(query, variables = {}, token = undefined) {
  const response = await fetch(at('/graphql'), {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-Forwarded-For': anAddress(),
      ...(token && { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}
