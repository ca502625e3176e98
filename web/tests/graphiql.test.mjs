// Needs a running gateway: GATEWAY_URL is its address, EXPECT_TEXT a title among its five latest jobs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { gateway, launch, open } from './browser.mjs';
import { setting } from './setting.mjs';

const expectedText = setting('EXPECT_TEXT');

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

test('a request header from the header editor is sent', async () => {
  await withGraphiql({}, async (page) => {
    await page.getByRole('button', { name: 'Headers' }).click();
    await page.locator('.graphiql-editor-tool .graphiql-editor:not(.hidden) .view-lines').click();
    await page.keyboard.press('Control+A');
    // The editor adds the closing quote and brace.
    await page.keyboard.type('{"X-Probe": "from the editor');
    const request = page.waitForRequest((sent) => sent.postData()?.includes('LatestJobs'));
    await page.getByRole('button', { name: /^Execute query/ }).click();
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
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await resultContains(page, '"data"', expectedText);
  });
});

/** Opens GraphiQL in a fresh profile and fails on foreign requests, console errors and violations. */
async function withGraphiql({ script = () => {} }, use) {
  const { context, problems } = await open(browser);
  try {
    const page = await context.newPage();
    await page.addInitScript(script);
    const introspection = page.waitForResponse((response) =>
      response.request().postData()?.includes('IntrospectionQuery'),
    );
    await page.goto(new URL('/graphql', gateway).href);
    await inQuery(page, 'LatestJobs').waitFor();
    await introspection;
    await use(page);
    assert.deepEqual(problems, []);
  } finally {
    await context.close();
  }
}

function inQuery(page, word) {
  return page.locator('.graphiql-query-editor .view-lines').getByText(word, { exact: true });
}

async function resultContains(page, ...texts) {
  let result = page.locator('.result-window .view-lines');
  for (const text of texts) result = result.filter({ hasText: text });
  await result.waitFor();
}
