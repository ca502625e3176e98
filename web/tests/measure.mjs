// How soon pages show something on a slow network, and answer a hand on a slow processor; printed as tables.
// Times depend on the machine: nothing is asserted.
//   tests/gateway.sh node web/tests/measure.mjs
import { at, launch, open, visit } from './browser.mjs';
import { anAccount, signIn } from './people.mjs';

const PHONE = { locale: 'zh-TW', viewport: { width: 390, height: 844 } };
const ROUNDS = 5;
const PAGES = ['/', '/jobs', '/app/jobs', '/app/jobs/new', '/app/login', '/docs'];

const browser = await launch();
console.log(`Median of ${ROUNDS} rounds, on a phone of 390 px.\n`);
await network();
await processor();
await browser.close();

/** Empty cache, 50 KB/s, a round trip of 100 ms. */
async function network() {
  console.log('| at 50 KB/s | first paint with content, ms | the largest, ms | KB |\n|---|---|---|---|');
  for (const path of PAGES) {
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push(
        await inside(async (page, session) => {
          const throughput = 50 * 1024;
          const slow = { offline: false, latency: 100, downloadThroughput: throughput, uploadThroughput: throughput };
          await session.send('Network.emulateNetworkConditions', slow);
          await page.addInitScript(watchPaints);
          await visit(page, path);
          await page.waitForLoadState('networkidle');
          return page.evaluate(paints);
        }),
      );
    }
    const told = ['first', 'largest', 'kilobytes'].map((name) => median(rounds.map((round) => round[name])));
    console.log(`| \`${path}\` | ${told.join(' | ')} |`);
  }
}

/** A processor slowed four times: from a hand's action to the next frame that the browser paints. */
async function processor() {
  console.log('\n| on a CPU slowed 4 times | interaction to next paint, ms: median, worst |\n|---|---|');
  const times = new Map();
  for (let round = 0; round < ROUNDS; round += 1) {
    await inside(async (page, session) => {
      await signIn(page, await anAccount());
      await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
      await page.addInitScript(watchHands);
      const note = async (name, act) => {
        await act();
        const time = await page.evaluate(worstAction);
        times.set(name, [...(times.get(name) ?? []), time]);
      };
      await atBoard(page, note);
      await atPosting(page, note);
    });
  }
  for (const [name, all] of times) console.log(`| ${name} | ${median(all)}, ${Math.max(...all)} |`);
}

async function atBoard(page, note) {
  await visit(page, '/app/jobs');
  await note('typing in the search box', async () => {
    await page.getByLabel('做什麼').click();
    await page.keyboard.type('abc');
  });
  await page.getByLabel('做什麼').fill('');
  await page.waitForURL(at('/app/jobs'));
  await page.locator('[aria-busy=false] .job-row').first().waitFor();
  await note('choosing a chip', () => page.getByRole('button', { name: /以上$/ }).click());
  await page.locator('[aria-busy=false] .job-row').first().waitFor();
  await note('opening a job', () => page.locator('.job-row .row-title').first().click());
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  await note('going back', () => page.evaluate(goBack));
}

async function atPosting(page, note) {
  await visit(page, '/app/jobs/new');
  await note('posting: choosing a type', () => page.getByText('搬家搬運').click());
  await note('posting: typing the title', async () => {
    await page.getByLabel('標題').click();
    await page.keyboard.type('abc');
  });
  await note('posting: to the next step', () => page.getByRole('button', { name: '下一步' }).click());
  await note('posting: choosing a day', () => page.getByRole('button', { name: '明天' }).click());
}

/** Uses a page of a fresh profile. */
async function inside(use) {
  const { context, problems } = await open(browser, PHONE);
  const page = await context.newPage();
  const result = await use(page, await context.newCDPSession(page));
  for (const problem of problems) console.error(problem);
  await context.close();
  return result;
}

function watchPaints() {
  window.largest = 0;
  new PerformanceObserver((list) => {
    window.largest = list.getEntries().at(-1).startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
}

function paints() {
  const loaded = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
  const bytes = loaded.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
  const [first] = performance.getEntriesByName('first-contentful-paint');
  return {
    first: Math.round(first.startTime),
    largest: Math.round(window.largest),
    kilobytes: Math.ceil(bytes / 1024),
  };
}

function watchHands() {
  window.actions = [];
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) if (interactionId) window.actions.push({ duration });
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
}

/** The browser's own button is none of the page's events: it is timed until the frame after it. */
function goBack() {
  const begin = performance.now();
  return new Promise((resolve) => {
    const painted = () => resolve(window.actions.push({ duration: performance.now() - begin }));
    addEventListener('popstate', () => requestAnimationFrame(() => setTimeout(painted)), { once: true });
    history.back();
  });
}

/** The longest of the actions since this was asked last; what took less than 16 ms is not told by browsers. */
async function worstAction() {
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 200)));
  const times = window.actions.map(({ duration }) => duration);
  window.actions = [];
  return Math.round(Math.max(16, ...times));
}

function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
}
