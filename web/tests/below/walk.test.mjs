// A walk through a gateway below a path, behind nginx: tests/nginx.sh starts both.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';

import { member } from '../api.mjs';
import { anAddress, at, gateway, launch, limits, open } from '../browser.mjs';
import { execute, isReady, resultContains, resultSoonContains } from '../graphiql.mjs';
import { anAccount, confirm, register, signIn } from '../people.mjs';

let browser;
before(async () => {
  assert.equal(gateway.pathname, '/gw');
  browser = await launch();
});
after(() => browser?.close());

test('the public pages lead from the first one to a job and on into the portal', limits, async () => {
  await walking(async (page) => {
    await page.goto(at(''));
    await page.getByRole('heading', { level: 1 }).waitFor();
    const paper = await page.evaluate(() => getComputedStyle(document.querySelector('.search')).display);
    assert.equal(paper, 'flex', 'the stylesheet is there');
    await page.locator('.search button').click();
    await page.waitForURL((url) => url.pathname === '/gw/jobs');
    await page.locator('.row').first().click();
    await page.waitForURL(/\/gw\/jobs\/\d+$/);
    await page.locator('.act a').click();
    await page.waitForURL(/\/gw\/app\/jobs\/job_\d+$/);
  });
});

test('the portal signs a person in, is loaded again anywhere and hears of news', limits, async () => {
  await walking(async (page) => {
    await page.goto(at('/app/'));
    await page.waitForURL(at('/app/jobs'));
    const socket = page.waitForEvent('websocket');
    await signIn(page, await anAccount(), '/developer/keys/new');
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    const [cookie] = (await page.context().cookies()).filter(({ name }) => name.endsWith('fh_access'));
    assert.equal(cookie.path, '/gw');
    await page.getByRole('link', { name: '找幫手' }).first().click();
    await page.waitForURL(at('/app/jobs'));
    assert.equal(new URL((await socket).url()).pathname, '/gw/graphql');
    await page.evaluate(() => localStorage.setItem('find-helper/gw.access-until', '0'));
    await page.goto(at('/app/account'));
    await page.locator('.card').first().waitFor();
  });
});

test('whoever registers is led by the mail to the page to sign in', limits, async () => {
  await walking(async (page) => {
    const account = { email: `ann-${randomUUID()}@example.org`, password: 'correct horse battery' };
    await register(page, account);
    await confirm(page, account.email);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.waitForURL(({ pathname }) => pathname === new URL(at('/app/login')).pathname);
    await signIn(page, account);
  });
});

test('GraphiQL queries, and hears of a job that a program posts', limits, async ({ signal }) => {
  const program = await member();
  await walking(async (page) => {
    await page.goto(at('/graphql'));
    await page.getByRole('link', { name: 'sign in' }).click();
    await page.getByLabel('E-mail').fill(program.email);
    await page.getByLabel('Password').fill(program.password);
    await page.locator('form').getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(at('/graphql'));
    await page.getByText('Signed in as').waitFor();

    await isReady(page);
    await execute(page).click();
    await resultContains(page, '"estimatedAmount"');

    await page
      .locator('.examples')
      .getByRole('button', { name: /^Hear of jobs as they/ })
      .click();
    const opened = page.waitForEvent('websocket');
    await execute(page).click();
    assert.equal(new URL((await opened).url()).pathname, '/gw/graphql');
    for (;;) {
      signal.throwIfAborted();
      // The protocol does not tell when listening has begun.
      const title = `job-${randomUUID()}`;
      await post(program, title);
      if (await resultSoonContains(page, title)) break;
    }
    await page.getByRole('button', { name: /^Stop query/ }).click();
    await page.locator('.who a').click();
    await page.waitForURL(at('/app/jobs'));
  });
});

test('the documentation is read page by page, calls the gateway and names its address', limits, async () => {
  await walking(async (page) => {
    await page.goto(at('/docs.html'));
    await page.waitForURL(at('/docs'));
    await page
      .locator('pre', { hasText: `${gateway.href}/graphql` })
      .first()
      .waitFor();
    for (const link of await page.locator('.docs-side a').all()) {
      await link.click();
      await page.waitForURL(at(`/docs${(await link.getAttribute('href')).slice('/gw/docs'.length)}`));
      await page.locator('main h1').waitFor();
    }
    await page.goto(at('/docs/limits'));
    await page.locator('td', { hasText: '500,000' }).first().waitFor();
    await page.goto(at('/docs/rest'));
    const answer = page.waitForResponse((response) => response.url().startsWith(at('/api/jobs')));
    const list = page.locator('article', { has: page.locator('#listJobs') });
    await list.getByText('Try it').click();
    await list.getByRole('button', { name: 'Send' }).click();
    assert.equal((await answer).status(), 401);
    const links = await page.locator('a[href^="/"]').evaluateAll((all) => all.map((link) => link.pathname));
    assert.deepEqual(
      links.filter((path) => !path.startsWith('/gw/')),
      [],
    );
  });
});

/** Uses a fresh profile in which nothing may be asked for that is not below the path. */
async function walking(use) {
  const { context, problems } = await open(browser, { locale: 'en-US' });
  const outside = [];
  context.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (!/^\/gw(\/|$)/.test(pathname)) outside.push(pathname);
  });
  try {
    await use(await context.newPage());
    assert.deepEqual({ outside, problems }, { outside: [], problems: [] });
  } finally {
    await context.close();
  }
}

async function post({ key, secret }, title) {
  const job = { title, jobType: 'moving', city: '台北市', address: '信義路五段 7 號', estimatedAmount: 1200 };
  const headers = { 'Content-Type': 'application/json', 'X-API-Key': key, 'X-API-Secret': secret };
  const response = await fetch(at('/api/jobs'), {
    method: 'POST',
    headers: { ...headers, 'X-Forwarded-For': anAddress() },
    body: JSON.stringify(job),
  });
  assert.equal(response.status, 201, await response.text());
}
