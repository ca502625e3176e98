// People of the browser tests: their accounts, their mails, their phones.
import { execFile } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { at, isAccessible, limits } from './browser.mjs';
import { setting } from './setting.mjs';

/** A confirmed account that nobody else uses. */
export async function anAccount({ admin = false, name = '' } = {}) {
  const email = `ann-${randomUUID()}@example.org`;
  const password = 'correct horse battery';
  name ||= `Ann ${email.slice(4, 12)}`;
  const make = ['user', 'create', '--email', email, '--name', name, '--password-stdin'];
  await new Promise((resolve, reject) => {
    const program = execFile(setting('GATEWAY_PROGRAM'), admin ? [...make, '--admin'] : make, (error) =>
      error ? reject(error) : resolve(),
    );
    program.stdin.end(password);
  });
  return { email, password, name };
}

export async function register(page, { email, password }) {
  await page.goto(at('/app/register'));
  await page.getByLabel('Name').fill('Ann');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await isAccessible(page);
  await page.getByRole('button', { name: 'Register' }).click();
  await page.getByRole('heading', { name: 'Check your mail' }).waitFor();
  await isAccessible(page);
}

/** Follows the link of the mail. */
export async function confirm(page, email) {
  await page.goto(await linkTo(email, 'verify'));
  await page.getByRole('heading', { name: 'E-mail confirmed' }).waitFor();
}

/** Signs in, from wherever one is sent to sign in or from the start, and ends at `next`. */
export async function signIn(page, { email, password }, next = '/jobs') {
  await page.goto(at(`/app/login?next=${encodeURIComponent(next)}`));
  await fillIn(page, { email, password });
  await page.waitForURL(at(`/app${next}`));
}

/** Sends the form of the page to sign in, in either language. */
export async function fillIn(page, { email, password }) {
  await page.getByLabel(/^(E-mail|電子郵件)$/).fill(email);
  await page.getByLabel(/^(Password|密碼)$/).fill(password);
  await page
    .locator('form')
    .getByRole('button', { name: /^(Sign in|登入)$/ })
    .click();
}

/** The button of the menu with what concerns the reader, in either language. */
export function menuOf(page) {
  return page.getByRole('banner').getByRole('button', { name: /^Menu of |的選單$/ });
}

/** Signs out by the menu. */
export async function signOut(page) {
  await menuOf(page).click();
  await page.getByRole('button', { name: /^(Sign out|登出)$/ }).click();
}

/** The address of the link in the mail that leads to a page, as soon as it was sent. */
export async function linkTo(email, page) {
  const text = await mailTo(email, `/${page}?`);
  const path = text.match(new RegExp(`/(?:app/)?${page}\\?\\S+`))[0];
  return at(path);
}

/** The text of the newest mail to an address that says this: a `.txt` beside the `.eml`. */
export async function mailTo(email, words) {
  const mails = setting('GATEWAY_MAILS');
  const read = (name) => readFile(join(mails, name), 'utf8');
  const signal = AbortSignal.timeout(limits.timeout);
  for (;;) {
    signal.throwIfAborted();
    // There is no folder before the first mail.
    for (const name of (await readdir(mails).catch(() => [])).sort().reverse()) {
      if (!name.endsWith('.eml') || !(await read(name)).includes(email)) continue;
      const text = await read(name.replace('.eml', '.txt'));
      if (text.includes(words)) return text;
    }
  }
}

/** What an authenticator app shows (RFC 6238), some seconds from now. */
export function oneTimeCode(secret, seconds = 0) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor((Date.now() / 1000 + seconds) / 30)));
  const mac = createHmac('sha1', base32(secret)).update(counter).digest();
  const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

function base32(text) {
  const digits = [...text.replace(/=+$/, '')].map((digit) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(digit));
  const bits = digits.map((digit) => digit.toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/[01]{8}/g).map((byte) => parseInt(byte, 2)));
}
