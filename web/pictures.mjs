/* global document -- what runs in the page. */
// The pictures of README.md, in docs/images: the portal's list of jobs, and a query in GraphiQL.
//   tests/gateway.sh node web/pictures.mjs
import { at, launch, open } from './tests/browser.mjs';
import { execute, inQuery, resultContains } from './tests/graphiql.mjs';

const QUERY = `{
  jobs(first: 3) {
    nodes {
      title
      city
      estimatedAmount
      owner {
        name
      }
    }
  }
}`;
const folder = new URL('../docs/images/', import.meta.url).pathname;

const browser = await launch();
const { context } = await open(browser, {
  viewport: { width: 1280, height: 800 },
  locale: 'en',
  timezoneId: 'Asia/Taipei',
  colorScheme: 'light',
  reducedMotion: 'reduce',
});
const page = await context.newPage();

await page.goto(at('/app/jobs'));
await page.locator('h1').first().waitFor({ state: 'attached' });
await page.waitForFunction(() => !document.querySelector('.loading, .spinner, [aria-busy=true]'));
await page.screenshot({ path: `${folder}portal.png` });

await page.goto(at(`/graphql#query=${encodeURIComponent(QUERY)}`));
await inQuery(page, 'estimatedAmount').waitFor();
await execute(page).click();
await resultContains(page, '"estimatedAmount":');
await page.screenshot({ path: `${folder}graphiql.png` });
await browser.close();
