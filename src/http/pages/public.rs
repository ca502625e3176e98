//! The public pages over HTTP: languages, caching and headers.

use std::{borrow::Cow, sync::Arc};

use axum::{
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256};

use super::portal;
use crate::{
    graphql::{Caller, Door},
    http::{Gateway, accept, reply},
    language::Language,
    pages::{Answer, Content, Place, Visit, assets, home, job, list, message, robots, sitemap},
};

/// One stylesheet, one script and pictures of this origin; forms lead to pages of this origin.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
     base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// Jobs come and go.
const BRIEFLY: &str = "public, max-age=30";
/// What crawlers read once a day.
const AN_HOUR: &str = "public, max-age=3600";

/// `/`
pub(in crate::http) async fn home(
    State(gateway): State<Arc<Gateway>>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let answer = home::answer(&visit(&gateway, &parts)).await;
    respond(&parts.headers, answer, BRIEFLY)
}

/// `/jobs`, and below it a number, or a city and a kind of work.
pub(in crate::http) async fn jobs(
    State(gateway): State<Arc<Gateway>>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let visit = visit(&gateway, &parts);
    let answer = match Asked::parse(parts.uri.path()) {
        Asked::Job(number) => job::answer(&visit, number).await,
        Asked::List(place) => list::answer(&visit, place, &query(&parts)).await,
        Asked::Nothing => message::unknown(&visit).await,
    };
    respond(&parts.headers, answer, BRIEFLY)
}

/// `/sitemap.xml`
pub(in crate::http) async fn sitemap(
    State(gateway): State<Arc<Gateway>>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let answer = sitemap::answer(&visit(&gateway, &parts), &query(&parts)).await;
    respond(&parts.headers, answer, AN_HOUR)
}

/// `/robots.txt`
pub(in crate::http) async fn robots(
    State(gateway): State<Arc<Gateway>>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    respond(&parts.headers, robots::answer(&visit(&gateway, &parts)), AN_HOUR)
}

/// The page for an address that nothing is at.
pub(in crate::http) async fn unknown(gateway: &Arc<Gateway>, parts: &Parts) -> Response {
    let answer = message::unknown(&visit(gateway, parts)).await;
    respond(&parts.headers, answer, BRIEFLY)
}

/// Whether the request is that of a browser which opens a page, not of a program.
pub(in crate::http) fn opens_page(parts: &Parts) -> bool {
    matches!(parts.method, Method::GET | Method::HEAD)
        && accept::wants_page(&parts.headers, &["application/json", accept::HTML])
}

/// A file that pages refer to; kept for a year under the address that names its version.
pub(in crate::http) async fn file(Path(name): Path<String>, request: Request) -> Response {
    let Some(file) = assets::file(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let is_current = request.uri().query() == Some(&format!("v={}", file.version));
    let caching =
        if is_current { "public, max-age=31536000, immutable" } else { "public, no-cache" };
    let etag = format!("\"{}\"", file.version);
    let headers = [
        (header::CACHE_CONTROL.as_str(), caching),
        (header::CONTENT_TYPE.as_str(), file.content_type),
        (header::ETAG.as_str(), &etag),
        // Previews are shown by pages of other origins.
        ("cross-origin-resource-policy", "cross-origin"),
    ];
    if portal::has(request.headers(), &etag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    let content: &'static [u8] = &file.content;
    (headers, content).into_response()
}

/// What an address below `/jobs` asks for.
enum Asked {
    Job(i64),
    List(Place),
    Nothing,
}

impl Asked {
    fn parse(path: &str) -> Self {
        let names = path.split('/').skip(2).map(|name| percent_decode_str(name).decode_utf8());
        let Ok(names) = names.collect::<Result<Vec<Cow<'_, str>>, _>>() else {
            return Self::Nothing;
        };
        match &names[..] {
            [] => Self::List(Place::default()),
            [number] if number.bytes().all(|byte| byte.is_ascii_digit()) => {
                let number = number.parse().ok().filter(|it: &i64| it.to_string() == *number);
                number.map_or(Self::Nothing, Self::Job)
            }
            [city] => Self::List(Place { city: Some(city.to_string()), job_type: None }),
            [city, job_type] => Self::List(Place {
                city: Some(city.to_string()),
                job_type: Some(job_type.to_string()),
            }),
            _ => Self::Nothing,
        }
    }
}

/// A visit in the language of the address, else of the browser, else in Chinese. Credentials are not
/// looked at: pages are the same for everybody.
fn visit<'a>(gateway: &'a Arc<Gateway>, parts: &Parts) -> Visit<'a> {
    let named = query(parts).into_iter().find(|(name, _)| name == "lang");
    let named = named.and_then(|(_, tag)| Language::best([(tag.as_str(), 1.0)].into_iter()));
    let language = named.or_else(|| accept::asked_language(&parts.headers));
    Visit {
        engine: &gateway.engine,
        documents: &gateway.documents,
        caller: Caller::unknown(gateway.client(parts), Door::Graphql),
        language: language.unwrap_or(Language::ZhTw),
        is_pinned: named.is_some(),
    }
}

fn query(parts: &Parts) -> Vec<(String, String)> {
    let query = parts.uri.query().unwrap_or_default().as_bytes();
    url::form_urlencoded::parse(query).into_owned().collect()
}

fn respond(request: &HeaderMap, answer: Answer, caching: &'static str) -> Response {
    let Answer { status, content, standing, problem } = answer;
    let (content_type, body) = match content {
        Content::Html(html) => ("text/html; charset=utf-8", html),
        Content::Xml(xml) => ("application/xml; charset=utf-8", xml),
        Content::Text(text) => ("text/plain; charset=utf-8", text),
        Content::Moved(to) => return (status, [(header::LOCATION, to)]).into_response(),
    };
    let is_kept = status == StatusCode::OK;
    let etag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(&Sha256::digest(&body)[..18]));
    let mut response = if is_kept && portal::has(request, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        (status, [(header::CONTENT_TYPE, content_type)], body).into_response()
    };
    let headers = response.headers_mut();
    if is_kept {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
        headers.extend(HeaderValue::try_from(etag).map(|etag| (header::ETAG, etag)));
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::VARY, HeaderValue::from_static("Accept, Accept-Language"));
    if let Some(standing) = standing {
        reply::limits(headers, standing, problem.as_ref().map(|problem| &problem.error));
    }
    response
}
