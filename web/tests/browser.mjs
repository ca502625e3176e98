// What the browser tests share: a browser, and contexts in which nothing may go wrong.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What never comes must not be waited for for ever. */
export const limits = { timeout: 120_000 };

export const gateway = new URL(setting('GATEWAY_URL'));

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

/**
 * A fresh profile and the list of foreign requests, console errors and policy violations in it. Each has
 * an address of its own, whose limits nobody else uses up; refusals by the gateway are no problems.
 */
export async function open(browser, options = {}) {
  const problems = [];
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    extraHTTPHeaders: { 'X-Forwarded-For': anAddress() },
    ...options,
  });
  await context.route(
    (url) => url.origin !== gateway.origin,
    (route) => {
      problems.push(`request to another origin: ${route.request().url()}`);
      return route.abort();
    },
  );
  context.on('weberror', (event) => problems.push(`uncaught: ${event.error()}`));
  context.on('console', (message) => {
    const isRefusal = /the server responded with a status of 4\d\d/.test(message.text());
    if (message.type() === 'error' && !isRefusal) problems.push(`console: ${message.text()}`);
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

/** Opens a profile, uses it and fails on its problems. */
export async function within(browser, options, use) {
  const { context, problems } = await open(browser, options);
  try {
    await use(await context.newPage(), context);
    assert.deepEqual(problems, []);
  } finally {
    await context.close();
  }
}

/** Fails on what axe finds in the page as it is. */
export async function isAccessible(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
  assert.deepEqual(told, [], page.url());
}

export function at(path) {
  return new URL(path, gateway).href;
}

function anAddress() {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
}

export function setting(name) {
  const value = process.env[name];
  assert.ok(value, `${name} must be set`);
  return value;
}
