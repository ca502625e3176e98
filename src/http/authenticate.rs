//! From credentials in headers to a viewer, by the rules of each door.

use std::net::IpAddr;

use axum::http::{HeaderMap, header};

use crate::{
    domain::{
        Services, api_key,
        limit::Door,
        presence::{Presence, Visit},
        session,
        viewer::Viewer,
    },
    error::{Error, Malformed, Noun, Result},
};

/// What a request presents.
enum Credentials<'a> {
    None,
    Bearer(&'a str),
    ApiKey { key: &'a str, secret: &'a str },
}

/// Who asks. An invalid credential is refused, never taken for a visitor.
pub(super) async fn authenticate(
    services: &Services,
    door: Door,
    headers: &HeaderMap,
    address: IpAddr,
) -> Result<Viewer> {
    match (door, credentials(headers)?) {
        (_, Credentials::ApiKey { key, secret }) => {
            Ok(Viewer::Machine(api_key::authenticate(services, key, secret, address).await?))
        }
        // The jobs API knows no other credential.
        (Door::Jobs, _) => Err(Error::InvalidApiKey),
        (_, Credentials::None) => Ok(Viewer::Anonymous),
        (door, Credentials::Bearer(token)) => match session::authenticate(services, token).await {
            Ok(member) => Ok(Viewer::Member(member)),
            // Only the auth API documents that an account may be gone.
            Err(Error::NotFound(Noun::User)) if door != Door::Auth => Err(Error::Unauthenticated),
            Err(error) => Err(error),
        },
    }
}

/// Who comes to stay, for as long as the credential is good.
pub(super) async fn arrive(
    services: &Services,
    door: Door,
    headers: &HeaderMap,
    address: IpAddr,
) -> Result<(Viewer, Presence)> {
    let viewer = authenticate(services, door, headers, address).await?;
    let visit = match (viewer, credentials(headers)?) {
        (Viewer::Member(member), Credentials::Bearer(token)) => {
            Visit::Member { member, until: services.access_tokens.verify(token)?.expires_at }
        }
        (Viewer::Machine(machine), Credentials::ApiKey { secret, .. }) => {
            let connected = api_key::Connected::new(services, secret, address).into();
            Visit::Machine { machine, connected }
        }
        _ => Visit::Anonymous,
    };
    let presence = services.presences.arrive(visit);
    // What ended before the arrival was noted wakes nobody: it is looked at once more.
    Ok((presence.viewer(services).await?, presence))
}

fn credentials(headers: &HeaderMap) -> Result<Credentials<'_>> {
    let authorization = single(headers, header::AUTHORIZATION.as_str())?;
    let (key, secret) = (single(headers, "x-api-key")?, single(headers, "x-api-secret")?);
    match (authorization, key, secret) {
        (None, None, None) => Ok(Credentials::None),
        (Some(_), Some(_), _) | (Some(_), _, Some(_)) => {
            Err(Error::Malformed(Malformed::BothCredentials))
        }
        (Some(value), None, None) => bearer(value).map(Credentials::Bearer),
        (None, key, secret) => {
            let (key, secret) = key.zip(secret).ok_or(Error::InvalidApiKey)?;
            Ok(Credentials::ApiKey { key, secret })
        }
    }
}

/// The one value of a header; a header sent twice speaks for nobody.
fn single<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| Error::Unauthenticated),
        (Some(_), Some(_)) => Err(Error::Unauthenticated),
    }
}

/// The token of `Bearer TOKEN` (RFC 6750 §2.1); the scheme's case does not matter.
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
