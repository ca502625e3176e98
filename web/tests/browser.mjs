// What the browser tests share: a browser, and contexts in which nothing may go wrong.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

import { setting } from './setting.mjs';

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

/** What browsers tell of refusals by the gateway, and of a network that is switched off. */
const EXPECTED =
  /the server responded with a status of 4\d\d|ERR_INTERNET_DISCONNECTED|Failed to fetch dynamically imported module/;

/**
 * A fresh profile and the list of foreign requests, console errors and policy violations in it. Each has
 * an address of its own, whose limits nobody else uses up.
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
    if (message.type() === 'error' && !EXPECTED.test(message.text())) problems.push(`console: ${message.text()}`);
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

/** Opens a page of the gateway and waits until it has what it shows. */
export async function visit(page, path) {
  await page.goto(at(path));
  await page.locator('main h1').first().waitFor({ state: 'attached' });
  await page.waitForFunction(() => !document.querySelector('.loading, .spinner, [aria-busy=true]'));
}

/** Has a page note how far it jumps while it loads, what its reader does apart. */
export function watchShifts() {
  window.shifts = [];
  new PerformanceObserver((list) => {
    window.shifts.push(...list.getEntries().filter(({ hadRecentInput }) => !hadRecentInput));
  }).observe({ type: 'layout-shift', buffered: true });
}

/** How far the page has jumped so far, as the Web Vitals count it, and what of it. */
export function shift() {
  const nodes = window.shifts.flatMap(({ sources }) => sources.map(({ node }) => node));
  const names = nodes.filter(Boolean).map(({ nodeName, className }) => `${nodeName.toLowerCase()}.${className}`);
  return { value: window.shifts.reduce((sum, { value }) => sum + value, 0), moved: [...new Set(names)] };
}

/** Fails on what axe finds in the page as it is. */
export async function isAccessible(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
  assert.deepEqual(told, [], page.url());
}

/** The address of a path of the gateway, which may itself be below a path. */
export function at(path) {
  return new URL(gateway.pathname.replace(/\/$/, '') + path, gateway).href;
}

/** Where a client says that it comes from, as behind a proxy: its limits are counted apart. */
export function anAddress() {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
}
