// Needs a running gateway: GATEWAY_URL is its address, GATEWAY_PROGRAM makes accounts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { ask, signIn as tokensOf } from './api.mjs';
import { at, isAccessible, launch, limits, visit, within } from './browser.mjs';
import { anAccount, fillIn, linkTo, mailTo, signIn } from './people.mjs';

const ENGLISH = { locale: 'en-US' };
const CHINESE_PHONE = { locale: 'zh-TW', viewport: { width: 390, height: 844 } };

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test('the bell counts a notice as it comes, and reading it on its job’s page takes it away', limits, async () => {
  const { owner, job, apply } = await anOpenJob('Carry a piano');
  await within(browser, ENGLISH, async (page) => {
    const isListening = listening(page);
    await signIn(page, owner, '/account');
    const bell = page.getByRole('banner').getByRole('link', { name: /^Notices/ });
    await page.getByRole('link', { name: 'Notices', exact: true }).waitFor();
    await isListening;
    await apply('Iris');
    await page.getByRole('link', { name: 'Notices, 1 unread' }).waitFor();
    await page.getByRole('status').getByText('A new notice; 1 unread.').waitFor();
    await isAccessible(page);

    await bell.click();
    const notice = page.getByRole('listitem').filter({ hasText: 'Iris applied to your job “Carry a piano”' });
    await notice.getByText('Unread:').waitFor();
    assert.equal(await bell.getAttribute('aria-current'), 'page');
    await isAccessible(page);
    await apply('Jun');
    await page.getByRole('link', { name: /^Jun applied/ }).waitFor();
    assert.match(await page.getByRole('main').getByRole('listitem').first().textContent(), /Jun applied/);

    await notice.getByRole('link').click();
    await page.waitForURL(at(`/app/jobs/${job}`));
    await page.getByRole('link', { name: 'Notices, 1 unread' }).click();
    await notice.waitFor();
    await notice.getByText('Unread:').waitFor({ state: 'detached' });
    await page.getByRole('navigation', { name: 'Which notices' }).getByRole('link', { name: 'Unread' }).click();
    await notice.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /^Jun applied/ }).waitFor();
  });
});

test('all are marked read at once on a phone, and who has none is told what comes here', limits, async () => {
  const { owner, apply } = await anOpenJob('搬鋼琴');
  await apply('小美');
  await apply('阿德');
  await hasNotices(owner, 2);
  await within(browser, CHINESE_PHONE, async (page) => {
    await signIn(page, owner, '/notices');
    await page.getByRole('link', { name: '通知，2 則未讀' }).waitFor();
    await page.getByText('未讀：').nth(1).waitFor();
    await page.getByRole('button', { name: '全部標為已讀' }).click();
    await page.getByText('已全部標為已讀。').waitFor();
    await page.getByRole('link', { name: '通知', exact: true }).waitFor();
    await page.getByText('未讀：').first().waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('button', { name: '全部標為已讀' }).count(), 0);
    assert.ok(await page.evaluate(() => document.activeElement !== document.body), 'the focus is not lost');
    await isAccessible(page);
    await page.getByRole('link', { name: '未讀', exact: true }).click();
    await page.getByText('沒有未讀的通知').waitFor();
    await isAccessible(page);
  });
  await within(browser, CHINESE_PHONE, async (page) => {
    await signIn(page, await anAccount(), '/notices');
    await page.getByText('目前沒有通知').waitFor();
    await isAccessible(page);
  });
});

test('while no socket can be opened, the bell asks each minute', limits, async () => {
  const { owner, apply } = await anOpenJob('Water the plants');
  await within(browser, ENGLISH, async (page) => {
    // As where a proxy takes sockets down: the gateway itself refused none.
    await page.routeWebSocket(/graphql/, (socket) => socket.close({ code: 1012 }));
    await page.clock.install();
    await signIn(page, owner, '/account');
    await page.getByRole('link', { name: 'Notices', exact: true }).waitFor();
    await apply('Iris');
    await hasNotices(owner, 1);
    await page.clock.fastForward(50_000);
    assert.equal(await page.getByRole('link', { name: 'Notices, 1 unread' }).count(), 0);
    await page.clock.fastForward(11_000);
    await page.getByRole('link', { name: 'Notices, 1 unread' }).waitFor();
  });
});

