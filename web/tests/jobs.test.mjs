// Needs a running gateway: GATEWAY_URL is its address.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';

import { at, isAccessible, launch, limits, within } from './browser.mjs';
import { next, postJob, sees, take, writeJob } from './jobs.mjs';
import { anAccount, confirm, fillIn, signIn } from './people.mjs';

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
      await tab.getByLabel('Pay').waitFor();
    }
    await page.getByLabel('Pay').fill('1500');
    await save(page, job);
    const title = aTitle();
    await other.getByLabel('Title').fill(title);
    await other.getByRole('button', { name: 'Save' }).click();
    await other.getByText('This job changed while you were editing').waitFor();
    await other.getByText('Changed: Pay').waitFor();
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
    await sees(page, 'Your application', 'Accepts NT$1,200', 'Pending');
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
    await page.getByRole('button', { name: 'Cancel the job' }).waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement.matches('h1'));
    await page.goto(`${job}/edit`);
    await page.getByText('This job cannot be edited now').waitFor();
    await isAccessible(page);
    await page.goto(at('/app/mine?status=DRAFT'));
    await page.getByText('Nothing here that is “Draft”').waitFor();
  });
});

test(
  'a job that is being written outlives the page and the session, until it is sent or given up',
  limits,
  async () => {
    await within(browser, english, async (page, context) => {
      const ann = await anAccount();
      await signIn(page, ann, '/jobs/new');
      const title = page.getByLabel('Title');
      const restored = page.getByText('What you had written and not sent is here again.');
      await title.fill('Moving a piano');
      await page.getByText('Moving', { exact: true }).click();
      await page.reload();
      await restored.waitFor();
      assert.equal(await title.inputValue(), 'Moving a piano');
      // The types are loaded after the page.
      await page.locator('input[value=moving]:checked').waitFor();
      await isAccessible(page);
      await page.getByRole('link', { name: 'Find work' }).click();
      await page.getByRole('heading', { name: 'Find work' }).waitFor();
      await page.goBack();
      await restored.waitFor();
      assert.equal(await title.inputValue(), 'Moving a piano');

      await context.clearCookies();
      await page.reload();
      await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).click();
      await fillIn(page, ann);
      await restored.waitFor();
      assert.equal(await title.inputValue(), 'Moving a piano');
      await page.getByRole('button', { name: 'Start afresh' }).click();
      await restored.waitFor({ state: 'detached' });
      assert.equal(await title.inputValue(), '');
      assert.ok(await page.evaluate(() => document.activeElement.name === 'jobType'), 'its first field has the focus');

      const job = await postJob(page, aTitle());
      await page.getByRole('link', { name: 'Edit' }).click();
      await title.fill('Given up');
      await page.getByRole('link', { name: 'Cancel' }).click();
      await page.waitForURL(job);
      await page.getByRole('link', { name: 'Edit' }).click();
      await title.waitFor();
      assert.equal(await restored.count(), 0);
      assert.notEqual(await title.inputValue(), 'Given up');
      assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    });
  },
);

test('an amount or a time that cannot be is told at its field before anything is sent', limits, async () => {
  await within(browser, english, async (page) => {
    await signIn(page, await anAccount(), '/jobs/new');
    const step = page.getByRole('button', { name: 'Next', exact: true });
    await step.click();
    await page.getByText('Please fill in this field.').waitFor();
    await page.getByLabel('Title').fill(aTitle());
    await next(page, 'When');
    const year = new Date().getFullYear() + 5;
    const work = page.getByLabel('When the work is to be done');
    await work.fill('2020-02-07T08:30');
    await step.click();
    await page.getByText('This time has passed.').waitFor();
    await work.fill(`${year}-02-07T08:30`);
    await page.getByLabel('Applications until').fill(`${year}-02-07T08:31`);
    await step.click();
    await page.getByText('Applications must end before the work is to be done.').waitFor();
    await isAccessible(page);
    await work.fill(`${year}-02-07T09:00`);
    await page.locator('.wrong').waitFor({ state: 'detached' });
    await next(page, 'Where');
    await page.getByLabel('City').fill('Taipei');
    await page.getByLabel('Address').fill('信義路五段 7 號');
    await next(page, 'Pay and preview');
    const amount = page.getByLabel('Pay');
    const post = page.getByRole('button', { name: 'Post', exact: true });
    await amount.fill('1.5');
    await post.click();
    await page.getByText('Whole numbers only.').waitFor();
    await amount.fill('10000001');
    await page.getByText('Must be 10,000,000 or less.').waitFor();
    await amount.fill('1200');
    await post.click();
    await sees(page, 'Details', 'Open');
  });
});

