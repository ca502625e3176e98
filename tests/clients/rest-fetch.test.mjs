// The documented JavaScript and curl samples of both REST APIs; only the base URL is another one.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import {
  PASSWORD,
  apiKey,
  gateway,
  here,
  member,
  postJob,
  uniqueEmail,
  verificationLink,
} from './support/gateway.mjs';

const run = promisify(execFile);

/** Both spellings of one city. */
const TAIPEI = ['台北市', '臺北市'];

test('a person registers, verifies, signs in, reads the profile, refreshes and signs out', async () => {
  const email = uniqueEmail();
  const registered = await send('POST', '/register', { name: '張三', email, password: PASSWORD });
  assert.deepEqual(registered.data, { user_id: registered.data.user_id, email, name: '張三' });

  const verified = await (await fetch(await verificationLink(email))).json();
  assert.deepEqual(verified, { success: true, message: 'Email 驗證成功' });

  const { data: session } = await send('POST', '/login', { email, password: PASSWORD });
  const user = { id: registered.data.user_id, name: '張三', email, is_verified: true };
  assert.deepEqual(session.user, user);
  assert.equal(session.expires_in, 86400);

  const profile = await send('GET', '/user', undefined, session.token);
  const { created_at, updated_at, ...documented } = profile.data;
  assert.deepEqual(documented, user);
  assert.ok(Date.parse(created_at) <= Date.parse(updated_at));

  const { refresh_token } = session;
  const { data: refreshed } = await send('POST', '/refresh', { refresh_token });
  assert.equal((await send('GET', '/user', undefined, refreshed.token)).success, true);

  const left = await send('POST', '/logout', undefined, refreshed.token);
  assert.deepEqual(left, { success: true, message: '登出成功' });
  for (const token of [session.token, refreshed.token]) {
    assert.equal((await send('GET', '/user', undefined, token)).error_code, 'UNAUTHORIZED');
  }
  assert.equal((await send('POST', '/refresh', { refresh_token })).success, false);
});

test('the documented sign-in prints a token, and a wrong password the reason', async () => {
  const { email } = await member();
  const said = [];
  const console = { log: (...words) => said.push(words), error: (...words) => said.push(words) };
  const signIn = (password) =>
    fetch(`${gateway}/auth/login`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json'
      },
      body: JSON.stringify({
        email,
        password
      })
    })
    .then(response => response.json())
    .then(data => {
      if (data.success) {
        console.log('登入成功', data.data.token);
      } else {
        console.error('登入失敗:', data.message);
      }
    })
    .catch(error => {
      console.error('請求錯誤:', error);
    });

  await signIn(PASSWORD);
  await signIn('password123');

  assert.equal(said[0][0], '登入成功');
  assert.match(said[0][1], /^[\w-]+\.[\w-]+\.[\w-]+$/);
  assert.deepEqual(said[1], ['登入失敗:', '電子郵件或密碼錯誤']);
});

test('the documented POST makes a job, answered with the six documented fields', async () => {
  const key = await apiKey(await member());
  const { success, data } = await createJob(key);
  assert.equal(success, true);
  assert.deepEqual(Object.keys(data), ['id', 'title', 'jobType', 'city', 'status', 'createdAt']);
  assert.deepEqual(
    { ...data, id: typeof data.id, createdAt: data.createdAt.replace(/\d/g, '0') },
    {
      id: 'number',
      title: '居家清潔',
      jobType: 'general',
      city: '台北市',
      status: 'published',
      createdAt: '0000-00-00T00:00:00.000Z',
    },
  );
});

test('the documented list sample finds the jobs of a city by its raw Chinese name', async () => {
  const key = await apiKey(await member());
  const { data: created } = await createJob(key);
  const answer = await fetch(`${gateway}/api/jobs?city=台北市`, { headers: key })
    .then(res => res.json());
  assert.equal(answer.success, true);
  assert.ok(answer.data.some(({ id }) => id === created.id));
  assert.ok(answer.data.every(({ city }) => TAIPEI.includes(city)));
});

test('the documented curl calls list a city and show one job', async () => {
  const key = await apiKey(await member());
  const { data: created } = await createJob(key);
  const headers = Object.entries(key).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const curl = async (path) =>
    JSON.parse((await run('curl', ['-s', '-X', 'GET', gateway + path, ...headers])).stdout);

  const list = await curl('/api/jobs?city=台北市');
  const one = await curl(`/api/jobs/${created.id}`);

  assert.ok(list.data.some(({ id }) => id === created.id));
  assert.ok(list.data.every(({ city }) => TAIPEI.includes(city)));
  assert.equal(one.data.id, created.id);
  assert.equal(one.data.title, '居家清潔');
});

test('Link headers lead through all pages of a list', async () => {
  const owner = await member();
  const key = await apiKey(owner);
  const city = `城${owner.id}`;
  for (const title of ['1', '2', '3']) await postJob(owner, { title, city });

  const titles = [];
  let next = `${gateway}/api/jobs?city=${city}&limit=2`;
  while (next && titles.length < 4) {
    const answer = await fetch(here(next), { headers: key });
    titles.push(...(await answer.json()).data.map(({ title }) => title));
    next = answer.headers.get('Link')?.match(/<([^>]*)>; rel="next"/)?.[1];
  }

  assert.deepEqual(titles, ['3', '2', '1']);
});

test('a wrong secret is answered with the documented error, word for word', async () => {
  const key = await apiKey(await member());
  const headers = { ...key, 'X-API-Secret': 'your_api_secret' };
  const answer = await fetch(`${gateway}/api/jobs`, { headers });
  assert.equal(answer.status, 401);
  assert.equal(
    await answer.text(),
    '{"success":false,"error":{"code":"UNAUTHORIZED","message":"Invalid API credentials"}}',
  );
});

test('a key that may only read must not post, and a job that is not there is not found', async () => {
  const key = await apiKey(await member(), ['JOBS_READ']);
  assert.equal((await createJob(key)).error.code, 'FORBIDDEN');
  const missing = await fetch(`${gateway}/api/jobs/999999999`, { headers: key });
  assert.equal(missing.status, 404);
  assert.equal((await missing.json()).error.code, 'NOT_FOUND');
});

test('a key that asks too often is told 429 and, by Retry-After, when to come back', async () => {
  const key = await apiKey(await member());
  let answer;
  let requests = 0;
  do {
    answer = await fetch(`${gateway}/api/jobs?limit=1`, { headers: key });
    requests += 1;
  } while (answer.ok && requests < 100);

  assert.equal(answer.status, 429);
  assert.equal(answer.headers.get('X-RateLimit-Remaining'), '0');
  assert.ok(Number(answer.headers.get('Retry-After')) > 0);
  assert.equal((await answer.json()).error.code, 'TOO_MANY_REQUESTS');
});

/** As the auth API documents it: a JSON content type everywhere, a token where one is needed. */
async function send(method, path, body, token) {
  const headers = { 'Content-Type': 'application/json' };
  if (token) headers.Authorization = `Bearer ${token}`;
  body = body && JSON.stringify(body);
  const answer = await fetch(gateway + path, { method, headers, body });
  return answer.json();
}

const createJob = (key) =>
  fetch(`${gateway}/api/jobs`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...key
    },
    body: JSON.stringify({
      title: '居家清潔',
      jobType: 'general',
      city: '台北市',
      address: '台北市信義區信義路五段7號',
      estimatedAmount: 3000
    })
  })
    .then(res => res.json());
