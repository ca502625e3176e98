// Jobs of the browser tests.
import { at, isAccessible } from './browser.mjs';

/**
 * Posts a job in English, published at once unless it is to stay a draft, with a time for the work as its
 * field takes it, and a district of Taipei unless the address tells; its address.
 */
export async function postJob(page, title, { draft = false, work = '', district = 'From the address' } = {}) {
  await page.goto(at('/app/jobs/new'));
  await writeJob(page, title, { work, district });
  await page.getByRole('button', { name: draft ? 'Save as a draft' : 'Post', exact: true }).click();
  await page.getByRole('heading', { name: title }).waitFor();
  return page.url();
}

/** Takes a step that is asked about, and fills in what the dialog asks for; its button is in a part of the page. */
export async function take(page, step, fill = async () => {}, part = page) {
  await part.getByRole('button', { name: `${step}…` }).click();
  const dialog = page.getByRole('dialog');
  await isAccessible(page);
  await fill(dialog);
  await dialog.getByRole('button', { name: step }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Fills in the reason that a dialog asks for. */
export const because = (label, reason) => (dialog) => dialog.getByLabel(label).fill(reason);

/** Waits for a section of the page that says all of this. */
export async function sees(page, heading, ...texts) {
  const section = page.locator('section').filter({ has: page.getByRole('heading', { name: heading }) });
  // The line of stages names them all.
  const said = page.locator(':not(.stages *)');
  for (const text of texts) await section.getByText(text).and(said).first().waitFor();
}

/** Goes through the steps in which a job is posted, up to its two buttons. */
export async function writeJob(page, title, { work = '', district = 'From the address' } = {}) {
  await page.getByText('Moving', { exact: true }).click();
  await page.getByLabel('Title').fill(title);
  await isAccessible(page);
  await next(page, 'When');
  await page.getByLabel('When the work is to be done').fill(work);
  await isAccessible(page);
  await next(page, 'Where');
  await page.getByLabel('City').fill('Taipei');
  await page.getByLabel('District').selectOption({ label: district });
  await page.getByLabel('Address').fill('信義路五段 7 號');
  await isAccessible(page);
  await next(page, 'Pay and preview');
  await page.getByLabel('Pay').fill('1200');
  await isAccessible(page);
}

/** To the next of the steps in which a job is posted. */
export async function next(page, name) {
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('heading', { name: new RegExp(`^Step . of 4: ${name}$`) }).waitFor();
}
