//! What is done with bytes of strangers, and what must hold whatever they are.

use std::sync::LazyLock;

use async_graphql::Variables;
use clap::Parser;
use find_helper::{
    auth::{self, AccessToken, AccessTokens, ApiKeyId, ApiSecret, Keys, MailToken, RefreshToken},
    clock::Clock,
    config::Config,
    domain::store::page::PageInput,
    graphql::document::Gate,
    id::GlobalId,
    random::Random,
    rest::{Endpoint, Input},
};

/// The secret and the moment of all seeds.
const SECRET: &[u8] = b"a secret of fuzzing that is long enough";
const NOW: &str = "2026-02-07T08:00:00Z";
const LIST: &str = "jobs";

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    config: Config,
}

static KEYS: LazyLock<Keys> = LazyLock::new(|| Keys::derive(SECRET));

static GATE: LazyLock<Gate> = LazyLock::new(|| {
    let config = Arguments::parse_from(["fuzz"]).config;
    find_helper::graphql::gate(&config.limits).unwrap()
});

static ENDPOINTS: LazyLock<Vec<Endpoint>> = LazyLock::new(|| Endpoint::all(&GATE).unwrap());

/// The only cursor and the only access token that are genuine.
static CURSOR: LazyLock<String> = LazyLock::new(|| auth::seal(&KEYS, LIST, &[7; 16]));
static ACCESS: LazyLock<(AccessTokens, String)> = LazyLock::new(|| {
    let clock = Clock::manual(NOW.parse().unwrap());
    let tokens = AccessTokens::new(&KEYS, "https://gateway.example", clock, Random::seeded(1));
    let AccessToken { token, .. } = tokens.issue(1, 2).unwrap();
    (tokens, token)
});

/// A text that clients hold, for mutations to begin at.
pub fn genuine() -> [String; 5] {
    [
        CURSOR.clone(),
        ACCESS.1.clone(),
        RefreshToken::generate(&Random::seeded(2)).reveal().to_owned(),
        ApiSecret::generate(&Random::seeded(3)).reveal().to_owned(),
        ApiKeyId::generate(&Random::seeded(4)).as_str().to_owned(),
    ]
}

/// A document and, behind a NUL, its variables: what is admitted can be run within its limits.
pub fn document(bytes: &[u8]) {
    let (source, variables) = split(bytes);
    let source = String::from_utf8_lossy(source);
    let Ok(document) = GATE.admit(&source) else { return };
    assert!(GATE.validate(&source).is_ok(), "the cache admits what validation refuses");
    let given = serde_json::from_slice(variables).unwrap_or_default();
    let Ok(operation) = document.operation(None) else { return };
    let Ok(coerced) = operation.coerce(Variables::from_json(given)) else { return };
    if operation.cost(&coerced).is_ok() {
        drop(operation.engine(&coerced));
    }
}

/// A cursor as sent, and the same bytes inside a genuine seal.
pub fn cursor(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let is_genuine = text == *CURSOR;
    let page =
        |after: String| PageInput { first: Some(1), after: Some(after), ..Default::default() };
    assert!(is_genuine || page(text).parse(&KEYS, LIST).is_err(), "a forged cursor");
    let sealed = auth::seal(&KEYS, LIST, bytes);
    if page(sealed.clone()).parse(&KEYS, LIST).is_ok() {
        assert!(page(sealed).parse(&KEYS, "users").is_err(), "a cursor of another list");
    }
}

/// A text in the place of each kind of token.
pub fn token(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (tokens, genuine) = &*ACCESS;
    assert!(text == *genuine || tokens.verify(&text).is_err(), "a forged access token");
    if let Some(token) = RefreshToken::parse(&text) {
        assert_eq!(token.reveal(), text);
        assert!(auth::is_among(&token.digest(&KEYS), [&token.digest(&KEYS)]));
        assert!(ApiSecret::parse(&text).is_none(), "one text is two kinds of secrets");
    }
    if let Some(secret) = ApiSecret::parse(&text) {
        assert_eq!(secret.reveal(), text);
    }
    if let Some(id) = ApiKeyId::parse(&text) {
        assert_eq!(id.as_str(), text);
    }
    if let Some(token) = MailToken::parse(&text) {
        assert_eq!(token.reveal(), text);
    }
    if let Ok(id) = text.parse::<GlobalId>() {
        assert_eq!(id.to_string(), text, "an id that has two spellings");
    }
}

/// A query string and, behind a NUL, a body, for each route: variables that fit its document.
pub fn rest(bytes: &[u8]) {
    let (query, body) = split(bytes);
    let query: Vec<(String, String)> = url::form_urlencoded::parse(query).into_owned().collect();
    let body: serde_json::Map<_, _> = serde_json::from_slice(body).unwrap_or_default();
    let id = query.first().map_or("1", |(_, id)| id).to_owned();
    for endpoint in ENDPOINTS.iter() {
        let path = [("id".to_owned(), id.clone())].into();
        let input = Input { path, query: query.clone(), body: body.clone() };
        if let Ok(variables) = endpoint.variables(&input) {
            let document = GATE.admit(endpoint.route.document).unwrap();
            drop(document.operation(None).unwrap().coerce(variables));
        }
    }
}

fn split(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
    (&bytes[..end], bytes.get(end + 1..).unwrap_or_default())
}
