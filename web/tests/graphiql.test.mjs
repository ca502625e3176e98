// Needs a running gateway: GATEWAY_URL is its address, EXPECT_TEXT a title among its five latest jobs.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';

import { gateway, launch, open } from './browser.mjs';
import { execute, inQuery, isReady, resultContains, resultSoonContains } from './graphiql.mjs';
import { setting } from './setting.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const expectedText = setting('EXPECT_TEXT');
const graphiql = new URL('/graphql', gateway).href;
// What never comes must not be waited for for ever.
const limits = { timeout: 120_000 };

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test('the first example runs and shows a job', async () => {
  await withGraphiql({}, async (page) => {
    const request = page.waitForRequest((sent) => sent.postData()?.includes('LatestJobs'));
    await inQuery(page, 'estimatedAmount').click();
    await page.keyboard.press('Control+Enter');
    assert.match((await request).headers().accept, /^application\/graphql-response\+json\b/);
    await resultContains(page, '"data"', expectedText);
  });
});

test('typing a part of a field name offers the field', async () => {
  await withGraphiql({}, async (page) => {
    await inQuery(page, 'estimatedAmount').click();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('stat');
    await page.locator('.suggest-widget.visible [aria-label^="status"]').waitFor();
  });
});

test('the explorer of the schema puts a field into the query', async () => {
  await withGraphiql({}, async (page) => {
    await page.getByRole('button', { name: 'Show GraphiQL Explorer' }).click();
    await page.locator('.graphiql-explorer-field-view').getByText('scheduledAt', { exact: true }).first().click();
    await inQuery(page, 'scheduledAt').waitFor();
  });
});

test('a request header from the header editor is sent', async () => {
  await withGraphiql({}, async (page) => {
    await writeHeaders(page, { 'X-Probe': 'from the editor' });
    const request = page.waitForRequest((sent) => sent.postData()?.includes('LatestJobs'));
    await execute(page).click();
    assert.equal((await request).headers()['x-probe'], 'from the editor');
  });
});

test('a browser that forbids storage can run the first example', async () => {
  const forbidStorage = () =>
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('storage is forbidden', 'SecurityError');
      },
    });
  await withGraphiql({ script: forbidStorage }, async (page) => {
    await execute(page).click();
    await resultContains(page, '"data"', expectedText);
  });
});

test('who signs in at the portal comes back signed in, and the viewer is that person', async () => {
  await withGraphiql({ as: 1 }, async (page) => {
    await page.getByText('Signed in as').waitFor();
    await example(page, /^Who I am/).click();
    await page.keyboard.press('Control+Enter');
    await resultContains(page, `"email": "${email(1)}"`);
  });
});

