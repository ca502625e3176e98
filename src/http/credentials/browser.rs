//! Cookies that browsers attach automatically, and the pages that may use them.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, header, uri::Authority},
};
use url::Url;

use crate::{
    config::Config,
    domain::Services,
    error::{Error, Result},
    graphql::Browser,
};

/// The browser context of a request. Cookies are used for GraphQL without credentials in headers.
/// They are refused unless an allowed page sends the request, since browsers attach them to
/// requests of any page.
pub(in crate::http) fn browser_context(
    services: &Services,
    headers: &HeaderMap,
) -> Result<Browser> {
    let is_welcome_page = is_welcome_page(&services.config, headers);
    let held = ["authorization", "x-api-key", "x-api-secret"];
    if held.iter().any(|name| headers.contains_key(*name)) {
        return Ok(Browser { is_welcome_page, cookies: None });
    }
    let sent = headers.get_all(header::COOKIE).iter().map(HeaderValue::as_bytes);
    match services.cookies.read(sent) {
        Some(_) if !is_welcome_page => Err(Error::CrossSite),
        cookies => Ok(Browser { is_welcome_page, cookies }),
    }
}

/// Whether the browser says that the request comes from a page of this gateway or of an allowed
/// origin; every current browser says something.
fn is_welcome_page(config: &Config, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    // `none`: a person opened the address.
    let is_near = |site| matches!(site, "same-origin" | "none");
    match (text("origin"), text("sec-fetch-site")) {
        (Some(origin), _) if is_allowed_origin(config, origin) => true,
        (Some(origin), site) => {
            is_own_origin(&config.public_url, origin, headers) && site.is_none_or(is_near)
        }
        (None, site) => site.is_some_and(is_near),
    }
}

/// Pages may connect from the gateway's own origin and from allowed origins.
pub(in crate::http) fn is_welcome_origin(
    config: &Config,
    origin: &str,
    headers: &HeaderMap,
) -> bool {
    is_allowed_origin(config, origin) || is_own_origin(&config.public_url, origin, headers)
}

fn is_allowed_origin(config: &Config, origin: &str) -> bool {
    config.allowed_origins.iter().any(|allowed| allowed == origin)
}

/// The public address, or another name of this machine such as localhost. Cookies are bound to a
/// name: a foreign name that resolves to this gateway brings none of ours.
fn is_own_origin(public: &Url, origin: &str, headers: &HeaderMap) -> bool {
    origin == public.origin().ascii_serialization()
        || origin_of_host(public.scheme(), headers).is_some_and(|own| own == origin)
}

/// The origin that a request names as its target; None if it names two.
fn origin_of_host(scheme: &str, headers: &HeaderMap) -> Option<String> {
    let origin = |host: &HeaderValue| {
        let host = Authority::try_from(host.as_bytes()).ok();
        let host = host.filter(|host| !host.as_str().contains('@'))?;
        let url = Url::parse(&format!("{scheme}://{host}")).ok()?;
        Some(url.origin().ascii_serialization())
    };
    let mut origins = headers.get_all(header::HOST).iter().map(origin);
    let first = origins.next()??;
    origins.all(|other| other.as_ref() == Some(&first)).then_some(first)
}

/// Copies the authority of the request's target into `Host`, beside an existing value: HTTP/2 has
/// only `:authority` (RFC 9113 §8.3.1), and HTTP/1.1's absolute form has both (RFC 9112 §3.2.2).
pub(in crate::http) fn tell_host(request: &mut Request) {
    let authority = request.uri().authority().map(|authority| authority.as_str().to_owned());
    let host = authority.and_then(|authority| HeaderValue::try_from(authority).ok());
    if let Some(host) = host {
        request.headers_mut().append(header::HOST, host);
    }
}
