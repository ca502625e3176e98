// Needs a running gateway: GATEWAY_URL is its address.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { member } from './api.mjs';
import { at, isAccessible, launch, limits, within } from './browser.mjs';
import { createKey, isAskedBeforeLeaving, keepSecret, restStatus } from './keys.mjs';
import { anAccount, menuOf, signIn } from './people.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test('a secret is rotated with an overlap, then at once, and a revoked key is refused', limits, async () => {
  await within(browser, { locale: 'en-US' }, async (page) => {
    await signIn(page, await anAccount(), '/developer/keys');
    const first = await createKey(page);
    const own = page.url();
    await page.goBack();
    await page.getByRole('heading', { name: 'API keys' }).waitFor();
    await page.goForward();
    await page.waitForURL(own);
    const second = await rotate(page, 24);
    assert.equal(second.key, first.key);
    await page.getByText('Old secret works until').waitFor();
    assert.deepEqual([await restStatus(first), await restStatus(second)], [200, 200]);
    const third = await rotate(page, 0);
    assert.deepEqual(await statuses(first, second, third), [401, 401, 200]);
    assert.equal(await page.getByText('Old secret works until').count(), 0);
    await page.getByRole('button', { name: 'Revoke the key' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke the key' }).click();
    await page.getByText('Revoked', { exact: true }).first().waitFor();
    assert.equal(await restStatus(third), 401);
    await page.waitForFunction(() => document.activeElement.matches('h1'));
    await isAccessible(page);
  });
});

test('a page that shows a new secret is left on purpose only', limits, async () => {
  await within(browser, { locale: 'en-US' }, async (page) => {
    await signIn(page, await anAccount(), '/developer/keys');
    await page.getByRole('link', { name: 'Create a key' }).click();
    await page.getByLabel('Name').fill('order system');
    await page.getByRole('button', { name: 'Create a key' }).click();
    await page.getByRole('heading', { name: 'Your new secret' }).waitFor();
    await isAskedBeforeLeaving(page, 'Have you saved the secret?');
    await menuOf(page).click();
    await page.getByLabel('Language', { exact: true }).first().selectOption('zh-TW');
    await page.getByRole('heading', { name: '您的新密鑰' }).waitFor();
    await page.getByRole('link', { name: '帳號', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: '離開' }).click();
    await page.waitForURL('**/app/account');
    await page.reload();
    await page.getByRole('heading', { name: '帳號', exact: true }).waitFor();
  });
});

test('a network that is none is told at its field, and one from elsewhere shuts the door', limits, async () => {
  await within(browser, { locale: 'en-US' }, async (page) => {
    await signIn(page, await anAccount(), '/developer/keys');
    const key = await createKey(page);
    await page.getByRole('button', { name: 'Edit' }).click();
    const field = page.getByLabel('Networks that may use it');
    await field.fill('203.0.113.0/24\nnowhere\nelsewhere\nnowhere');
    await page.getByRole('button', { name: 'Save' }).click();
    const wrong = page.getByRole('dialog').locator('.wrong');
    await wrong.waitFor();
    assert.match(await wrong.innerText(), /^“nowhere” [^“]+\n“elsewhere” [^“]+$/);
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    await isAccessible(page);
    await field.fill('203.0.113.0/24');
    await field.press('Tab');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText('203.0.113.0/24').first().waitFor();
    assert.equal(await restStatus(key), 401);
  });
});

for (const [name, options] of Object.entries({
  'on a phone': { locale: 'zh-TW', viewport: { width: 390, height: 844 } },
  'on a wide screen': { locale: 'en-US' },
})) {
  const isChinese = options.locale === 'zh-TW';
  const say = (zh, en) => (isChinese ? zh : en);
  test(`p20 what a key was used for is told with how it ended, ${name}`, limits, async () => {
    await within(browser, options, async (page) => {
      const key = await member('Ann');
      await signIn(page, key, '/developer/keys');
      await page.getByText(say('今天 0 次 · 30 天 0 次', '0 today · 0 in 30 days')).waitFor();
      await page.getByRole('link', { name: 'tests' }).click();
      const recent = page.locator('.card').filter({
        has: page.getByRole('heading', { name: say('最近的請求', 'Recent requests') }),
      });
      await recent.getByText(say('還沒有請求', 'No requests yet')).waitFor();
      assert.equal(await restStatus(key), 200);
      assert.equal((await askWith(key, 'query Broken { job(by: { id: "user_1" }) { id } }')).status, 200);
      await recent.getByRole('button', { name: say('重新整理', 'Refresh') }).click();
      const broken = recent.getByRole('listitem').filter({ hasText: 'Broken' });
      await broken.getByText(say('請求有誤', 'Client error')).waitFor();
      assert.match(await broken.innerText(), /query job Broken\n.* · HTTP 200 · .*ms · INVALID_REQUEST\n/);
      const meaning = await broken.getByRole('link', { name: 'INVALID_REQUEST' }).getAttribute('href');
      assert.ok(meaning.endsWith('/docs/errors#INVALID_REQUEST'), meaning);
      assert.equal(await recent.getByRole('listitem').count(), 2);
      await isAccessible(page);
      await recent.getByRole('button', { name: say('只看失敗', 'Failed only') }).click();
      assert.equal(await recent.getByRole('listitem').count(), 1);
      await page.reload();
      await page
        .getByText(say('期間內共 2 次請求，其中 1 次失敗。', '2 requests in this period, 1 of them failed.'))
        .waitFor();
      const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(width[0] <= width[1], `scrolls sideways: ${width}`);
      await page.getByRole('link', { name: say('所有金鑰', 'All keys') }).click();
      await page.getByText(say('今天 2 次 · 30 天 2 次', '2 today · 2 in 30 days')).waitFor();
      await isAccessible(page);
    });
  });
}

/** Rotates the secret of the key that the page shows; its new one. */
async function rotate(page, hours) {
  await page.getByRole('button', { name: 'Rotate the secret' }).click();
  await page.getByLabel('Hours that the old secret goes on').fill(String(hours));
  await isAccessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate the secret' }).click();
  return keepSecret(page);
}

function statuses(...keys) {
  return Promise.all(keys.map(restStatus));
}

function askWith({ key, secret }, query) {
  const headers = { 'Content-Type': 'application/json', 'X-API-Key': key, 'X-API-Secret': secret };
  return fetch(at('/graphql'), { method: 'POST', headers, body: JSON.stringify({ query }) });
}
