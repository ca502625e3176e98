// How pages look where a reader has asked for something else: the system's colours, no motion, paper, little room.
// Needs a running gateway: GATEWAY_URL is its address and GATEWAY_PROGRAM makes accounts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { match } from './api.mjs';
import { at, isAccessible, launch, limits, visit, within } from './browser.mjs';
import { anAccount, signIn } from './people.mjs';

const ENGLISH = { locale: 'en-US' };
const NARROW = { locale: 'zh-TW', viewport: { width: 320, height: 640 } };

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test('where the system gives the colours, what is chosen, passed and focused can be told apart', limits, async () => {
  const { ann, id } = await aMatch();
  for (const colorScheme of ['light', 'dark']) {
    await within(browser, { ...ENGLISH, colorScheme, forcedColors: 'active' }, async (page) => {
      await signIn(page, ann);
      await page.getByRole('button', { name: 'Today' }).click();
      await differ(page, 'background-color', '.chip[aria-pressed=true]', '.chip[aria-pressed=false]');
      await differ(page, 'border-bottom-color', '.nav a[aria-current]', '.nav a:not([aria-current])');
      await isAccessible(page);
      await visit(page, '/app/mine');
      await differ(page, 'border-bottom-color', '.tabs a[aria-current]', '.tabs a:not([aria-current])');
      await differ(page, 'background-color', '.chips a[aria-current]', '.chips a:not([aria-current])');
      await visit(page, `/app/jobs/${id}`);
      await differ(page, 'border-top-color', '.stages li[aria-current]', '.stages li[data-passed]');
      await differ(page, 'border-top-color', '.stages li[data-passed]', '.stages li:last-child');
      await page.keyboard.press('Tab');
      await differ(page, 'outline-color', ':focus-visible', 'body', 'color');
      await isAccessible(page);
    });
  }
});

test('with reduced motion nothing moves, not even what waits', limits, async () => {
  await within(browser, { ...ENGLISH, reducedMotion: 'reduce' }, async (page) => {
    await page.route(/\/graphql$/, () => {});
    await page.goto(at('/app/jobs'));
    await page.locator('.loading .spinner').waitFor();
    assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
  });
});

test('on paper there is what is read, black on white, and no way to press anything', limits, async () => {
  const { ann, id } = await aMatch();
  await within(browser, { ...ENGLISH, colorScheme: 'dark' }, async (page) => {
    await signIn(page, ann);
    await page.evaluate(() => localStorage.setItem('find-helper.theme', 'dark'));
    await page.emulateMedia({ media: 'print' });
    for (const path of [`/app/jobs/${id}`, '/app/mine', '/docs', '/docs/rest']) {
      await visit(page, path);
      assert.ok(await page.getByRole('heading', { level: 1 }).isVisible(), path);
      const pressed = await page.locator('button:visible, nav:visible, input:visible, .foot:visible').allInnerTexts();
      assert.deepEqual(pressed, [], path);
      const { color, backgroundColor } = await page.evaluate(() => ({ ...getComputedStyle(document.documentElement) }));
      assert.deepEqual([color, backgroundColor], ['rgb(0, 0, 0)', 'rgb(255, 255, 255)'], path);
    }
  });
});

test('p24_nothing scrolls sideways at 320 px', limits, async () => {
  const { ann, id } = await aMatch();
  await within(browser, NARROW, async (page) => {
    await signIn(page, ann);
    const documents = ['', '/rest', '/graphql', '/graphql/Job', '/errors', '/limits', '/changelog'];
    const own = ['jobs', `jobs/${id}`, `jobs/new`, 'mine', 'mine/applications', 'notices', 'developer/keys'];
    const account = ['', '/sessions', '/notices', '/activity', '/second-factor'].map((path) => `account${path}`);
    const paths = ['/', '/jobs', ...documents.map((path) => `/docs${path}`)];
    for (const path of [...paths, ...[...own, ...account].map((name) => `/app/${name}`)]) {
      await visit(page, path);
      const [width, room] = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return [scrollWidth, clientWidth];
      });
      assert.ok(width <= room, `${path} is ${width} px wide`);
    }
  });
});

test('the public pages have the theme and the language that were chosen in the portal', limits, async () => {
  await within(browser, { locale: 'zh-TW', colorScheme: 'light' }, async (page) => {
    await page.goto(at('/app/jobs'));
    const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await paper();
    await page.getByRole('banner').getByRole('button', { name: '語言與外觀' }).click();
    await page.getByLabel('外觀', { exact: true }).selectOption('dark');
    await page.getByLabel('語言', { exact: true }).selectOption('en');
    const dark = await paper();
    assert.notEqual(dark, light);
    await page.goto(at('/jobs'));
    await page.getByRole('heading', { level: 1, name: 'Find work' }).waitFor();
    assert.equal(await paper(), dark);
    await page.getByRole('link', { name: '中文' }).click();
    await page.getByRole('heading', { level: 1, name: '找工作' }).waitFor();
    await page.goto(at('/app/jobs'));
    await page.getByRole('heading', { level: 1, name: '找工作' }).waitFor();
  });
});

test('p24_a list is not said to be live without a network', limits, async () => {
  await within(browser, ENGLISH, async (page, context) => {
    await page.goto(at('/app/jobs'));
    await page.locator('.live-live').waitFor();
    await context.setOffline(true);
    await page.locator('.live-interrupted').waitFor();
    assert.equal(await page.locator('.live-live').count(), 0);
  });
});

async function aMatch() {
  const [ann, ben] = await Promise.all([anAccount(), anAccount()]);
  return { ann, id: await match('Carry a piano', ann, ben, 3) };
}

/** Fails unless the first of each has another value of a property, or of the second's own. */
async function differ(page, property, one, other, otherProperty = property) {
  const of = (selector, name) =>
    page
      .locator(selector)
      .first()
      .evaluate((element, of) => getComputedStyle(element).getPropertyValue(of), name);
  const [a, b] = [await of(one, property), await of(other, otherProperty)];
  assert.notEqual(a, b, `${property} of ${one} and of ${other}`);
}
