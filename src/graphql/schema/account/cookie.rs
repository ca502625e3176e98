//! How tokens reach a client: in the response, or in cookies.

use async_graphql::{Context, Enum};
use http::header::SET_COOKIE;

use crate::{
    domain::session::{Grant, RefreshToken},
    error::{Error, ErrorCode, Result},
    graphql::engine::context::ContextExt,
};

/// How tokens travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum TokenTransport {
    /// In the answer, for the client to keep.
    Body,
    /// In cookies that scripts cannot read, for pages of this site; the answer holds no token.
    Cookie,
}

/// Only allowed pages may receive cookies: no other page may sign a browser in.
pub(in crate::graphql) fn check(ctx: &Context<'_>, wanted: TokenTransport) -> Result<()> {
    match wanted {
        TokenTransport::Cookie if !ctx.caller().browser.is_welcome_page => Err(Error::CrossSite),
        TokenTransport::Cookie | TokenTransport::Body => Ok(()),
    }
}

/// The refresh token of the input, else that of the cookie; the new one takes the same way.
pub(in crate::graphql) fn presented(
    ctx: &Context<'_>,
    text: Option<&str>,
) -> Result<(RefreshToken, TokenTransport)> {
    let (token, transport) = if let Some(text) = text {
        (RefreshToken::parse(text), TokenTransport::Body)
    } else {
        let cookies = ctx.caller().browser.cookies.as_ref();
        (cookies.and_then(|cookies| cookies.refresh.clone()), TokenTransport::Cookie)
    };
    let refused = || match ctx.caller().refused.clone() {
        Some(error) => dead(ctx, transport, error),
        None => Error::Unauthenticated,
    };
    Ok((token.ok_or_else(refused)?, transport))
}

/// The error for refused tokens; also deletes cookies that cannot become valid again, since the
/// browser would keep sending them and be refused.
pub(in crate::graphql) fn dead(
    ctx: &Context<'_>,
    transport: TokenTransport,
    error: Error,
) -> Error {
    let is_final = matches!(error.code(), ErrorCode::Unauthorized | ErrorCode::TokenExpired);
    if is_final && transport == TokenTransport::Cookie {
        clear(ctx);
    }
    error
}

/// The tokens for the response; None for those in cookies.
pub(in crate::graphql) fn hand_out(
    ctx: &Context<'_>,
    transport: TokenTransport,
    grant: &Grant,
) -> (Option<String>, Option<String>) {
    let refresh = grant.refresh_token.as_ref();
    if transport == TokenTransport::Body {
        return (Some(grant.token.clone()), refresh.map(|token| token.reveal().to_owned()));
    }
    let refresh = refresh.map(|token| (token, grant.refresh_lives));
    for cookie in ctx.services().cookies.set((&grant.token, grant.expires_in), refresh) {
        ctx.append_http_header(SET_COOKIE, cookie);
    }
    (None, None)
}

/// Deletes session cookies, if the request had any.
pub(in crate::graphql) fn clear(ctx: &Context<'_>) {
    if ctx.caller().browser.cookies.is_some() {
        for cookie in ctx.services().cookies.clear() {
            ctx.append_http_header(SET_COOKIE, cookie);
        }
    }
}
