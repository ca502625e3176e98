// What each page may cost its reader, as budgets.json has it: bytes as sent (compressed), requests and
// elements; and how far a page may jump while it loads. Needs a running gateway, as portal.test.mjs does.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { published } from './api.mjs';
import { at, launch, limits, shift, visit, watchShifts, within } from './browser.mjs';
import { anAccount, signIn } from './people.mjs';

const budgets = JSON.parse(await readFile(new URL('../budgets.json', import.meta.url), 'utf8'));
/** Half of what the Web Vitals call good. */
const SHIFT = 0.05;

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

for (const [path, budget] of Object.entries(budgets)) {
  test(`${path} stays within its budget on a phone, in a fresh browser`, limits, async (told) => {
    const phone = { locale: 'zh-TW', viewport: { width: 390, height: 844 } };
    const cookies = await cookiesOf(await anAccount());
    await within(browser, phone, async (page, context) => {
      if (!path.endsWith('/login')) await context.addCookies(cookies);
      await page.addInitScript(watchShifts);
      await visit(page, path);
      const spent = { ...(await page.evaluate(spending)), shift: (await page.evaluate(shift)).value };
      told.diagnostic(`${path} ${JSON.stringify(spent)}`);
      for (const [what, most] of Object.entries({ ...budget, shift: SHIFT })) {
        assert.ok(spent[what] <= most, `${what}: ${spent[what]} of ${most}`);
      }
      assert.ok(spent.isDescribed, 'the page has a language, a title and a description');
      assert.ok(!spent.isWide, 'the page is wider than the phone');
    });
  });
}

test('what a page is about needs one answer of the gateway, however slow all others are', limits, async () => {
  const job = await published(await anAccount(), { title: '搬書櫃' });
  for (const [path, operation, content] of [
    ['/app/jobs', 'Jobs', '.job-row'],
    [`/app/jobs/${job.id}`, 'Job', '.glance'],
  ]) {
    const cookies = await cookiesOf(await anAccount());
    await within(browser, { locale: 'zh-TW' }, async (page, context) => {
      await context.addCookies(cookies);
      await page.route('**/graphql', (route) =>
        route.request().postDataJSON().operationName === operation ? route.continue() : undefined,
      );
      await page.goto(at(path));
      await page.locator(content).first().waitFor();
      await page.unrouteAll({ behavior: 'ignoreErrors' });
    });
  }
});

test(
  'p19_a page is never blank: before its scripts are there it has the name of the site and says that it loads',
  limits,
  async () => {
    for (const path of ['/app/jobs', '/docs']) {
      await within(browser, { locale: 'zh-TW' }, async (page) => {
        await page.route(/\.js$/, () => {});
        await page.goto(at(path), { waitUntil: 'commit' });
        await page.getByRole('banner').getByText('找幫手').waitFor();
        await page.locator('main .spinner').waitFor();
        await page.unrouteAll({ behavior: 'ignoreErrors' });
      });
    }
  },
);

/** The cookies of a new session: what a page costs is measured with an empty cache. */
async function cookiesOf(account) {
  let cookies;
  await within(browser, { locale: 'en-US' }, async (page, context) => {
    await signIn(page, account);
    cookies = await context.cookies();
  });
  return cookies;
}

function spending() {
  const loaded = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
  const bytes = loaded.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
  const { documentElement: html, title } = document;
  return {
    kilobytes: Math.ceil(bytes / 1024),
    requests: loaded.length,
    elements: document.querySelectorAll('*').length,
    isDescribed: Boolean(html.lang && title && document.querySelector('meta[name=description]')?.content),
    isWide: html.scrollWidth > html.clientWidth,
  };
}
