//! Small pages without scripts, in the reader's language first and the other one below.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{html::escape, language::Language};

/// A text in both languages: Traditional Chinese, English.
pub(in crate::http) type Both<'a> = (&'a str, &'a str);

/// What follows the text.
pub(in crate::http) enum Foot<'a> {
    Nothing,
    Form(Form<'a>),
    /// A link to the portal's sign-in page.
    SignIn,
}

/// A button that posts a token to the page's own address.
pub(in crate::http) struct Form<'a> {
    pub token: &'a str,
    pub label: Both<'a>,
    /// Also asks for a new password; then in one language only, since the form cannot be repeated.
    pub password: Option<Password>,
}

/// A field for a new password.
#[derive(Default)]
pub(in crate::http) struct Password {
    /// What was wrong with the previous one, in the reader's language.
    pub problem: Option<String>,
}

const STYLE: &str = "body{font:1.1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1.25rem;color-scheme:light dark}\
h1{font-size:1.5rem}button{font:inherit;padding:.6rem 1.2rem;border-radius:.5rem;border:1px solid;cursor:pointer}\
label{display:block;font-weight:600}input{font:inherit;box-sizing:border-box;width:100%;margin:.25rem 0;padding:.6rem;border:1px solid;border-radius:.5rem}\
small{display:block;margin-bottom:1rem}.problem{color:light-dark(#b3261e,#ffb4ab);font-weight:600}\
section+section{margin-top:2.5rem;padding-top:1rem;border-top:1px solid}";

/// The reader of a page, and the page's address.
#[derive(Clone, Copy)]
pub(in crate::http) struct Reader<'a> {
    pub language: Language,
    /// The path below which the gateway is reached.
    pub prefix: &'a str,
}

/// Renders a page with its own policy: only its style sheet is allowed, by hash.
pub(in crate::http) fn render(
    Reader { language, prefix }: Reader<'_>,
    status: StatusCode,
    title: Both<'_>,
    text: Both<'_>,
    foot: &Foot<'_>,
) -> Response {
    let section = |language: Language| {
        let foot = foot.html(language, prefix);
        let (tag, title, text) = (language.tag(), pick(title, language), pick(text, language));
        format!("<section lang=\"{tag}\"><h1>{title}</h1><p>{text}</p>{foot}</section>")
    };
    let both = match language {
        Language::ZhTw => [Language::ZhTw, Language::En],
        Language::En => [Language::En, Language::ZhTw],
    };
    let asks_password = matches!(foot, Foot::Form(Form { password: Some(_), .. }));
    let shown = if asks_password { &both[..1] } else { &both[..] };
    let body: String = shown.iter().map(|language| section(*language)).collect();
    let head = pick(title, language);
    let html = format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{head} — 找幫手</title><style>{STYLE}</style></head>\
         <body><main>{body}</main></body></html>",
        language.tag(),
    );
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, policy()),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (status, headers, html).into_response()
}

impl Foot<'_> {
    fn html(&self, language: Language, prefix: &str) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Form(form) => form.html(language),
            Self::SignIn => {
                let (address, words) = (escape(prefix) + "/app/login", ("登入", "Sign in"));
                format!("<p><a href=\"{address}\">{}</a></p>", pick(words, language))
            }
        }
    }
}

impl Form<'_> {
    /// Validation is left to the gateway, in the page's language; the browser would use its own.
    fn html(&self, language: Language) -> String {
        let (token, label) = (escape(self.token), pick(self.label, language));
        let field = self.password.as_ref().map_or_else(String::new, |field| field.html(language));
        format!(
            "<form method=\"post\" novalidate><input type=\"hidden\" name=\"token\" value=\"{token}\">\
             {field}<button>{label}</button></form>"
        )
    }
}

impl Password {
    fn html(&self, language: Language) -> String {
        let label = pick(("新密碼", "New password"), language);
        let hint =
            pick(("8 到 256 個字元，任何字元皆可。", "8 to 256 characters of any kind."), language);
        let problem = self.problem.as_deref().map_or_else(String::new, |problem| {
            format!("<p class=\"problem\" id=\"problem\" role=\"alert\">{}</p>", escape(problem))
        });
        let (invalid, described) = match self.problem {
            None => ("", "hint"),
            Some(_) => (" aria-invalid=\"true\"", "problem hint"),
        };
        format!(
            "<label for=\"password\">{label}</label>{problem}\
             <input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"new-password\" \
             required autofocus{invalid} aria-describedby=\"{described}\">\
             <small id=\"hint\">{hint}</small>"
        )
    }
}

fn pick(both: Both<'_>, language: Language) -> &str {
    match language {
        Language::ZhTw => both.0,
        Language::En => both.1,
    }
}

fn policy() -> HeaderValue {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use sha2::{Digest, Sha256};
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
}
