import { limits } from '../graphql/limits.ts';
import type { Both } from '../i18n/language.tsx';

const { expiresInDays } = limits.CreateApiKeyInput;
const { overlapHours } = limits.RotateApiKeyInput;

export const words = {
  keys: ['API 金鑰', 'API keys'],
  intro: ['程式使用金鑰以您的身分存取 REST 與 GraphQL。', 'Programs use a key to act for you over REST and GraphQL.'],
  create: ['建立金鑰', 'Create a key'],
  none: ['還沒有金鑰', 'No keys yet'],
  noneText: ['建立一組金鑰，讓您的程式存取工作資料。', 'Create a key to let your programs read and post jobs.'],
  notFound: ['找不到這組金鑰', 'There is no such key'],
  name: ['名稱', 'Name'],
  nameHint: ['讓您認得用途，例如「訂單系統」。', 'For you to recognise it, such as “order system”.'],
  scopes: ['權限', 'What it may do'],
  scopeNames: [
    { JOBS_READ: '讀取工作', JOBS_WRITE: '刊登、修改與應徵工作' },
    { JOBS_READ: 'See jobs', JOBS_WRITE: 'Post, change and apply to jobs' },
  ],
  expires: ['有效天數', 'Days until it expires'],
  expiresHint: [
    `${expiresInDays.min} 到 ${expiresInDays.max}，整數。`,
    `A whole number, ${expiresInDays.min} to ${expiresInDays.max}.`,
  ],
  networks: ['允許的網路', 'Networks that may use it'],
  networksHint: [
    '每行一個位址或網段，例如 203.0.113.0/24；空白表示不限制。',
    'One address or network a line, such as 203.0.113.0/24. Leave empty to allow all.',
  ],
  everywhere: ['不限', 'Everywhere'],
  documents: ['僅允許預先登錄的 GraphQL 查詢', 'Only registered GraphQL queries, and REST'],
  documentsShort: ['可執行的查詢', 'Queries'],
  documentNames: [
    { ANY: '不限', TRUSTED_ONLY: '預先登錄的查詢與 REST' },
    { ANY: 'Any', TRUSTED_ONLY: 'Registered queries and REST' },
  ],
  states: [
    { ACTIVE: '使用中', EXPIRED: '已過期', REVOKED: '已停用' },
    { ACTIVE: 'Active', EXPIRED: 'Expired', REVOKED: 'Revoked' },
  ],
  created: ['建立時間', 'Created'],
  until: ['有效期限', 'Expires'],
  revokedAt: ['停用時間', 'Revoked'],
  lastUsed: ['上次使用', 'Last used'],
  never: ['從未使用', 'Never'],
  oldUntil: ['舊密鑰可用到', 'Old secret works until'],
  details: ['金鑰內容', 'About this key'],
  key: ['金鑰（X-API-Key）', 'Key (X-API-Key)'],
  secret: ['密鑰（X-API-Secret）', 'Secret (X-API-Secret)'],
  secretReady: ['您的新密鑰', 'Your new secret'],
  secretOnce: [
    '密鑰只會顯示這一次。請立即複製並妥善保存。',
    'The secret is shown this once. Copy it now and keep it safe.',
  ],
  saved: ['我已保存密鑰', 'I have saved the secret'],
  notSaved: ['您保存密鑰了嗎？', 'Have you saved the secret?'],
  tryIt: ['馬上試試', 'Try it'],
  snippetLanguage: ['程式語言', 'Language'],
  code: ['程式碼', 'the code'],
  edit: ['編輯', 'Edit'],
  editTitle: ['編輯金鑰', 'Edit the key'],
  save: ['儲存', 'Save'],
  rotate: ['更換密鑰', 'Rotate the secret'],
  rotateText: [
    '產生新的密鑰，金鑰本身不變。舊密鑰會再保留一段時間。',
    'Makes a new secret; the key itself stays. The old secret goes on for a while.',
  ],
  overlap: ['舊密鑰保留時數', 'Hours that the old secret goes on'],
  overlapHint: [
    `${overlapHours.min} 到 ${overlapHours.max}；0 表示舊密鑰立即失效。`,
    `${overlapHours.min} to ${overlapHours.max}; 0 stops the old secret at once.`,
  ],
  revoke: ['停用金鑰', 'Revoke the key'],
  revokeText: [
    '使用這組金鑰的程式會立即被拒絕，而且無法復原。',
    'Programs that use this key are refused at once. This cannot be undone.',
  ],
  usage: ['用量', 'Usage'],
  live: ['每 5 秒更新', 'Updates every 5 seconds'],
  period: ['期間', 'Period'],
  periods: [
    { 7: '7 天', 30: '30 天', 90: '90 天' },
    { 7: '7 days', 30: '30 days', 90: '90 days' },
  ],
  minute: ['過去一分鐘', 'The last minute'],
  day: ['今天（UTC）', 'Today (UTC)'],
  usedOf: [
    (used: string, limit: string) => `${used} / ${limit} 次`,
    (used: string, limit: string) => `${used} of ${limit} ${limit === '1' ? 'request' : 'requests'}`,
  ],
  perDay: ['每日請求數（UTC）', 'Requests per day (UTC)'],
  perRoute: ['各路徑請求數', 'Requests per route'],
  chart: [
    (total: string, failed: string) =>
      total === '0'
        ? '這段期間沒有請求。'
        : `期間內共 ${total} 次請求，${failed === '0' ? '全部成功' : `其中 ${failed} 次失敗`}。`,
    (total: string, failed: string) => {
      if (total === '0') return 'No requests in this period.';
      if (total === '1') return `1 request in this period, which ${failed === '1' ? 'failed' : 'succeeded'}.`;
      return `${total} requests in this period, ${failed === '0' ? 'none' : failed} of them failed.`;
    },
  ],
  uses: [
    (today: string, month: string) => `今天 ${today} 次 · 30 天 ${month} 次`,
    (today: string, month: string) => `${today} today · ${month} in 30 days`,
  ],
  table: ['以表格顯示', 'Show as a table'],
  date: ['日期', 'Date'],
  route: ['路徑', 'Route'],
  requests: ['請求', 'Requests'],
  endings: [
    { answered: '成功', clientErrors: '請求有誤', refused: '達到上限', serverErrors: '服務異常' },
    { answered: 'Succeeded', clientErrors: 'Client error', refused: 'Over the limit', serverErrors: 'Server error' },
  ],
  recent: ['最近的請求', 'Recent requests'],
  recentText: [
    '最多 100 筆，由新到舊。只記錄用途與結果，不記錄內容。',
    'Up to 100, newest first. Only what each was for and how it ended is kept, never its content.',
  ],
  show: ['顯示', 'Show'],
  failedOnly: ['只看失敗', 'Failed only'],
  refresh: ['重新整理', 'Refresh'],
  showAll: [(count: string) => `顯示全部 ${count} 筆`, (count: string) => `Show all ${count}`],
  noRecent: ['還沒有請求', 'No requests yet'],
  noFailed: ['沒有失敗的請求', 'No failed requests'],
  left: ['未等到回應就離線', 'Left before the answer'],
  requestId: ['請求編號', 'Request ID'],
  noUsage: ['這段期間沒有請求。', 'No requests in this period.'],
  back: ['所有金鑰', 'All keys'],
} satisfies Record<string, Both<unknown>>;
