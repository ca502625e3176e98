// graphql-ws: the protocol graphql-transport-ws, one socket for everything.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { ask, bearer, endpoint, member, postJob, renameJob } from './support/gateway.mjs';
import {
  APPLICATION_RECEIVED,
  JOB_EVENTS,
  JOB_PUBLISHED,
  JOB_UPDATED,
  apply,
  assertAllAfter,
  changingJob,
  eventually,
  first,
  positionIn,
} from './support/live.mjs';

const live = (name, body) => test(name, { timeout: 20_000 }, body);

live('a query over the socket is answered as over HTTP', async (t) => {
  const query = '{ jobTypes { slug labelZh } }';
  const { data } = await first(connect(t).iterate({ query }));
  assert.deepEqual(data, await ask(query));
});

live('the token in connectionParams makes the socket a signed-in person', async (t) => {
  const person = await member();
  const { data } = await first(connect(t, person.headers).iterate({ query: '{ viewer { id } }' }));
  assert.deepEqual(data.viewer, { id: person.id });
});

live('a job that somebody posts arrives at a visitor', async (t) => {
  const owner = await member();
  const ids = [];
  const events = connect(t).iterate({ query: JOB_PUBLISHED });
  const own = ({ data }) => ids.includes(data.jobPublished.job.id);
  const { data } = await eventually(first(events, own), async () =>
    ids.push(await postJob(owner, { title: '搬家' })),
  );
  assert.equal(data.jobPublished.job.title, '搬家');
});

live('jobUpdated tells of its own job and of no other', async (t) => {
  const owner = await member();
  const [watched, other] = [await postJob(owner), await postJob(owner)];
  const variables = { id: watched };
  const events = connect(t, owner.headers).iterate({ query: JOB_UPDATED, variables });
  let turn = 0;
  const { data } = await eventually(first(events), async () => {
    turn += 1;
    await renameJob(owner, other, `other ${turn}`);
    await renameJob(owner, watched, `watched ${turn}`);
  });
  assert.equal(data.jobUpdated.job.id, watched);
  assert.match(data.jobUpdated.job.title, /^watched/);
});

live('applicationReceived shows the owner what an applicant wrote', async (t) => {
  const owner = await member();
  const events = connect(t, owner.headers).iterate({ query: APPLICATION_RECEIVED });
  const { data } = await eventually(first(events), async () =>
    apply(await member(), await postJob(owner), '我有經驗'),
  );
  assert.equal(data.applicationReceived.application.message, '我有經驗');
});

live('after a cut connection the resume token brings each missed event once', async (t) => {
  const owner = await member();
  const client = connect(t, owner.headers);
  const events = client.iterate({ query: JOB_EVENTS, variables: { owner: owner.id } });
  const seen = await eventually(first(events), () => postJob(owner));
  client.terminate();
  await changingJob(owner);
  const variables = { owner: owner.id, after: seen.extensions.resumeToken };
  const resumed = connect(t, owner.headers).iterate({ query: JOB_EVENTS, variables });
  await assertAllAfter(positionIn(seen), resumed, owner);
});

live('a wrong token closes the socket with 4401 or 4403', async (t) => {
  const refusal = first(connect(t, bearer('wrong')).iterate({ query: '{ viewer { id } }' }));
  await assert.rejects(refusal, isRefused);
});

live('signing out closes the sockets of the session with 4401 or 4403', async (t) => {
  const person = await member();
  const client = connect(t, person.headers);
  const events = client.iterate({ query: JOB_EVENTS, variables: { owner: person.id } });
  await eventually(first(events), () => postJob(person));
  // Heard from now on: the socket may be closed before signing out is answered.
  const refused = assert.rejects(first(events, () => false), isRefused);

  await ask('mutation { logout { ok } }', {}, person.headers);

  await refused;
});

live('a document that does not fit the schema fails alone, and the socket goes on', async (t) => {
  const client = connect(t, {}, { lazy: false });
  let sockets = 0;
  client.on('connected', () => (sockets += 1));

  const refusal = first(client.iterate({ query: 'subscription { salaryRaised }' }));
  await assert.rejects(refusal, ([error]) => error.extensions.code === 'GRAPHQL_VALIDATION_FAILED');
  const { data } = await first(client.iterate({ query: '{ viewer { id } }' }));

  assert.equal(data.viewer, null);
  assert.equal(sockets, 1);
});

function connect(t, headers = {}, options = {}) {
  const client = createClient({
    url: endpoint.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: headers,
    retryAttempts: 0,
    onNonLazyError: () => {},
    ...options,
  });
  t.after(() => client.dispose());
  return client;
}

const isRefused = ({ code }) => code === 4401 || code === 4403;
