// Automatic persisted queries: Apollo Client's persisted query link, and its protocol bare.
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { parse } from 'graphql';
import { endpoint, recordingFetch } from './support/gateway.mjs';

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

test('a hash that the gateway has not met is answered PersistedQueryNotFound', async () => {
  const { errors } = await send({ extensions: persisted(sha256(newQuery())) });
  assert.equal(errors[0].message, 'PersistedQueryNotFound');
  assert.equal(errors[0].extensions.code, 'PERSISTED_QUERY_NOT_FOUND');
});

test('a query sent once with its hash is known by the hash alone', async () => {
  const query = newQuery();
  const extensions = persisted(sha256(query));
  await send({ query, extensions });
  const { data } = await send({ extensions });
  assert.deepEqual(data, { viewer: null });
});

test('a hash that is not of its query is refused and registers nothing', async () => {
  const extensions = persisted(sha256(newQuery()));
  const { errors } = await send({ query: newQuery(), extensions });
  assert.ok(errors);
  const later = await send({ extensions });
  assert.equal(later.errors[0].extensions.code, 'PERSISTED_QUERY_NOT_FOUND');
});

test('Apollo registers a query at first use; then every client sends the hash only', async () => {
  const query = parse(newQuery());
  const first = await queries(query);
  assert.deepEqual(first, [false, true]);
  assert.deepEqual(await queries(query), [false]);
});

test('Apollo gets a known query by its hash over GET', async () => {
  const query = gql(newQuery());
  const { client } = apollo({ useGETForHashedQueries: true });
  await client.query({ query });

  const { client: other, sent } = apollo({ useGETForHashedQueries: true });
  const { data } = await other.query({ query });

  assert.ok(data);
  assert.deepEqual(
    sent.map(({ method }) => method),
    ['GET'],
  );
});

/** For each request that one use of this query takes: whether it carries the text. */
async function queries(query) {
  const { client, sent } = apollo();
  await client.query({ query });
  return sent.map(({ body }) => 'query' in JSON.parse(body));
}

function apollo(options = {}) {
  const recording = recordingFetch();
  const link = new PersistedQueryLink({ sha256, ...options });
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: link.concat(new HttpLink({ uri: endpoint, fetch: recording })),
  });
  return { client, sent: recording.sent };
}

async function send(body) {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return answer.json();
}

const persisted = (sha256Hash) => ({ persistedQuery: { version: 1, sha256Hash } });
const newQuery = () => `query Q${randomUUID().replaceAll('-', '')} { viewer { id } }`;
