// Nothing moves below the reader’s finger while a page loads, nor when the portal takes over from a public page.
// Needs a running gateway: GATEWAY_URL is its address.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';

import { published } from './api.mjs';
import { at, launch, limits, shift, visit, watchShifts, within } from './browser.mjs';
import { anAccount } from './people.mjs';

const MOST = 0.05;
const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
];

let browser;
let job;
before(async () => {
  browser = await launch();
  job = await published(await anAccount(), { title: `搬鋼琴 ${randomUUID().slice(0, 8)}` });
});
after(() => browser?.close());

for (const viewport of SIZES) {
  test(`no page moves by more than a twentieth while it loads slowly: ${viewport.width} px`, limits, async (told) => {
    const paths = ['/', '/jobs', `/jobs/${job.databaseId}`, '/app/jobs', `/app/jobs/${job.id}`, '/app/jobs/new'];
    for (const path of [...paths, '/app/jobs?search=xyzzy', '/app/login', '/app/register', '/docs']) {
      await within(browser, { locale: 'zh-TW', viewport }, async (page) => {
        await slowly(page);
        await page.addInitScript(watchShifts);
        await visit(page, path);
        await isSteady(page, path, told);
      });
    }
  });

  test(`the portal takes over from a public page without a jump: ${viewport.width} px`, limits, async (told) => {
    await within(browser, { locale: 'zh-TW', viewport }, async (page) => {
      await slowly(page);
      await page.addInitScript(watchShifts);
      for (const [from, name, to] of [
        ['/', '我要找人', '**/app/jobs/new'],
        [`/jobs/${job.databaseId}`, '應徵', `**/app/jobs/${job.id}`],
      ]) {
        await page.goto(at(from));
        const [brand, left] = [await brandOf(page), page.getByRole('link', { name, exact: true })];
        await left.click();
        await page.waitForURL(to);
        assert.deepEqual(await brandOf(page), brand, `the name stays where it is: ${from}`);
        await page.locator('main h1').first().waitFor();
        await isSteady(page, `${from} to ${to}`, told);
        assert.deepEqual(await brandOf(page), brand, `the name stays where it is: ${to}`);
      }
    });
  });
}

/** As a poor network is: parts of a page come one after the other. */
async function slowly(page) {
  const session = await page.context().newCDPSession(page);
  const throughput = 150 * 1024;
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 80,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  });
}

async function isSteady(page, what, told) {
  await page.waitForLoadState('networkidle');
  const { value, moved } = await page.evaluate(shift);
  told.diagnostic(`${what}: ${value.toFixed(3)}`);
  assert.ok(value <= MOST, `${what} moves by ${value.toFixed(3)}: ${moved.join(', ')}`);
}

/** Where the name of the site stands. */
async function brandOf(page) {
  const { x, y } = await page.locator('header .brand img').first().boundingBox();
  return { x: Math.round(x), y: Math.round(y) };
}
