// How many actions it takes people to get what they came for. Needs a running gateway: GATEWAY_URL is its
// address, GATEWAY_MAILS the folder of its mails and GATEWAY_PROGRAM makes accounts.
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';

import { applied, published } from './api.mjs';
import { at, launch, limits, within } from './browser.mjs';
import { Hands } from './hands.mjs';
import { sees } from './jobs.mjs';
import { anAccount, linkTo, signIn } from './people.mjs';

const TAIWAN = { locale: 'zh-TW', timezoneId: 'Asia/Taipei' };
const PHONE = { ...TAIWAN, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const button = (page, name) => page.getByRole('main').getByRole('button', { name, exact: true });

for (const way of ['pointer', 'keyboard']) {
  test(
    `by ${way}, a foreman comes to the first page and leaves with tomorrow’s cleaning published`,
    limits,
    async (told) => {
      const email = `foreman-${randomUUID()}@example.org`;
      await within(browser, TAIWAN, async (page, context) => {
        await page.goto(at('/'));
        const hands = new Hands(page, way);
        await hands.press(page.getByRole('navigation', { name: '馬上刊登' }).getByRole('link', { name: '居家清潔' }));
        await hands.press(button(page, '下一步'));
        await hands.press(button(page, '明天'));
        await hands.press(button(page, '下一步'));
        await hands.write(page.getByLabel('地址'), '台北市信義區信義路五段 7 號');
        await hands.press(button(page, '下一步'));
        await hands.write(page.getByLabel('報酬'), '1800');
        await hands.press(button(page, '刊登'));

        await hands.write(page.getByLabel('姓名或暱稱'), '陳工頭');
        await hands.write(page.getByLabel('電子郵件'), email);
        await hands.write(page.getByLabel('密碼'), 'correct horse battery');
        await hands.press(button(page, '註冊'));
        const mailed = await hands.follow(await linkTo(email, 'verify'), await context.newPage());
        await mailed.press(mailed.page.getByRole('link', { name: '登入' }));

        await mailed.page.getByRole('heading', { name: '居家打掃幫手' }).waitFor();
        await sees(mailed.page, '工作內容', '徵人中', '居家清潔', '明天', '台北市信義區', 'NT$1,800');
        mailed.needed(14, told);
        await page.waitForURL('**/app/jobs');
      });
    },
  );
}

for (const [way, screen] of [
  ['touch', PHONE],
  ['keyboard', TAIWAN],
]) {
  test(`by ${way}, a worker who is signed in comes to the first page and applies to a job`, limits, async (told) => {
    const [title, ben] = [`搬書櫃 ${randomUUID().slice(0, 8)}`, await anAccount()];
    await published(await anAccount(), { title });
    await within(browser, screen, async (page) => {
      await signIn(page, ben);
      await page.goto(at('/'));
      const hands = new Hands(page, way);
      await hands.write(page.getByLabel('做什麼'), title);
      await hands.press(button(page, '搜尋'));
      await hands.press(page.getByRole('link', { name: title }));
      await hands.press(page.getByRole('link', { name: '應徵' }));
      if (way === 'touch') await hands.press(page.locator('.reach').getByRole('button', { name: '應徵' }));
      await hands.write(page.getByLabel('給發案者的話'), '我有貨車，也有綁帶。');
      await hands.press(button(page, '送出應徵'));
      await sees(page, '您的應徵', '待回覆', '我有貨車');
      hands.needed(8, told);
    });
  });
}

test(
  'an owner chooses one of two at the agreed price, the work is done, and both review each other',
  limits,
  async (told) => {
    const [ann, ben, cem] = await Promise.all([anAccount(), anAccount(), anAccount()]);
    const { id } = await published(ann, { title: `搬沙發 ${randomUUID().slice(0, 8)}` });
    await applied(ben, id, 1500);
    await applied(cem, id, 1300);
    await within(browser, TAIWAN, async (owner) => {
      await within(browser, PHONE, async (worker) => {
        await Promise.all([signIn(owner, ann, `/jobs/${id}`), signIn(worker, cem, `/jobs/${id}`)]);
        const [annes, cems] = [new Hands(owner, 'pointer'), new Hands(worker, 'touch')];
        const card = owner.locator('.application').filter({ hasText: cem.name });
        await annes.press(card.getByRole('button', { name: '接受…' }));
        await owner.getByText('NT$1,300').and(owner.locator('dialog p')).waitFor();
        await annes.press(owner.getByRole('dialog').getByRole('button', { name: '接受' }));
        await sees(owner, '工作內容', '已找到人', '談定報酬', 'NT$1,300');

        await confirmed(cems, '開始工作');
        await sees(worker, '工作內容', '進行中');
        await confirmed(cems, '回報完工');
        await sees(owner, '工作內容', '待確認完工');
        await confirmed(annes, '確認完成');
        await reviewed(annes, '準時又細心');
        await reviewed(cems, '說明清楚');
        for (const page of [owner, worker]) {
          for (const words of ['準時又細心', '說明清楚']) await page.locator('.review').getByText(words).waitFor();
        }
        annes.needed(7, told);
        cems.needed(7, told);
      });
    });
  },
);

test('a developer makes a key and has a request answered in the reference of the API', limits, async (told) => {
  const ann = await anAccount();
  await within(browser, TAIWAN, async (page) => {
    await page.goto(at('/app/developer'));
    const hands = new Hands(page, 'pointer');
    await hands.write(page.getByLabel('電子郵件'), ann.email);
    await hands.write(page.getByLabel('密碼'), ann.password);
    await hands.press(button(page, '登入'));
    await hands.press(page.getByRole('main').getByRole('link', { name: '建立金鑰' }));
    await hands.write(page.getByLabel('名稱'), '訂單系統');
    await hands.press(button(page, '建立金鑰'));
    const [key, secret] = await shown(page);
    await hands.press(button(page, '我已保存密鑰'));
    await hands.press(page.getByRole('contentinfo').getByRole('link', { name: '文件' }));
    await hands.press(page.getByRole('navigation').getByRole('link', { name: 'REST API' }).first());
    await hands.write(page.getByLabel('API 金鑰（X-API-Key）'), key);
    await hands.write(page.getByLabel('密鑰（X-API-Secret）'), secret);
    const article = page.locator('article', { has: page.locator('#listJobs') });
    await hands.press(article.locator('.rest-try > summary'));
    await hands.press(article.locator('.rest-try').getByRole('button', { name: '送出請求' }));
    await article.locator('.rest-reply .badge').filter({ hasText: '200' }).waitFor();
    hands.needed(13, told);
  });
});

test('an administrator suspends somebody', limits, async (told) => {
  const [admin, ann] = await Promise.all([anAccount({ admin: true }), anAccount()]);
  await within(browser, TAIWAN, async (page) => {
    await signIn(page, admin);
    await page.goto(at('/app/admin'));
    const hands = new Hands(page, 'keyboard');
    await hands.write(page.getByLabel('姓名、暱稱或電子郵件'), ann.email);
    await page.getByText('共 1 筆').waitFor();
    const row = page.locator('.list > li', { hasText: ann.email });
    await hands.press(row.getByRole('button', { name: '管理' }));
    await hands.press(row.getByRole('button', { name: '停權…' }));
    await hands.write(page.getByRole('dialog').getByLabel('原因'), '三件工作都是廣告');
    await hands.press(page.getByRole('dialog').getByRole('button', { name: '停權' }));
    await row.getByText('已停權', { exact: true }).waitFor();
    hands.needed(5, told);
  });
});

/** A step that is asked about. */
async function confirmed(hands, step) {
  await hands.press(hands.page.getByRole('button', { name: `${step}…` }));
  await hands.press(hands.page.getByRole('dialog').getByRole('button', { name: step }));
}

async function reviewed(hands, words) {
  await hands.choose(hands.page.getByRole('radio', { name: '5 星' }));
  await hands.write(hands.page.getByLabel('想說的話'), words);
  await hands.press(button(hands.page, '送出評價'));
}

/** The key and the secret that the page shows. */
async function shown(page) {
  await page.getByRole('heading', { name: '您的新密鑰' }).waitFor();
  return page.locator('.secret-value').allTextContents();
}
