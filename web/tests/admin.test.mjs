// Needs a running gateway: GATEWAY_URL is its address, GATEWAY_MAILS the folder of its mails and
// GATEWAY_PROGRAM makes accounts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { reviewedJob } from './api.mjs';
import { at, isAccessible, launch, limits, within } from './browser.mjs';
import { because, take } from './jobs.mjs';
import { anAccount, fillIn, mailTo, signIn } from './people.mjs';

const ENGLISH = { locale: 'en-US' };
const CHINESE = { locale: 'zh-TW' };
const CHINESE_PHONE = { locale: 'zh-TW', viewport: { width: 390, height: 844 } };

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test('who is suspended is signed out where they are, told so, and let in again when reinstated', limits, async () => {
  const [admin, ann] = await Promise.all([anAccount({ admin: true }), anAccount()]);
  await within(browser, CHINESE_PHONE, async (phone) => {
    await signIn(phone, ann);
    await phone.getByText('即時更新').waitFor();
    await within(browser, ENGLISH, async (page) => {
      await signIn(page, admin, '/admin/users');
      await page.locator('.list').waitFor();
      await isAccessible(page);
      await page.getByLabel('Name or e-mail').fill(ann.email);
      const row = page.locator('.list > li', { hasText: ann.email });
      await page.getByText('1 in all').waitFor();
      await row.getByRole('button', { name: 'Manage' }).click();
      await row.getByRole('button', { name: 'Suspend…' }).click();
      await page.getByRole('dialog').getByLabel('Reason').fill('spam in three jobs');
      await isAccessible(page);
      await page.keyboard.press('Enter');
      await row.getByText('Suspended', { exact: true }).waitFor();
      await isAccessible(page);

      await phone.waitForURL('**/app/login?next=%2Fjobs');
      await phone.getByText('登入已過期').waitFor();
      await fillIn(phone, ann);
      await phone.getByText('這個帳號已停權').waitFor();
      await isAccessible(phone);
      await mailTo(ann.email, '已停權');

      await row.getByRole('button', { name: 'Reinstate' }).click();
      await row.getByText('Reinstated.').waitFor();
      await fillIn(phone, ann);
      await phone.waitForURL('**/app/jobs');

      await row.getByRole('link', { name: 'Events' }).click();
      await page.getByText('Only the events of one person').waitFor();
      await page.getByText('Account reinstated').last().waitFor();
      await isAccessible(page);
      await page.getByLabel('Event', { exact: true }).selectOption('USER_SUSPENDED');
      await page.getByText('1 in all').waitFor();
      await page.reload();
      await page.getByText('1 in all').waitFor();
      assert.equal(await page.getByLabel('Event', { exact: true }).inputValue(), 'USER_SUSPENDED');
      await page.getByText('Reason: spam in three jobs').waitFor();
    });
  });
});

test(
  'an administrator sends a password reset, signs a person out and makes them an administrator',
  limits,
  async () => {
    const [admin, ann] = await Promise.all([anAccount({ admin: true }), anAccount()]);
    await within(browser, CHINESE, async (page) => {
      await signIn(page, admin, '/admin/users');
      await page.getByLabel('姓名、暱稱或電子郵件').fill(ann.name);
      const row = page.locator('.list > li', { hasText: ann.email });
      await page.getByText('共 1 筆').waitFor();
      await page.reload();
      await page.getByText('共 1 筆').waitFor();
      assert.equal(await page.getByLabel('姓名、暱稱或電子郵件').inputValue(), ann.name, 'the address holds it');
      await row.getByRole('button', { name: '管理' }).click();
      await row.getByRole('button', { name: '寄送重設密碼信' }).click();
      await row.getByText(`郵件已寄到 ${ann.email}。`).waitFor();
      await mailTo(ann.email, '/reset?');

      await withReason(page, row, '登出所有裝置');
      await row.getByText('已登出。').waitFor();
      await withReason(page, row, '設為管理員');
      await row.getByText('管理員', { exact: true }).waitFor();
      await isAccessible(page);
    });
  },
);

test('a review that was reported is read with its report, and hidden or kept', limits, async () => {
  const [admin, ann, ben] = await Promise.all([anAccount({ admin: true }), anAccount(), anAccount()]);
  const said = `rude ${ann.email.slice(4, 12)}`;
  const job = await reviewedJob('Carry a piano', ann, ben, said);
  await within(browser, ENGLISH, async (page) => {
    await signIn(page, ann, `/jobs/${job}`);
    await page.locator('.review').nth(1).waitFor();
    for (const index of [0, 1]) {
      const report = page.locator('.review').nth(index).getByRole('button', { name: 'Report…' });
      if ((await report.count()) === 0) continue;
      await report.click();
      await page.getByRole('dialog').getByLabel('What is wrong with it?').fill('It is not true');
      await page.getByRole('dialog').getByRole('button', { name: 'Report' }).click();
      await page.getByText('Reported: administrators will look at it.').waitFor();
    }
  });
  await within(browser, CHINESE, async (page) => {
    await signIn(page, admin, '/admin/reviews');
    const row = page.locator('.list > li').filter({ hasText: said });
    await row.getByText(`${ann.name} 檢舉：It is not true`).waitFor();
    await isAccessible(page);
    await take(page, '隱藏評價', because('原因', '與工作無關'), row);
    await row.getByText('已隱藏').waitFor();
    await page.getByText('已處理。').waitFor();
    await isAccessible(page);
  });
});

test('the pages for administrators are not for others', limits, async () => {
  const ann = await anAccount();
  await within(browser, ENGLISH, async (page) => {
    await signIn(page, ann);
    for (const path of ['users', 'disputes', 'reviews', 'audit']) {
      await page.goto(at(`/app/admin/${path}`));
      await page.getByRole('heading', { name: 'Not allowed' }).waitFor();
    }
    await isAccessible(page);
  });
});

async function withReason(page, row, label) {
  await row.getByRole('button', { name: `${label}…` }).click();
  await page.getByRole('dialog').getByLabel('原因').fill('本人來電要求');
  await page.keyboard.press('Enter');
}
