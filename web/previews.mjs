// Draws what previews of links show, one picture for each kind of work, into templates/pages/previews/: to be run
// when the drawings change, and checked in.
//   node web/previews.mjs
import { mkdir, readdir, readFile } from 'node:fs/promises';

import { chromium } from 'playwright-core';

const drawings = new URL('src/ui/drawings/', import.meta.url);
const folder = new URL('../templates/pages/previews/', import.meta.url);
const icon = await readFile(new URL('src/icon.svg', import.meta.url), 'utf8');

await mkdir(folder, { recursive: true });
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage({ viewport: { width: 1200, height: 630 } });
for (const name of await readdir(drawings)) {
  const drawing = await readFile(new URL(name, drawings), 'utf8');
  await page.setContent(`<style>
    body { margin: 0; height: 630px; background: #faf6ef; color: #0b6655; font: 700 64px 'Noto Sans CJK TC', sans-serif;
      display: grid; grid-template-columns: 1fr 460px; align-items: center; }
    main { padding-left: 90px; color: #251f18; }
    main svg { width: 84px; height: 84px; }
    p { margin: 24px 0 0; }
    small { display: block; font-size: 36px; font-weight: 400; color: #63594b; }
    body > svg { width: 320px; height: 320px; padding: 40px; border-radius: 64px; background: #fff0d0; color: #8f5200; stroke-width: 1.8; }
  </style><main>${icon}<p>找幫手</p><small>今天就找到幫手</small></main>${drawing}`);
  const path = new URL(name.replace('.svg', '.png'), folder).pathname;
  await page.screenshot({ path });
}
await browser.close();
