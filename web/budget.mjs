// Prints what the first page of the portal loads, compressed, and fails above the budget.
import { readFileSync, statSync } from 'node:fs';

const BUDGET = 200 * 1024;

const page = readFileSync('dist/index.html', 'utf8');
const files = [...page.matchAll(/(?:src|href)="\/app\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, name]) => name);
// The first page is the board, which is not loaded on demand: what the page names is all of it.
const sizes = files.map((name) => [name, statSync(`dist/${name}.br`).size]);
const total = sizes.reduce((sum, [, size]) => sum + size, 0);
for (const [name, size] of sizes) console.log(kilobytes(size), name);
console.log(kilobytes(total), `of ${BUDGET / 1024} KB for the first page`);
if (!files.length || total > BUDGET) process.exit(1);

function kilobytes(bytes) {
  return `${(bytes / 1024).toFixed(1).padStart(7)} KB`;
}
