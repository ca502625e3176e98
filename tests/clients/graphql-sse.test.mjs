// graphql-sse in its distinct connections mode: each operation is one POST with a stream for an answer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from 'graphql-sse';
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

live('a query over a stream is answered as over plain HTTP, and the stream ends', async (t) => {
  const query = '{ jobTypes { slug labelZh } }';
  const answers = connect(t).iterate({ query });
  assert.deepEqual((await first(answers)).data, await ask(query));
  assert.equal((await answers.next()).done, true);
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

live('the id of the last event, as an argument, brings each missed event once', async (t) => {
  const owner = await member();
  const { id, position } = await someEvent(owner);
  await changingJob(owner);
  const variables = { owner: owner.id, after: id };
  const resumed = connect(t, owner.headers).iterate({ query: JOB_EVENTS, variables });
  await assertAllAfter(position, resumed, owner);
});

live('the id of the last event, as Last-Event-ID, brings each missed event once', async (t) => {
  const owner = await member();
  const { id, position } = await someEvent(owner);
  await changingJob(owner);
  const headers = { ...owner.headers, 'Last-Event-ID': id };
  const variables = { owner: owner.id };
  const resumed = connect(t, headers).iterate({ query: JOB_EVENTS, variables });
  await assertAllAfter(position, resumed, owner);
});

live('a wrong token is refused before a stream begins', async (t) => {
  const refusal = first(connect(t, bearer('wrong')).iterate({ query: JOB_PUBLISHED }));
  await assert.rejects(refusal, ({ response }) => response.status === 401);
});

function connect(t, headers = {}) {
  const client = createClient({ url: endpoint, headers, retryAttempts: 0 });
  t.after(() => client.dispose());
  return client;
}

/** The id and the position of an event of this owner's; graphql-sse drops ids, so this reads text. */
async function someEvent(owner) {
  const cut = new AbortController();
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream', ...owner.headers },
    body: JSON.stringify({ query: JOB_EVENTS, variables: { owner: owner.id } }),
    signal: cut.signal,
  });
  assert.match(answer.headers.get('Content-Type'), /^text\/event-stream\b/);
  const event = await eventually(first(events(answer.body)), () => postJob(owner));
  cut.abort();
  return event;
}

async function* events(stream) {
  let text = '';
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + chunk).split('\n\n');
    text = blocks.pop();
    for (const block of blocks.filter((block) => /^event: ?next$/m.test(block))) {
      const field = (name) => block.match(new RegExp(`^${name}: ?(.*)$`, 'm'))[1];
      yield { id: field('id'), position: positionIn(JSON.parse(field('data'))) };
    }
  }
}
