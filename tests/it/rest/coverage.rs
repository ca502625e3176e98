//! The lists of both documentations, each entry of which must be there.

use async_graphql::Value as Ordered;
use axum::http::Method;
use find_helper::rest::routes::routes;
use serde_json::{Value, json};

use super::jobs::cleaning;
use crate::support::{Client, PASSWORD, Reply, TestApp, config::config};

/// A route as documented.
struct Documented {
    method: &'static str,
    path: &'static str,
    required: &'static [&'static str],
    optional: &'static [&'static str],
    status: u16,
    /// Members of the answer in the order of its sample, those of `data` with a dot.
    shows: &'static [&'static str],
}

const DOCUMENTED: &[Documented] = &[
    Documented {
        method: "GET",
        path: "/api/jobs",
        required: &[],
        optional: &["city", "jobType", "status"],
        status: 200,
        shows: &[
            "success",
            "data",
            "data.id",
            "data.title",
            "data.jobType",
            "data.city",
            "data.status",
            "data.createdAt",
        ],
    },
    Documented {
        method: "GET",
        path: "/api/jobs/{id}",
        required: &[],
        optional: &[],
        status: 200,
        shows: &[
            "success",
            "data",
            "data.id",
            "data.title",
            "data.jobType",
            "data.city",
            "data.status",
            "data.createdAt",
        ],
    },
    Documented {
        method: "POST",
        path: "/api/jobs",
        required: &["title", "jobType", "city", "address", "estimatedAmount"],
        optional: &[],
        status: 201,
        shows: &[
            "success",
            "data",
            "data.id",
            "data.title",
            "data.jobType",
            "data.city",
            "data.status",
            "data.createdAt",
        ],
    },
    Documented {
        method: "POST",
        path: "/register",
        required: &["fullName", "email", "password"],
        optional: &["phone"],
        status: 200,
        shows: &["success", "message", "data", "data.user_id", "data.email", "data.name"],
    },
    Documented {
        method: "POST",
        path: "/login",
        required: &["email", "password"],
        optional: &[],
        status: 200,
        shows: &[
            "success",
            "message",
            "data",
            "data.token",
            "data.refresh_token",
            "data.expires_in",
            "data.user",
            "data.user.id",
            "data.user.name",
            "data.user.email",
            "data.user.is_verified",
        ],
    },
    Documented {
        method: "GET",
        path: "/verify",
        required: &["token"],
        optional: &[],
        status: 200,
        shows: &["success", "message"],
    },
    Documented {
        method: "GET",
        path: "/user",
        required: &[],
        optional: &[],
        status: 200,
        shows: &[
            "success",
            "data",
            "data.id",
            "data.name",
            "data.email",
            "data.is_verified",
            "data.created_at",
            "data.updated_at",
        ],
    },
    Documented {
        method: "POST",
        path: "/refresh",
        required: &["refresh_token"],
        optional: &[],
        status: 200,
        shows: &["success", "message", "data", "data.token", "data.expires_in"],
    },
    Documented {
        method: "POST",
        path: "/logout",
        required: &[],
        optional: &[],
        status: 200,
        shows: &["success", "message"],
    },
];

const RATE_LIMIT_HEADERS: [&str; 3] =
    ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"];

impl Documented {
    /// Who asks and with which parameters, so that the route succeeds.
    async fn success(&self, app: &TestApp) -> (Client, Value) {
        let person = json!({ "fullName": "張三", "email": "zhang@example.com", "password": PASSWORD, "phone": "02-12345678" });
        let login = json!({ "email": "ann@example.com", "password": PASSWORD });
        match self.path {
            "/api/jobs" if self.method == "GET" => {
                let machine = app.machine("ann").await;
                machine.post("/api/jobs", cleaning()).await;
                (machine, json!({ "city": "台北市", "jobType": "general", "status": "published" }))
            }
            "/api/jobs" => (app.machine("ann").await, cleaning()),
            "/api/jobs/{id}" => {
                let machine = app.machine("ann").await;
                machine.post("/api/jobs", cleaning()).await;
                (machine, json!({}))
            }
            "/register" => (app.anon(), person),
            "/verify" => {
                app.anon().post("/register", person).await;
                app.send_mails().await;
                let link = app.mails()[0].link("verify");
                let token = link.query_pairs().next().unwrap().1.into_owned();
                (app.anon(), json!({ "token": token }))
            }
            "/login" => {
                app.member("ann").await;
                (app.anon(), login)
            }
            "/refresh" => {
                app.member("ann").await;
                let token =
                    app.anon().post("/login", login).await.json()["data"]["refresh_token"].clone();
                (app.anon(), json!({ "refresh_token": token }))
            }
            _ => (app.member("ann").await, json!({})),
        }
    }

    async fn call(&self, client: &Client, parameters: &Value) -> Reply {
        let path = self.path.replace("{id}", "1");
        if self.method != "GET" {
            return client.json(self.method.parse::<Method>().unwrap(), &path, parameters).await;
        }
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in parameters.as_object().unwrap() {
            query.append_pair(name, value.as_str().unwrap());
        }
        client.get(&format!("{path}?{}", query.finish())).await
    }
}

/// The members of an object in their order, each followed by its own.
fn members(prefix: &str, value: &Ordered, found: &mut Vec<String>) {
    match value {
        Ordered::Object(object) => {
            for (name, value) in object {
                let path =
                    if prefix.is_empty() { name.to_string() } else { format!("{prefix}.{name}") };
                found.push(path.clone());
                members(&path, value, found);
            }
        }
        // The items of a list all look like its first.
        Ordered::List(items) => items.iter().take(1).for_each(|item| members(prefix, item, found)),
        _ => {}
    }
}

