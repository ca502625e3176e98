// Needs a running gateway: GATEWAY_URL is its address.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { isAccessible, launch, limits, within } from './browser.mjs';
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
