// Needs a running gateway: GATEWAY_URL is its address, GATEWAY_MAILS the folder of its mails and
// GATEWAY_PROGRAM prints what mails there are.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';

import { at, isAccessible, launch, limits, within } from './browser.mjs';
import { everyMail } from './mails.mjs';
import { confirm, mailTo, menuOf, register, signIn } from './people.mjs';

const WIDTHS = [390, 640];
const THEMES = ['light', 'dark'];
const NAMES = ['王小美', 'x'.repeat(100), '👩‍👩‍👧‍👦'.repeat(25), 'דניאל כהן', 'محمد '.repeat(20)];

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

for (const width of WIDTHS) {
  for (const colorScheme of THEMES) {
    const options = { viewport: { width, height: 800 }, colorScheme };
    test(`every mail can be read by everybody, ${width} pixels wide and ${colorScheme}`, limits, () =>
      within(browser, options, async (page) => {
        for (const mail of everyMail('Ann')) {
          await show(page, mail, width);
          await isAccessible(page);
          const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
          assert.equal(background === 'rgb(23, 20, 17)', colorScheme === 'dark', mail.kind);
        }
      }),
    );
  }
}

test('no name is too long for a mail, whatever it is written in', limits, () =>
  within(browser, {}, async (page) => {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      for (const mail of NAMES.flatMap(everyMail)) await show(page, mail, width);
    }
  }),
);

test('mails are in the language in which one reads the portal', limits, () =>
  within(browser, { locale: 'en-US' }, async (page) => {
    const ann = { email: `ann-${randomUUID()}@example.org`, password: 'correct horse battery' };
    await register(page, ann);
    assert.match(await mailTo(ann.email, '/verify?'), /^Verify your e-mail address\n/);
    await confirm(page, ann.email);
    await signIn(page, ann);
    const saved = page.waitForResponse((answer) => answer.request().postData()?.includes('updateProfile'));
    await menuOf(page).click();
    await page.getByLabel('Language', { exact: true }).selectOption('zh-TW');
    assert.deepEqual((await (await saved).json()).errors, undefined);
    const query = `mutation { requestPasswordReset(input: { email: "${ann.email}" }) { ok } }`;
    await page.request.post(at('/graphql'), { data: { query } });
    assert.match(await mailTo(ann.email, '/reset?'), /^重設您的密碼\n/);
  }),
);

/** Shows the mail, which must fit. */
async function show(page, { html, kind, language }, width) {
  await page.setContent(html);
  const needed = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(needed <= width, `${kind} in ${language} takes ${needed} pixels of ${width}`);
}
