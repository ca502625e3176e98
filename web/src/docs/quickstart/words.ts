import { limits } from '../../graphql/limits.ts';
import type { Both } from '../../i18n/language.tsx';

const { password } = limits.RegisterInput;
const { first } = limits['Query.jobs'];

export const words = {
  lead: [
    '找幫手是一個打工媒合平台：刊登工作、應徵、媒合、完工。同一份資料有兩種存取方式：**REST**（`/api/*` 使用 API 金鑰；`/login` 等路徑處理帳號）與 **GraphQL**（`/graphql`，包含即時訂閱）。複製下面的程式，把 `YOUR_…` 換成您自己的值，就能執行。',
    'Find-helper is a marketplace for gig jobs: post a job, apply, assign, complete. There are two ways to use the same data: **REST** (`/api/*` with an API key; `/login` and similar routes for accounts) and **GraphQL** (`/graphql`, with live subscriptions). Copy any program below, replace `YOUR_…` with your own values, and run it.',
  ],
  first: ['第一次呼叫', 'The first call'],
  firstText: [
    '公開的工作任何人都能讀取，不需要帳號。把這段貼到終端機：',
    'Anyone can read published jobs without an account. Paste this into a terminal:',
  ],
  firstMore: [
    '`data` 是您查詢的欄位；`extensions.cost` 說明這次查詢的成本，詳見[使用限制](/docs/limits)。也可以在 [GraphiQL](/graphql) 裡邊打邊試。',
    '`data` contains the fields you asked for; `extensions.cost` is the cost of the query, see [Limits](/docs/limits). You can also write queries interactively in [GraphiQL](/graphql).',
  ],
  rest: ['REST：用 API 金鑰', 'REST with an API key'],
  restText: [
    '1. [註冊帳號](/app/register)，並點開驗證信裡的連結。\n\n2. [建立 API 金鑰](/app/developer/keys/new)。密鑰只顯示一次，請存放在安全的地方。\n\n3. 每次請求都帶上 `X-API-Key` 與 `X-API-Secret` 兩個標頭。金鑰只該放在伺服器上，不要放進網頁或手機 App。',
    '1. [Register](/app/register) and follow the link in the mail.\n\n2. [Create an API key](/app/developer/keys/new). Its secret is shown only once: keep it in a safe place.\n\n3. Send `X-API-Key` and `X-API-Secret` with each request. Keep the key on a server; never put it into a web page or a mobile app.',
  ],
  list: ['列出工作', 'List jobs'],
  listText: [
    '`city`、`jobType`、`status` 用來篩選，`limit` 是每頁筆數（1–100，預設 20）。下一頁：把 `pagination.nextCursor` 放進 `cursor`。',
    '`city`, `jobType` and `status` filter the list; `limit` is the page size (1–100, 20 by default). For the next page, send `pagination.nextCursor` as `cursor`.',
  ],
  post: ['刊登工作', 'Post a job'],
  postText: [
    '工作會立即公開，成功時回應 `201`。`jobType` 的所有代碼可用 GraphQL 的 `{ jobTypes { slug labelZh } }` 查詢；金額是新台幣整數。',
    'The job is published immediately, and the status is `201`. GraphQL lists the values of `jobType`: `{ jobTypes { slug labelEn } }`. Amounts are whole New Taiwan dollars.',
  ],
  handle: ['處理錯誤與限制', 'Errors and limits'],
  handleText: [
    '失敗時 `success` 是 `false`，`error.code` 是[固定的代碼](/docs/errors)，程式請依代碼判斷，不要比對訊息文字。`X-RateLimit-Remaining` 是剩餘次數；收到 `429` 或 `503` 時，等 `Retry-After` 秒後再試。',
    'On failure `success` is `false` and `error.code` is [one of the codes](/docs/errors): check the code in your program, never the message. `X-RateLimit-Remaining` is the number of requests left; after a `429` or `503`, wait for `Retry-After` seconds before you retry.',
  ],
  auth: ['帳號 API', 'The auth API'],
  authText: [
    '讓您的程式代替使用者註冊與登入。每個路徑也可以加上 `/auth` 前綴。',
    'For programs whose users register and sign in. Each path is also available under `/auth`.',
  ],
  register: ['註冊', 'Register'],
  registerText: [
    `系統會寄出驗證信；點開信中的連結之前無法登入。密碼為 ${password.minLength} 到 ${password.maxLength} 個字元，容易猜到的會被拒絕。`,
    `The gateway mails a confirmation link; users can sign in once they have followed it. A password has ${password.minLength} to ${password.maxLength} characters and must not be easy to guess.`,
  ],
  login: ['登入', 'Sign in'],
  loginText: [
    '`token` 的有效期是 24 小時，放在 `Authorization: Bearer` 標頭，REST 與 GraphQL 都適用。`refresh_token` 用來換新的 `token`。',
    '`token` is valid for 24 hours. Send it as `Authorization: Bearer`, in REST and GraphQL. Use `refresh_token` to get a new one.',
  ],
  user: ['目前的使用者', 'Who is signed in'],
  refresh: ['換新 token', 'Refresh the token'],
  refreshText: [
    '收到 `TOKEN_EXPIRED` 時，用 `refresh_token` 換一個新的 `token`。14 天沒有使用、或登入滿 30 天，就要重新登入。',
    'After `TOKEN_EXPIRED`, use `refresh_token` to get a new `token`. After 14 days without use, or 30 days in total, the user must sign in again.',
  ],
  logout: ['登出', 'Sign out'],
  logoutText: ['結束這次登入，它的所有 token 立即失效。', 'Ends the session; all its tokens stop working immediately.'],
  graphql: ['GraphQL', 'GraphQL'],
  graphqlText: [
    '所有操作都是對 `/graphql` 的 POST。用什麼身分呼叫，就帶什麼憑證：`X-API-Key` 與 `X-API-Secret`，或 `Authorization: Bearer`，或都不帶（訪客）。所有型別與欄位都在 [GraphQL 參考](/docs/graphql)。',
    'Every operation is a POST to `/graphql`. Send the credentials of whoever should be the caller: `X-API-Key` and `X-API-Secret`, or `Authorization: Bearer`, or none for a visitor. All types and fields are in the [GraphQL reference](/docs/graphql).',
  ],
  query: ['查詢', 'A query'],
  queryText: ['值請放在 `variables`，不要拼進查詢文字。', 'Put values into `variables`, not into the query text.'],
  mutation: ['變更', 'A mutation'],
  mutationText: [
    '`publish: true` 立即公開；不帶的話，工作先存成草稿，之後再用 `publishJob` 公開。',
    '`publish: true` publishes the job immediately; without it the job is a draft until you call `publishJob`.',
  ],
  pages: ['分頁', 'Page by page'],
  pagesText: [
    '每個清單都用游標分頁：`first` 是筆數（最多 ' +
      first.max +
      '），`after` 放前一頁的 `endCursor`。翻頁期間有新資料，也不會重複或遺漏。',
    'Every list uses cursors: `first` is the page size (at most ' +
      first.max +
      '), `after` the `endCursor` of the previous page. New data between two pages causes neither duplicates nor gaps.',
  ],
  live: ['即時訂閱', 'Live events'],
  liveText: [
    '不必輪詢：工作一有變化，本服務就會告訴您。斷線後帶著最後一個游標（`cursor`）重新連線，就能不重複、不遺漏地接續：SSE 用 `Last-Event-ID` 標頭，WebSocket 用 `extensions.resumeToken`，或用 `jobEvents` 的 `after` 參數。',
    'No need to poll: the gateway reports changes of jobs as they happen. Send the last `cursor` when you reconnect, and you get every later event exactly once: as the header `Last-Event-ID` for SSE, as `extensions.resumeToken` for WebSocket, or as the argument `after` of `jobEvents`.',
  ],
  events: ['Server-Sent Events', 'Server-sent events'],
  eventsText: [
    '最簡單的方式，不需要任何套件。程式會一直等待；請在另一個終端機刊登工作。',
    'The simplest way; no library is needed. The program listens until you stop it; post a job in another terminal.',
  ],
  socket: ['WebSocket', 'WebSocket'],
  socketText: [
    '子協定是 `graphql-transport-ws`，使用 `graphql-ws` 套件即可，斷線時會自動重連。憑證放在 `connectionParams`。',
    'The subprotocol is `graphql-transport-ws`. The package `graphql-ws` supports it and reconnects automatically. Put credentials into `connectionParams`.',
  ],
  factor: ['兩步驟驗證', 'The second factor'],
  factorText: [
    '使用者開啟兩步驟驗證後，光有密碼會得到 `SECOND_FACTOR_REQUIRED`；此時請向使用者要驗證碼，再登入一次。',
    'If the user’s second factor is on, the password alone gets `SECOND_FACTOR_REQUIRED`: ask the user for a code and sign in again with it.',
  ],
  enroll: ['取得密鑰', 'Get a secret'],
  enrollText: [
    '把 `uri` 顯示成 QR code，或讓使用者在驗證 App 裡輸入 `secret`。',
    'Show `uri` as a QR code, or let the user type `secret` into the authenticator app.',
  ],
  confirm: ['用第一個驗證碼開啟', 'Turn it on with a first code'],
  confirmText: [
    '復原碼只顯示這一次：沒有手機時，每個可以代替驗證碼使用一次。',
    'The recovery codes are only shown this time. Without the phone, each can replace a code once.',
  ],
  code: ['帶驗證碼登入', 'Sign in with a code'],
  codeText: [
    '每個驗證碼只能使用一次。GraphQL 的 `login` 同樣有 `code` 欄位。',
    'Each code works once. `login` in GraphQL has the field `code` too.',
  ],
} satisfies Record<string, Both>;
