// Needs a running gateway with the limits that it has by default: GATEWAY_URL is its address and
// GATEWAY_PROGRAM makes accounts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { at, isAccessible, launch, limits, within } from './browser.mjs';
import { anAccount, fillIn, signIn } from './people.mjs';

const ENGLISH = { locale: 'en-US' };
const CHINESE_PHONE = { locale: 'zh-TW', viewport: { width: 390, height: 844 } };

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test('after too many sign-ins the form counts down to the next, and keeps what was typed', limits, async () => {
  await within(browser, CHINESE_PHONE, async (page) => {
    await page.goto(at('/app/login'));
    const ann = { email: 'ann@example.org', password: 'not this one' };
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const answer = page.waitForResponse((response) => response.request().postData()?.includes('Login'));
      await fillIn(page, ann);
      assert.match(await (await answer).text(), /INVALID_CREDENTIALS/);
    }
    await fillIn(page, ann);
    await page.getByText('操作太頻繁').waitFor();
    const timer = page.getByRole('timer');
    assert.match(await timer.textContent(), /^\d+ 秒後可以再試。$/);
    await countsDown(timer);
    assert.equal(await page.getByLabel('電子郵件').inputValue(), ann.email);
    assert.equal(await page.getByLabel('密碼').inputValue(), ann.password);
    await isAccessible(page);
  });
});

test('who has used the limit of a minute up keeps what the page shows, and is told when to go on', limits, async () => {
  await within(browser, ENGLISH, async (page) => {
    await page.goto(at('/app/jobs'));
    const jobs = page.locator('.jobs, .list').first();
    await jobs.waitFor();
    await useUp(page);
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.getByText('Too many requests').waitFor();
    await countsDown(page.getByRole('timer'));
    assert.ok(await page.getByRole('button', { name: 'Retry' }).isDisabled());
    assert.ok(await jobs.isVisible(), 'the jobs stay');
    await isAccessible(page);
  });
});

test(
  'offline what was loaded stays and actions say why they fail; online again the page is up to date',
  limits,
  async () => {
    const ann = await anAccount();
    await within(browser, CHINESE_PHONE, async (page, context) => {
      await signIn(page, ann, '/account');
      await page.getByRole('link', { name: '活動紀錄' }).click();
      await page.getByText('登入', { exact: true }).first().waitFor();
      await page.getByRole('link', { name: '個人資料' }).click();

      await context.setOffline(true);
      await page.getByText('目前離線').waitFor();
      await page.getByLabel('姓名或暱稱').fill('Ann Offline');
      await page.getByRole('button', { name: '儲存' }).click();
      await page.getByText('連不上伺服器').waitFor();
      assert.equal(await page.getByLabel('姓名或暱稱').inputValue(), 'Ann Offline');
      await isAccessible(page);
      await page.getByRole('link', { name: '活動紀錄' }).click();
      const activity = page.locator('.list');
      await activity.waitFor();
      await page.getByRole('link', { name: '登入裝置' }).click();
      await page.getByText('這個頁面還沒有載入').waitFor();
      await isAccessible(page);

      await within(browser, ENGLISH, (other) => signIn(other, ann));
      await context.setOffline(false);
      await page.getByText('這個裝置', { exact: true }).waitFor();
      assert.equal(await page.locator('.list > li').count(), 2);
      assert.equal(await page.getByText('目前離線').count(), 0);
    });
  },
);

/** Asks until the gateway refuses. */
function useUp(page) {
  return page.evaluate(async () => {
    const ask = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"query":"{ viewer { id } }"}',
    };
    while ((await fetch('/graphql', ask)).status !== 429);
  });
}

/** Waits until the timer shows less than now. */
async function countsDown(timer) {
  const before = Number((await timer.textContent()).match(/\d+/)[0]);
  await timer.evaluate(
    (element, from) =>
      new Promise((resolve) => {
        const look = () => Number(element.textContent.match(/\d+/)[0]) < from && resolve();
        new MutationObserver(look).observe(element, { subtree: true, characterData: true, childList: true });
        look();
      }),
    before,
  );
}
