// Pictures of every page and mail, on a phone and on a wide screen, light and dark, in web/screenshots/: to be
// looked at.
//   tests/gateway.sh node web/screenshots.mjs [part of a path]
import { mkdir } from 'node:fs/promises';

import { launch, open, visit } from './tests/browser.mjs';
import { everyMail } from './tests/mails.mjs';
import { anAccount, signIn } from './tests/people.mjs';

const wanted = process.argv[2] ?? '';
const folder = new URL('screenshots/', import.meta.url).pathname;
const SIZES = [
  { width: 390, height: 844, locale: 'zh-TW' },
  { width: 1280, height: 800, locale: 'en-US' },
];
const OPEN = ['/app/login', '/app/register', '/app/forgot', '/app/nowhere', '/docs'];

await mkdir(folder, { recursive: true });
const browser = await launch();
const account = await anAccount({ admin: true });
for (const { locale, ...viewport } of SIZES) {
  for (const colorScheme of ['light', 'dark']) {
    const { context, problems } = await open(browser, { viewport, locale, colorScheme });
    const page = await context.newPage();
    for (const path of OPEN) await picture(page, path, viewport.width, colorScheme);
    await signIn(page, account);
    for (const path of await paths(page)) await picture(page, path, viewport.width, colorScheme);
    for (const mail of everyMail(account.name)) await mailed(page, mail, viewport.width, colorScheme);
    for (const problem of problems) console.error(problem);
    await context.close();
  }
}
await browser.close();

/** Every page for whoever is signed in, those of things by the first thing of its kind. */
async function paths(page) {
  const { job, key } = await page.evaluate(async () => {
    const ask = async (query) => {
      const body = JSON.stringify({ query });
      const headers = { 'Content-Type': 'application/json' };
      const response = await fetch('/graphql', { method: 'POST', headers, body });
      return (await response.json()).data;
    };
    const { createJob } = await ask(`mutation { createJob(input: { title: "搬家小幫手", jobType: "moving",
      city: "台北市", address: "信義路五段 7 號", estimatedAmount: 1200, publish: true }) { job { id } } }`);
    const { createApiKey } = await ask(`mutation { createApiKey(input: { name: "order system",
      scopes: [JOBS_READ] }) { apiKey { id } } }`);
    return { job: createJob.job.id, key: createApiKey.apiKey.id };
  });
  return [
    '/app/jobs',
    '/app/jobs/new',
    `/app/jobs/${job}`,
    `/app/jobs/${job}/edit`,
    '/app/mine',
    '/app/developer/keys',
    '/app/developer/keys/new',
    `/app/developer/keys/${key}`,
    '/app/account',
    '/app/account/sessions',
    '/app/account/activity',
    '/app/account/notices',
    '/app/notices',
    '/app/account/second-factor',
    '/app/admin/users',
    '/app/admin/disputes',
    '/app/admin/reviews',
    '/app/admin/audit',
    '/docs/rest',
    '/docs/graphql',
    '/docs/graphql/Job',
    '/docs/errors',
    '/docs/limits',
    '/docs/changelog',
    '/graphql',
  ];
}

async function picture(page, path, width, theme) {
  const name = path.replace(/_\d+/, '').replaceAll('/', '-').slice(1);
  if (!path.includes(wanted)) return;
  await visit(page, path);
  await page.screenshot({ path: `${folder}${name}-${width}-${theme}.png`, fullPage: true });
}

async function mailed(page, { html, kind, language }, width, theme) {
  if (!`/mails/${kind}`.includes(wanted)) return;
  await page.setContent(html);
  await page.screenshot({ path: `${folder}mails-${kind}-${language}-${width}-${theme}.png`, fullPage: true });
}
