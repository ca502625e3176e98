import type { Both } from '../i18n/language.tsx';

export const words = {
  examples: ['範例', 'Examples'],
  search: ['搜尋範例', 'Search the examples'],
  found: [
    (count: number) => (count ? `找到 ${count} 個範例` : '沒有符合的範例'),
    (count: number) => (count ? (count === 1 ? '1 example' : `${count} examples`) : 'No example matches'),
  ],
  start: ['從這裡開始', 'Start here'],
  startText: ['不必登入就能執行。', 'These run without signing in.'],
  jobs: ['工作', 'Jobs'],
  jobsText: [
    '從刊登到完成。請先登入，並把變數裡的識別碼換成自己的。',
    'From posting to done. Sign in first, and put ids of your own into the variables.',
  ],
  account: ['帳號', 'Account'],
  accountText: ['登入、工作階段與 API 金鑰。', 'Signing in, sessions and API keys.'],
  rest: ['REST API 的背後', 'Behind the REST API'],
  restText: [
    '每個 REST 路徑實際執行的 GraphQL 文件。',
    'The GraphQL document that the gateway runs for each REST route.',
  ],
  loading: ['載入中…', 'Loading…'],
  restFailed: ['無法載入 REST 的文件。', 'The documents of the REST API could not be loaded.'],
  again: ['再試一次', 'Retry'],
  identity: ['您的身分', 'Who you are'],
  signedInAs: ['已登入：', 'Signed in as '],
  portal: ['回到找幫手', 'back to find-helper'],
  notSignedIn: ['尚未登入', 'Not signed in'],
  ended: ['登入已過期', 'Your session has ended'],
  signIn: ['登入', 'sign in'],
  byHeaders: ['使用 Headers 裡的憑證', 'Credentials of the Headers are used'],
  askTitle: ['要執行這個變更嗎？', 'Run this mutation?'],
  askText: ['這不是試用資料，執行後會真的變更：', 'It changes real data, not samples:'],
  askYes: ['執行', 'Run it'],
  askNo: ['先不要', 'Not now'],
  notRun: ['沒有執行。', 'It was not run.'],
  unreachable: ['無法連線到本服務。', 'The gateway cannot be reached.'],
  notJson: [
    (status: string) => `收到的回應不是 JSON（${status}）。`,
    (status: string) => `The response is not JSON (${status}).`,
  ],
  socketClosed: [
    (why: string, code: string) => `訂閱的連線已關閉（${code}）。${why}`,
    (why: string, code: string) => `The connection of the subscription was closed (${code}). ${why}`.trim(),
  ],
} satisfies Record<string, Both<unknown>>;

/** What the codes of a closing socket mean for whoever listens. */
export const closings: Record<number, Both> = {
  1001: ['本服務結束了這個連線，請重新執行。', 'The gateway ended the connection; run it again.'],
  1006: ['連線被拒絕或中斷。', 'It was refused, or the connection broke.'],
  1013: ['請求太多或系統忙碌，請稍後再試。', 'Too many requests, or the gateway is busy; try again later.'],
  4401: ['Token 已過期，請換新的再試。', 'The token has expired; try again with a new one.'],
  4403: ['憑證被拒絕。', 'The credentials were refused.'],
};
