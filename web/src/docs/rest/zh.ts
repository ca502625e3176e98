/** The texts of the OpenAPI description in Traditional Chinese, by paragraph in English. */
export const zh: Readonly<Record<string, string>> = {
  // Operations
  "Jobs that the key's owner may see, newest first": '金鑰擁有者看得到的工作，由新到舊',
  '`pagination.nextCursor` and the header `Link` lead to the next page.':
    '下一頁由 `pagination.nextCursor` 或標頭 `Link` 取得。',
  'Posts a job, published at once': '刊登一份工作，立即公開',
  'One job in full': '一份工作的完整內容',
  'Changes a job; what is not sent stays as it is': '修改工作；未傳送的欄位維持原狀',
  'Calls a job off before its work begins': '在工作開始前取消',
  'Signs in': '登入',
  'The refresh token stays the same for the whole session. Where the second factor is on, the answer without `code` is SECOND_FACTOR_REQUIRED: send the same again with it.':
    '同一次登入期間，refresh token 不會改變。若已開啟兩步驟驗證，未附 `code` 時會回覆 SECOND_FACTOR_REQUIRED：請附上驗證碼再送一次相同的請求。',
  'Ends the session': '登出',
  'Its access and refresh tokens stop at once.': '此次登入的 access token 與 refresh token 立即失效。',
  'Gets a new access token': '換發新的 access token',
  'The session must have begun at `/login`; its refresh token stays the same.':
    '只適用於由 `/login` 開始的登入；refresh token 維持不變。',
  'Makes an account and mails a confirmation link': '建立帳號並寄出驗證信',
  'The account can sign in once the link was followed.': '點過信中的連結後即可登入。',
  'The signed-in user': '目前登入的使用者',
  'Confirms an e-mail address with the token from the mail': '以信中的 token 驗證電子郵件地址',
  'May be repeated while the token lives. Browsers are shown a page.':
    'Token 有效期間可重複呼叫。以瀏覽器開啟時會顯示網頁。',

  // Parameters and bodies
  'Number of the job.': '工作編號。',
  'The city, in any spelling: 台北市, 臺北, Taipei City. 新竹 and 嘉義 alone mean city and county.':
    '縣市，任何寫法皆可：台北市、臺北、Taipei City。只寫「新竹」或「嘉義」時，包含縣與市。',
  'Words that all have to be in the title or in the description: Chinese anywhere, other words and\nnumbers from their beginning, whatever their case, width, and 台 or 臺.':
    '必須全部出現在標題或說明中的字詞：中文可在任何位置，其他文字與數字須從開頭相符；不分大小寫、全形半形與「台」「臺」。',
  'Estimated amount in whole TWD, at least.': '報酬的下限，以新台幣元為單位。',
  'Estimated amount in whole TWD, at most.': '報酬的上限，以新台幣元為單位。',
  'To be done at this time or later; jobs without a time are left out.': '預定時間在此時或之後；未訂時間的工作不列入。',
  'To be done before this time; jobs without a time are left out.': '預定時間在此時之前；未訂時間的工作不列入。',
  'Slug of a job type, such as `cleaning`.': '工作類型代號，例如 `cleaning`。',
  'Only jobs in this state.': '只列出此狀態的工作。',
  'Jobs on a page.': '每頁的工作數。',
  'The `pagination.nextCursor` of the page before.': '前一頁的 `pagination.nextCursor`。',
  'The street address of the work; only the owner, the assignee and administrators see it.':
    '工作地點的門牌地址；只有發案者、幫手與管理員看得到。',
  'The city, such as 台北市.': '縣市，例如台北市。',
  'What is to be done, in full.': '工作內容的完整說明。',
  'What you expect to pay, in whole TWD.': '提供的報酬，以新台幣元為單位，不含小數。',
  'Until when applications are taken; in the future, within ten years.': '應徵截止時間；須為十年之內的未來時間。',
  'Until when applications are taken; null takes it away.': '應徵截止時間；傳送 null 即可清除。',
  'When the work is to be done; in the future, within ten years.': '預定的工作時間；須為十年之內的未來時間。',
  'When the work is to be done; null takes it away.': '預定的工作時間；傳送 null 即可清除。',
  'Slug of a kind of work, such as `general`; a refusal names all of them.':
    '工作類型代號，例如 `general`；代號不正確時，錯誤訊息會列出所有可用的代號。',
  'What is to be done, in one line.': '一行說明要做的事。',
  'Refuse with CONFLICT if the job has another version by now.': '若工作的版本已不是此值，則以 CONFLICT 拒絕。',
  'Where the second factor is on: a code of the authenticator app, or a recovery code.':
    '開啟兩步驟驗證時填寫：驗證器 App 的驗證碼，或一組復原碼。',
  'The address of the account.': '帳號的電子郵件地址。',
  'The password of the account.': '帳號的密碼。',
  'The refresh token of the session; left out by pages that are signed in with cookies.':
    '登入時取得的 refresh token；以 cookie 登入的網頁不必填寫。',
  'Where the confirmation link is mailed to.': '驗證信會寄到這個地址。',
  '`name` is required, under this name or as `fullName`.': '姓名為必填，可用 `name` 或 `fullName` 傳送。',
  'Another name of `name`; two that differ are refused.': '`name` 的別名；兩者若不一致會被拒絕。',
  'The name that others see.': '其他人看到的名字。',
  '8 to 256 characters of any kind.': '8 到 256 個字元，種類不限。',
  '6 to 20 digits.': '6 到 20 位數字。',
  'The token in the mailed link.': '信中連結所帶的 token。',

  // Answers
  OK: '成功',
  Created: '已建立',
  'The street address of the work; for the owner, the assignee and administrators, null for others.':
    '工作地點的門牌地址；只有發案者、幫手與管理員看得到，其他人看到的是 null。',
  "The district, in any spelling: 大安區, Da'an, 台北市大安區; without `city`, those of this name in all cities.":
    "行政區，任何寫法皆可：大安區、Da'an、台北市大安區；未指定 `city` 時，包含所有縣市的同名行政區。",
  'The district of that city, in any spelling; read from the address if it is not named.':
    '該縣市的行政區，任何寫法皆可；未填時由地址判斷。',
  'The city, as its owner wrote it.': '縣市，寫法與發案者所填相同。',
  'When the job was posted.': '刊登時間。',
  'What owner and assignee agreed on, in whole TWD: what was offered, else what was expected. For both of them and\nadministrators, null for others and before anybody was accepted.':
    '雙方談定的金額，以新台幣元為單位，不含小數：應徵者的報價，未報價時為刊登的報酬。只有發案者、幫手與管理員看得到；對其他人以及選定應徵者之前為 null。',
  'What the owner expects to pay, in whole TWD.': '發案者提供的報酬，以新台幣元為單位，不含小數。',
  'Until when applications are taken.': '應徵截止時間。',
  'The number that the REST API knows the job by.': 'REST API 使用的工作編號。',
  "Slug of the job's type; `jobTypes` has the labels.": '工作類型代號；名稱可由 GraphQL 的 `jobTypes` 查詢。',
  'Who posted the job.': '刊登工作的人。',
  'Global id, such as `user_123456`.': '全域識別碼，例如 `user_123456`。',
  'The name that others see; empty if the account was deleted.': '其他人看到的名字；帳號已刪除時為空字串。',
  'When the work is to be done.': '預定的工作時間。',
  'Where the job is in its life.': '工作目前的狀態。',
  'What is to be done, in one line; empty once the account of its owner was erased.':
    '一行說明要做的事；發案者的帳號資料清除後為空字串。',
  'When the job changed last.': '工作最後一次變更的時間。',
  'Counts the changes, from 1; `updateJob` can insist on it.':
    '版本號碼，從 1 起算，每次變更加 1；`updateJob` 可要求版本相符。',
  'Since when the account exists.': '帳號建立的時間。',
  'Seen by the person, administrators, and the partner of an assigned job; else null.':
    '本人、管理員與已媒合工作的另一方可見；其他人看到的是 null。',
  'Whether the e-mail address is confirmed; seen by the person and administrators.':
    '電子郵件地址是否已驗證；本人與管理員可見。',
  'When the account changed last; seen by the person and administrators.': '帳號最後一次變更的時間；本人與管理員可見。',
  'The items of the page.': '本頁的項目。',
  'Where the page stands in its list.': '本頁在整個清單中的位置。',
  'When paginating forwards, are there more items?': '往後翻頁時，是否還有更多項目。',
  'When paginating forwards, the cursor to continue.': '往後翻頁時，用來取得下一頁的游標。',
  'Seconds that the access token lives.': 'Access token 的有效秒數。',
  'Keeps the session alive; null for pages that asked for cookies.':
    '用來延續登入；要求使用 cookie 的網頁得到的是 null。',
  'Access token, for `Authorization: Bearer`; null for pages that asked for cookies.':
    'Access token，用於 `Authorization: Bearer`；要求使用 cookie 的網頁得到的是 null。',
  'New access token; null for pages that use cookies.': '新的 access token；使用 cookie 的網頁得到的是 null。',
  'Who signed in.': '登入的使用者。',

  // States of a job
  'The life of a job: draft → published → assigned → `in_progress` → completed; or cancelled or expired.':
    '工作的歷程：draft → published → assigned → `in_progress` → completed；或是 cancelled、expired。',
  'Only its owner sees it.': '草稿，只有發案者看得到。',
  'On hold while the account of its owner is stopped: applicants still see it, and nobody may apply.':
    '發案者的帳號停用期間暫停：應徵者仍看得到，但不能應徵。',
  'Everybody sees it and may apply.': '已公開，所有人都看得到，也可以應徵。',
  'An applicant was accepted.': '已選定一位應徵者。',
  'The work has begun.': '工作已開始進行。',
  'The work is done: the owner has confirmed it, or did not answer for three days.':
    '工作已完成：發案者已確認，或三天內沒有回覆。',
  'It was called off.': '工作已取消。',
  'Its time was over before anyone was accepted.': '在選定應徵者之前已過截止時間。',

  // Errors
  'The input or a variable of a GraphQL request is malformed, of a wrong type or breaks a limit; the message names each place.':
    '輸入內容或 GraphQL 請求的變數格式有誤、型別不符或超出限制；訊息會指出每一處。',
  'Credentials are missing or invalid.': '未提供憑證，或憑證無效。',
  'The e-mail address or the password is wrong.': '電子郵件地址或密碼錯誤。',
  'The token was valid and has expired; refresh it or sign in again.': 'Token 曾經有效但已過期；請換發或重新登入。',
  'The password is right; a one-time code is needed as well.': '密碼正確，但還需要一次性驗證碼。',
  'The password is right, but the e-mail address is not confirmed yet.': '密碼正確，但電子郵件地址尚未驗證。',
  'The caller is known and may not do this.': '呼叫者的身分已確認，但無權執行此操作。',
  'There is no such thing, or the caller may not know of it.': '沒有這項資料，或呼叫者無權得知。',
  'There is no such user.': '沒有這位使用者。',
  'The request body did not end in time.': '請求內容未在時限內傳送完畢。',
  'An account with this e-mail address exists.': '此電子郵件地址已有帳號。',
  'The current state does not allow this; the message names the state.':
    '目前的狀態不允許此操作；訊息會指出目前的狀態。',
  'The request body is larger than allowed.': '請求內容超過允許的大小。',
  'The request body is not of a supported media type.': '不支援請求內容的媒體類型。',
  'A request limit is used up; `Retry-After` says when to try again.':
    '請求額度已用完；`Retry-After` 會告知何時可以再試。',
  'The gateway failed; the request id leads to its log.': '伺服器發生錯誤；可用請求識別碼查詢紀錄。',
  'The gateway cannot answer at the moment; try again.': '伺服器暫時無法回應；請稍後再試。',
  'The answer would be larger than 10 MB; ask for less.': '回應內容會超過 10 MB；請減少查詢的資料。',

  'What is wrong, for people.': '給人看的錯誤說明。',
  'What is wrong, for programs.': '給程式判斷的錯誤代碼。',

  // Headers
  'The next page (RFC 8288), if any.': '下一頁的位址（RFC 8288），沒有下一頁時不會出現。',
  'What is left of each limit: `r` requests, all again in `t` seconds.':
    '各項限制的剩餘額度：還有 `r` 次，`t` 秒後全部恢復。',
  'Each limit that counts the request: `q` requests in `w` seconds.': '計入此請求的各項限制：`w` 秒內 `q` 次。',
  'Seconds to wait before the next attempt.': '再次嘗試前須等待的秒數。',
  'When the API key is refused, if it has 14 days or less left.': 'API 金鑰的到期時間；剩餘 14 天以內才會出現。',
  'Requests that a period has.': '每個週期的請求額度。',
  'Requests that are left.': '剩餘的請求次數。',
  'When all requests are there again, in Unix seconds.': '額度全部恢復的時間，以 Unix 秒數表示。',
  'Names the request in the log.': '此請求在紀錄中的識別碼。',

  // Credentials
  'The `token` that `/login` and `/refresh` answer.': '`/login` 與 `/refresh` 回覆的 `token`。',
  'The key; goes with its secret.': 'API 金鑰，須與密鑰一併使用。',
  'The secret, shown once when the key was made.': '密鑰，只在建立金鑰時顯示一次。',
};
