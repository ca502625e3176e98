/// A thing that may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noun {
    Job,
    Application,
    Review,
    User,
    ApiKey,
    Session,
    TrustedQuery,
    Route,
}

impl Noun {
    /// What messages call it, in Chinese and in English.
    pub(super) fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Job => ("工作", "Job"),
            Self::Application => ("應徵", "Application"),
            Self::Review => ("評價", "Review"),
            Self::User => ("用戶", "User"),
            Self::ApiKey => ("API 金鑰", "API key"),
            Self::Session => ("登入裝置", "Session"),
            Self::TrustedQuery => ("預先登錄的查詢", "Trusted query"),
            Self::Route => ("路徑", "Route"),
        }
    }
}