test('p07_a visitor’s job waits while they register, and is published once they have confirmed', limits, async () => {
  const ann = { email: `ann-${randomUUID()}@example.org`, password: 'correct horse battery' };
  const title = aTitle();
  await within(browser, { ...english, viewport: { width: 390, height: 844 } }, async (page, context) => {
    await page.goto(at('/app/jobs/new'));
    await writeJob(page, title);
    await page.getByText('You then register or sign in.').waitFor();
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    await page.waitForURL('**/app/register?next=%2Fjobs%2Fnew');
    await page.getByLabel('Name').fill('Ann');
    await page.getByLabel('E-mail').fill(ann.email);
    await page.getByLabel('Password').fill(ann.password);
    await page.getByRole('button', { name: 'Show' }).click();
    assert.equal(await page.getByLabel('Password').getAttribute('type'), 'text');
    await page.locator('form').getByRole('button', { name: 'Register' }).click();
    await page.getByRole('heading', { name: 'Check your mail' }).waitFor();

    // As the link of a mail does.
    const other = await context.newPage();
    await confirm(other, ann.email);
    await other.goto(at('/app/login'));
    await fillIn(other, ann);
    await other.getByRole('heading', { name: title }).waitFor();
    await sees(other, 'Details', 'Open');
    assert.equal(await other.evaluate(() => localStorage.getItem('find-helper.waiting')), null);
    await other.goto(at('/app/mine'));
    await other.getByRole('link', { name: title }).waitFor();
    assert.equal(await other.getByRole('link', { name: title }).count(), 1);
  });
});

test('what cannot be the id of a job or a key leads to none, and to no second try', limits, async () => {
  await within(browser, english, async (page) => {
    await signIn(page, await anAccount());
    for (const [path, heading] of [
      ['/app/jobs/zzz', 'There is no such job'],
      ['/app/jobs/zzz/edit', 'There is no such job'],
      ['/app/developer/keys/key_x', 'There is no such key'],
    ]) {
      await page.goto(at(path));
      await page.getByRole('heading', { name: heading }).waitFor();
      assert.equal(await page.getByRole('alert').count(), 0, path);
    }
  });
});

test('the board is narrowed by city and type, and its address keeps that', limits, async () => {
  await within(browser, english, async (page) => {
    await page.goto(at('/app/jobs'));
    const rows = page.locator('.job-row');
    await rows.first().waitFor();
    await where(page).fill('taipei');
    await page.waitForURL('**/app/jobs?city=taipei');
    await page.getByRole('button', { name: /^Repairs \d+$/ }).click();
    await page.waitForURL('**/app/jobs?city=taipei&jobType=repair');
    await page.locator('[aria-busy=false]').waitFor();
    for (const row of await rows.allTextContents()) assert.match(row, /Taipei City.*Repairs · /);
    await isAccessible(page);
    await page.reload();
    assert.equal(await where(page).inputValue(), 'taipei');
    await page.getByRole('link', { name: 'Find work' }).click();
    await page.waitForURL('**/app/jobs');
    assert.equal(await where(page).inputValue(), '');
  });
});

test('a district narrows the board below its city only, and its address keeps that', limits, async () => {
  await within(browser, english, async (page) => {
    await signIn(page, await anAccount());
    const word = aTitle().split(' ')[1];
    await postJob(page, `Sofa ${word}`, { district: 'Xinyi District' });
    await postJob(page, `Piano ${word}`, { district: "Da'an District" });
    const district = page.getByLabel('District');
    const isNarrowed = async () => {
      await page.waitForURL((url) => url.searchParams.get('district') === '信義區');
      await page.getByText('1 in all', { exact: true }).waitFor();
      await page.getByText('Xinyi District, Taipei City').waitFor();
      assert.equal(await district.inputValue(), '信義區');
    };

    await page.goto(at(`/app/jobs?search=${word}`));
    await page.getByText('2 in all').waitFor();
    assert.equal(await district.count(), 0);
    await where(page).fill('Taipei');
    await district.selectOption({ label: 'Xinyi District' });
    await isNarrowed();
    await isAccessible(page);
    await page.reload();
    await isNarrowed();

    await where(page).fill('New Taipei');
    await page.waitForURL((url) => !url.searchParams.has('district'));
    await district.locator('option[value=板橋區]').waitFor({ state: 'attached' });
    assert.equal(await district.inputValue(), '');
    await where(page).fill('Nowhere');
    await district.waitFor({ state: 'detached' });

    await page.goto(at(`/app/jobs?search=${word}&city=Taipei&district=nowhere`));
    await page.getByText('2 in all').waitFor();
    await page.waitForURL((url) => !url.searchParams.has('district'));
    assert.equal(await page.getByRole('alert').count(), 0);
  });
});

