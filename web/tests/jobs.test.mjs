// Needs a running gateway: GATEWAY_URL is its address.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';

import { at, isAccessible, launch, limits, within } from './browser.mjs';
import { postJob, sees, take } from './jobs.mjs';
import { anAccount, signIn } from './people.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const english = { locale: 'en-US' };
const aTitle = () => `Moving ${randomUUID().slice(0, 8)}`;

test('of two who edit at once, the later is told of what changed and loses nothing', limits, async () => {
  await within(browser, english, async (page, context) => {
    await signIn(page, await anAccount());
    const job = await postJob(page, aTitle());
    const other = await context.newPage();
    for (const tab of [page, other]) {
      await tab.goto(`${job}/edit`);
      await tab.getByLabel('Estimated amount').waitFor();
    }
    await page.getByLabel('Estimated amount').fill('1500');
    await save(page, job);
    const title = aTitle();
    await other.getByLabel('Title').fill(title);
    await other.getByRole('button', { name: 'Save' }).click();
    await other.getByText('This job changed while you were editing').waitFor();
    await other.getByText('Changed: Estimated amount').waitFor();
    await isAccessible(other);
    await save(other, job);
    await other.getByRole('heading', { name: title }).waitFor();
    await sees(other, 'Details', 'NT$1,500');
  });
});

test('who applies twice from two windows is told, and finds the application', limits, async () => {
  const title = aTitle();
  let job;
  await within(browser, english, async (page) => {
    await signIn(page, await anAccount());
    job = await postJob(page, title);
  });
  await within(browser, english, async (page, context) => {
    await signIn(page, await anAccount());
    // A window that hears nothing of what happens elsewhere.
    const deaf = await context.newPage();
    await deaf.routeWebSocket(/graphql/, () => {});
    for (const tab of [page, deaf]) await tab.goto(job);
    await page.getByRole('button', { name: 'Apply' }).click();
    await sees(page, 'Your application', 'As estimated', 'Pending');
    await deaf.getByLabel('Message to the owner').fill('once more');
    await deaf.getByRole('button', { name: 'Apply' }).click();
    await deaf.getByText('This job has just changed').waitFor();
    await sees(deaf, 'Your application', 'Pending');
    await isAccessible(deaf);

    await take(deaf, 'Withdraw');
    await sees(deaf, 'Your application', 'Withdrawn');
    await deaf.getByRole('heading', { name: 'Apply again' }).waitFor();
  });
});

test('a job that was called off can be edited no more', limits, async () => {
  await within(browser, english, async (page) => {
    await signIn(page, await anAccount());
    const job = await postJob(page, aTitle());
    await take(page, 'Cancel the job');
    await sees(page, 'Details', 'Cancelled');
    await page.goto(`${job}/edit`);
    await page.getByText('This job cannot be edited now').waitFor();
    await isAccessible(page);
    await page.goto(at('/app/mine?status=DRAFT'));
    await page.getByText('Nothing here that is “Draft”').waitFor();
  });
});

test('the board is narrowed by city and type, and its address keeps that', limits, async () => {
  await within(browser, english, async (page) => {
    await page.goto(at('/app/jobs'));
    const places = page.locator('.list .row-note');
    await places.first().waitFor();
    assert.equal(await page.getByLabel('Words').count(), 0, 'words are for administrators');
    await page.getByLabel('City').fill('taipei');
    await page.waitForURL('**/app/jobs?city=taipei');
    await page.getByLabel('Type').selectOption({ label: 'Repairs' });
    await page.waitForURL('**/app/jobs?city=taipei&jobType=repair');
    await page.locator('[aria-busy=false]').waitFor();
    for (const place of await places.allTextContents()) {
      assert.match(place, /^Taipei City · Repairs · /);
    }
    await isAccessible(page);
    await page.reload();
    assert.equal(await page.getByLabel('City').inputValue(), 'taipei');
    await page.getByRole('link', { name: 'Jobs', exact: true }).click();
    await page.waitForURL('**/app/jobs');
    assert.equal(await page.getByLabel('City').inputValue(), '');
  });
});

async function save(page, job) {
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL(job);
}
