//! Problems of single input fields.

use crate::language::Language;

/// All problems of one input, in the order of its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors(Vec<FieldError>);

/// One problem and the path of the input field it is about, such as `title` or `input.title`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    pub path: String,
    pub problem: FieldProblem,
}

/// A closed list of problems; numbers are code points for text, else units of the field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldProblem {
    Required,
    TooShort {
        min: usize,
    },
    TooLong {
        max: usize,
    },
    OutOfRange {
        min: i64,
        max: i64,
    },
    NotOneOf {
        allowed: Vec<String>,
    },
    /// A list with more entries than allowed.
    TooMany {
        max: usize,
    },
    /// None, or more than one, of several mutually exclusive fields.
    NotExactlyOne {
        of: Vec<String>,
    },
    WrongType {
        expected: ValueType,
    },
    NotAnEmail,
    NotAPhone,
    NotATime,
    NotInTheFuture,
    TooFarAhead {
        years: u32,
    },
    NotANetwork,
    /// No district of the city, or of any city, or of several.
    NotADistrict,
    ControlCharacters,
    /// One of the most common passwords.
    CommonPassword,
    InvalidCursor,
    /// A cursor whose position in the log is too far back.
    CursorTooOld,
    InvalidId,
    InvalidToken,
    Contradicts {
        other: &'static str,
    },
    /// Another field that is not there.
    Needs {
        other: &'static str,
    },
    Unsupported,
}

/// The kind of value that a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueType {
    Integer,
    Number,
    Text,
    TextOrInteger,
    Boolean,
    Object,
}

impl ValueType {
    fn en(self) -> &'static str {
        match self {
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::Text => "a string",
            Self::TextOrInteger => "a string or an integer",
            Self::Boolean => "true or false",
            Self::Object => "an object",
        }
    }

    fn zh_tw(self) -> &'static str {
        match self {
            Self::Integer => "整數",
            Self::Number => "數字",
            Self::Text => "字串",
            Self::TextOrInteger => "字串或整數",
            Self::Boolean => " true 或 false",
            Self::Object => "物件",
        }
    }
}

impl FieldErrors {
    /// Adds a problem; all problems of one input are reported together.
    pub fn add(&mut self, path: impl Into<String>, problem: FieldProblem) {
        self.0.push(FieldError { path: path.into(), problem });
    }

    /// Returns the value of a field that parsed; adds its problem otherwise.
    pub fn check<T>(&mut self, path: &str, parsed: Result<T, FieldProblem>) -> Option<T> {
        parsed.map_err(|problem| self.add(path, problem)).ok()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &FieldError> {
        self.0.iter()
    }
}

impl FieldError {
    /// The problem as a sentence for people.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        match language {
            Language::ZhTw => self.problem.zh_tw(),
            Language::En => self.problem.en(),
        }
    }
}

impl FieldProblem {
    fn en(&self) -> String {
        match self {
            Self::Required => "is required".into(),
            Self::TooShort { min } => format!("must have at least {min} characters"),
            Self::TooLong { max } => format!("must have at most {max} characters"),
            Self::OutOfRange { min, max } => format!("must be between {min} and {max}"),
            Self::NotOneOf { allowed } => format!("must be one of: {}", allowed.join(", ")),
            Self::TooMany { max } => format!("must have at most {max} entries"),
            Self::NotExactlyOne { of } => format!("must have exactly one of: {}", of.join(", ")),
            Self::WrongType { expected } => format!("must be {}", expected.en()),
            Self::NotAnEmail => "must be an e-mail address".into(),
            Self::NotAPhone => "must be a phone number of 6 to 20 digits".into(),
            Self::NotATime => "must be an RFC 3339 time such as 2026-02-07T08:00:00Z".into(),
            Self::NotInTheFuture => "must be in the future".into(),
            Self::TooFarAhead { years } => format!("must be within {years} years from now"),
            Self::NotANetwork => "must be an IP address or a network such as 203.0.113.0/24".into(),
            Self::NotADistrict => "must be a district of the city, such as 大安區".into(),
            Self::ControlCharacters => "must not contain control characters".into(),
            Self::CommonPassword => {
                "is too common; choose one that others would not guess, such as four unrelated words"
                    .into()
            }
            Self::InvalidCursor => "is not a cursor of this list".into(),
            Self::CursorTooOld => {
                "is too old to go on from; fetch what you need and begin anew".into()
            }
            Self::InvalidId => "is not an id of this kind".into(),
            Self::InvalidToken => "is not a valid token".into(),
            Self::Contradicts { other } => format!("contradicts {other}"),
            Self::Needs { other } => format!("needs {other}"),
            Self::Unsupported => "is not supported".into(),
        }
    }

    fn zh_tw(&self) -> String {
        match self {
            Self::Required => "為必填".into(),
            Self::TooShort { min } => format!("至少需要 {min} 個字元"),
            Self::TooLong { max } => format!("最多 {max} 個字元"),
            Self::OutOfRange { min, max } => format!("必須介於 {min} 與 {max} 之間"),
            Self::NotOneOf { allowed } => format!("必須是下列其中之一：{}", allowed.join("、")),
            Self::TooMany { max } => format!("最多 {max} 項"),
            Self::NotExactlyOne { of } => format!("必須且只能提供下列其中一項：{}", of.join("、")),
            Self::WrongType { expected } => format!("型別錯誤，應為{}", expected.zh_tw()),
            Self::NotAnEmail => "必須是電子郵件地址".into(),
            Self::NotAPhone => "必須是 6 到 20 位數的電話號碼".into(),
            Self::NotATime => "必須是 RFC 3339 時間，例如 2026-02-07T08:00:00Z".into(),
            Self::NotInTheFuture => "必須是未來的時間".into(),
            Self::TooFarAhead { years } => format!("必須在 {years} 年之內"),
            Self::NotANetwork => "必須是 IP 位址或網段，例如 203.0.113.0/24".into(),
            Self::NotADistrict => "必須是該縣市的鄉鎮市區，例如大安區".into(),
            Self::ControlCharacters => "不可包含控制字元".into(),
            Self::CommonPassword => "太常見；請選擇他人不易猜到的密碼，例如四個不相關的詞".into(),
            Self::InvalidCursor => "不是此列表的游標".into(),
            Self::CursorTooOld => "游標太舊，無法接續；請重新取得資料後再開始".into(),
            Self::InvalidId => "不是有效的識別碼".into(),
            Self::InvalidToken => "不是有效的 token".into(),
            Self::Contradicts { other } => format!("與 {other} 不一致"),
            Self::Needs { other } => format!("需要同時提供 {other}"),
            Self::Unsupported => "不支援".into(),
        }
    }
}
