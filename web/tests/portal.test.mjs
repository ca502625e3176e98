// Needs a running gateway: GATEWAY_URL is its address, GATEWAY_MAILS the folder of its mails.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { at, isAccessible, launch, limits, within } from './browser.mjs';
import { createKey } from './keys.mjs';
import { anAccount, signIn } from './people.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test('a cookie that ends is renewed once, and every page of the account holds what it should', limits, async () => {
  await within(browser, { locale: 'en-US' }, async (page) => {
    await signIn(page, await anAccount(), '/developer/keys');
    await createKey(page);
    await outliveCookie(page);
    for (const path of ['account', 'account/sessions', 'account/notices', 'account/activity']) {
      await page.goto(at(`/app/${path}`));
      await page.locator('.card, .list').first().waitFor();
      await isAccessible(page);
    }
  });
});

test('a page for members leads to sign in and back, and what is wrong stands at its field', limits, async () => {
  await within(browser, { locale: 'en-US' }, async (page) => {
    await page.goto(at('/app/developer/keys'));
    await page.waitForURL('**/app/login?next=%2Fdeveloper%2Fkeys');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Please fill in this field.').first().waitFor();
    assert.equal(await page.getByLabel('E-mail').getAttribute('aria-invalid'), 'true');
    await isAccessible(page);
  });
});

/** The access cookie ends, as it does after a day: it is renewed once, and nobody notices. */
async function outliveCookie(page) {
  await page.context().clearCookies({ name: /access/ });
  await page.evaluate(() => localStorage.setItem('find-helper.access-until', '0'));
  let renewals = 0;
  page.on('request', (request) => {
    if (request.postData()?.includes('refreshToken')) renewals += 1;
  });
  await page.goto(at('/app/developer/keys'));
  await page.getByRole('link', { name: 'order system' }).waitFor();
  assert.equal(renewals, 1);
}
