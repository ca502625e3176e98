/* global document -- what runs in the page. */
// Pictures of every page and mail, on phones and on wide screens, light and dark, in both languages, in
// web/screenshots/: to be looked at.
//   tests/gateway.sh node web/screenshots.mjs [part of a name]
// WIDTHS, LOOKS and LANGUAGES make fewer of them: WIDTHS=390 LOOKS=light,forced LANGUAGES=en.
import { mkdir } from 'node:fs/promises';

import { aScene } from './scene.mjs';
import { at, launch, open } from './tests/browser.mjs';
import { everyMail } from './tests/mails.mjs';
import { signIn } from './tests/people.mjs';

const wanted = process.argv[2] ?? '';
const folder = new URL('screenshots/', import.meta.url).pathname;
const chosen = (name, all) => process.env[name]?.split(',') ?? all;
const WIDTHS = chosen('WIDTHS', ['320', '390', '768', '1280']).map(Number);
const LOOKS = chosen('LOOKS', ['light', 'dark']);
const LANGUAGES = chosen('LANGUAGES', ['zh-TW', 'en']);
const CITY = encodeURIComponent('台北市');

await mkdir(folder, { recursive: true });
const browser = await launch();
const scene = await aScene();
for (const language of LANGUAGES) {
  for (const look of LOOKS) {
    for (const width of WIDTHS) {
      const shot = { width, look, language };
      await pictures(shot, null, ofVisitors());
      await pictures(shot, scene.ann, ofOwner());
      await pictures(shot, scene.ben, ofWorker());
      await pictures(shot, scene.admin, ofAdmin());
    }
  }
}
await browser.close();

/** Pages without an account: name and path. */
function ofVisitors() {
  return {
    home: '/',
    'public-jobs': '/jobs',
    'public-city': `/jobs/${CITY}/moving`,
    'public-none': `/jobs?q=xyzzy&city=${CITY}&when=today&min=1000`,
    'public-job': `/jobs/${scene.open}`,
    'public-404': '/jobs/99999999',
    login: '/app/login',
    register: '/app/register',
    forgot: '/app/forgot',
    'check-mail': '/app/check-mail',
    nowhere: '/app/nowhere',
    'board-visitor': '/app/jobs',
    'post-visitor': '/app/jobs/new',
    'job-visitor': `/app/jobs/${scene.jobs.published}`,
    'mailed-reset': '/app/reset?token=x',
    'mailed-confirm': '/app/confirm-email?token=x',
    'mailed-reject': '/app/reject?token=x',
    'mailed-unsubscribe': '/app/unsubscribe?token=x',
    'mailed-failed': '/verify?token=x',
    docs: '/docs',
    'docs-rest': '/docs/rest',
    'docs-graphql': '/docs/graphql',
    'docs-type': '/docs/graphql/Job',
    'docs-errors': '/docs/errors',
    'docs-limits': '/docs/limits',
    'docs-changelog': '/docs/changelog',
    graphiql: '/graphql',
  };
}

function ofOwner() {
  const jobs = Object.entries(scene.jobs).map(([state, id]) => [`job-owner-${state}`, `/app/jobs/${id}`]);
  return {
    ...Object.fromEntries(jobs),
    'job-edit': `/app/jobs/${scene.jobs.published}/edit`,
    board: '/app/jobs',
    'board-none': `/app/jobs?search=xyzzy&city=${CITY}&day=today&pay=1000`,
    post: '/app/jobs/new',
    mine: '/app/mine',
    'mine-open': '/app/mine?status=open',
    'mine-running': '/app/mine?status=running',
    'mine-ended': '/app/mine?status=ended',
    'mine-draft': '/app/mine?status=DRAFT',
    notices: '/app/notices',
    account: '/app/account',
    'account-sessions': '/app/account/sessions',
    'account-activity': '/app/account/activity',
    'account-notices': '/app/account/notices',
    'account-second-factor': '/app/account/second-factor',
    keys: '/app/developer/keys',
    'key-new': '/app/developer/keys/new',
  };
}

function ofWorker() {
  const jobs = Object.entries(scene.jobs).filter(([state]) => !['draft', 'cancelled'].includes(state));
  return {
    ...Object.fromEntries(jobs.map(([state, id]) => [`job-worker-${state}`, `/app/jobs/${id}`])),
    'mine-applications': '/app/mine/applications',
    'mine-nothing': '/app/mine',
    'notices-worker': '/app/notices',
  };
}

function ofAdmin() {
  return {
    'admin-users': '/app/admin/users',
    'admin-disputes': '/app/admin/disputes',
    'admin-reviews': '/app/admin/reviews',
    'admin-audit': '/app/admin/audit',
    'job-admin-disputed': `/app/jobs/${scene.jobs.disputed}`,
    'board-paused': '/app/jobs?status=PAUSED',
    'board-expired': '/app/jobs?status=EXPIRED',
  };
}

async function pictures({ width, look, language }, person, pages) {
  const names = Object.keys(pages).filter((name) => name.includes(wanted));
  const mails = person || !'mail-'.includes(wanted.slice(0, 5)) ? [] : everyMail(scene.ann.name);
  if (!names.length && !mails.length) return;
  const { context, problems } = await open(browser, {
    viewport: { width, height: width < 700 ? 844 : 800 },
    locale: language,
    timezoneId: 'Asia/Taipei',
    colorScheme: look === 'light' ? 'light' : 'dark',
    forcedColors: look === 'forced' ? 'active' : 'none',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const save = (name) => page.screenshot({ path: `${folder}${name}-${width}-${look}-${language}.png`, fullPage: true });
  if (person) await signIn(page, person);
  for (const name of names) {
    await page.goto(at(pages[name]));
    await page.locator('h1').first().waitFor({ state: 'attached' });
    await page.waitForFunction(() => !document.querySelector('.loading, .spinner, [aria-busy=true]'));
    if (name.startsWith('post')) await throughThePost(page, save, name);
    else await save(name);
  }
  for (const { kind, html } of mails.filter((mail) => mail.language === (language === 'en' ? 'en' : 'zh-TW'))) {
    if (!`mail-${kind}`.includes(wanted)) continue;
    await page.setContent(html);
    await save(`mail-${kind}`);
  }
  for (const problem of problems) console.error(problem);
  await context.close();
}

/** The four steps in which a job is posted. */
async function throughThePost(page, save, name) {
  const next = () => page.getByRole('button', { name: /^(Next|下一步)$/ }).click();
  await save(`${name}-1`);
  await page.locator('[name=title]').fill('三樓搬到一樓，兩個衣櫃');
  await next();
  await save(`${name}-2`);
  await next();
  await page.locator('[name=city]').fill('台北市');
  await page.locator('[name=address]').fill('信義路五段 7 號');
  await save(`${name}-3`);
  await next();
  await page.locator('[name=estimatedAmount]').fill('1800');
  await save(`${name}-4`);
}
