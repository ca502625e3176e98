//! Signing in: argon2id, a session with its refresh token, an HS256 token.

use std::{net::SocketAddr, sync::Arc};

use argon2::{Argon2, PasswordHash, PasswordVerifier};
use axum::{
    Json,
    extract::{ConnectInfo, State},
    http::StatusCode,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::Utc;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::FromRow;

use crate::{App, Failure, database::write, select::Select, text::UserId};

const DAY: i64 = 86_400;
const SESSION_MILLIS: i64 = 30 * DAY * 1_000;
const HEADER: &str = r#"{"typ":"at+jwt","alg":"HS256","kid":"00000000000"}"#;

const INSERT_SESSION: &str = "INSERT INTO sessions (user_id, refresh_mode, address, created_at, \
     last_used_at, expires_at) VALUES ($1, 'static', '127.0.0.1', $2, $2, $3) RETURNING id";

const INSERT_TOKEN: &str =
    "INSERT INTO refresh_tokens (session_id, digest, created_at) VALUES ($1, $2, $3)";

#[derive(Deserialize)]
pub struct Credentials {
    email: String,
    password: String,
}

#[derive(Serialize)]
pub struct SignedIn {
    success: bool,
    message: &'static str,
    data: Grant,
}

#[derive(Serialize)]
struct Grant {
    token: String,
    refresh_token: String,
    expires_in: i64,
    user: User,
}

#[derive(Serialize)]
struct User {
    id: UserId,
    name: String,
    email: String,
    is_verified: bool,
}

#[derive(FromRow)]
struct Row {
    id: i64,
    name: String,
    email: String,
    password_hash: String,
    verified_at: Option<i64>,
    suspended_at: Option<i64>,
}

pub async fn login(
    State(app): State<Arc<App>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    Json(Credentials { email, password }): Json<Credentials>,
) -> Result<Json<SignedIn>, Failure> {
    app.limits.sign_in(from.ip())?;
    let mut select = Select::new(
        "SELECT id, name, email, password_hash, verified_at, suspended_at \
         FROM users WHERE deleted_at IS NULL AND email_canonical = ",
    );
    select.value(email.trim().to_lowercase());
    let refused = Failure(StatusCode::UNAUTHORIZED);
    let Some(user) = select.all::<Row>(&app.db).await?.pop() else { return Err(refused) };
    if !verify(&app, password, user.password_hash).await? {
        return Err(refused);
    }
    if user.verified_at.is_none() || user.suspended_at.is_some() {
        return Err(Failure(StatusCode::FORBIDDEN));
    }
    let refresh_token = format!("fhr_{}", random::<36>());
    let digest = app.keys.digest(&refresh_token);
    let now = Utc::now().timestamp_millis();
    let session: i64 = write!(&app.db, |tx| {
        let (id,): (i64,) = sqlx::query_as(INSERT_SESSION)
            .bind(user.id)
            .bind(now)
            .bind(now + SESSION_MILLIS)
            .fetch_one(&mut *tx)
            .await?;
        let insert = sqlx::query(INSERT_TOKEN).bind(id).bind(&digest).bind(now);
        insert.execute(&mut *tx).await?;
        id
    });
    let token = token(&app, user.id, session, now / 1_000);
    let Row { id, name, email, .. } = user;
    let user = User { id: UserId(id), name, email, is_verified: true };
    let data = Grant { token, refresh_token, expires_in: DAY, user };
    Ok(Json(SignedIn { success: true, message: "登入成功", data }))
}

async fn verify(app: &App, password: String, stored: String) -> Result<bool, Failure> {
    let internal = || Failure(StatusCode::INTERNAL_SERVER_ERROR);
    let _permit = app.hashing.acquire().await.map_err(|_| internal())?;
    let verify = move || {
        PasswordHash::new(&stored)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    };
    tokio::task::spawn_blocking(verify).await.map_err(|_| internal())
}

fn token(app: &App, user: i64, session: i64, now: i64) -> String {
    let claims = json!({
        "iss": "http://127.0.0.1:8080", "aud": "find-helper", "sub": format!("user_{user}"),
        "sid": session, "jti": random::<16>(), "iat": now, "nbf": now - 5, "exp": now + DAY,
    });
    let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let message = format!("{}.{}", encode(HEADER), encode(&claims.to_string()));
    format!("{message}.{}", app.keys.sign(&message))
}

fn random<const BYTES: usize>() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; BYTES]>())
}
