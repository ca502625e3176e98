//! Small pages without scripts, in the reader's language.

use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{error::Error, graphql::Problem, language::Language};

/// A text in both languages: Traditional Chinese, English.
pub(in crate::http) type Both<'a> = (&'a str, &'a str);

/// What follows the text.
pub(in crate::http) enum Foot<'a> {
    Form(Form<'a>),
    /// Where to go on, the likeliest first.
    Ways(&'a [Way]),
}

/// A link to a page of the gateway.
pub(in crate::http) struct Way {
    pub path: &'static str,
    pub label: Both<'static>,
}

pub(in crate::http) const SIGN_IN: Way = Way { path: "/app/login", label: ("登入", "Sign in") };
/// The sign-in page after an address was verified: it tells the tab that waits for it.
pub(in crate::http) const VERIFIED: Way = Way { path: "/app/login?verified", label: SIGN_IN.label };
pub(in crate::http) const HOME: Way =
    Way { path: "/", label: ("回到首頁", "Back to the home page") };

/// A button that posts a token to the page's own address.
pub(in crate::http) struct Form<'a> {
    pub token: &'a str,
    pub label: Both<'a>,
    /// Also asks for a new password.
    pub password: Option<Password>,
}

/// A field for a new password.
#[derive(Default)]
pub(in crate::http) struct Password {
    /// What was wrong with the previous one, in the reader's language.
    pub problem: Option<String>,
}

const STYLE: &str = concat!(
    include_str!("../../../web/src/ui/tokens.css"),
    include_str!("../../../templates/page.css")
);
const ICON: &str = include_str!("../../../web/src/icon.svg");

/// The reader of a page, and the page's address.
#[derive(Clone, Copy)]
pub(in crate::http) struct Reader<'a> {
    pub language: Language,
    /// The path below which the gateway is reached.
    pub prefix: &'a str,
}

/// The values of the template.
#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    reader: Reader<'a>,
    title: Both<'a>,
    text: Both<'a>,
    foot: &'a Foot<'a>,
}

/// Renders a page with its own policy: only its style sheet is allowed, by hash.
pub(in crate::http) fn render(
    reader: Reader<'_>,
    status: StatusCode,
    title: Both<'_>,
    text: Both<'_>,
    foot: &Foot<'_>,
) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, policy()),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    match (Page { reader, title, text, foot }).render() {
        Ok(html) => (status, headers, html).into_response(),
        Err(error) => {
            let problem = Problem::new(Error::internal(error), reader.language);
            (problem.code.status(), problem.message).into_response()
        }
    }
}

impl<'a> Page<'a> {
    fn t(&self, text: &Both<'a>) -> &'a str {
        self.reader.language.pick(text)
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
