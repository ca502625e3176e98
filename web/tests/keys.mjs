// API keys of the browser tests.
import assert from 'node:assert/strict';

import { at, isAccessible } from './browser.mjs';
import { signOut } from './people.mjs';

/** Makes a key on the page of one's keys and goes on to its own. */
export async function createKey(page) {
  await page.getByRole('link', { name: 'Create a key' }).click();
  await page.getByLabel('Name').fill('order system');
  await isAccessible(page);
  await page.getByRole('button', { name: 'Create a key' }).click();
  return keepSecret(page);
}

/** The key and the secret that is shown once; afterwards it is gone. */
export async function keepSecret(page) {
  await page.getByRole('heading', { name: 'Your new secret' }).waitFor();
  await isAccessible(page);
  const [key, secret] = await page.locator('.secret-value').allTextContents();
  const snippet = await page.getByRole('region', { name: 'the code' }).textContent();
  assert.ok(snippet.includes(key) && snippet.includes(secret), snippet);
  await page.getByRole('button', { name: 'I have saved the secret' }).click();
  await page.getByRole('heading', { name: 'order system' }).waitFor();
  assert.ok(!(await page.content()).includes(secret), 'the secret is still in the page');
  return { key, secret };
}

/** Tries every way off a page that shows what is shown once; stays on it. */
export async function isAskedBeforeLeaving(page, question) {
  const here = page.url();
  const dialog = page.getByRole('dialog', { name: question });
  const ways = [
    () => page.getByRole('banner').getByRole('link', { name: '找幫手' }).click(),
    () => signOut(page),
    () => page.evaluate(() => history.back()),
  ];
  for (const leave of ways) {
    await leave();
    await dialog.waitFor();
    await isAccessible(page);
    await dialog.getByRole('button', { name: 'Stay here' }).click();
    await dialog.waitFor({ state: 'detached' });
  }
  const asked = page.waitForEvent('dialog');
  await page.evaluate(() => setTimeout(() => location.reload()));
  const browsersOwn = await asked;
  assert.equal(browsersOwn.type(), 'beforeunload');
  await browsersOwn.dismiss();
  assert.equal(page.url(), here);
}

/** How the REST API answers to a key. */
export async function restStatus({ key, secret }) {
  const headers = { 'X-API-Key': key, 'X-API-Secret': secret };
  return (await fetch(at('/api/jobs'), { headers })).status;
}
