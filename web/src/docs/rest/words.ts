import type { Both } from '../../i18n/language.tsx';
import type { Limit } from './schema.ts';

export const words = {
  title: ['REST API', 'REST API'],
  machine: ['依據伺服器自己的 OpenAPI 說明產生：', 'Generated from the gateway’s own OpenAPI description: '],
  version: [(version: string) => `版本 ${version}`, (version: string) => `Version ${version}`],
  operations: ['所有操作', 'Operations'],
  linkTo: [(name: string) => `連到「${name}」的連結`, (name: string) => `Link to “${name}”`],
  alsoAt: ['也可使用', 'Also at'],

  callers: ['誰可以呼叫：', 'Who may call it: '],
  or: ['或', 'or'],
  anybody: ['任何人，不需要憑證', 'Anybody, without credentials'],
  schemes: [
    { apiKey: 'API 金鑰', apiSecret: '密鑰', accessToken: 'Access token（Bearer）' },
    { apiKey: 'API key', apiSecret: 'secret', accessToken: 'Access token (Bearer)' },
  ],

  parameters: ['參數', 'Parameters'],
  places: [
    { path: '路徑', query: '查詢字串', header: '標頭' },
    { path: 'path', query: 'query', header: 'header' },
  ],
  body: ['請求內容', 'Request body'],
  required: ['必填', 'required'],
  optional: ['可能不出現', 'may be absent'],
  example: ['範例', 'Example'],
  exampleOf: [(what: string) => `${what}範例`, (what: string) => `${what}, example`],
  requestFor: [(name: string) => `${name} 的請求`, (name: string) => `Request of ${name}`],
  answerFor: [
    (status: string, name: string) => `${name} 的 ${status} 回應`,
    (status: string, name: string) => `${status} response of ${name}`,
  ],
  answers: ['回應', 'Responses'],
  headers: ['標頭', 'Headers'],
  otherHeaders: [(count: number) => `其他標頭（${count}）`, (count: number) => `Other headers (${count})`],
  fields: ['欄位', 'Fields'],
  mediaTypes: ['媒體類型', 'Media types'],
  graphql: ['背後的 GraphQL', 'The GraphQL behind it'],
  openInGraphiql: ['在 GraphiQL 開啟', 'Open in GraphiQL'],

  credentials: ['試用憑證', 'Credentials to try with'],
  credentialsHint: [
    '只保存在此頁的記憶體中，重新整理即消失；請求不會附帶 cookie。',
    'Kept only in the memory of this page until it is reloaded; requests send no cookies.',
  ],
  noKey: ['還沒有金鑰？', 'No key yet?'],
  makeKey: ['建立一組金鑰', 'Create one'],
  key: ['API 金鑰（X-API-Key）', 'API key (X-API-Key)'],
  secret: ['密鑰（X-API-Secret）', 'Secret (X-API-Secret)'],
  token: ['Access token', 'Access token'],
  tokenHint: ['由 /login 取得。', 'Returned by /login.'],

  tryIt: ['試試看', 'Try it'],
  send: ['送出請求', 'Send'],
  notGiven: ['不指定', 'not given'],
  json: ['請求內容（JSON）', 'Request body (JSON)'],
  notJson: ['這不是有效的 JSON，伺服器會拒絕。', 'This is not valid JSON: the gateway will refuse it.'],
  changes: ['這會真的變更資料。', 'This really changes data.'],
  curl: ['同一個請求的 curl 指令', 'The same as curl'],
  answer: ['收到的回應', 'Response'],
  took: [
    (status: string, ms: number) => `${status}，${ms} 毫秒`,
    (status: string, ms: number) => `${status} in ${ms} ms`,
  ],
  answerBody: ['回應內容', 'Body'],
  emptyBody: ['沒有內容。', 'It has no body.'],
  useToken: ['使用這個 token', 'Use this token'],
  tokenUsed: ['已採用這個 token，接下來的請求都會使用。', 'This token is used from now on.'],
  limited: ['請求太多', 'Too many requests'],
} satisfies Record<string, Both<unknown>>;

/** What a value must keep to, in words. */
export function limitWords(limit: Limit): Both {
  switch (limit.kind) {
    case 'length':
      return [`${between(limit, '至多', '至少')} 個字元`, `${between(limit, 'at most', 'at least')} characters`];
    case 'range':
      return [between(limit, '至多', '至少'), between(limit, 'at most', 'at least')];
    case 'format':
      return [`格式 ${limit.value}`, `format ${limit.value}`];
    case 'default':
      return [`預設 ${limit.value}`, `default ${limit.value}`];
    case 'always':
      return [`固定為 ${limit.value}`, `always ${limit.value}`];
    case 'values':
      return [`可用值：${limit.values.join('、')}`, `one of ${limit.values.join(', ')}`];
  }
}

function between({ min, max }: { min: number | null; max: number | null }, most: string, least: string): string {
  if (min === null) return `${most} ${max}`;
  return max === null ? `${least} ${min}` : `${min} – ${max}`;
}