test('an ended cookie is renewed, and of an ended session one is told: the schema stays readable', limits, async () => {
  await withGraphiql({ as: 2, refusals: true }, async (page) => {
    await page.context().clearCookies({ name: /access/ });
    await page.evaluate(() => localStorage.setItem('find-helper.access-until', '0'));
    const renewal = page.waitForRequest((sent) => sent.postData()?.includes('refreshToken'));
    await page.reload();
    await renewal;
    await page.getByText('Signed in as').waitFor();

    const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`);
    const elsewhere = { Cookie: cookies.join('; '), 'Sec-Fetch-Site': 'same-origin' };
    await graphql('mutation { logoutEverywhere { ok } }', {}, elsewhere);
    await page.reload();
    await page.getByText('Your session has ended').waitFor();
    await inQuery(page, 'estimatedAmount').click();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('stat');
    await page.locator('.suggest-widget.visible [aria-label^="status"]').waitFor();
  });
});

test('a token in the header editor wins over the cookies, which stay at home', async () => {
  await withGraphiql({ as: 1 }, async (page) => {
    const token = await tokenOf(3);
    await example(page, /^Who I am/).click();
    await writeHeaders(page, { Authorization: `Bearer ${token}` });
    await page.getByText('Credentials of the Headers are used').waitFor();
    const request = page.waitForRequest((sent) => sent.postData()?.includes('WhoAmI'));
    await execute(page).click();
    assert.equal((await (await request).allHeaders()).cookie, undefined);
    await resultContains(page, `"email": "${email(3)}"`);
  });
});

test('a subscription shows a job that a REST call posts, until it is stopped', limits, async ({ signal }) => {
  await withGraphiql({ as: 1 }, async (page) => {
    const token = await tokenOf(3);
    const key = await createKey(token);
    const opened = page.waitForEvent('websocket');
    await example(page, /^Hear of jobs as they/).click();
    await execute(page).click();
    const socket = await opened;
    for (;;) {
      signal.throwIfAborted();
      // The protocol does not tell when listening has begun.
      const title = `搬家小幫手 ${randomUUID()}`;
      await postJob(key, title);
      if (await resultSoonContains(page, '"jobPublished"', title)) break;
    }
    const closed = socket.waitForEvent('close');
    await page.getByRole('button', { name: /^Stop query/ }).click();
    await closed;
    await execute(page).waitFor();
  });
});

test('a subscription with a refused key ends at once, and says why', async () => {
  await withGraphiql({ as: 1 }, async (page) => {
    await example(page, /^Hear of jobs as they/).click();
    await writeHeaders(page, { 'X-API-Key': 'fhk_none', 'X-API-Secret': 'fhs_none' });
    await execute(page).click();
    await resultContains(page, '(4403 UNAUTHORIZED). The credentials were refused.');
    await execute(page).waitFor();
  });
});

test('whatever only reads runs without errors', limits, async () => {
  await withGraphiql({ as: 1 }, async (page) => {
    await restGroup(page).getByRole('button').first().waitFor();
    const names = await page.locator('.examples [data-kind=query] .examples-name').allTextContents();
    assert.ok(names.length >= 12, names.join());
    for (const name of names) await runs(page, name);
  });
});

test('the first group runs for visitors', limits, async () => {
  await withGraphiql({}, async (page) => {
    const names = await page
      .locator('.examples-group')
      .first()
      .locator('[data-kind=query] .examples-name')
      .allTextContents();
    for (const name of names) await runs(page, name);
  });
});

test('p17 a mutation asks before it runs, by its key, its button and the tab of a link', limits, async () => {
  await withGraphiql({ as: 1 }, async (page) => {
    const sent = [];
    page.on('request', (request) => sent.push(request.postData() ?? ''));
    await example(page, /^Change one's name/).click();
    const question = page.getByRole('dialog', { name: 'Run this mutation?' });
    for (const run of [() => page.keyboard.press('Control+Enter'), () => execute(page).click()]) {
      await run();
      await question.getByText('updateProfile', { exact: true }).waitFor();
      await page.keyboard.press('Escape');
      await resultContains(page, 'It was not run.');
      await question.waitFor({ state: 'detached' });
    }
    const document = 'mutation Linked { markNoticesRead(input: { ids: [] }) { unreadCount } }';
    await page.goto(`${graphiql}#${new URLSearchParams({ query: document })}`);
    await page.reload();
    await inQuery(page, 'Linked').waitFor();
    await execute(page).click();
    await question.getByText('markNoticesRead', { exact: true }).waitFor();
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run('.graphiql-dialog'));
    assert.deepEqual(violations, []);
    await question.getByRole('button', { name: 'Not now' }).click();
    await resultContains(page, 'It was not run.');
    assert.deepEqual(
      sent.filter((body) => /updateProfile|markNoticesRead/.test(body)),
      [],
    );
    await execute(page).click();
    const answer = page.waitForResponse((response) => response.request().postData()?.includes('Linked'));
    await question.getByRole('button', { name: 'Run it' }).click();
    assert.equal((await answer).status(), 200);
    await resultContains(page, '"markNoticesRead"');
  });
});

test('a REST route opens its document with values once, and runs', async () => {
  await withGraphiql({ as: 1 }, async (page) => {
    const route = restGroup(page).getByRole('button', { name: 'GET /api/jobs/{id}' });
    await route.click();
    await inQuery(page, '# GET /api/jobs/{id}').waitFor();
    await page.keyboard.press('Control+Enter');
    await resultContains(page, '"estimatedAmount"', '"owner"');
    await example(page, /^The five latest jobs/).click();
    await route.click();
    await inQuery(page, '# GET /api/jobs/{id}').waitFor();
    assert.equal(await page.getByRole('tab').count(), 2);
  });
});

test('examples are found by what they do and what they are called', async () => {
  await withGraphiql({}, async (page) => {
    await restGroup(page).getByRole('button').first().waitFor();
    await page.getByRole('searchbox', { name: 'Search the examples' }).fill('/cancel');
    await page.getByText('1 example', { exact: true }).waitFor();
    assert.deepEqual(await page.locator('.examples-name').allTextContents(), ['POST /api/jobs/{id}/cancel']);
  });
});

test('the appearance is the one chosen in the portal, and a choice here is one for the portal', async () => {
  const script = () => localStorage.getItem('find-helper.theme') ?? localStorage.setItem('find-helper.theme', 'dark');
  await withGraphiql({ script }, async (page) => {
    await page.locator('body.graphiql-dark .monaco-editor.vs-dark').first().waitFor();
    await page.getByRole('button', { name: 'Open settings dialog' }).click();
    await page.getByRole('button', { name: 'Light' }).click();
    await page.locator('body.graphiql-light').waitFor();
    assert.equal(await page.evaluate(() => localStorage.getItem('find-helper.theme')), 'light');
  });
});

