// People, keys and jobs for the tests, made through the gateway as anybody would make them.
import { randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export const gateway = setting('GATEWAY_URL');
export const endpoint = `${gateway}/graphql`;

export const PASSWORD = 'securePassword123';

export const uniqueEmail = () => `${randomUUID()}@example.org`;

/** Sends one GraphQL request without a library; for preparing, where only success makes sense. */
export async function ask(query, variables = {}, headers = {}) {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await answer.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** A person who is registered, has followed the link in the mail and is signed in. */
export async function member(name = '張三') {
  const email = uniqueEmail();
  await ask('mutation ($input: RegisterInput!) { register(input: $input) { user { id } } }', {
    input: { name, email, password: PASSWORD },
  });
  await ask('mutation ($token: String!) { verifyEmail(input: {token: $token}) { ok } }', {
    token: new URL(await verificationLink(email)).searchParams.get('token'),
  });
  const { login } = await ask(
    `mutation ($input: LoginInput!) {
      login(input: $input) { token refreshToken user { id } }
    }`,
    { input: { email, password: PASSWORD } },
  );
  return { ...login, email, id: login.user.id, headers: bearer(login.token) };
}

export const bearer = (token) => ({ Authorization: `Bearer ${token}` });

/** The headers that act as this member through an API key. */
export async function apiKey({ headers }, scopes = ['JOBS_READ', 'JOBS_WRITE']) {
  const { createApiKey } = await ask(
    `mutation ($input: CreateApiKeyInput!) {
      createApiKey(input: $input) { secret apiKey { key } }
    }`,
    { input: { name: 'client', scopes } },
    headers,
  );
  return { 'X-API-Key': createApiKey.apiKey.key, 'X-API-Secret': createApiKey.secret };
}

/** What `createJob` takes, published at once. */
export const jobInput = (changes) => ({
  title: '居家清潔',
  jobType: 'general',
  city: '台北市',
  address: '台北市信義區信義路五段7號',
  estimatedAmount: 3000,
  publish: true,
  ...changes,
});

/** The global id of a new job of this member's. */
export async function postJob({ headers }, changes) {
  const { createJob } = await ask(
    'mutation ($input: CreateJobInput!) { createJob(input: $input) { job { id } } }',
    { input: jobInput(changes) },
    headers,
  );
  return createJob.job.id;
}

/** New jobs with these titles, the last one newest. */
export async function postJobs(owner, titles) {
  const ids = [];
  for (const title of titles) ids.push(await postJob(owner, { title }));
  return ids;
}

export async function renameJob({ headers }, id, title) {
  await ask(
    'mutation ($input: UpdateJobInput!) { updateJob(input: $input) { job { id } } }',
    { input: { id, title } },
    headers,
  );
}

/** `fetch` that keeps what it was asked for in `sent`. */
export function recordingFetch() {
  const sent = [];
  const recording = (url, init) => {
    sent.push({ url: String(url), method: init?.method ?? 'GET', body: init?.body });
    return fetch(url, init);
  };
  return Object.assign(recording, { sent });
}

/** The address in the mail to a new account. */
export async function verificationLink(email) {
  const mail = (await mailTo(email)).replace(/=\r?\n/g, '').replaceAll('=3D', '=');
  return here(mail.match(/"(http[^"]*\/verify\?token=[^"]*)"/)[1]);
}

/** An address that the gateway gave, with its real port: what it is told to be called has another. */
export function here(address) {
  const { pathname, search } = new URL(address);
  return gateway + pathname + search;
}

async function mailTo(email) {
  const folder = setting('GATEWAY_MAILS');
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    for (const name of await readdir(folder).catch(() => [])) {
      if (!name.endsWith('.eml')) continue;
      const mail = await readFile(join(folder, name), 'utf8');
      if (mail.includes(`To: ${email}`)) return mail;
    }
    await pause(10);
  }
  throw new Error(`no mail to ${email} came`);
}

export function setting(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run tests/clients.sh`);
  return value;
}
