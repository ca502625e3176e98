// What the tests of both kinds of subscriptions share.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { ask, postJob, renameJob } from './gateway.mjs';

export const JOB_PUBLISHED = 'subscription { jobPublished { job { id title } } }';
export const JOB_UPDATED = `
  subscription ($id: ID!) { jobUpdated(id: $id) { job { id title } } }
`;
export const APPLICATION_RECEIVED = `
  subscription { applicationReceived { application { message } } }
`;
export const JOB_EVENTS = `
  subscription ($owner: ID!, $after: String) {
    jobEvents(filter: { owner: $owner }, after: $after) { event { position } }
  }
`;

/** What `seen` brings, while `act` happens again and again: nothing tells a client that its
 *  subscription has begun. */
export async function eventually(seen, act) {
  let waiting = true;
  const settled = seen.then(
    () => (waiting = false),
    () => (waiting = false),
  );
  for (const deadline = Date.now() + 10_000; waiting; ) {
    if (Date.now() > deadline) throw new Error('no such event came');
    await act();
    await Promise.race([settled, pause(50)]);
  }
  return seen;
}

/** The first event that `wanted` accepts. */
export async function first(events, wanted = () => true) {
  for (;;) {
    const { value, done } = await events.next();
    if (done) throw new Error('the subscription ended');
    if (value.errors) throw new Error(JSON.stringify(value.errors));
    if (wanted(value)) return value;
  }
}

/** A new job that is changed twice. */
export async function changingJob(owner) {
  const id = await postJob(owner);
  await renameJob(owner, id, 'second title');
  await renameJob(owner, id, 'third title');
}

/** Reads the events of this owner's jobs to the last: all after `seen` come, in order, each once. */
export async function assertAllAfter(seen, events, owner) {
  const expected = (await positions(owner)).filter((position) => position > seen);
  const got = [];
  while (!(got.at(-1) >= expected.at(-1))) got.push(positionIn(await first(events)));
  assert.deepEqual(got, expected);
}

export const positionIn = ({ data }) => data.jobEvents.event.position;

/** The positions of all events of this owner's jobs, from the jobs themselves. */
async function positions({ headers }) {
  const { viewer } = await ask(
    '{ viewer { jobs(first: 100) { nodes { events(first: 100) { nodes { position } } } } } }',
    {},
    headers,
  );
  return viewer.jobs.nodes
    .flatMap((job) => job.events.nodes.map(({ position }) => position))
    .sort((a, b) => a - b);
}

export const apply = ({ headers }, jobId, message) =>
  ask(
    'mutation ($input: ApplyToJobInput!) { applyToJob(input: $input) { application { id } } }',
    { input: { jobId, message } },
    headers,
  );
