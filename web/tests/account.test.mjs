// Needs a running gateway: GATEWAY_URL is its address, GATEWAY_MAILS the folder of its mails and
// GATEWAY_PROGRAM makes accounts.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { at, isAccessible, launch, limits, within } from './browser.mjs';
import { isAskedBeforeLeaving } from './keys.mjs';
import { anAccount, fillIn, linkTo, mailTo, menuOf, oneTimeCode, register, signIn, signOut } from './people.mjs';

const ENGLISH = { locale: 'en-US' };
const CHINESE_PHONE = { locale: 'zh-TW', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test('with the second factor on, signing in takes a code of the app or a recovery code', limits, async () => {
  const ann = await anAccount();
  let codes;
  await within(browser, ENGLISH, async (page) => {
    await signIn(page, ann, '/account');
    await page.getByRole('link', { name: 'Two-step sign-in' }).click();
    await page.getByRole('button', { name: 'Begin' }).waitFor();
    const { secret, recoveryCodes } = await enroll(page, ann);
    codes = recoveryCodes;
    await signOut(page);
    await page.waitForURL('**/app/login');

    await fillIn(page, ann);
    const code = page.getByLabel('One-time code');
    await code.waitFor();
    assert.equal(await code.getAttribute('autocomplete'), 'one-time-code');
    assert.equal(await code.getAttribute('inputmode'), 'numeric');
    assert.ok(await code.evaluate((field) => field === document.activeElement), 'it has the focus');
    await isAccessible(page);
    const sent = [];
    page.on('request', (request) => sent.push(request.postData()));
    for (const [text, told] of [
      ['   ', 'Please fill in this field.'],
      ['12 345', 'A one-time code has six digits.'],
    ]) {
      await code.fill(text);
      await page.keyboard.press('Enter');
      await page.getByText(told).waitFor();
    }
    assert.deepEqual(sent, [], 'it costs no attempt');
    await code.fill('000000');
    await page.keyboard.press('Enter');
    await page.getByText('the code is wrong').waitFor();
    await code.fill(oneTimeCode(secret, 30));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/app/jobs');
  });
  await within(browser, CHINESE_PHONE, async (page) => {
    await page.goto(at('/app/login?next=/account/second-factor'));
    await fillIn(page, ann);
    await page.getByRole('button', { name: '使用復原碼' }).click();
    const recovery = page.getByLabel('復原碼', { exact: true });
    await recovery.fill(codes[0].slice(1));
    await page.keyboard.press('Enter');
    await page.getByText('復原碼是十二個英文字母或數字').waitFor();
    await recovery.fill(codes[0].toUpperCase().replaceAll('-', ' '));
    await isAccessible(page);
    await page.keyboard.press('Enter');
    await page.getByText('可用的復原碼').waitFor();
    assert.equal(await page.locator('dd').nth(1).textContent(), '9');
    await isAccessible(page);

    await turnOff(page, ann, codes[1]);
    await signOut(page);
    await page.waitForURL('**/app/login');
    await fillIn(page, ann);
    await page.waitForURL('**/app/jobs');
  });
});

test('signing out in one tab shows in the others at once, and signing in again as well', limits, async () => {
  const ann = await anAccount();
  await within(browser, ENGLISH, async (page, context) => {
    await signIn(page, ann, '/account');
    const [board, explorer] = [await context.newPage(), await context.newPage()];
    await board.goto(at('/app/jobs'));
    await menuOf(board).waitFor();
    await explorer.goto(at('/graphql'));
    await explorer.getByText('Signed in as').waitFor();

    await signOut(board);
    await page.waitForURL('**/app/login?next=%2Faccount');
    await explorer.getByText('Not signed in').waitFor();
    await fillIn(board, ann);
    await page.waitForURL('**/app/account');
    await menuOf(page).waitFor();
    await explorer.getByText('Signed in as').waitFor();
  });
});

test('the confirmation is mailed again where it is told to be missing', limits, async () => {
  const email = `ann-${randomUUID()}@example.org`;
  const password = 'correct horse battery';
  await within(browser, ENGLISH, async (page) => {
    await register(page, { email, password });
    await page.getByText(`We have sent a verification mail to ${email}.`).waitFor();
    await page.goto(at(`/app/check-mail?email=${email}`));
    await page.getByRole('heading', { name: 'Send the verification again' }).waitFor();
    assert.equal(await page.getByText('We have sent').count(), 0, 'nothing was sent from here');

    await page.goto(at('/app/login'));
    await fillIn(page, { email, password });
    const sent = page.waitForResponse((answer) => answer.request().postData()?.includes('resendVerification'));
    await page.getByRole('button', { name: 'Send the verification again' }).click();
    await sent;
    await page.getByText(`We have sent a verification mail to ${email}.`).waitFor();
  });
});

test('blanks and too short texts are told at their fields before they are sent', limits, async () => {
  await within(browser, CHINESE_PHONE, async (page) => {
    await page.goto(at('/app/register'));
    const sent = [];
    await page.getByLabel('姓名或暱稱').fill('   ');
    page.on('request', (request) => sent.push(request.postData()));
    await page.getByLabel('電子郵件').fill('ann@example.org');
    await page.getByLabel('密碼').fill('1234567');
    await page.locator('form').getByRole('button', { name: '註冊' }).click();
    await page.getByText('請填寫此欄位。').waitFor();
    await page.locator('.wrong').getByText('至少 8 個字元。').waitFor();
    await page.getByLabel('姓名或暱稱').fill(' 安 ');
    await page.getByText('至少 2 個字元。').waitFor();
    await isAccessible(page);
    assert.deepEqual(sent, []);
  });
});

test('who is signed in is led from the pages of visitors to the jobs', limits, async () => {
  await within(browser, ENGLISH, async (page) => {
    await signIn(page, await anAccount());
    for (const path of ['login', 'register', 'forgot']) {
      await page.goto(at(`/app/${path}`));
      await page.waitForURL('**/app/jobs');
    }
  });
});

test('a forgotten password is chosen anew with the link of the mail', limits, async () => {
  const ann = await anAccount();
  await within(browser, CHINESE_PHONE, async (page) => {
    await page.goto(at('/app/login'));
    await page.getByRole('link', { name: '忘記密碼？' }).click();
    await page.getByRole('heading', { name: '忘記密碼' }).waitFor();
    await isAccessible(page);
    await page.getByLabel('電子郵件').fill(ann.email);
    await page.getByRole('button', { name: '寄送連結' }).click();
    await page.getByText('連結已經寄出').waitFor();
    await isAccessible(page);

    const password = 'a much better password';
    await page.goto(await linkTo(ann.email, 'reset'));
    await page.getByLabel('新密碼').fill(password);
    await page.getByRole('button', { name: '設定新密碼' }).click();
    await page.getByRole('heading', { name: '密碼已重設' }).waitFor();
    await isAccessible(page);
    await page.getByRole('link', { name: '登入' }).click();
    await fillIn(page, ann);
    await page.getByText('電子郵件或密碼錯誤').waitFor();
    await fillIn(page, { ...ann, password });
    await page.waitForURL('**/app/jobs');
  });
});

test('another address is in use as soon as the link mailed to it is followed', limits, async () => {
  const ann = await anAccount();
  const email = ann.email.replace('ann', 'ann-new');
  await within(browser, ENGLISH, async (page) => {
    await signIn(page, ann, '/account');
    const form = page.locator('.card', { has: page.getByRole('heading', { name: 'Change the e-mail address' }) });
    await form.getByLabel('New e-mail address').fill(email);
    await form.getByLabel('Current password').fill('not this one');
    await form.locator('button[type=submit]').click();
    await form.getByText('The password is wrong.').waitFor();
    assert.equal(await form.getByLabel('New e-mail address').inputValue(), email, 'what was typed stays');
    await isAccessible(page);
    await form.getByLabel('Current password').fill(ann.password);
    await form.locator('button[type=submit]').click();
    await form.getByText(`on its way to ${email}`).waitFor();

    await page.goto(await linkTo(email, 'confirm-email'));
    await page.getByRole('button', { name: 'Use this address' }).click();
    await page.getByRole('heading', { name: 'E-mail address changed' }).waitFor();
    await signIn(page, { ...ann, email }, '/account');
    await page.locator('dd', { hasText: email }).waitFor();
  });
});

test('a changed password keeps this browser signed in and signs the others out', limits, async () => {
  const ann = await anAccount();
  const password = 'a much better password';
  await within(browser, CHINESE_PHONE, async (other) => {
    await signIn(other, ann, '/developer/keys');
    await within(browser, ENGLISH, async (page) => {
      await signIn(page, ann, '/account');
      const form = page.locator('.card', { has: page.getByRole('heading', { name: 'Change the password' }) });
      await form.getByLabel('Current password').fill(ann.password);
      await form.getByLabel('New password').fill(password);
      await form.locator('button[type=submit]').click();
      await form.getByText('other devices were signed out').waitFor();
      assert.equal(await form.getByLabel('New password').inputValue(), '');
      await page.reload();
      await form.waitFor();
    });
    // The bell hears of it: nothing has to be opened.
    await other.waitForURL('**/app/login?next=%2Fdeveloper%2Fkeys');
    await other.getByText('登入已過期').waitFor();
  });
});

test('a session ended from another browser leads to sign in once, and back to where one was', limits, async () => {
  const ann = await anAccount();
  await within(browser, CHINESE_PHONE, async (phone, context) => {
    await signIn(phone, ann, '/account/activity');
    await within(browser, ENGLISH, async (page) => {
      await signIn(page, ann, '/account/sessions');
      await page.getByText('This device', { exact: true }).waitFor();
      await isAccessible(page);
      await page.getByRole('button', { name: 'Sign this device out' }).click();
      await page.getByText('Chrome · Linux is signed out.').waitFor();
      await page.getByRole('button', { name: 'Sign this device out' }).waitFor({ state: 'detached' });
    });
    // The bell hears of it: nothing has to be opened.
    await phone.waitForURL('**/app/login?next=%2Faccount%2Factivity');
    await phone.getByText('登入已過期').waitFor();
    await isAccessible(phone);
    assert.deepEqual(await context.cookies(), [], 'the dead cookies are taken back');

    await phone.getByRole('link', { name: '找工作' }).click();
    await phone.waitForURL('**/app/jobs');
    await phone.getByText('即時更新').waitFor();
    await phone.goBack();
    await fillIn(phone, ann);
    await phone.waitForURL('**/app/account/activity');
    await phone.getByText('登出其他裝置', { exact: true }).first().waitFor();
  });
});

test('a deleted account is kept by signing in before it is erased', limits, async () => {
  const ann = await anAccount();
  await within(browser, ENGLISH, async (page) => {
    await signIn(page, ann, '/account');
    await page.getByRole('button', { name: 'Delete the account…' }).click();
    const dialog = page.getByRole('dialog');
    await isAccessible(page);
    await dialog.getByLabel('Current password').fill('not this one');
    await page.keyboard.press('Enter');
    await dialog.getByText('The password is wrong.').waitFor();
    await dialog.getByLabel('Current password').fill(ann.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Your account will be deleted' }).waitFor();
    await page.getByText('Your data will be erased on').waitFor();
    await isAccessible(page);
    await mailTo(ann.email, '您的帳號即將刪除');

    await page.getByRole('link', { name: 'Sign in and keep the account' }).click();
    await fillIn(page, ann);
    await page.waitForURL('**/app/jobs');
    await page.goto(at('/app/account/activity'));
    await page.getByText('Account deletion cancelled').waitFor();
  });
});

test('the exported data is a file with the account in it', limits, async () => {
  const ann = await anAccount();
  await within(browser, CHINESE_PHONE, async (page) => {
    await signIn(page, ann, '/account');
    const data = JSON.parse(await downloaded(page, '下載資料'));
    assert.equal(data.account.email, ann.email);
    await page.getByText('檔案已下載。').waitFor();
  });
});

/** Turns the second factor on; the secret of the app, and the recovery codes. */
async function enroll(page, { password }) {
  await page.getByLabel('Current password').fill('not this one');
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByText('The password is wrong.').waitFor();
  await isAccessible(page);
  await page.getByLabel('Current password').fill(password);
  await page.getByRole('button', { name: 'Begin' }).click();
  const picture = page.getByRole('img', { name: 'QR code' });
  await picture.waitFor();
  await picture.evaluate((image) => image.decode());
  const secret = await page.locator('.secret-value').textContent();
  await isAccessible(page);
  await page.getByLabel('The six digits').fill(oneTimeCode(secret));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Save your recovery codes' }).waitFor();
  await isAccessible(page);
  const recoveryCodes = await page.getByRole('list', { name: 'Recovery codes' }).locator('code').allTextContents();
  assert.equal(new Set(recoveryCodes).size, 10);
  const file = await downloaded(page, 'Download as a text file');
  assert.deepEqual(
    recoveryCodes.filter((code) => !file.includes(code)),
    [],
  );
  await isAskedBeforeLeaving(page, 'Have you saved the codes?');
  await page.getByRole('button', { name: 'I have saved the codes' }).click();
  await page.getByText('Recovery codes left').waitFor();
  assert.ok(!(await page.content()).includes(recoveryCodes[0]), 'the codes are still in the page');
  return { secret, recoveryCodes };
}

async function turnOff(page, { password }, code) {
  await page.getByRole('button', { name: '關閉兩步驟驗證' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('目前的密碼').fill(password);
  await dialog.getByRole('button', { name: '使用復原碼' }).click();
  await dialog.getByLabel('復原碼', { exact: true }).fill(code);
  await isAccessible(page);
  await page.keyboard.press('Enter');
  await page.getByText('兩步驟驗證已關閉').waitFor();
  await isAccessible(page);
}

async function downloaded(page, button) {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  return readFile(await (await download).path(), 'utf8');
}
