use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use hmac::Mac;
use serde_json::{Value, json};

use super::{AccessClaims, AccessTokens};
use crate::{
    auth::{Keys, keys::hmac},
    clock::{Clock, Timestamp},
    error::{Error, Result},
    random::Random,
};

const NOW: i64 = 1_770_000_000;
const ISSUER: &str = "https://gateway.example.org/";

struct Fixture {
    keys: Keys,
    clock: Clock,
    tokens: AccessTokens,
}

fn fixture() -> Fixture {
    let keys = Keys::derive(b"0123456789abcdef0123456789abcdef");
    let clock = Clock::manual(Timestamp::from_timestamp(NOW, 0).unwrap());
    let tokens = AccessTokens::new(&keys, ISSUER, clock.clone(), Random::seeded(1));
    Fixture { keys, clock, tokens }
}

impl Fixture {
    fn header(&self) -> Value {
        json!({"typ": "at+jwt", "alg": "HS256", "kid": self.keys.kid})
    }

    fn sign(&self, header: &Value, claims: &Value) -> String {
        let message = format!("{}.{}", part(header), part(claims));
        let mac = hmac(self.keys.access.as_bytes()).chain_update(&message).finalize();
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(mac.into_bytes()))
    }

    fn verify(&self, header: &Value, claims: &Value) -> Result<AccessClaims> {
        self.tokens.verify(&self.sign(header, claims))
    }
}

fn part(json: &Value) -> String {
    URL_SAFE_NO_PAD.encode(json.to_string())
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "aud": "find-helper", "sub": "user_123456", "sid": 7, "jti": "x",
        "iat": NOW, "nbf": NOW - 5, "exp": NOW + 86_400,
    })
}

fn with(mut json: Value, name: &str, value: Value) -> Value {
    json[name] = value;
    json
}

fn without(mut json: Value, name: &str) -> Value {
    json.as_object_mut().unwrap().remove(name);
    json
}

#[track_caller]
fn assert_invalid(answer: &Result<AccessClaims>, what: impl std::fmt::Debug) {
    assert!(matches!(answer, Err(Error::Unauthenticated)), "{what:?}: {answer:?}");
}

#[test]
fn an_issued_token_says_who_and_in_which_session_for_a_day() {
    let f = fixture();
    let issued = f.tokens.issue(123_456, 7).unwrap();
    assert_eq!(issued.expires_in.as_secs(), 86_400);
    let expires_at = Timestamp::from_timestamp(NOW + 86_400, 0).unwrap();
    let said = AccessClaims { user: 123_456, session: 7, expires_at };
    assert_eq!(f.tokens.verify(&issued.token).unwrap(), said);
}

#[test]
fn the_token_on_the_wire_has_the_documented_header_and_claims() {
    let f = fixture();
    let token = f.tokens.issue(123_456, 7).unwrap().token;
    let parts: Vec<Value> = token
        .split('.')
        .take(2)
        .map(|part| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap())
        .collect();
    assert_eq!(parts[0], f.header());
    assert_eq!(parts[1], with(claims(), "jti", parts[1]["jti"].clone()));
    assert_ne!(f.tokens.issue(123_456, 7).unwrap().token, token, "each has its own jti");
}

#[test]
fn e1_the_signature_alone_decides_over_a_well_formed_token() {
    let f = fixture();
    let token = f.sign(&f.header(), &claims());
    assert!(f.tokens.verify(&token).is_ok());
    let (message, signature) = token.rsplit_once('.').unwrap();
    assert_invalid(&f.tokens.verify(&format!("{message}.")), "no signature");
    assert_invalid(&f.tokens.verify(message), "two parts");
    assert_invalid(&f.tokens.verify(&format!("{token}.{signature}")), "four parts");
    let admin = part(&with(claims(), "sub", json!("user_1")));
    let (header, _) = message.split_once('.').unwrap();
    assert_invalid(&f.tokens.verify(&format!("{header}.{admin}.{signature}")), "other claims");
    let other = Keys::derive(b"another secret of 32 bytes......");
    let stranger = Fixture { keys: Keys { kid: f.keys.kid.clone(), ..other }, ..fixture() };
    assert_invalid(&f.tokens.verify(&stranger.sign(&f.header(), &claims())), "other key");
}

