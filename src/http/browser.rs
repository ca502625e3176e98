//! Cookies that browsers attach by themselves, and whose pages may use them.

use axum::http::{HeaderMap, header, uri::Authority};
use url::Url;

use crate::{
    domain::Services,
    error::{Error, Result},
    graphql::{Browser, Door},
};

/// What a request tells of the browser that sends it. Cookies count on the GraphQL doors, and where
/// no header holds a credential; they are refused unless a page of this gateway asks, since a
/// browser attaches them to whatever request any page makes.
pub(super) fn look(services: &Services, door: Door, headers: &HeaderMap) -> Result<Browser> {
    let is_own_page = is_own_page(&services.config.public_url, headers);
    let held = ["authorization", "x-api-key", "x-api-secret"];
    if matches!(door, Door::Jobs | Door::Auth)
        || held.iter().any(|name| headers.contains_key(*name))
    {
        return Ok(Browser { is_own_page, cookies: None });
    }
    let sent = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    match services.cookies.read(sent) {
        Some(_) if !is_own_page => Err(Error::CrossSite),
        cookies => Ok(Browser { is_own_page, cookies }),
    }
}

/// Whether the browser says that a page of this gateway asks; who says nothing is no browser of today.
fn is_own_page(public: &Url, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let origin = text("origin").map(|origin| is_own_origin(public, origin, headers));
    match (origin, text("sec-fetch-site")) {
        (None, None) => false,
        // `none`: a person opened the address.
        (origin, site) => {
            origin.unwrap_or(true) && site.is_none_or(|site| matches!(site, "same-origin" | "none"))
        }
    }
}

/// The public address, or another name of this machine, such as localhost: cookies belong to a
/// name, so that a foreign name that leads here brings none of ours.
pub(super) fn is_own_origin(public: &Url, origin: &str, headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let host = host.and_then(|host| host.parse::<Authority>().ok());
    origin == public.origin().ascii_serialization()
        || host.is_some_and(|host| origin == format!("{}://{host}", public.scheme()))
}
