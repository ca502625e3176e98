// Needs a running gateway: GATEWAY_URL is its address and GATEWAY_PROGRAM makes accounts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { ask, match, signIn as tokensOf } from './api.mjs';
import { isAccessible, launch, limits, visit, within } from './browser.mjs';
import { anAccount, signIn } from './people.mjs';

const CHINESE_PHONE = { locale: 'zh-TW', viewport: { width: 390, height: 844 } };
const STEP = (name) => `mutation ($id: ID!) { ${name}(input: { id: $id }) { job { id } } }`;

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test('my jobs are found by what people call them, and what waits for the owner stands first', limits, async () => {
  const [ann, ben] = await Promise.all([anAccount(), anAccount()]);
  const { token } = await tokensOf(ann);
  const begun = await match('陪長輩回診', ann, ben);
  await ask(STEP('startJob'), { id: begun }, token);
  const reported = await match('組裝書架', ann, ben);
  await ask(STEP('startJob'), { id: reported }, token);
  const report = 'mutation ($input: ReportDoneInput!) { reportDone(input: $input) { job { id } } }';
  await ask(report, { input: { jobId: reported } }, (await tokensOf(ben)).token);
  await match('打掃客廳', ann, ben, 3);
  const done = await match('數學家教', ann, ben);
  for (const step of ['startJob', 'completeJob']) await ask(STEP(step), { id: done }, token);

  await within(browser, CHINESE_PHONE, async (page) => {
    await signIn(page, ann, '/mine');
    const chips = page.getByRole('navigation', { name: '依狀態篩選' });
    await chips.getByRole('link').first().waitFor();
    assert.deepEqual(await chips.getByRole('link').allTextContents(), ['全部', '草稿', '徵人中', '進行中', '已結束']);
    await chips.getByRole('link', { name: '進行中' }).click();
    await page.getByText('共 3 件').waitFor();
    assert.deepEqual(await page.locator('.row-title').allTextContents(), ['組裝書架', '陪長輩回診', '打掃客廳']);
    await isAccessible(page);
    await chips.getByRole('link', { name: '已結束' }).click();
    await page.getByText('共 1 件').waitFor();
    assert.deepEqual(await page.locator('.row-title').allTextContents(), ['數學家教']);
    await chips.getByRole('link', { name: '徵人中' }).click();
    await page.getByText('沒有「徵人中」的項目').waitFor();
    await isAccessible(page);
    // An address from before the groups.
    await visit(page, '/app/mine?status=COMPLETED');
    assert.deepEqual(await page.locator('.row-title').allTextContents(), ['數學家教']);
    assert.equal(await chips.locator('[aria-current]').textContent(), '已結束');
  });
});