#[test]
fn e1_no_other_algorithm_is_believed_even_when_signed_with_our_key() {
    let f = fixture();
    for alg in ["none", "None", "nOnE", "HS384", "HS512", "RS256", "ES256", "EdDSA", ""] {
        assert_invalid(&f.verify(&with(f.header(), "alg", json!(alg)), &claims()), alg);
    }
    assert_invalid(&f.verify(&without(f.header(), "alg"), &claims()), "no alg");
    let unsigned = format!("{}.{}.", part(&json!({"alg": "none"})), part(&claims()));
    assert_invalid(&f.tokens.verify(&unsigned), "unsigned");
}

#[test]
fn e1_a_header_that_is_not_ours_is_refused_even_when_signed_with_our_key() {
    let f = fixture();
    for (name, value) in [
        ("kid", json!("other")),
        ("kid", json!("../../dev/null")),
        ("kid", json!("' OR 1=1")),
        ("typ", json!("JWT")),
        ("typ", json!("AT+JWT")),
        ("crit", json!(["b64"])),
        ("jku", json!("https://evil.example.org/keys")),
        ("x5u", json!("https://evil.example.org/keys")),
        ("b64", json!(false)),
    ] {
        assert_invalid(&f.verify(&with(f.header(), name, value), &claims()), name);
    }
    for name in ["kid", "typ"] {
        assert_invalid(&f.verify(&without(f.header(), name), &claims()), name);
    }
}

#[test]
fn e2_every_claim_is_required_and_of_its_type() {
    let f = fixture();
    for name in ["iss", "aud", "sub", "sid", "jti", "iat", "nbf", "exp"] {
        assert_invalid(&f.verify(&f.header(), &without(claims(), name)), name);
        for odd in [json!(null), json!(true), json!([]), json!({}), json!(1.5), json!(1e30)] {
            assert_invalid(&f.verify(&f.header(), &with(claims(), name, odd.clone())), (name, odd));
        }
    }
    for (name, odd) in [
        ("exp", json!("never")),
        ("exp", json!(i64::MAX)),
        ("nbf", json!(i64::MAX)),
        ("sub", json!("123456")),
        ("sub", json!("job_123456")),
        ("iss", json!("https://other.example.org/")),
        ("iss", json!([ISSUER])),
        ("aud", json!("other")),
        ("aud", json!(["find-helper"])),
    ] {
        assert_invalid(&f.verify(&f.header(), &with(claims(), name, odd.clone())), (name, odd));
    }
}

#[test]
fn e3_a_token_expires_five_seconds_after_its_time() {
    let f = fixture();
    let token = f.tokens.issue(1, 1).unwrap().token;
    f.clock.advance(TimeDelta::milliseconds(86_404_999));
    assert!(f.tokens.verify(&token).is_ok());
    f.clock.advance(TimeDelta::milliseconds(1));
    assert!(matches!(f.tokens.verify(&token), Err(Error::TokenExpired)));
}

#[test]
fn e3_a_replica_up_to_ten_seconds_behind_believes_a_fresh_token() {
    let f = fixture();
    let token = f.tokens.issue(1, 1).unwrap().token;
    f.clock.advance(TimeDelta::milliseconds(-10_000));
    assert!(f.tokens.verify(&token).is_ok());
    f.clock.advance(TimeDelta::milliseconds(-1));
    assert_invalid(&f.tokens.verify(&token), "from the future");
}

#[test]
fn only_a_token_that_once_was_valid_is_called_expired() {
    let f = fixture();
    let old = with(claims(), "exp", json!(NOW - 60));
    assert!(matches!(f.verify(&f.header(), &old), Err(Error::TokenExpired)));
    let token = f.sign(&f.header(), &old);
    assert_invalid(&f.tokens.verify(&token[..token.len() - 2]), "forged");
    let foreign = with(old.clone(), "iss", json!("https://other.example.org/"));
    assert_invalid(&f.verify(&f.header(), &foreign), "other issuer");
    assert_invalid(&f.verify(&with(f.header(), "typ", json!("JWT")), &old), "other type");
}

#[test]
fn e20_a_long_text_is_refused_unread() {
    let f = fixture();
    let long = with(claims(), "jti", json!("x".repeat(4_096)));
    assert_invalid(&f.verify(&f.header(), &long), "long");
    assert_invalid(&f.tokens.verify(""), "empty");
}

#[test]
fn debug_shows_neither_token_nor_key() {
    let f = fixture();
    let issued = f.tokens.issue(1, 1).unwrap();
    assert_eq!(format!("{issued:?}"), "AccessToken([secret])");
    let shown = format!("{:?}", f.tokens);
    assert_eq!(shown, format!("AccessTokens {{ issuer: {ISSUER:?}, .. }}"));
}
