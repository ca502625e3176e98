// Needs a running gateway: GATEWAY_URL is its address and GATEWAY_PROGRAM makes accounts.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';

import { member } from './api.mjs';
import { at, isAccessible, launch, limits, open } from './browser.mjs';

const run = promisify(execFile);

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test('the reference of the REST API tries calls, and curl gets the same answers', limits, async () => {
  const account = await member();
  const { context, problems } = await open(browser, { locale: 'en-US' });
  try {
    const page = await context.newPage();
    await page.goto(at('/docs/rest'));

    const list = await trying(page, 'listJobs');
    assert.equal(await sendAlike(list), 401);
    await list.getByText('"UNAUTHORIZED"').waitFor();

    await page.getByLabel('API key (X-API-Key)').fill(account.key);
    await page.getByLabel('Secret (X-API-Secret)').fill(account.secret);
    assert.equal(await page.getByLabel('Secret (X-API-Secret)').getAttribute('type'), 'password');
    assert.equal(await sendAlike(list), 200);
    await list.getByText('x-ratelimit-remaining', { exact: true }).waitFor();
    await isAccessible(page);

    const create = await trying(page, 'createJob');
    await create.getByLabel('Request body (JSON)').fill(`{"title": "it's $HOME", "estimatedAmount": "much"}`);
    assert.equal(await sendAlike(create), 400);
    const { success, error } = JSON.parse(await create.getByRole('group', { name: 'createJob · Body' }).textContent());
    assert.deepEqual({ success, code: error.code }, { success: false, code: 'INVALID_REQUEST' });
    assert.match(error.message, /estimatedAmount/);

    const user = await trying(page, 'currentUser');
    assert.equal(await sendAlike(user), 401);
    const login = await trying(page, 'login');
    const body = JSON.stringify({ email: account.email, password: account.password });
    await login.getByLabel('Request body (JSON)').fill(body);
    assert.equal(await sendAlike(login), 200);
    await login.getByRole('button', { name: 'Use this token' }).click();
    assert.equal(await sendAlike(user), 200);
    await user.getByText(account.email).waitFor();

    const kept = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
    );
    for (const secret of [account.key, account.secret, 'eyJ']) assert.ok(!kept.includes(secret), kept);
    assert.deepEqual(
      problems.filter((problem) => !/status of 40[01]/.test(problem)),
      [],
    );
  } finally {
    await context.close();
  }
});

test('a refusal for too many requests counts down, and no answer at all is told', limits, async () => {
  const { context } = await open(browser, { locale: 'en-US' });
  try {
    const page = await context.newPage();
    await page.goto(at('/docs/rest'));
    const list = await trying(page, 'listJobs');
    const refuse = (route) => route.fulfill({ status: 429, headers: { 'Retry-After': '100' }, json: {} });
    await page.route('**/api/jobs*', refuse);
    await list.getByRole('button', { name: 'Send' }).click();
    await list.getByText(/You can try again in \d+ s\./).waitFor();
    assert.ok(await list.getByRole('button', { name: 'Retry' }).isDisabled());
    await page.unroute('**/api/jobs*', refuse);
    await page.route('**/api/jobs*', (route) => route.abort('internetdisconnected'));
    await list.getByRole('button', { name: 'Send' }).click();
    await list.getByText('The server cannot be reached.').waitFor();
    await page.unrouteAll();
    await list.getByRole('button', { name: 'Retry' }).click();
    await list.getByText('401 Unauthorized', { exact: true }).waitFor();
  } finally {
    await context.close();
  }
});

for (const [locale, colorScheme, width] of [
  ['zh-TW', 'dark', 390],
  ['zh-TW', 'light', 1280],
  ['en-US', 'dark', 1280],
  ['en-US', 'light', 390],
]) {
  test(`the reference is accessible and fits: ${locale}, ${colorScheme}, ${width} px`, limits, async () => {
    const { context, problems } = await open(browser, { locale, colorScheme, viewport: { width, height: 844 } });
    try {
      const page = await context.newPage();
      await page.goto(at('/docs/rest#createJob'));
      await isAtTop(page, 'createJob');
      // One operation with all that unfolds: the others are alike, and to look at all takes minutes.
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('.rest-list details, article:has(#createJob) details'))
          details.open = true;
      });
      // What unfolds is made only then.
      await page.waitForFunction(() =>
        [...document.querySelectorAll('article:has(#createJob) details')].every((it) => it.childElementCount > 1),
      );
      await isAccessible(page);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it is too wide');
      await page.locator('a[href="#currentUser"]').first().click();
      await isAtTop(page, 'currentUser');
      assert.deepEqual(problems, []);
    } finally {
      await context.close();
    }
  });
}

test('the GraphQL behind an operation opens in GraphiQL', limits, async () => {
  const { context, problems } = await open(browser);
  try {
    const page = await context.newPage();
    await page.goto(at('/docs/rest'));
    const article = page.locator('article', { has: page.locator('#cancelJob') });
    await article.getByText('The GraphQL behind it').click();
    await article.getByRole('link', { name: 'Open in GraphiQL' }).click();
    const editor = page.locator('.graphiql-query-editor .view-lines');
    await editor.getByText('CancelJob', { exact: true }).waitFor();
    assert.deepEqual(problems, []);
  } finally {
    await context.close();
  }
});

/** The open form of an operation. */
async function trying(page, id) {
  const article = page.locator('article', { has: page.locator(`#${id}`) });
  await article.getByText('Try it').click();
  return article.locator('.rest-try');
}

/** Sends what is filled in and runs the curl line beside it; the status, which both must get. */
async function sendAlike(form) {
  const page = form.page();
  const answered = page.waitForResponse((response) => response.request().resourceType() === 'fetch');
  await form.getByRole('button', { name: 'Send' }).click();
  const sent = await answered;
  assert.equal((await sent.request().allHeaders()).cookie, undefined);
  const badge = form.locator('.rest-reply .badge').filter({ hasText: String(sent.status()) });
  await badge.waitFor();
  const { y } = await badge.boundingBox();
  assert.ok(y > 0 && y < page.viewportSize().height, 'the response comes into view');
  const line = await form.getByRole('group', { name: / · curl$/ }).textContent();
  const { stdout } = await run('bash', ['-c', `${line} --silent --output /dev/null --write-out '%{http_code}'`]);
  assert.equal(Number(stdout), sent.status(), line);
  return sent.status();
}

/** An operation's heading is what one sees first. */
async function isAtTop(page, id) {
  const isThere = (wanted) => {
    const { top = -1 } = document.getElementById(wanted)?.getBoundingClientRect() ?? {};
    return top >= 0 && top < 120;
  };
  await page.waitForFunction(isThere, id);
}
