// Needs a running gateway: GATEWAY_URL is its address, GATEWAY_MAILS the folder of its mails.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { at, isAccessible, launch, open } from './browser.mjs';
import { mailTo } from './people.mjs';

// What never comes must not be waited for for ever.
const limits = { timeout: 120_000 };

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test('from registering to a key whose use shows, and a job that another browser sees at once', limits, async () => {
  const email = `ann-${Date.now()}@example.org`;
  const password = 'correct horse battery';
  const jobTitle = `搬家小幫手 ${Date.now()}`;
  const ann = await open(browser, { locale: 'en-US' });
  const visitor = await open(browser, { locale: 'zh-TW', viewport: { width: 390, height: 844 } });
  try {
    const page = await ann.context.newPage();
    await register(page, email, password);
    await confirm(page, email);
    await signIn(page, email, password);

    const { key, secret } = await createKey(page);
    await page.getByText('0 requests in this period').waitFor();
    assert.equal(await restStatus(key, secret), 200);
    await page.getByText('1 requests in this period').waitFor();
    await page.getByRole('rowheader', { name: 'GET /api/jobs' }).waitFor();
    await isAccessible(page);

    const board = await visitor.context.newPage();
    await board.goto(at('/app/jobs'));
    await board.getByText('即時更新').waitFor();
    await isAccessible(board);
    await postJob(page, jobTitle);
    await board.getByRole('link', { name: jobTitle }).waitFor();

    await outliveCookie(page);
    for (const path of ['account', 'account/sessions', 'account/activity']) {
      await page.goto(at(`/app/${path}`));
      await page.locator('.card, .list').first().waitFor();
      await isAccessible(page);
    }
    assert.deepEqual([...ann.problems, ...visitor.problems], []);
  } finally {
    await ann.context.close();
    await visitor.context.close();
  }
});

test('a page for members leads to sign in and back, and what is wrong stands at its field', limits, async () => {
  const { context, problems } = await open(browser, { locale: 'en-US' });
  try {
    const page = await context.newPage();
    await page.goto(at('/app/keys'));
    await page.waitForURL('**/app/login?next=%2Fkeys');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Please fill in this field.').first().waitFor();
    assert.equal(await page.getByLabel('E-mail').getAttribute('aria-invalid'), 'true');
    await isAccessible(page);
    assert.deepEqual(problems, []);
  } finally {
    await context.close();
  }
});

async function register(page, email, password) {
  await page.goto(at('/app/register'));
  await page.getByLabel('Name').fill('Ann');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await isAccessible(page);
  await page.getByRole('button', { name: 'Register' }).click();
  await page.getByRole('heading', { name: 'Check your mail' }).waitFor();
  await isAccessible(page);
}

/** Follows the link of the mail. */
async function confirm(page, email) {
  const text = await mailTo(email);
  await page.goto(at(text.match(/\/verify\?\S+/)[0]));
  await page.getByRole('heading', { name: 'E-mail confirmed' }).waitFor();
}

async function signIn(page, email, password) {
  await page.goto(at('/app/login?next=/keys'));
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'API keys' }).waitFor();
  await page.getByText('No keys yet').waitFor();
  await isAccessible(page);
}

/** Makes a key and goes on to its page. */
async function createKey(page) {
  await page.getByRole('link', { name: 'Create a key' }).click();
  await page.getByLabel('Name').fill('order system');
  await isAccessible(page);
  await page.getByRole('button', { name: 'Create a key' }).click();
  await page.getByRole('heading', { name: 'Your new secret' }).waitFor();
  await isAccessible(page);
  const [key, secret] = await page.locator('.secret-value').allTextContents();
  const snippet = await page.getByRole('region', { name: 'the code' }).textContent();
  assert.ok(snippet.includes(key) && snippet.includes(secret), snippet);
  await page.getByRole('button', { name: 'I have saved the secret' }).click();
  await page.getByRole('heading', { name: 'order system' }).waitFor();
  assert.ok(!(await page.content()).includes(secret), 'the secret is still in the page');
  return { key, secret };
}

async function restStatus(key, secret) {
  const headers = { 'X-API-Key': key, 'X-API-Secret': secret };
  return (await fetch(at('/api/jobs'), { headers })).status;
}

async function postJob(page, title) {
  await page.getByRole('link', { name: 'Jobs', exact: true }).click();
  await page.getByRole('link', { name: 'Post a job' }).click();
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Estimated amount').fill('1200');
  await page.getByLabel('City').fill('台北市');
  await page.getByLabel('Address').fill('信義路五段 7 號');
  await isAccessible(page);
  await page.getByRole('button', { name: 'Post a job' }).click();
  await page.getByRole('heading', { name: title }).waitFor();
  await page.getByText('Published').waitFor();
  await isAccessible(page);
}

/** The access cookie ends, as it does after a day: it is renewed once, and nobody notices. */
async function outliveCookie(page) {
  await page.context().clearCookies({ name: /access/ });
  await page.evaluate(() => localStorage.setItem('find-helper.access-until', '0'));
  let renewals = 0;
  page.on('request', (request) => {
    if (request.postData()?.includes('refreshToken')) renewals += 1;
  });
  await page.goto(at('/app/keys'));
  await page.getByRole('link', { name: 'order system' }).waitFor();
  assert.equal(renewals, 1);
}
