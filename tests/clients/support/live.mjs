// What the tests of both kinds of subscriptions share.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { ask, postJob, renameJob } from './gateway.mjs';

export const JOB_PUBLISHED = 'subscription { jobPublished { id title } }';
export const JOB_UPDATED = 'subscription ($id: ID!) { jobUpdated(id: $id) { id title } }';
export const APPLICATION_RECEIVED = `
  subscription { applicationReceived { message job { id } applicant { id } } }
`;
export const JOB_EVENTS = `
  subscription ($after: String) { jobEvents(after: $after) { position kind } }
`;

/** The first event that `wanted` accepts, while `act` happens again and again: nothing tells a
 *  client that its subscription has begun. */
export async function eventually(events, wanted, act) {
  let event;
  const seen = first(events, wanted).then((value) => (event = value));
  seen.catch(() => {}); // Told by the races below.
  for (const deadline = Date.now() + 10_000; !event && Date.now() < deadline; ) {
    await act();
    await Promise.race([seen, pause(50)]);
  }
  if (!event) throw new Error('no such event came');
  return event;
}

/** Any event will do. */
export const any = () => true;

/** The first event that `wanted` accepts. */
export async function first(events, wanted = any) {
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

/** Reads events up to the owner's last one: in order, all of the owner's after `seen`, each once. */
export async function assertAllAfter(seen, events, owner) {
  const all = await positions(owner);
  const got = [];
  while (got.at(-1) !== all.at(-1)) got.push((await first(events)).data.jobEvents.position);
  assert.deepEqual(got, [...new Set(got)].sort(ascending));
  assert.deepEqual(
    got.filter((position) => all.includes(position)),
    all.filter((position) => position > seen),
  );
}

/** The positions of all events of this owner's jobs, from the jobs themselves. */
async function positions({ headers }) {
  const { viewer } = await ask(
    '{ viewer { jobs(first: 100) { nodes { events(first: 100) { nodes { position } } } } } }',
    {},
    headers,
  );
  return viewer.jobs.nodes
    .flatMap((job) => job.events.nodes.map(({ position }) => position))
    .sort(ascending);
}

const ascending = (a, b) => a - b;

export const apply = ({ headers }, jobId, message) =>
  ask(
    'mutation ($input: ApplyToJobInput!) { applyToJob(input: $input) { application { id } } }',
    { input: { jobId, message } },
    headers,
  );
