// Needs a running gateway: GATEWAY_URL is its address.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { at, gateway, isAccessible, launch, visit, within } from './browser.mjs';

const limits = { timeout: 300_000 };
const READERS = {
  'a reader of Chinese at a desk, in the light': { locale: 'zh-TW', colorScheme: 'light' },
  'a reader of English with a phone, in the dark': {
    locale: 'en-US',
    colorScheme: 'dark',
    viewport: { width: 390, height: 844 },
  },
};

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

for (const [reader, options] of Object.entries(READERS)) {
  test(`every page is accessible and fits for ${reader}`, limits, async () => {
    await within(browser, options, async (page) => {
      await page.goto(at('/docs'));
      const links = page.locator('.docs-side a');
      await links.first().waitFor({ state: 'attached' });
      const paths = await links.evaluateAll((all) => all.map((link) => link.pathname));
      assert.ok(paths.length >= 6, paths.join(' '));
      for (const path of [...paths, '/docs/graphql/Job', '/docs/graphql/Mutation', '/docs/graphql/JobBy']) {
        await page.goto(at(path));
        await page.locator('main h1').waitFor();
        if (path === '/docs/limits') await page.locator('td', { hasText: '500,000' }).first().waitFor();
        assert.equal(await page.locator('html').getAttribute('lang'), options.locale.replace('-US', ''));
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= page.viewportSize().width, `${path} is ${width} wide`);
        await isAccessible(page);
      }
    });
  });
}

test('an address with an anchor leads to its heading, also from another page and within one', limits, async () => {
  await within(browser, { locale: 'en-US' }, async (page) => {
    await page.goto(at('/docs/errors#RATE_LIMIT_EXCEEDED'));
    await isAtTop(page, 'RATE_LIMIT_EXCEEDED');
    await page.goto(at('/docs/limits'));
    await page.getByRole('link', { name: 'QUERY_TOO_COMPLEX' }).click();
    await isAtTop(page, 'QUERY_TOO_COMPLEX');
    await page.goto(at('/docs'));
    await page.getByRole('link', { name: 'Page by page' }).first().click();
    await isAtTop(page, 'pages');
    await page.getByRole('navigation', { name: 'Documentation pages' }).getByText('Error codes').click();
    await page.getByRole('heading', { name: 'Error codes' }).waitFor();
    await page.waitForFunction(() => scrollY === 0);
  });
});

test('a program is copied as it is shown, and its language is kept', limits, async () => {
  const permissions = ['clipboard-read', 'clipboard-write'];
  await within(browser, { locale: 'en-US', permissions }, async (page) => {
    await page.goto(at('/docs'));
    const programs = page.getByRole('group', { name: 'Programming language: The first call' });
    await programs.getByRole('button', { name: 'JavaScript' }).click();
    await page.getByRole('button', { name: 'Copy The first call (JavaScript)' }).click();
    await page.getByText('Copied').first().waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, await page.getByRole('group', { name: 'The first call (JavaScript)' }).textContent());
    assert.match(copied, new RegExp(`await fetch\\('${gateway.origin}/graphql'`));
    await page.reload();
    await page.getByRole('group', { name: 'List jobs (JavaScript)' }).waitFor();
  });
});

test('a search in the schema leads to the field, and its type to the type', limits, async () => {
  await within(browser, { locale: 'en-US' }, async (page) => {
    await page.goto(at('/docs/graphql'));
    await page.getByLabel('Search types and fields').fill('createjob');
    await page.getByRole('link', { name: 'Mutation.createJob', exact: true }).click();
    await isAtTop(page, 'createJob');
    await page.getByRole('link', { name: 'CreateJobInput', exact: true }).click();
    await page.getByRole('heading', { name: 'CreateJobInput' }).waitFor();
    await page.getByText('length 1–100').waitFor();
    await page.goto(at('/docs/graphql/NoSuchType'));
    await page.getByRole('heading', { name: 'Page not found' }).waitFor();
  });
});

test('codes are filtered by whatever is known of them', limits, async () => {
  await within(browser, { locale: 'en-US' }, async (page) => {
    await page.goto(at('/docs/errors'));
    const entries = page.locator('.entry-name');
    for (const [word, found] of [
      ['429', ['RATE_LIMIT_EXCEEDED']],
      ['too_many', ['RATE_LIMIT_EXCEEDED']],
      ['驗證碼', ['SECOND_FACTOR_REQUIRED']],
      ['no such word', []],
    ]) {
      await page.getByLabel('Filter').fill(word);
      await page.getByText(found.length === 1 ? '1 code' : `${found.length} codes`, { exact: true }).waitFor();
      assert.deepEqual(await entries.allTextContents(), found, word);
    }
  });
});

test('the menu of a phone closes behind its reader', limits, async () => {
  await within(browser, { locale: 'en-US', viewport: { width: 390, height: 844 } }, async (page) => {
    await visit(page, '/docs/errors');
    const menu = page.getByRole('navigation', { name: 'Documentation pages' });
    await page.locator('.docs-menu summary').click();
    await isAccessible(page);
    await menu.getByRole('link', { name: 'Changelog' }).click();
    await page.getByRole('heading', { name: 'Changelog' }).waitFor();
    await menu.waitFor({ state: 'hidden' });
  });
});

async function isAtTop(page, id) {
  await page.locator(`#${id}`).waitFor();
  await page.waitForFunction((id) => {
    const { top } = document.getElementById(id).getBoundingClientRect();
    return scrollY > 0 && top >= 0 && top < 60;
  }, id);
}
