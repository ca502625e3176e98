//! How `/verify` answers browsers.

use axum::{
    http::{Method, request::Parts},
    response::Response,
};

use crate::{
    http::{
        accept,
        pages::{
            mailed,
            page::{self, Reader},
        },
        reply,
    },
    rest::{Answer, Endpoint},
};

/// Link previews and prefetching send requests without a person: nothing is verified.
pub(in crate::http) fn is_preview(endpoint: &Endpoint, parts: &Parts) -> bool {
    let says = |name: &str| {
        parts.headers.get(name).is_some_and(|value| value.as_bytes().starts_with(b"prefetch"))
    };
    endpoint.route.page
        && (parts.method == Method::HEAD || says("sec-purpose") || says("purpose") || says("x-moz"))
}

/// Only `/verify` looks at `Accept`, since its link is opened in browsers.
pub(in crate::http) fn wants_page(endpoint: &Endpoint, parts: &Parts) -> bool {
    endpoint.route.page && accept::wants_page(&parts.headers, &["application/json", accept::HTML])
}

/// The answer of `/verify` as a page.
pub(in crate::http) fn page(reader: Reader<'_>, answer: &Answer) -> Response {
    let error = answer.problem.as_ref().map(|problem| &problem.error);
    let mut response = match error {
        None => page::render(
            reader,
            answer.status,
            CONFIRMED.0,
            CONFIRMED.1,
            &page::Foot::Ways(&[page::VERIFIED]),
        ),
        Some(error) => mailed::refused(reader, NOT_CONFIRMED, error, AGAIN),
    };
    reply::limits(response.headers_mut(), answer.standing, error);
    response
}

const CONFIRMED: (page::Both<'static>, page::Both<'static>) = (
    ("電子郵件驗證成功", "E-mail confirmed"),
    (
        "您的電子郵件地址已完成驗證，現在可以登入了。",
        "Your e-mail address is confirmed; you can sign in now.",
    ),
);
const NOT_CONFIRMED: page::Both<'static> = ("電子郵件驗證失敗", "E-mail not confirmed");
/// Who signs in before the address is verified is offered another mail.
const AGAIN: &[page::Way] = &[
    page::Way {
        path: "/app/login", label: ("登入並重新寄送驗證信", "Sign in to get a new mail")
    },
    page::HOME,
];
