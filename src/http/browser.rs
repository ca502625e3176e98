//! Cookies that browsers attach by themselves, and whose pages may use them.

use axum::http::{HeaderMap, header, uri::Authority};
use url::Url;

use crate::{
    config::Config,
    domain::Services,
    error::{Error, Result},
    graphql::Browser,
};

/// What a request tells of the browser that sends it. Cookies count on the GraphQL doors, where no
/// header holds a credential; they are refused unless a welcome page asks, since a browser
/// attaches them to whatever request any page makes.
pub(super) fn look(services: &Services, headers: &HeaderMap) -> Result<Browser> {
    let is_welcome_page = is_welcome_page(&services.config, headers);
    let held = ["authorization", "x-api-key", "x-api-secret"];
    if held.iter().any(|name| headers.contains_key(*name)) {
        return Ok(Browser { is_welcome_page, cookies: None });
    }
    let sent = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    match services.cookies.read(sent) {
        Some(_) if !is_welcome_page => Err(Error::CrossSite),
        cookies => Ok(Browser { is_welcome_page, cookies }),
    }
}

/// Whether the browser says that a page of this gateway asks, or one of an origin that the settings
/// allow; who says nothing is no browser of today.
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

/// Pages may connect from the gateway's own origin and from those that are allowed.
pub(super) fn is_welcome_origin(config: &Config, origin: &str, headers: &HeaderMap) -> bool {
    is_allowed_origin(config, origin) || is_own_origin(&config.public_url, origin, headers)
}

fn is_allowed_origin(config: &Config, origin: &str) -> bool {
    config.allowed_origins.iter().any(|allowed| allowed == origin)
}

/// The public address, or another name of this machine, such as localhost: cookies belong to a
/// name, so that a foreign name that leads here brings none of ours.
fn is_own_origin(public: &Url, origin: &str, headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let host = host.and_then(|host| host.parse::<Authority>().ok());
    origin == public.origin().ascii_serialization()
        || host.is_some_and(|host| origin == format!("{}://{host}", public.scheme()))
}
