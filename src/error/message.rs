//! All error messages, in both languages.

use super::{Conflict, Error, FieldErrors, Malformed, Noun, document::joined};
use crate::language::Language;

/// Clients match this exact text in order to send the document, so it is the same in all languages.
const PERSISTED_QUERY_NOT_FOUND: &str = "PersistedQueryNotFound";
const PERSISTED_QUERY_NOT_SUPPORTED: &str = "PersistedQueryNotSupported";

impl Error {
    /// The message for clients, as the REST contract words it where it does.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        match language {
            Language::ZhTw => self.zh_tw(),
            Language::En => self.en(),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Invalid(fields) => {
                listed("Invalid request", ": ", "; ", " ", fields, Language::En)
            }
            Self::Malformed(reason) => reason.en().into(),
            Self::DocumentSyntax(problems) | Self::DocumentInvalid(problems) => {
                joined(problems, "; ")
            }
            Self::DocumentTooComplex { what, limit } => {
                format!("The document exceeds the limit of {limit} for {what}")
            }
            Self::PersistedQueryNotFound => PERSISTED_QUERY_NOT_FOUND.into(),
            Self::PersistedQueryNotSupported => PERSISTED_QUERY_NOT_SUPPORTED.into(),
            Self::DocumentNotTrusted => "Only trusted documents may run here".into(),
            Self::Unauthenticated => "Authentication required or credentials invalid".into(),
            Self::InvalidApiKey => "Invalid API credentials".into(),
            Self::InvalidCredentials => "Wrong e-mail address or password".into(),
            Self::TokenExpired => "The token has expired; refresh it or sign in again".into(),
            Self::SecondFactorRequired => {
                "A code of your authenticator app, or a recovery code, is needed as well".into()
            }
            Self::EmailNotVerified => "The e-mail address is not verified yet".into(),
            Self::Forbidden => "You may not access this resource".into(),
            Self::CrossSite => {
                "Cookies are taken from pages of this site only, and no such page asks".into()
            }
            Self::MissingScope(scope) => format!("The API key lacks the scope {scope}"),
            Self::NotFound(noun) => format!("{} not found", noun.names().1),
            Self::EmailExists => "The e-mail address is already registered".into(),
            Self::Conflict(conflict) => conflict.en(),
            Self::MethodNotAllowed => "Method not allowed".into(),
            Self::NotAcceptable => "None of the accepted media types can be produced".into(),
            Self::RequestTimeout => "The request body did not end in time".into(),
            Self::PayloadTooLarge { max_bytes } => {
                format!("The request body is larger than {max_bytes} bytes")
            }
            Self::UnsupportedMediaType => "The request body must be JSON (application/json)".into(),
            Self::ResponseTooLarge => "The answer would be larger than 10 MB; ask for less".into(),
            Self::RateLimited { retry_after } => {
                format!("Too many requests; try again in {} s", whole_seconds(*retry_after))
            }
            Self::Unavailable { .. } => "Temporarily unavailable; please try again".into(),
            Self::Internal(_) => "Internal server error".into(),
        }
    }

    fn zh_tw(&self) -> String {
        match self {
            Self::Invalid(fields) => listed("請求參數無效", ":", ";", " ", fields, Language::ZhTw),
            Self::Malformed(reason) => reason.zh_tw().into(),
            Self::DocumentSyntax(problems) => {
                format!("GraphQL 文件語法錯誤:{}", joined(problems, ";"))
            }
            Self::DocumentInvalid(problems) => {
                format!("GraphQL 文件不符合結構描述:{}", joined(problems, ";"))
            }
            Self::DocumentTooComplex { what, limit } => {
                format!("文件超過限制:{what} 上限為 {limit}")
            }
            Self::PersistedQueryNotFound => PERSISTED_QUERY_NOT_FOUND.into(),
            Self::PersistedQueryNotSupported => PERSISTED_QUERY_NOT_SUPPORTED.into(),
            Self::DocumentNotTrusted => "此處只能執行預先登錄的 GraphQL 查詢".into(),
            Self::Unauthenticated => "未提供認證憑證或憑證無效".into(),
            Self::InvalidApiKey => "API 金鑰無效或已過期".into(),
            Self::InvalidCredentials => "電子郵件或密碼錯誤".into(),
            Self::TokenExpired => "Token 已過期,請刷新或重新登入".into(),
            Self::SecondFactorRequired => "還需要驗證器 App 的驗證碼，或一組復原碼".into(),
            Self::EmailNotVerified => "電子郵件尚未驗證".into(),
            Self::Forbidden => "沒有權限存取此資源".into(),
            Self::CrossSite => "Cookie 僅限本網站的網頁使用".into(),
            Self::MissingScope(scope) => format!("API 金鑰缺少權限範圍 {scope}"),
            Self::NotFound(Noun::User) => "用戶不存在".into(),
            Self::NotFound(noun) => format!("找不到指定的{}", noun.names().0),
            Self::EmailExists => "電子郵件已被註冊".into(),
            Self::Conflict(conflict) => conflict.zh_tw(),
            Self::MethodNotAllowed => "不支援此請求方法".into(),
            Self::NotAcceptable => "無法產生所要求的媒體類型".into(),
            Self::RequestTimeout => "請求內容未在時限內傳送完畢".into(),
            Self::PayloadTooLarge { max_bytes } => format!("請求內容超過 {max_bytes} 位元組"),
            Self::UnsupportedMediaType => "請求內容必須是 JSON(application/json)".into(),
            Self::ResponseTooLarge => "回應將超過 10 MB，請縮小查詢範圍".into(),
            Self::RateLimited { retry_after } => {
                format!("請求頻率超過限制，請於 {} 秒後再試", whole_seconds(*retry_after))
            }
            Self::Unavailable { .. } => "服務暫時無法使用，請稍後再試".into(),
            Self::Internal(_) => "伺服器內部錯誤".into(),
        }
    }
}

