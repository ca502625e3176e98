// Runs every code sample of the documentation and of the portal as its reader would, with an account and
// a key of its own. Needs a running gateway that lets one address register and sign in often: GATEWAY_URL is
// its address.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

import { ask, member, signIn } from '../api.mjs';
import { oneTimeCode } from '../people.mjs';
import { setting } from '../setting.mjs';
import { follow, run } from './programs.mjs';
import { jsonMatches, textMatches } from './shape.mjs';

const web = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(web, 'src/docs/samples');
const origin = new URL(setting('GATEWAY_URL')).origin;
const limits = { timeout: 120_000 };

const NODES = /^(job_\d+ \S.*\n){1,2}$/;
const TOKENS = /^王小美 \S{40,} \S{20,}\n$/;

/** What JavaScript and Python print; curl prints the answer that the page shows. */
const PRINTED = {
  'first-call': NODES,
  'post-job': /^201 \d+ 搬家小幫手\n$/,
  'list-jobs': /^\d+ \S.* \S+\n(More after \S+|That is all\.)\n$/,
  'handle-errors': /^\d+ requests left in this minute\nNOT_FOUND: \S.*\n$/,
  register: /^true 註冊成功.*\n$/i,
  login: TOKENS,
  user: /^王小美 \S+@example\.org\n$/,
  refresh: /^\S{40,} 86400\n$/,
  logout: /^true 登出成功\n$/i,
  query: NODES,
  mutation: /^job_\d+ PUBLISHED\n$/,
  pages: /^(job_\d+ \S.*\n){21,}$/,
  'error-graphql': null,
  'error-jobs': null,
  'error-auth': null,
  'rate-limit': null,
};
/** Programs that listen until they are stopped, and what they print when a job is published. */
const HEARD = {
  events: { sh: /^data: .*搬家.*\n/m, mjs: /^job_\d+ 搬家 /m, py: /^job_\d+ 搬家 /m },
  socket: { mjs: /^job_\d+ 搬家 /m },
};
const SECOND_FACTOR = ['enroll', 'confirm', 'login-code'];

let ann;
let fill;
let files;
before(async () => {
  files = await readdir(folder);
  fill = (await runnerImport(join(web, 'src/docs/code/fill.ts'))).module.fill;
  ann = await member('王小美');
});

test('every sample is run by a test and shown on a page, with its answer', async () => {
  const pages = await sources(join(web, 'src/docs'));
  const run = [...Object.keys(PRINTED), ...Object.keys(HEARD), ...SECOND_FACTOR];
  for (const name of new Set(files.map((file) => file.split('.')[0]))) {
    assert.ok(run.includes(name), `no test runs ${name}`);
    assert.match(pages, new RegExp(`(name=|sample: )["']${name}["']`), `no page shows ${name}`);
    const answered = files.some((file) => file.startsWith(`${name}.answer.`));
    assert.ok(answered || !files.includes(`${name}.sh`), `${name} has no answer`);
  }
  for (const file of files) assert.match(file, /^[a-z-]+\.(sh|mjs|py|answer\.(json|txt))$/);
});

for (const [name, printed] of Object.entries(PRINTED)) {
  test(`the samples of ${name} print what their readers expect`, limits, async () => {
    for (const language of languagesOf(name)) {
      const { token, refreshToken } = await signIn(ann);
      const email = name === 'register' ? `${randomUUID()}@example.org` : ann.email;
      await check(name, language, { ...ann, email, token, refreshToken }, printed);
    }
  });
}

for (const [name, languages] of Object.entries(HEARD)) {
  test(`the samples of ${name} hear of a job that is published`, limits, async ({ signal }) => {
    assert.deepEqual(languagesOf(name).toSorted(), Object.keys(languages).toSorted());
    const { token } = await signIn(ann);
    for (const [language, heard] of Object.entries(languages)) {
      const text = await sample(name, language, ann);
      const output = await follow(language, text, heard, () => publish('搬家', token), signal);
      if (language === 'sh') textMatches(output, await shown(name));
    }
  });
}

test('the samples of the second factor turn it on and sign in with a code', limits, async () => {
  const bob = await member('王小美');
  bob.token = (await signIn(bob)).token;
  const { enrollSecondFactor } = await check('enroll', 'sh', bob);
  bob.code = oneTimeCode(enrollSecondFactor.secret);
  const { recoveryCodes } = (await check('confirm', 'sh', bob)).confirmSecondFactor;
  for (const language of languagesOf('login-code')) {
    await check('login-code', language, { ...bob, code: recoveryCodes.pop() }, TOKENS);
  }
});

test('the programs that the portal shows with a new key list jobs', limits, async () => {
  const { SNIPPETS, snippet } = (await runnerImport(join(web, 'src/keys/snippets.ts'))).module;
  const endings = { curl: 'sh', javascript: 'mjs', python: 'py' };
  for (const { id } of SNIPPETS) {
    const { status, output, errors } = await run(endings[id], snippet(id, { origin, ...ann }));
    assert.equal(status, 0, errors);
    assert.match(output, /success["']?: ?true/i, id);
  }
});

/** Runs one sample to its end; the data of what curl printed. */
async function check(name, language, values, printed) {
  const { status, output, errors } = await run(language, await sample(name, language, values));
  assert.equal(status, 0, `${name}.${language}: ${errors}`);
  if (language !== 'sh') return void assert.match(output, printed, `${name}.${language}`);
  const answer = await shown(name);
  if (!answer.startsWith('{')) return void textMatches(output, answer);
  jsonMatches(output, answer);
  return JSON.parse(output).data;
}

async function sample(name, language, values) {
  const text = await readFile(join(folder, `${name}.${language}`), 'utf8');
  const filled = fill(text, { origin, ...values });
  assert.doesNotMatch(filled, /YOUR_|gateway\.example|you@example/, `${name}.${language}`);
  return filled;
}

function shown(name) {
  const file = files.find((file) => file.startsWith(`${name}.answer.`));
  return readFile(join(folder, file), 'utf8');
}

function languagesOf(name) {
  const found = ['sh', 'mjs', 'py'].filter((language) => files.includes(`${name}.${language}`));
  assert.ok(found.length > 0, name);
  return found;
}

function publish(title, token) {
  const job = { title, jobType: 'moving', city: '台北市', address: '信義路', estimatedAmount: 1, publish: true };
  const mutation = 'mutation ($input: CreateJobInput!) { createJob(input: $input) { job { id } } }';
  return ask(mutation, { input: job }, token);
}

/** The text of all pages. */
async function sources(path) {
  const names = (await readdir(path, { recursive: true })).filter((name) => /\.tsx?$/.test(name));
  return (await Promise.all(names.map((name) => readFile(join(path, name), 'utf8')))).join('\n');
}