#[tokio::test]
async fn every_documented_route_takes_its_parameters_and_shows_its_fields_in_their_order() {
    for documented in DOCUMENTED {
        let (app, _) = TestApp::new().await;
        let (client, parameters) = documented.success(&app).await;
        for name in documented.required.iter().chain(documented.optional) {
            assert!(!parameters[name].is_null(), "the test forgets {name} of {}", documented.path);
        }
        let reply = documented.call(&client, &parameters).await;
        let at = format!("{} {}: {}", documented.method, documented.path, reply.text);
        assert_eq!(reply.status, documented.status, "{at}");
        let mut found = Vec::new();
        members("", &serde_json::from_str(&reply.text).unwrap(), &mut found);
        // The jobs API may show more than documented, behind what is.
        let found = found.iter().map(String::as_str);
        let found: Vec<&str> = match documented.path {
            path if path.starts_with("/api") => found.take(documented.shows.len()).collect(),
            _ => found.collect(),
        };
        assert_eq!(found, documented.shows, "{at}");
    }
}

#[tokio::test]
async fn each_required_parameter_is_required_and_named_when_it_is_missing() {
    for documented in DOCUMENTED {
        for &name in documented.required {
            let (app, _) = TestApp::new().await;
            let (client, mut parameters) = documented.success(&app).await;
            parameters.as_object_mut().unwrap().remove(name);
            let reply = documented.call(&client, &parameters).await;
            assert_eq!(reply.status, 400, "{} without {name}: {}", documented.path, reply.text);
            // The documentation has two names for the name; the sample's is the one told.
            let told = if name == "fullName" { "name" } else { name };
            assert!(reply.text.contains("INVALID_REQUEST"), "{}", reply.text);
            assert!(reply.text.contains(told), "{}", reply.text);
        }
        for &name in documented.optional {
            let (app, _) = TestApp::new().await;
            let (client, mut parameters) = documented.success(&app).await;
            parameters.as_object_mut().unwrap().remove(name);
            let reply = documented.call(&client, &parameters).await;
            assert_eq!(reply.status, documented.status, "{} without {name}", documented.path);
        }
    }
}

#[tokio::test]
async fn every_answer_of_every_documented_route_has_the_documented_headers() {
    for documented in DOCUMENTED {
        let (app, anon) = TestApp::new().await;
        let (client, parameters) = documented.success(&app).await;
        let succeeded = documented.call(&client, &parameters).await;
        let refused = documented.call(&anon, &json!({})).await;
        for reply in [succeeded, refused] {
            for header in RATE_LIMIT_HEADERS {
                let value: u64 = reply.header(header).parse().unwrap();
                assert!(value > 0 || header.ends_with("remaining"), "{}", documented.path);
            }
            assert_eq!(reply.header("content-type"), "application/json; charset=utf-8");
        }
    }
}

#[tokio::test]
async fn the_documented_lengths_are_exactly_the_limits() {
    let (app, _) = TestApp::new().await;
    let register = async |name: usize, password: usize, number: usize| {
        let new = json!({
            "fullName": "名".repeat(name),
            "email": format!("p{number}@example.com"),
            "password": "kx7fq2pz"[..password],
        });
        app.anon().post("/register", new).await.status.as_u16()
    };
    for (number, (name, password, status)) in
        [(1, 8, 400), (2, 8, 200), (50, 8, 200), (51, 8, 400), (2, 7, 400)].into_iter().enumerate()
    {
        assert_eq!(register(name, password, number).await, status, "{name} {password}");
    }
}

#[tokio::test]
async fn an_access_token_lives_for_the_documented_24_hours() {
    let (app, anon) = TestApp::new().await;
    app.member("ann").await;
    let login = json!({ "email": "ann@example.com", "password": PASSWORD });
    let data = anon.post("/login", login).await.json()["data"].take();
    assert_eq!(data["expires_in"], 86_400);
    let ann = anon.clone().with_session(1, data["token"].as_str().unwrap(), None);
    app.advance(chrono::TimeDelta::hours(24) - chrono::TimeDelta::seconds(1));
    assert_eq!(ann.get("/user").await.status, 200);
    app.advance(chrono::TimeDelta::seconds(10));
    assert_eq!(ann.get("/user").await.auth_error(), "401 TOKEN_EXPIRED");
}

#[test]
fn the_documented_limits_are_the_default_ones() {
    let limits = config(&[]).limits;
    assert_eq!(limits.limit_general_per_minute, 60);
    assert_eq!(limits.limit_login_per_minute, 5);
    assert_eq!(limits.limit_register_per_hour, 3);
    assert_eq!(limits.limit_key_per_minute, 60);
    assert_eq!(limits.limit_key_per_day, 10_000);
    assert_eq!(limits.limit_response_bytes, 10_000_000);
}

#[test]
fn every_documented_route_has_a_row() {
    for documented in DOCUMENTED {
        let found = routes().iter().any(|route| {
            route.method.as_str() == documented.method && route.path == documented.path
        });
        assert!(found, "{} {}", documented.method, documented.path);
    }
}

#[test]
fn every_row_is_described_in_the_documentation() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rest-compat.md");
    let Ok(text) = std::fs::read_to_string(file) else { return };
    for route in routes() {
        let name = format!("`{} {}`", route.method, route.path);
        assert!(text.contains(&name), "docs/rest-compat.md says nothing of {name}");
    }
}