impl Conflict {
    fn en(self) -> String {
        match self {
            Self::JobState(state) => format!("The job is {state}, which does not allow this"),
            Self::ApplicationState(state) => {
                format!("The application is {state}, which does not allow this")
            }
            Self::JobVersion(version) => {
                format!("The job has changed in the meantime and is now at version {version}")
            }
            Self::AlreadyApplied => "You have already applied to this job".into(),
            Self::AppliedTooOften { max } => {
                format!("You have applied to this job {max} times, which is as often as one may")
            }
            Self::OwnJob => "You cannot apply to your own job".into(),
            Self::AlreadyReviewed => "You have already reviewed this job".into(),
            Self::ReviewTooLate { days } => {
                format!("Reviews are taken for {days} days after a job is completed")
            }
            Self::AlreadyReplied => "You have already replied to this review".into(),
            Self::OwnReview => "You cannot report your own review".into(),
            Self::AlreadyReported => "You have already reported this review".into(),
            Self::ReviewHidden => "The review is hidden already".into(),
            Self::AlreadyVerified => "The e-mail address is verified already".into(),
            Self::LastAdministrator => "The only administrator cannot leave".into(),
            Self::ApiKeyEnded => "The API key is revoked or has expired; make a new one".into(),
            Self::TooManyApiKeys { max } => format!("An account has at most {max} active API keys"),
            Self::SecondFactorIsOn => "The second factor is on; turn it off first".into(),
            Self::SecondFactorIsOff => "The second factor is not on".into(),
            Self::NothingToConfirm => "Enrol a second factor first; none waits for a code".into(),
        }
    }

