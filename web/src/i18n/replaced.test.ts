import { expect, test } from 'vitest';

/** Words that the product had for a thing before it had one for it, and that word. */
const REPLACED: readonly (readonly [before: RegExp, now: string])[] = [
  [/入口網站/, '回到找幫手'],
  [/徵求中|徵求幫手/, '徵人中'],
  [/已指派/, '已找到人'],
  [/預估金額|預計金額|預計支付/, '報酬'],
  [/希望金額/, '我的報價'],
  [/刊登者/, '發案者'],
  [/接案者|承接/, '幫手'],
  [/時間軸/, '進度紀錄'],
  [/發布/, '刊登'],
  [/無法反悔/, '無法復原'],
  [/確認信|未確認/, '驗證信'],
  [/嘗試次數過多/, '操作太頻繁'],
  [/登入已結束/, '登入已過期'],
  [/任何字元皆可/, '至少 8 個字元'],
  [/預先核可|受信任的/, '預先登錄'],
  [/重疊時數/, '舊密鑰保留時數'],
  // The register route of the REST API has a fixed text.
  [/(?<!驗證)帳戶/, '帳號'],
  [/閘道/, '本服務'],
  [/這個網址沒有內容/, '網址可能打錯，或頁面已移除'],
  [/退出/, '取消媒合'],
  [/錄取/, '婉拒, 媒合'],
  [/開工/, '開始'],
  [/提早/, '提前'],
  [/撤銷/, '停用'],
  [/驗證已啟用|驗證已停用/, '開啟, 關閉'],
  [/備用碼|救援碼|恢復碼/, '復原碼'],
  [/驗證器應用程式/, '驗證器 App'],
  [/(?<!們)你(?!們)/, '您'],
  [/\bAsk again\b/, 'Retry'],
  [/\bWhat you ask for\b/, 'Your offer'],
  [/\b(stepped|steps|step) back (from|before)\b/i, 'end the match'],
  [/["'`“][^"'`]*\b(was|is) called off\b[^"'`]*["'`”]/, 'cancelled'],
  [/\bMails of notices\b/, 'E-mail notices'],
];

/** Where texts for people stand. */
const FILES = import.meta.glob<string>(
  [
    '../**/*.{ts,tsx,graphql}',
    '!../**/*.test.ts',
    '!../graphql/generated.ts',
    '../../../templates/**/*.{html,txt}',
    '../../../src/{mail,http,pages,error}/**/*.rs',
    '../../../src/domain/jobs/notice/**/*.rs',
    '../../../CHANGELOG.zh-TW.md',
    '!../../../src/**/tests.rs',
  ],
  { query: '?raw', import: 'default', eager: true },
);
/** The descriptions of schema and REST, in English, which are for programmers and have a translation here. */
const DESCRIPTION = /^\s*['"`][A-Z`].*['"`],?:/;

/** Without comments, whose readers are not the product's. */
const isComment = (line: string) => /^\s*(\/\/|\*|\/\*|\{#)/.test(line);

test('one word for one thing: no text for people has a word that was replaced', () => {
  const found = Object.entries(FILES).flatMap(([path, text]) =>
    text
      .split('\n')
      .filter((line) => !isComment(line) && !DESCRIPTION.test(line))
      .flatMap((line) =>
        REPLACED.flatMap(([before, now]) => (before.test(line) ? [`${path}: ${line.trim()} → ${now}`] : [])),
      ),
  );
  expect(Object.keys(FILES).length).toBeGreaterThan(300);
  expect(found).toEqual([]);
});
