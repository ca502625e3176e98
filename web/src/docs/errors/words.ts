import type { Both } from '../../i18n/language.tsx';

export const words = {
  lead: [
    '每個錯誤都有固定的代碼：GraphQL 在 `extensions.code`，工作 API（`/api/*`）在 `error.code`，帳號 API 在 `error_code`。代碼不會改變；訊息是給人看的，可能會調整。',
    'Every error has a code: in `extensions.code` in GraphQL, in `error.code` in the jobs API (`/api/*`), in `error_code` in the auth API. Codes never change; messages are for people and may be reworded.',
  ],
  shapes: ['錯誤的格式', 'What an error looks like'],
  graphql: ['GraphQL', 'GraphQL'],
  graphqlText: [
    '`errors` 是清單；`path` 指出是哪個欄位，`extensions.fields` 列出每個有問題的輸入。其他欄位的資料仍可能在 `data` 裡。',
    '`errors` is a list: `path` says which field failed, and `extensions.fields` which inputs are wrong and why. `data` may still contain the other fields.',
  ],
  jobs: ['工作 API', 'Jobs API'],
  jobsText: ['訊息為英文。', 'Messages are in English.'],
  auth: ['帳號 API', 'Auth API'],
  authText: [
    '訊息為繁體中文，可以直接顯示給使用者。',
    'Messages are in Traditional Chinese and can be shown to users directly.',
  ],
  codes: ['所有代碼', 'All codes'],
  filter: ['篩選', 'Filter'],
  filterHint: ['代碼、HTTP 狀態碼或說明文字', 'A code, an HTTP status or a word'],
  found: [(count: string) => `共 ${count} 個代碼`, (count: string) => (count === '1' ? '1 code' : `${count} codes`)],
  none: ['沒有符合的代碼', 'No code matches'],
  retry: ['可稍後重試', 'try again later'],
  jobsName: ['工作 API', 'Jobs API'],
  authName: ['帳號 API', 'Auth API'],
} satisfies Record<string, Both<unknown>>;