for (const [name, options] of Object.entries({
  'in light colours': { colorScheme: 'light' },
  'in dark colours': { colorScheme: 'dark' },
  'on a phone': { viewport: { width: 390, height: 844 } },
})) {
  test(`what is not of GraphiQL itself is accessible ${name}`, async () => {
    await withGraphiql({ as: 1, options }, async (page) => {
      const shown = page.getByRole('button', { name: 'Hide Examples' });
      if (!(await shown.isVisible())) await page.getByRole('button', { name: 'Show Examples' }).click();
      await restGroup(page).getByRole('button').first().waitFor();
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() =>
        window.axe.run(
          // Colours and line numbers of Monaco.
          { exclude: '.monaco-editor' },
          // GraphiQL's tabs have buttons in them.
          { rules: { 'nested-interactive': { enabled: false } } },
        ),
      );
      const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
      assert.deepEqual(told, []);
    });
  });
}

/** Opens GraphiQL in a fresh profile and fails on foreign requests, console errors and violations. */
async function withGraphiql({ script = () => {}, as, options, refusals = false }, use) {
  const storageState = as ? await profileOf(as) : undefined;
  const { context, problems } = await open(browser, { locale: 'en-US', storageState, ...options });
  try {
    const page = await context.newPage();
    await page.addInitScript(script);
    const introspection = page.waitForResponse((response) =>
      response.request().postData()?.includes('IntrospectionQuery'),
    );
    await page.goto(graphiql);
    await isReady(page);
    await introspection;
    await use(page);
    // The browser itself notes refused requests on the console.
    assert.deepEqual(refusals ? problems.filter((problem) => !problem.includes('status of 401')) : problems, []);
  } finally {
    await context.close();
  }
}

/** The profile of one of the seeded people, who was led from GraphiQL to the portal and back. */
const profileOf = once(async (person) => {
  const { context, problems } = await open(browser, { locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(graphiql);
  await page.getByRole('link', { name: 'sign in' }).click();
  await page.getByLabel('E-mail').fill(email(person));
  await page.getByLabel('Password').fill('password123');
  // The portal knows who signed in before the browser has left it.
  const viewer = page.waitForResponse((response) => response.request().postData()?.includes('query Viewer'));
  let visits = 0;
  await page.route(graphiql, async (route) => {
    if (route.request().isNavigationRequest()) {
      visits += 1;
      await viewer;
    }
    await route.continue();
  });
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(graphiql);
  await page.getByText('Signed in as').waitFor();
  assert.equal(visits, 1);
  const profile = await context.storageState();
  // GraphiQL's own memory is of this window.
  for (const origin of profile.origins) {
    origin.localStorage = origin.localStorage.filter(({ name }) => name.startsWith('find-helper.'));
  }
  assert.deepEqual(problems, []);
  await context.close();
  return profile;
});

/** Few sign-ins are let through in a minute. */
function once(find) {
  const found = new Map();
  return (person) => found.get(person) ?? found.set(person, find(person)).get(person);
}

const email = (person) => `seed-00000${person}@example.com`;

const example = (page, name) => page.locator('.examples').getByRole('button', { name });
const restGroup = (page) => page.getByRole('region', { name: 'Behind the REST API' });

/** Opens an example by its name and runs it. */
async function runs(page, name) {
  const button = page.locator('.examples button').filter({ has: page.getByText(name, { exact: true }) });
  await button.click();
  const response = page.waitForResponse((answer) => answer.request().method() === 'POST');
  await page.keyboard.press('Control+Enter');
  const { data, errors } = await (await response).json();
  assert.equal(errors, undefined, `${name}: ${JSON.stringify(errors)}`);
  assert.ok(data, name);
  await execute(page).waitFor();
}

async function writeHeaders(page, headers) {
  await page.getByRole('button', { name: 'Headers', exact: true }).click();
  await page.locator('.graphiql-editor-tool .graphiql-editor:not(.hidden) .view-lines').click();
  await page.keyboard.press('Control+A');
  // The editor adds the closing quote and brace.
  await page.keyboard.type(JSON.stringify(headers).slice(0, -2));
}

async function graphql(query, variables, headers) {
  const response = await fetch(graphiql, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}

/** An access token of somebody who is not signed in here. */
const tokenOf = once(async (person) => {
  const query = 'mutation ($input: LoginInput!) { login(input: $input) { token } }';
  return (await graphql(query, { input: { email: email(person), password: 'password123' } })).login.token;
});

async function createKey(token) {
  const query = 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret apiKey { key } } }';
  const input = { name: 'browser test', scopes: ['JOBS_WRITE'] };
  const { createApiKey } = await graphql(query, { input }, { Authorization: `Bearer ${token}` });
  return { 'X-API-Key': createApiKey.apiKey.key, 'X-API-Secret': createApiKey.secret };
}

async function postJob(key, title) {
  const job = { title, jobType: 'moving', city: '台北市', address: '信義路五段 7 號', estimatedAmount: 1200 };
  const response = await fetch(new URL('/api/jobs', gateway), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...key },
    body: JSON.stringify(job),
  });
  assert.equal(response.status, 201, await response.text());
}