    fn zh_tw(self) -> String {
        match self {
            Self::JobState(state) => format!("工作目前是「{}」，無法執行此操作", in_chinese(state)),
            Self::ApplicationState(state) => {
                format!("應徵目前是「{}」，無法執行此操作", in_chinese(state))
            }
            Self::JobVersion(version) => format!("工作已被更新，目前版本為 {version}"),
            Self::AlreadyApplied => "您已應徵此工作".into(),
            Self::AppliedTooOften { max } => {
                format!("您已應徵此工作 {max} 次，不能再次應徵")
            }
            Self::OwnJob => "不能應徵自己的工作".into(),
            Self::AlreadyReviewed => "您已評價此工作".into(),
            Self::ReviewTooLate { days } => format!("工作完成超過 {days} 天，不能再評價"),
            Self::AlreadyReplied => "您已回覆這則評價".into(),
            Self::OwnReview => "不能檢舉自己的評價".into(),
            Self::AlreadyReported => "您已檢舉這則評價".into(),
            Self::ReviewHidden => "這則評價已被隱藏".into(),
            Self::AlreadyVerified => "電子郵件地址已完成驗證".into(),
            Self::LastAdministrator => "唯一的管理員不能離開".into(),
            Self::ApiKeyEnded => "此 API 金鑰已停用或過期，請建立新的金鑰".into(),
            Self::TooManyApiKeys { max } => format!("每個帳號最多 {max} 組有效的 API 金鑰"),
            Self::SecondFactorIsOn => "兩步驟驗證已開啟，請先關閉".into(),
            Self::SecondFactorIsOff => "兩步驟驗證尚未開啟".into(),
            Self::NothingToConfirm => "請先開始設定兩步驟驗證，目前沒有等待驗證碼的設定".into(),
        }
    }
}

impl Malformed {
    fn en(self) -> &'static str {
        match self {
            Self::NotJson => "The request body is not valid JSON",
            Self::RepeatedName => "A JSON object of the request names a member twice",
            Self::NotAnObject => "The request body must be a JSON object",
            Self::MissingContentType => "The header Content-Type: application/json is missing",
            Self::BothCredentials => "Send either Authorization or X-API-Key, not both",
            Self::MissingQuery => "The parameter query is missing",
            Self::BatchUnsupported => "Batched requests are not supported; send one operation",
            Self::UnknownOperation => "The document has no such operation; set operationName",
            Self::TwoAuthMutations => "A document may hold at most one authentication mutation",
            Self::InvalidQueryString => "The query string is not valid",
            Self::SubscriptionNeedsStream => {
                "Subscriptions need a WebSocket or Accept: text/event-stream"
            }
            Self::InvalidUpgrade => "The request is not a valid WebSocket handshake",
        }
    }

    fn zh_tw(self) -> &'static str {
        match self {
            Self::NotJson => "請求內容不是有效的 JSON",
            Self::RepeatedName => "請求內容的 JSON 物件有重複的名稱",
            Self::NotAnObject => "請求內容必須是 JSON 物件",
            Self::MissingContentType => "缺少標頭 Content-Type: application/json",
            Self::BothCredentials => "請只使用 Authorization 或 X-API-Key 其中一種",
            Self::MissingQuery => "缺少參數 query",
            Self::BatchUnsupported => "不支援批次請求，請一次送出一個操作",
            Self::UnknownOperation => "文件中沒有這個操作，請設定 operationName",
            Self::TwoAuthMutations => "一份文件最多只能有一個認證操作",
            Self::InvalidQueryString => "查詢字串無效",
            Self::SubscriptionNeedsStream => "訂閱需要 WebSocket 或 Accept: text/event-stream",
            Self::InvalidUpgrade => "這個請求不是有效的 WebSocket 交握",
        }
    }
}

fn listed(
    head: &str,
    colon: &str,
    comma: &str,
    space: &str,
    fields: &FieldErrors,
    language: Language,
) -> String {
    let list: Vec<String> = fields
        .iter()
        .map(|field| format!("{}{space}{}", field.path, field.message(language)))
        .collect();
    format!("{head}{colon}{}", list.join(comma))
}

/// What the product calls a state of a job or of an application.
fn in_chinese(state: &'static str) -> &'static str {
    match state {
        "DRAFT" => "草稿",
        "PUBLISHED" => "徵人中",
        "PAUSED" => "暫停中",
        "ASSIGNED" => "已找到人",
        "IN_PROGRESS" => "進行中",
        "REPORTED_DONE" => "待確認完工",
        "COMPLETED" => "已完成",
        "DISPUTED" => "爭議處理中",
        "CANCELLED" => "已取消",
        "EXPIRED" => "已截止",
        "PENDING" => "待回覆",
        "ACCEPTED" => "已接受",
        "REJECTED" => "已婉拒",
        "WITHDRAWN" => "已撤回",
        "RELEASED" => "已取消媒合",
        other => other,
    }
}

/// Rounded up, so that a client that waits this long is not refused again.
pub(crate) fn whole_seconds(duration: std::time::Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}
