// Needs a running gateway: GATEWAY_URL is its address and GATEWAY_PROGRAM makes accounts.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';

import { match } from './api.mjs';
import { isAccessible, launch, limits, open } from './browser.mjs';
import { because, sees, take } from './jobs.mjs';
import { anAccount, signIn } from './people.mjs';

const ENGLISH = { locale: 'en-US' };
const CHINESE_PHONE = { locale: 'zh-TW', viewport: { width: 390, height: 844 } };

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test(
  'either side ends the match before the start, the other reads why, and the worker applies again',
  limits,
  async () => {
    await matched({ days: 3 }, async ({ owner, worker, ben }) => {
      await sees(owner, 'Details', 'Agreed pay', 'NT$1,100', 'NT$1,200', 'On the day of the work');
      await sees(worker, '工作內容', '談定報酬', 'NT$1,100', '要提前，需要雙方同意');
      await isAccessible(worker);
      await take(worker, '取消媒合', because('原因', '臨時要出差'));
      await sees(worker, '您的應徵', '已取消媒合');
      assert.equal(await worker.getByText('談定報酬').count(), 0);
      await sees(owner, 'Details', 'Open');
      await owner.getByText(`Why the match ended (${ben.name})`).waitFor();
      await sees(owner, 'Timeline', `Match ended, open again`, '臨時要出差');
      await isAccessible(owner);

      await sees(worker, '重新應徵', '您可以再應徵一次');
      await worker.getByRole('button', { name: '送出應徵' }).click();
      await sees(worker, '您的應徵', '待回覆');
      await owner.getByRole('button', { name: 'Accept…' }).click();
      await owner.getByText(`The job goes to ${ben.name} for NT$1,200`).waitFor();
      await owner.getByRole('dialog').getByRole('button', { name: 'Accept' }).click();
      await sees(owner, 'Details', 'Helper found', 'Agreed pay');

      await take(owner, 'End the match', because('Reason', 'The move is off'));
      await sees(owner, 'Details', 'Open');
      await sees(worker, '您的應徵', '已取消媒合');
      await sees(worker, '您的應徵', '取消媒合的原因：The move is off', '您不能再應徵了');
      assert.equal(
        await worker.getByRole('heading', { name: '重新應徵' }).count(),
        0,
        'what is refused is not offered',
      );
      await isAccessible(worker);
    });
  },
);

test('work begins before its day, and is called off after it began, if both want it', limits, async () => {
  await matched({ days: 3 }, async ({ owner, worker, ann }) => {
    await take(owner, 'Propose an earlier start');
    await owner.getByText('You proposed an earlier start').waitFor();
    assert.equal(await owner.getByRole('button', { name: 'Propose an earlier start…' }).count(), 0);
    await isAccessible(owner);
    await worker.getByText(`${ann.name} 提議提前開始`).waitFor();
    await isAccessible(worker);
    await take(worker, '同意提前開始');
    await sees(worker, '工作內容', '進行中', '請按「回報完工」');
    await worker.getByRole('status').getByText('提議提前開始').waitFor({ state: 'detached' });

    await take(worker, '提議取消');
    await worker.getByText('已提議取消，等待對方同意').waitFor();
    await owner.getByText('proposes to cancel this job').waitFor();
    await sees(owner, 'Details', 'In progress');
    await take(owner, 'Agree to cancel');
    await sees(owner, 'Details', 'Cancelled');
    await sees(worker, '工作內容', '已取消');
    await isAccessible(worker);
  });
});

test('done, disputed and decided: both sides and an administrator read the reasons', limits, async () => {
  const admin = await anAccount({ admin: true });
  await matched({}, async ({ owner, worker, ann, id, title, another }) => {
    const page = await another(ENGLISH);
    await signIn(page, admin, '/admin/disputes');
    await page.locator('[aria-busy=false]').waitFor();
    const row = page.locator('.list > li').filter({ hasText: title });

    await take(worker, '開始工作');
    await take(worker, '回報完工');
    await sees(worker, '工作內容', '待確認完工', '等發案者確認');
    await sees(owner, 'Details', 'Reported done', 'Please confirm it');
    await take(owner, 'Dispute', because('What is wrong?', 'Half of the boxes are missing'));
    await sees(owner, 'Details', 'Disputed');
    await owner.getByText('What is disputed (you)').waitFor();
    await sees(worker, '工作內容', '爭議處理中', '管理員會看過雙方的說明');
    await worker.getByText(`爭議說明（${ann.name}）`).waitFor();
    await worker.getByText('Half of the boxes are missing').first().waitFor();
    await isAccessible(worker);

    await row.getByText('Half of the boxes are missing').waitFor();
    await row.getByText(`disputed by ${ann.name}`).waitFor();
    await row.getByText('agreed NT$1,100').waitFor();
    await isAccessible(page);
    await take(page, 'Rule as done', because('Reason', 'They were delivered'), row);
    await page.getByText('Decided. Both sides see the result.').waitFor();
    await row.waitFor({ state: 'detached' });
    await sees(worker, '工作內容', '已完成');
    await worker.getByText('管理員裁決：已完成').waitFor();
    await sees(owner, 'Timeline', 'Dispute decided', 'They were delivered');
    assert.equal(await owner.getByRole('button', { name: 'Dispute…' }).count(), 0, 'a job is disputed once');
    await isAccessible(owner);

    await owner.getByRole('button', { name: 'Post again' }).click();
    await owner.waitForURL((url) => /\/jobs\/job_\d+\/edit$/.test(url.pathname) && !url.pathname.includes(`/${id}/`));
    assert.equal(await owner.getByLabel('Title').inputValue(), title);
    await isAccessible(owner);
  });
});

test('who is slower than the other side is told so, and proposes nothing by mistake', limits, async () => {
  await matched({}, async ({ worker, ann, id, another }) => {
    const deaf = await another(ENGLISH);
    await deaf.routeWebSocket(/graphql/, () => {});
    await signIn(deaf, ann, `/jobs/${id}`);
    await sees(deaf, 'Details', 'Helper found');
    await take(worker, '開始工作');
    await take(deaf, 'Cancel the job');
    await deaf.getByText('This job has just changed').waitFor();
    await sees(deaf, 'Details', 'In progress');
    await isAccessible(deaf);
    const kinds = await deaf.locator('.timeline .row-title').allTextContents();
    assert.equal(kinds[0], 'Started', 'nothing was proposed');
  });
});

/** Two people on the page of a job that one has given the other for NT$1,100, in so many days. */
async function matched({ days }, use) {
  const title = `搬家小幫手 ${randomUUID().slice(0, 8)}`;
  const contexts = [];
  async function another(options) {
    const opened = await open(browser, options);
    contexts.push(opened);
    return opened.context.newPage();
  }
  try {
    const [ann, ben] = await Promise.all([anAccount(), anAccount({ name: `Ben ${title.slice(-4)}` })]);
    const id = await match(title, ann, ben, days);
    const [owner, worker] = [await another(ENGLISH), await another(CHINESE_PHONE)];
    await Promise.all([signIn(owner, ann, `/jobs/${id}`), signIn(worker, ben, `/jobs/${id}`)]);
    await sees(owner, 'Details', 'Helper found');
    await sees(worker, '工作內容', '已找到人');
    await use({ owner, worker, ann, ben, id, title, another });
    assert.deepEqual(
      contexts.flatMap(({ problems }) => problems),
      [],
    );
  } finally {
    await Promise.all(contexts.map(({ context }) => context.close()));
  }
}
