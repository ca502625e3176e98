//! What browsers see of `/verify`, and the page behind "this was not me" in the mail.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
    response::Response,
};

use super::{Gateway, accept, page, reply};
use crate::{
    error::{Error, ErrorCode, Malformed},
    graphql::{Caller, Door, Operation, Outcome},
    language::Language,
    rest::{Answer, Endpoint},
};

const REJECT: &str = "mutation RejectRegistration($token: String!) { rejectRegistration(input: {token: $token}) { ok } }";

/// Link previews and prefetching browsers ask without a person behind them: nothing is verified.
pub(super) fn is_preview(endpoint: &Endpoint, parts: &Parts) -> bool {
    let says = |name: &str| {
        parts.headers.get(name).is_some_and(|value| value.as_bytes().starts_with(b"prefetch"))
    };
    endpoint.route.page
        && (parts.method == Method::HEAD || says("sec-purpose") || says("purpose") || says("x-moz"))
}

/// Only `/verify` looks at `Accept`: its link is opened in browsers.
pub(super) fn wants_page(endpoint: &Endpoint, parts: &Parts) -> bool {
    let accept = parts.headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    endpoint.route.page
        && accept.is_some_and(|accept| accept.contains("text/html"))
        && accept::best(accept, &["application/json", "text/html"]) == Some("text/html")
}

/// The answer of `/verify` as a page in both languages.
pub(super) fn page(headers: &HeaderMap, answer: &Answer) -> Response {
    let code = answer.problem.as_ref().map(|problem| problem.code);
    let (zh, en) = match code {
        None => (
            "您的電子郵件已完成驗證,現在可以登入了。",
            "Your e-mail address is confirmed; you can sign in now.",
        ),
        Some(ErrorCode::TokenExpired) => (
            "此連結已過期,請重新申請驗證郵件。",
            "This link has expired; please ask for a new one.",
        ),
        Some(ErrorCode::RateLimitExceeded) => {
            ("請求過於頻繁,請稍後再試。", "Too many requests; please try again later.")
        }
        Some(_) => (
            "此連結無效。請確認已完整複製郵件中的網址。",
            "This link is not valid. Please check that you have copied the whole address.",
        ),
    };
    let title = if code.is_none() {
        ("電子郵件驗證成功", "E-mail confirmed")
    } else {
        ("電子郵件驗證失敗", "E-mail not confirmed")
    };
    let mut response =
        page::render(accept::language(headers), answer.status, title, (zh, en), None);
    reply::limits(
        response.headers_mut(),
        answer.standing,
        answer.problem.as_ref().map(|p| &p.error),
    );
    response
}

/// Asks whether the account shall really be taken back; a scanner that follows the link changes nothing.
pub(super) async fn ask_rejection(request: Request) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let token = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "token");
    let token = token.map(|(_, token)| token.into_owned()).unwrap_or_default();
    page::render(
        accept::language(request.headers()),
        StatusCode::OK,
        ("這不是我註冊的帳戶", "I did not register"),
        (
            "有人使用您的電子郵件註冊了找幫手帳戶。按下按鈕即會刪除該帳戶。",
            "Somebody registered a find-helper account with your address. The button deletes it.",
        ),
        Some(&page::Form { token: &token, label: ("刪除此帳戶", "Delete the account") }),
    )
}

/// Takes the account back.
pub(super) async fn reject(State(gateway): State<Arc<Gateway>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let language = accept::language(&parts.headers);
    let caller = Caller::unknown(gateway.client(&parts), Door::Auth);
    let document = gateway.engine.gate().admit(REJECT);
    let token = token_of_form(&gateway, body).await;
    let outcome = match token.and_then(|token| Ok((document?, token))) {
        Err(error) => gateway.engine.refuse(&caller, error, language).await,
        Ok((document, token)) => {
            let variables = serde_json::json!({ "token": token });
            let operation = Operation {
                name: None,
                variables: async_graphql::Variables::from_json(variables),
                caller,
                language,
                queries_only: false,
            };
            gateway.engine.run(&document, operation).await
        }
    };
    rejected(language, &outcome)
}

fn rejected(language: Language, outcome: &Outcome) -> Response {
    let problem = outcome.problems.first();
    let status = problem.map_or(StatusCode::OK, |problem| problem.code.status());
    let (title, text) = if problem.is_none() {
        (
            ("帳戶已刪除", "Account deleted"),
            (
                "該帳戶已刪除,您的電子郵件不再與它有關。",
                "The account is deleted; your address has nothing to do with it any more.",
            ),
        )
    } else {
        (
            ("無法刪除帳戶", "Account not deleted"),
            ("此連結無效或已過期。", "This link is not valid or has expired."),
        )
    };
    let mut response = page::render(language, status, title, text, None);
    reply::limits(response.headers_mut(), outcome.standing, problem.map(|problem| &problem.error));
    response
}

async fn token_of_form(gateway: &Gateway, body: Body) -> Result<String, Error> {
    let bytes = gateway.read(body).await?;
    let found = url::form_urlencoded::parse(&bytes).find(|(name, _)| name == "token");
    found
        .map(|(_, token)| token.into_owned())
        .ok_or(Error::Malformed(Malformed::InvalidQueryString))
}
