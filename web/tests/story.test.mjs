// Needs a running gateway: GATEWAY_URL is its address, GATEWAY_MAILS the folder of its mails.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';

import { at, isAccessible, launch, limits, open } from './browser.mjs';
import { postJob, sees, take } from './jobs.mjs';
import { createKey, restStatus } from './keys.mjs';
import { anAccount, confirm, fillIn, register, signIn } from './people.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

// Long, and everything in it waits for something: it only must not wait for ever.
const story = { timeout: 3 * limits.timeout };

test('two people from registering to a job that is done, each seeing at once what the other does', story, async () => {
  const title = `搬家小幫手 ${randomUUID().slice(0, 8)}`;
  const ann = await open(browser, { locale: 'en-US' });
  const ben = await open(browser, { locale: 'zh-TW', viewport: { width: 390, height: 844 } });
  try {
    const owner = await ann.context.newPage();
    const email = await join(owner);
    await useKey(owner);

    const worker = await ben.context.newPage();
    const { name } = await comeIn(worker);
    await postDraftAndPublish(owner, title);
    await apply(worker, title);
    await accept(owner, name);
    await work(worker, owner, email);
    await isToldEverywhere(owner, worker, { title, name });
    assert.deepEqual([...ann.problems, ...ben.problems], []);
  } finally {
    await ann.context.close();
    await ben.context.close();
  }
});

async function join(page) {
  const [email, password] = [`ann-${randomUUID()}@example.org`, 'correct horse battery'];
  await register(page, { email, password });
  await confirm(page, email);
  await signIn(page, { email, password }, '/developer/keys');
  return email;
}

async function useKey(page) {
  await page.getByText('No keys yet').waitFor();
  await isAccessible(page);
  const key = await createKey(page);
  await page.getByText('No requests in this period').first().waitFor();
  assert.equal(await restStatus(key), 200);
  await page.getByText('1 request in this period, which succeeded.').waitFor();
  await page.getByRole('rowheader', { name: 'GET /api/jobs' }).waitFor();
  await isAccessible(page);
}

/** Signs in to an empty list of applications, and goes on to the board. */
async function comeIn(page) {
  const account = await anAccount();
  await page.goto(at('/app/mine/applications'));
  await fillIn(page, account);
  await page.getByText('您還沒有應徵過工作').waitFor();
  await isAccessible(page);
  await page.getByRole('link', { name: '看看徵人中的工作' }).click();
  await page.getByText('即時更新').waitFor();
  await isAccessible(page);
  return account;
}

async function postDraftAndPublish(page, title) {
  await postJob(page, title, { draft: true });
  await sees(page, 'Details', 'Draft', 'Only you see this draft.', 'Moving', 'Taipei City', 'NT$1,200');
  await isAccessible(page);
  await page.getByRole('button', { name: 'Post' }).click();
  await sees(page, 'Details', 'Open');
  await sees(page, 'Applicants (0)', 'Nobody has applied yet.');
  await isAccessible(page);
}

async function apply(page, title) {
  await page.getByRole('button', { name: /個新工作$/ }).click();
  await page.getByRole('link', { name: title }).click();
  await sees(page, '工作內容', '徵人中', '搬家搬運', '台北市');
  await page.getByLabel('給發案者的話').fill('我有貨車');
  await page.getByLabel('我的報價').fill('1100');
  await isAccessible(page);
  await page.getByRole('button', { name: '送出應徵' }).click();
  await sees(page, '您的應徵', '我有貨車', 'NT$1,100', '待回覆');
  await isAccessible(page);
}

/** What was sent is there without reloading. */
async function accept(page, name) {
  await sees(page, 'Applicants (1)', name, '我有貨車', 'NT$1,100', 'Pending');
  await isAccessible(page);
  await take(page, 'Accept');
  await sees(page, 'Details', 'Helper found', name);
}

async function work(worker, owner, email) {
  await sees(worker, '您的應徵', '已接受');
  await sees(worker, '工作內容', '已找到人', '這份工作交給您了', email);
  await isAccessible(worker);
  await take(worker, '開始工作');
  await sees(owner, 'Details', 'In progress', 'When the work is done, confirm it here.');
  await take(owner, 'Confirm completion');
  await sees(worker, '工作內容', '已完成');
}

async function isToldEverywhere(owner, worker, { title, name }) {
  await sees(owner, 'Timeline', 'Completed');
  const kinds = await owner.locator('.timeline .row-title').allTextContents();
  const told = ['Completed', 'Started', `Application accepted: ${name}`, 'Application received', 'Posted', 'Created'];
  assert.deepEqual(kinds, told);
  await isAccessible(owner);

  await owner.getByRole('link', { name: 'My jobs' }).click();
  await owner.getByRole('link', { name: 'Ended' }).click();
  const row = (page) => page.getByRole('listitem').filter({ has: page.getByRole('link', { name: title }) });
  await row(owner).getByText('1 applicant').waitFor();
  await isAccessible(owner);
  await worker.getByRole('link', { name: '我的', exact: true }).click();
  await worker.getByRole('link', { name: '我應徵的' }).click();
  for (const text of ['已接受', '已完成']) await row(worker).getByText(text).waitFor();
  await isAccessible(worker);
}
