// What the browser tests share: a browser, and contexts in which nothing may go wrong.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

import { setting } from './setting.mjs';

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

/** Fails on whatever axe finds, in the theme and width of the page. */
export async function isAccessible(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
  assert.deepEqual(told, [], page.url());
}

/** The address of a path of the gateway. */
export function at(path) {
  return new URL(path, gateway).href;
}
