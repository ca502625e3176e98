//! Turns the credentials of a request into a viewer, by the rules of each API.

use std::net::IpAddr;

use axum::http::{HeaderMap, header};

use crate::{
    domain::{
        Services, keys,
        presence::{LiveConnection, Principal},
        session,
        viewer::Viewer,
    },
    error::{Error, Malformed, Noun, Result},
    graphql::{Browser, Caller, Door},
    http::credentials::browser,
    log::record,
};

/// The credentials of a request.
enum Credentials<'a> {
    None,
    /// From the `Authorization` header or a cookie.
    AccessToken(&'a str),
    ApiKey {
        key: &'a str,
        secret: &'a str,
    },
}

/// Authenticates by headers alone. Invalid credentials are refused, never treated as anonymous.
pub(in crate::http) async fn authenticate(
    services: &Services,
    door: Door,
    headers: &HeaderMap,
    address: IpAddr,
) -> Result<Viewer> {
    verify(services, (door, address), credentials(headers, &Browser::default())?).await
}

/// Sets the caller, or why authentication failed: some operations need no credentials.
pub(in crate::http) async fn identify(
    services: &Services,
    headers: &HeaderMap,
    caller: &mut Caller,
) {
    let from = (caller.door, caller.client.address);
    let found = async {
        caller.browser = browser::browser_context(services, headers)?;
        verify(services, from, credentials(headers, &caller.browser)?).await
    };
    match found.await {
        Ok(viewer) => caller.viewer = viewer,
        Err(error) => caller.refused = Some(error),
    }
}

/// Authenticates a caller who stays connected, as long as the credential is valid.
pub(in crate::http) async fn connect(
    services: &Services,
    door: Door,
    headers: &HeaderMap,
    address: IpAddr,
) -> Result<(Viewer, LiveConnection)> {
    let browser = browser::browser_context(services, headers)?;
    let viewer = verify(services, (door, address), credentials(headers, &browser)?).await?;
    let visit = match (viewer, credentials(headers, &browser)?) {
        (Viewer::Member(member), Credentials::AccessToken(token)) => {
            Principal::Member { member, until: services.access_tokens.verify(token)?.expires_at }
        }
        (Viewer::Machine(machine), _) => Principal::Machine(machine),
        _ => Principal::Anonymous,
    };
    let presence = services.presences.connect(visit);
    // A credential that ended before `presence` was registered wakes nobody: check again.
    Ok((presence.viewer(services).await?, presence))
}

async fn verify(
    services: &Services,
    from: (Door, IpAddr),
    shown: Credentials<'_>,
) -> Result<Viewer> {
    let viewer = viewer(services, from, shown).await?;
    record::note_caller(viewer.user_id(), viewer.key_id());
    Ok(viewer)
}

async fn viewer(
    services: &Services,
    (door, address): (Door, IpAddr),
    shown: Credentials<'_>,
) -> Result<Viewer> {
    match (door, shown) {
        (_, Credentials::ApiKey { key, secret }) => {
            // Boxed here and below: every request would carry the room of a look-up.
            let look_up = Box::pin(keys::authenticate(services, key, secret, address));
            Ok(Viewer::Machine(look_up.await?))
        }
        // The jobs API accepts no other credential.
        (Door::Jobs, _) => Err(Error::InvalidApiKey),
        (_, Credentials::None) => Ok(Viewer::Anonymous),
        (door, Credentials::AccessToken(token)) => {
            match Box::pin(session::authenticate(services, token, address)).await {
                Ok(member) => Ok(Viewer::Member(member)),
                // Only the auth API documents that an account may be gone.
                Err(Error::NotFound(Noun::User)) if door != Door::Auth => {
                    Err(Error::Unauthenticated)
                }
                Err(error) => Err(error),
            }
        }
    }
}

/// The credentials in headers, else those in cookies.
fn credentials<'a>(headers: &'a HeaderMap, browser: &'a Browser) -> Result<Credentials<'a>> {
    let authorization = single(headers, header::AUTHORIZATION.as_str())?;
    let (key, secret) = (single(headers, "x-api-key")?, single(headers, "x-api-secret")?);
    match (authorization, key, secret) {
        (None, None, None) => {
            let token = browser.cookies.as_ref().and_then(|cookies| cookies.access.as_deref());
            Ok(token.map_or(Credentials::None, Credentials::AccessToken))
        }
        (Some(_), Some(_), _) | (Some(_), _, Some(_)) => {
            Err(Error::Malformed(Malformed::BothCredentials))
        }
        (Some(value), None, None) => bearer(value).map(Credentials::AccessToken),
        (None, key, secret) => {
            let (key, secret) = key.zip(secret).ok_or(Error::InvalidApiKey)?;
            Ok(Credentials::ApiKey { key, secret })
        }
    }
}

/// The value of a header; an error if it was sent twice.
fn single<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| Error::Unauthenticated),
        (Some(_), Some(_)) => Err(Error::Unauthenticated),
    }
}

/// The token of `Bearer TOKEN` (RFC 6750 §2.1); the scheme is case-insensitive.
fn bearer(value: &str) -> Result<&str> {
    let (scheme, token) = value.split_once(' ').ok_or(Error::Unauthenticated)?;
    let token = token.trim_start_matches(' ');
    let shaped = !token.is_empty() && !token.contains([' ', ',']);
    if scheme.eq_ignore_ascii_case("bearer") && shaped {
        Ok(token)
    } else {
        Err(Error::Unauthenticated)
    }
}