test('a job is posted in a district, which follows its city and is chosen when the job is edited', limits, async () => {
  await within(browser, english, async (page) => {
    await signIn(page, await anAccount());
    const title = aTitle();
    const job = await postJob(page, title, { district: "Da'an District" });
    await sees(page, 'Details', 'Taipei City', "Da'an District", 'None yet');
    await page.goto(at('/app/mine'));
    const row = page.locator('.list > li').filter({ hasText: title });
    await row.getByText("Da'an District, Taipei City").waitFor();

    await page.goto(`${job}/edit`);
    const district = page.getByLabel('District');
    await district.locator('option[value=信義區]').waitFor({ state: 'attached' });
    assert.equal(await district.inputValue(), '大安區');
    const city = page.getByLabel('City');
    await city.fill('Taichung');
    assert.equal(await district.inputValue(), '', 'another city has a district of this name');
    await page.reload();
    await district.locator('option[value=西屯區]').waitFor({ state: 'attached' });
    assert.equal(await district.inputValue(), '');
    await city.fill('Taipei');
    await district.selectOption('信義區');
    await save(page, job);
    await sees(page, 'Details', 'Xinyi District');
    await page.getByText('Changed: District', { exact: true }).waitFor();
  });
});

test('while nobody has applied, a job is among those without applicants', limits, async () => {
  const [word, title] = [aTitle().split(' ')[1], 'Piano to move'];
  const chip = (page) => page.getByRole('button', { name: 'No applicants yet' });
  let job;
  await within(browser, english, async (page) => {
    await signIn(page, await anAccount());
    job = await postJob(page, `${title} ${word}`);
    await page.goto(at(`/app/jobs?search=${word}&orderBy=SCHEDULED_SOONEST`));
    await chip(page).click();
    await page.waitForURL('**&applicants=none');
    await page.getByText('1 in all', { exact: true }).waitFor();
    await isAccessible(page);
  });
  await within(browser, english, async (page) => {
    await signIn(page, await anAccount());
    await page.goto(job);
    await page.getByRole('button', { name: 'Apply' }).click();
    await sees(page, 'Your application', 'Pending');
    await page.goto(at(`/app/jobs?search=${word}`));
    await page.getByText('1 applicant', { exact: false }).waitFor();
    await chip(page).click();
    await page.getByText('No jobs match').waitFor();
  });
});

test('a word and a day narrow the board, over a reload, back from a job, and for what is new', limits, async () => {
  await within(browser, { ...english, timezoneId: 'Asia/Taipei' }, async (page, context) => {
    // Tomorrow stays tomorrow, even if midnight passes meanwhile.
    const now = Date.now();
    await page.clock.setFixedTime(now);
    const work = `${new Date(now + 32 * 3_600_000).toISOString().slice(0, 10)}T12:00`;
    await signIn(page, await anAccount());
    const [word, title] = [aTitle().split(' ')[1], 'Piano to move'];
    await postJob(page, `${title} ${word}`, { work });
    await postJob(page, `Whenever ${word}`);

    await page.goto(at('/app/jobs'));
    const rows = page.locator('.list > li');
    const day = page.getByRole('button', { name: 'Tomorrow' });
    await page.getByLabel('What', { exact: true }).fill(word);
    await page.waitForURL(`**/app/jobs?search=${word}`);
    await page.getByText('2 in all').waitFor();
    await day.click();
    await page.waitForURL(`**/app/jobs?search=${word}&day=tomorrow`);
    await isNarrowed('1 in all');
    await isAccessible(page);
    await page.reload();
    await isNarrowed('1 in all');
    await page.getByRole('link', { name: title }).click();
    await page.getByRole('heading', { name: title }).waitFor();
    await page.goBack();
    await isNarrowed('1 in all');

    const other = await context.newPage();
    await postJob(other, aTitle(), { work });
    await postJob(other, `Another ${word}`, { work });
    await page.bringToFront();
    await page.getByRole('button', { name: '1 new job' }).click();
    await page.getByRole('link', { name: `Another ${word}` }).waitFor();
    await isNarrowed('2 in all');

    await page.getByLabel('What', { exact: true }).fill(`${word}nothing`);
    await page.getByText('No jobs match').waitFor();
    await isAccessible(page);
    await page.getByRole('button', { name: `Without “${word}nothing”` }).click();
    await page.waitForURL('**/app/jobs?day=tomorrow');
    await page.getByLabel('What', { exact: true }).fill(`${word}nothing`);
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.waitForURL('**/app/jobs');
    await rows.nth(2).waitFor();
    assert.equal(await page.getByLabel('What', { exact: true }).inputValue(), '');
    assert.equal(await day.getAttribute('aria-pressed'), 'false');

    async function isNarrowed(count) {
      await page.getByText(count, { exact: true }).waitFor();
      await page.locator('[aria-busy=false]').waitFor();
      assert.equal(await rows.count(), parseInt(count));
      assert.ok((await rows.allTextContents()).every((row) => row.includes(word) && !row.includes('Whenever')));
      assert.equal(await page.getByLabel('What', { exact: true }).inputValue(), word);
      assert.equal(await day.getAttribute('aria-pressed'), 'true');
    }
  });
});

