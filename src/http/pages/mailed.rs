//! The pages behind mailed links. Each only acts when its form is submitted, so that a mail scanner
//! that follows the link changes nothing.

mod words;

use std::sync::Arc;

use async_graphql::Variables;
use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::Response,
    routing::{MethodRouter, get},
};
use serde_json::json;

pub(in crate::http) use self::words::{CONFIRM_EMAIL, REJECT, RESET, UNSUBSCRIBE};
use crate::{
    error::{Error, ErrorCode},
    graphql::{Caller, Door, Operation, Outcome},
    http::{
        Gateway,
        pages::page::{self, Both, Foot, Form, Password, Reader, Way},
        reply,
    },
    language::Language,
};

/// A page and the action of its button.
pub(in crate::http) struct Mailed {
    /// A mutation with `$token` and, if the page asks for one, `$password`.
    mutation: &'static str,
    asks_password: bool,
    title: Both<'static>,
    text: Both<'static>,
    label: Both<'static>,
    /// Title, text and next step after success.
    done: (Both<'static>, Both<'static>, Foot<'static>),
    failed: Both<'static>,
    /// Where to go on after a failure.
    otherwise: &'static [Way],
}

/// The submitted form.
struct Sent {
    token: String,
    password: String,
}

/// GET shows the form, POST submits it.
pub(in crate::http) fn routes(page: &'static Mailed) -> MethodRouter<Arc<Gateway>> {
    get(move |State(gateway): State<Arc<Gateway>>, request: Request| async move {
        let sent = Sent::parse(request.uri().query().unwrap_or_default().as_bytes());
        page.ask(gateway.reader(request.headers()), StatusCode::OK, &sent.token, None)
    })
    .post(move |State(gateway), request| act(page, gateway, request))
}

async fn act(page: &'static Mailed, gateway: Arc<Gateway>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let reader = gateway.reader(&parts.headers);
    let caller = Caller::unknown(gateway.client(&parts), Door::Auth);
    let body = match gateway.engine.check_quota(&caller, None).await {
        Ok(()) => gateway.read(&parts.headers, &caller.client, body).await,
        Err(error) => Err(error),
    };
    let mut sent = Sent::parse(body.as_deref().unwrap_or_default());
    if sent.token.is_empty() {
        // A mail program's own button posts to the link as it is (RFC 8058).
        sent.token = Sent::parse(parts.uri.query().unwrap_or_default().as_bytes()).token;
    }
    let outcome = match body {
        Err(error) => gateway.engine.refuse(&caller, error, reader.language).await,
        Ok(_) => run(page, &gateway, caller, reader.language, &sent).await,
    };
    page.answer(reader, &sent, &outcome)
}

async fn run(
    page: &Mailed,
    gateway: &Gateway,
    caller: Caller,
    language: Language,
    sent: &Sent,
) -> Outcome {
    let engine = &gateway.engine;
    let variables = if page.asks_password {
        json!({ "token": sent.token, "password": sent.password })
    } else {
        json!({ "token": sent.token })
    };
    match engine.gate().admit(page.mutation) {
        Err(error) => engine.refuse(&caller, error, language).await,
        Ok(document) => {
            let variables = Variables::from_json(variables);
            let operation =
                Operation { name: None, variables, caller, language, queries_only: false };
            engine.run(&document, operation).await
        }
    }
}

impl Sent {
    /// Missing fields count as empty, which is never a valid token or password.
    fn parse(text: &[u8]) -> Self {
        let field = |wanted: &str| {
            let mut fields = url::form_urlencoded::parse(text);
            let found = fields.find(|(name, _)| name == wanted);
            found.map(|(_, value)| value.into_owned()).unwrap_or_default()
        };
        Self { token: field("token"), password: field("password") }
    }
}

impl Mailed {
    fn ask(
        &self,
        reader: Reader<'_>,
        status: StatusCode,
        token: &str,
        problem: Option<String>,
    ) -> Response {
        let password = self.asks_password.then_some(Password { problem });
        let form = Foot::Form(Form { token, label: self.label, password });
        page::render(reader, status, self.title, self.text, &form)
    }

    fn answer(&self, reader: Reader<'_>, sent: &Sent, outcome: &Outcome) -> Response {
        let error = outcome.problems.first().map(|problem| &problem.error);
        let mut response = match error {
            None => page::render(reader, StatusCode::OK, self.done.0, self.done.1, &self.done.2),
            Some(error) => match wrong_password(error, reader.language) {
                Some(problem) => {
                    self.ask(reader, error.code().status(), &sent.token, Some(problem))
                }
                None => refused(reader, self.failed, error, self.otherwise),
            },
        };
        reply::limits(response.headers_mut(), outcome.standing, error);
        response
    }
}

/// The problem of the new password, if that is the error.
fn wrong_password(error: &Error, language: Language) -> Option<String> {
    let field = error.fields()?.iter().find(|field| field.path == "password")?;
    let message = field.message(language);
    Some(match language {
        Language::ZhTw => format!("新密碼{message}。"),
        Language::En => format!("The new password {message}."),
    })
}

/// A page that says why a link did not work, and where to go on.
pub(in crate::http) fn refused(
    reader: Reader<'_>,
    title: Both<'_>,
    error: &Error,
    ways: &[Way],
) -> Response {
    let (zh, en) = (error.message(Language::ZhTw), error.message(Language::En));
    let text = match error.code() {
        ErrorCode::InvalidRequest => words::INVALID,
        ErrorCode::TokenExpired => words::EXPIRED,
        _ => (zh.as_str(), en.as_str()),
    };
    page::render(reader, error.code().status(), title, text, &Foot::Ways(ways))
}
