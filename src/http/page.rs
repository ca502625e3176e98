//! Small pages without scripts, in the reader's language first and the other below.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::language::Language;

/// A text in both languages: Traditional Chinese, English.
pub(super) type Both<'a> = (&'a str, &'a str);

/// A button that sends a token back to the page's own address.
pub(super) struct Form<'a> {
    pub token: &'a str,
    pub label: Both<'a>,
}

const STYLE: &str = "body{font:1.1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1.25rem;color-scheme:light dark}\
h1{font-size:1.5rem}button{font:inherit;padding:.6rem 1.2rem;border-radius:.5rem;border:1px solid;cursor:pointer}\
section+section{margin-top:2.5rem;padding-top:1rem;border-top:1px solid}";

/// A page with its own policy: one style sheet, known by its hash, and nothing else.
pub(super) fn render(
    language: Language,
    status: StatusCode,
    title: Both<'_>,
    text: Both<'_>,
    form: Option<&Form<'_>>,
) -> Response {
    let section = |tag: &str, pick: fn(Both<'_>) -> &str| {
        let button = form.map_or_else(String::new, |form| {
            format!(
                "<form method=\"post\"><input type=\"hidden\" name=\"token\" value=\"{}\"><button>{}</button></form>",
                escaped(form.token),
                pick(form.label),
            )
        });
        format!(
            "<section lang=\"{tag}\"><h1>{}</h1><p>{}</p>{button}</section>",
            pick(title),
            pick(text)
        )
    };
    let (zh, en) = (section("zh-TW", |both| both.0), section("en", |both| both.1));
    let (head, body) = match language {
        Language::ZhTw => (title.0, zh + &en),
        Language::En => (title.1, en + &zh),
    };
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

fn policy() -> HeaderValue {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use sha2::{Digest, Sha256};
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