test('how notices are mailed is chosen for each kind or for all, and stays', limits, async () => {
  const account = await anAccount();
  await within(browser, ENGLISH, async (page) => {
    await signIn(page, account, '/account');
    await page.getByRole('link', { name: 'E-mail notices' }).click();
    await page.getByText('at 8 in the morning').waitFor();
    const all = page.getByLabel('Every kind');
    await all.waitFor();
    await isAccessible(page);
    await all.selectOption('Daily digest');
    await page.getByLabel('You got the job').selectOption('Mail at once');
    assert.equal(await all.inputValue(), '');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await isAccessible(page);

    await visit(page, '/app/account/notices');
    assert.equal(await page.getByLabel('You got the job').inputValue(), 'AT_ONCE');
    assert.equal(await page.getByLabel('You got a review').inputValue(), 'DAILY');
    await page.getByLabel('Every kind').selectOption('No mail');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
  });
  const { noticePreferences } = (await asked(account, '{ viewer { noticePreferences { delivery } } }')).viewer;
  assert.ok(noticePreferences.length > 10 && noticePreferences.every(({ delivery }) => delivery === 'OFF'));
});

test('the links of a mail end its kind without signing in, and lead to the choice after it', limits, async () => {
  const { owner, apply } = await anOpenJob('Paint a fence');
  await apply('Iris');
  const end = await linkTo(owner.email, 'unsubscribe');
  assert.match(await mailTo(owner.email, '/app/account/notices'), /Iris/);
  await within(browser, ENGLISH, async (page) => {
    await page.goto(end);
    await page.getByRole('button', { name: 'Stop these mails' }).click();
    await page.getByText('Mails stopped').first().waitFor();
    await page.goto(at('/app/account/notices'));
    await page.waitForURL('**/app/login?next=%2Faccount%2Fnotices');
    await fillIn(page, owner);
    const kind = page.getByLabel('Somebody applies');
    await kind.waitFor();
    assert.equal(await kind.inputValue(), 'OFF');
    assert.equal(await page.getByLabel('You got the job').inputValue(), 'AT_ONCE');
  });
});

/** A job of a new person, to which others can apply. */
async function anOpenJob(title) {
  const owner = await anAccount();
  const { createJob } = await asked(
    owner,
    `mutation ($title: String!) { createJob(input: { title: $title, jobType: "moving", city: "台北市",
      address: "信義路五段 7 號", estimatedAmount: 1200, publish: true }) { job { id } } }`,
    { title },
  );
  const job = createJob.job.id;
  const apply = async (name) =>
    asked(await anAccount({ name }), APPLY, { input: { jobId: job, message: 'I can come', offeredAmount: 1100 } });
  return { owner, job, apply };
}

const APPLY = 'mutation ($input: ApplyToJobInput!) { applyToJob(input: $input) { application { id } } }';

async function asked(account, query, variables) {
  const { token } = await tokensOf(account);
  return ask(query, variables, token);
}

/** Waits until somebody was told of so many things. */
async function hasNotices(account, count) {
  const { token } = await tokensOf(account);
  const signal = AbortSignal.timeout(limits.timeout);
  for (;;) {
    signal.throwIfAborted();
    const { viewer } = await ask('{ viewer { notices { unreadCount } } }', {}, token);
    if (viewer.notices.unreadCount === count) return;
  }
}

/** Resolves as soon as the page has asked to hear of notices. */
function listening(page) {
  return new Promise((resolve) => {
    page.on('websocket', (socket) =>
      socket.on('framesent', ({ payload }) => String(payload).includes('noticeReceived') && resolve()),
    );
  });
}
