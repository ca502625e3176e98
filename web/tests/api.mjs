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

const DAY = 86_400_000;

/** A job that somebody has published, with its number. */
export async function published(owner, job) {
  const { token } = await signIn(owner);
  const input = { jobType: 'moving', city: '台北市', address: '信義路五段 7 號', estimatedAmount: 1200, ...job };
  const create = 'mutation ($input: CreateJobInput!) { createJob(input: $input) { job { id databaseId } } }';
  return (await ask(create, { input: { ...input, publish: true } }, token)).createJob.job;
}

/** The application of somebody who has a lorry; its id. */
export async function applied(worker, jobId, offeredAmount) {
  const { token } = await signIn(worker);
  const apply = 'mutation ($input: ApplyToJobInput!) { applyToJob(input: $input) { application { id } } }';
  const input = { jobId, message: '我有貨車', offeredAmount };
  return (await ask(apply, { input }, token)).applyToJob.application.id;
}

/** A job that Ann has given Ben for NT$1,100, for work in so many days if that is told; its id. */
export async function match(title, ann, ben, days) {
  const scheduledAt = days ? new Date(Date.now() + days * DAY).toISOString() : null;
  const { id } = await published(ann, { title, scheduledAt });
  const accept = 'mutation ($id: ID!) { acceptApplication(input: { id: $id }) { job { id } } }';
  await ask(accept, { id: await applied(ben, id, 1100) }, (await signIn(ann)).token);
  return id;
}

/** The same, done and reviewed by both with these words. */
export async function reviewedJob(title, ann, ben, words, rating = 1) {
  const id = await match(title, ann, ben);
  const tokens = await Promise.all([ann, ben].map(async (person) => (await signIn(person)).token));
  for (const step of ['startJob', 'completeJob']) {
    await ask(`mutation ($id: ID!) { ${step}(input: { id: $id }) { job { id } } }`, { id }, tokens[0]);
  }
  for (const token of tokens) {
    const review = 'mutation ($input: WriteReviewInput!) { writeReview(input: $input) { review { id } } }';
    await ask(review, { input: { jobId: id, rating, text: words } }, token);
  }
  return id;
}
