// What the browser tests share: a browser, and contexts in which nothing may go wrong.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const gateway = new URL(setting('GATEWAY_URL'));
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A fresh profile and the list of foreign requests, console errors and policy violations in it. */
export async function open(browser, options = {}) {
  const problems = [];
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  await context.route(
    (url) => url.origin !== gateway.origin,
    (route) => {
      problems.push(`request to another origin: ${route.request().url()}`);
      return route.abort();
    },
  );
  context.on('weberror', (event) => problems.push(`uncaught: ${event.error()}`));
  context.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  context.on('page', (page) =>
    page.on('websocket', (socket) => {
      if (new URL(socket.url()).host !== gateway.host) problems.push(`socket: ${socket.url()}`);
    }),
  );
  await context.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error(`${event.effectiveDirective} forbids ${event.blockedURI}`),
    ),
  );
  return { context, problems };
}

/** Fails with what axe finds wrong with the page as it stands. */
export async function isAccessible(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
  assert.deepEqual(told, [], page.url());
}

/** The text of the mail to an address, as soon as it was sent: a `.txt` beside the `.eml`. */
export async function mailTo(email) {
  const mails = setting('GATEWAY_MAILS');
  const read = (name) => readFile(join(mails, name), 'utf8');
  for (;;) {
    for (const name of await readdir(mails)) {
      const isTheirs = name.endsWith('.eml') && (await read(name)).includes(email);
      if (isTheirs) return read(name.replace('.eml', '.txt'));
    }
  }
}

export function at(path) {
  return new URL(path, gateway).href;
}

export function setting(name) {
  const value = process.env[name];
  assert.ok(value, `${name} must be set`);
  return value;
}