test('the address of the board holds its page; what is wrong in it counts for nothing', limits, async () => {
  await within(browser, english, async (page) => {
    await page.goto(at('/app/jobs?orderBy=OLDEST'));
    const title = page.locator('.list .row-title').first();
    const shows = (text) =>
      page.waitForFunction((wanted) => document.querySelector('.row-title')?.text === wanted, text);
    const first = await title.textContent();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.waitForURL('**/app/jobs?orderBy=OLDEST&after=*');
    await page.waitForFunction(
      (before) => ![undefined, before].includes(document.querySelector('.row-title')?.text),
      first,
    );
    const second = await title.textContent();
    await page.reload();
    await shows(second);
    await page.getByRole('button', { name: 'Previous' }).click();
    await page.waitForURL('**/app/jobs?orderBy=OLDEST');
    await shows(first);
    await page.goBack();
    await page.waitForURL('**&after=*');
    await shows(second);
    await page.getByRole('button', { name: 'NT$1,000 and up' }).click();
    await page.waitForURL('**/app/jobs?orderBy=OLDEST&pay=1000');

    await page.goto(at('/app/jobs?day=never&pay=much&status=SOLD&jobType=none&after=nowhere'));
    await title.waitFor();
    await page.waitForURL((url) => !url.searchParams.has('after'));
    assert.equal(await page.getByRole('alert').count(), 0);
  });
});

test('p09_back from a job leads to the same page of the board, as far down as before', limits, async () => {
  await within(browser, { ...english, viewport: { width: 390, height: 844 } }, async (page) => {
    await page.goto(at('/app/jobs?orderBy=OLDEST'));
    await page.locator('.job-row').first().waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.waitForURL('**&after=*');
    await page.locator('[aria-busy=false] .job-row').first().waitFor();
    assert.ok(await page.evaluate(() => document.querySelector('.job-list').getBoundingClientRect().top < 200));
    assert.ok(
      await page.evaluate(() => document.querySelector('.job-list').getBoundingClientRect().bottom > innerHeight),
    );
    const row = page.locator('.job-row').nth(5);
    await row.scrollIntoViewIfNeeded();
    await page.evaluate(() => scrollBy(0, 150));
    const [place, address] = await page.evaluate(() => [scrollY, location.href]);
    assert.ok(place > 300, String(place));
    await row.getByRole('link').click();
    await page.waitForURL('**/app/jobs/job_*');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForFunction(() => scrollY === 0);
    await page.goBack();
    await page.waitForURL(address);
    await page.waitForFunction((before) => Math.abs(scrollY - before) < 3, place);
    await isAccessible(page);
  });
});

test('old addresses lead to the new ones', limits, async () => {
  await within(browser, english, async (page) => {
    await signIn(page, await anAccount());
    await page.goto(at('/app/keys'));
    await page.waitForURL('**/app/developer/keys');
    await page.goto(at('/app/keys/new?x=1'));
    await page.waitForURL('**/app/developer/keys/new?x=1');
    await page.goto(at('/app/developer'));
    await page.waitForURL('**/app/developer/keys');
  });
});

/** Where the board asks for a place. */
const where = (page) => page.getByLabel('Where', { exact: true });

async function save(page, job) {
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL(job);
}
