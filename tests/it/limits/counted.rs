//! Every root field of the schema and every route is in the limit policy.

use async_graphql::parser::{
    parse_schema,
    types::{TypeKind, TypeSystemDefinition},
};
use axum::http::Method;
use find_helper::{
    domain::{
        limits::{self, ChargeRequest, Door},
        viewer::Viewer,
    },
    graphql,
    rest::routes::routes,
};

use crate::support::{Reply, TestApp};

/// What a visitor's operation with this root field is charged to, besides its cost.
fn policies(field: &str) -> &'static [&'static str] {
    match field {
        "login"
        | "changePassword"
        | "requestEmailChange"
        | "deleteAccount"
        | "enrollSecondFactor"
        | "confirmSecondFactor"
        | "replaceRecoveryCodes"
        | "disableSecondFactor" => &["login", "address"],
        "register" => &["register", "address"],
        "acceptApplication"
        | "changeUserRole"
        | "applyToJob"
        | "cancelJob"
        | "completeJob"
        | "confirmEmailChange"
        | "createApiKey"
        | "createJob"
        | "dismissReviewReports"
        | "disputeJob"
        | "releaseJob"
        | "reportDone"
        | "repostJob"
        | "resolveDispute"
        | "exportData"
        | "hideReview"
        | "logout"
        | "logoutEverywhere"
        | "markAllNoticesRead"
        | "markNoticesRead"
        | "publishJob"
        | "refreshToken"
        | "reinstateUser"
        | "rejectApplication"
        | "rejectRegistration"
        | "replyToReview"
        | "reportReview"
        | "requestPasswordReset"
        | "resendMail"
        | "resendVerification"
        | "resetPassword"
        | "revokeApiKey"
        | "revokeSession"
        | "rotateApiKey"
        | "setNoticePreferences"
        | "signOutUser"
        | "startJob"
        | "suspendUser"
        | "unsubscribe"
        | "updateApiKey"
        | "updateJob"
        | "updateProfile"
        | "verifyEmail"
        | "withdrawApplication"
        | "writeReview" => &["address"],
        "apiKey"
        | "apiKeys"
        | "applicationReceived"
        | "auditEvents"
        | "cities"
        | "job"
        | "pastJob"
        | "jobEvents"
        | "jobListUpdated"
        | "jobPublished"
        | "jobTypes"
        | "jobUpdated"
        | "jobs"
        | "node"
        | "nodes"
        | "noticeReceived"
        | "rateLimit"
        | "reviewReports"
        | "similarPay"
        | "user"
        | "users"
        | "viewer" => &["reading"],
        unknown => panic!("{unknown} is in no limit policy: decide, and add it here"),
    }
}

#[tokio::test]
async fn b19_every_root_field_is_charged_to_the_buckets_of_its_policy() {
    let (app, _) = TestApp::new().await;
    let schema = parse_schema(graphql::sdl()).unwrap();
    let mut fields = 0;
    for definition in schema.definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let name = definition.node.name.node.as_str();
        let TypeKind::Object(object) = definition.node.kind else { continue };
        if !["Query", "Mutation", "Subscription"].contains(&name) {
            continue;
        }
        for field in object.fields {
            fields += 1;
            let field = field.node.name.node.to_string();
            let address = format!("2001:db8:{fields:x}::1").parse().unwrap();
            let attempt = graphql::attempt(std::slice::from_ref(&field));
            let (cost, reads) = (Some(1), name != "Mutation");
            let demand = ChargeRequest { attempt, cost, reads, ..ChargeRequest::default() };
            let charged =
                limits::charge(&app.services, Door::Graphql, &Viewer::Anonymous, address, demand)
                    .await;
            let told = charged.standing.quotas.iter().flatten().map(|quota| quota.policy);
            let told: Vec<_> = told.filter(|policy| *policy != "cost").collect();
            assert_eq!(told, policies(&field), "{field}");
            assert!(charged.standing.cost.is_some(), "{field} costs nothing");
        }
    }
    assert!(fields > 30, "{fields}");
}

/// What a request by API key is charged to, besides its cost; nothing means that it is not counted.
fn policies_of(method: &Method, path: &str) -> &'static [&'static str] {
    let path = path.strip_prefix("/auth").unwrap_or(path);
    match (method.as_str(), path) {
        ("POST", "/login") => &["login"],
        ("POST", "/register") => &["register"],
        ("GET", "/api/jobs" | "/api/jobs/{id}" | "/graphql" | "/q/{name}")
        | ("POST", "/api/jobs" | "/api/jobs/{id}/cancel" | "/graphql")
        | ("PATCH", "/api/jobs/{id}") => &["key-minute", "key-day"],
        ("GET", "/verify" | "/user")
        | (
            "POST",
            "/refresh" | "/logout" | "/app/reject" | "/app/reset" | "/app/confirm-email"
            | "/app/unsubscribe",
        ) => &["address"],
        ("GET", "/" | "/jobs" | "/jobs/{place}" | "/jobs/{place}/{type}" | "/sitemap.xml") => {
            &["reading"]
        }
        // Pages that are the same for everybody, and probes.
        (
            "GET",
            "/robots.txt"
            | "/pages/{name}"
            | "/openapi.json"
            | "/app"
            | "/app/"
            | "/app/{*path}"
            | "/app/assets/{*path}"
            | "/app/reject"
            | "/app/reset"
            | "/app/confirm-email"
            | "/app/unsubscribe"
            | "/docs"
            | "/docs/"
            | "/docs/{*path}"
            | "/docs.html"
            | "/healthz"
            | "/readyz",
        ) => &[],
        (method, path) => panic!("{method} {path} is in no limit policy: decide, and add it here"),
    }
}

/// The routes that are written by hand, as they stand in the router.
fn handwritten() -> Vec<(Method, String)> {
    let routers = include_str!("../../../src/http/mod.rs").split(".route(\"").skip(1);
    let paths = routers.map(|rest| rest.split('"').next().unwrap().to_owned());
    let mut routes: Vec<_> = paths.map(|path| (Method::GET, path)).collect();
    for path in ["/graphql", "/app/reject"] {
        routes.push((Method::POST, path.into()));
    }
    routes
}

fn told(reply: &Reply) -> Vec<String> {
    let Some(header) = reply.headers.get("ratelimit-policy") else { return Vec::new() };
    let policies = header.to_str().unwrap().split(", ");
    let names = policies.map(|policy| policy.split('"').nth(1).unwrap().to_owned());
    names.filter(|name| name != "cost").collect()
}

#[tokio::test]
async fn b19_every_route_is_charged_to_the_buckets_of_its_policy() {
    let (app, _) = TestApp::new().await;
    let machine = app.machine("ann").await;
    let documented = routes().into_iter().flat_map(|route| {
        let paths: Vec<_> = route.paths().collect();
        paths.into_iter().map(move |path| (route.method.clone(), path))
    });
    let routes: Vec<_> = documented.chain(handwritten()).collect();
    assert!(routes.len() > 25, "{routes:?}");
    for (number, (method, path)) in routes.iter().enumerate() {
        let client = machine.at(&format!("198.51.100.{number}"));
        let address = match path.as_str() {
            // A query string of nothing would be answered by a page.
            "/graphql" => "/graphql?query={__typename}".to_owned(),
            "/jobs/{place}" => "/jobs/1".to_owned(),
            "/jobs/{place}/{type}" => "/jobs/台北市/居家清潔".to_owned(),
            path => path.replace("{id}", "1").replace("{name}", "x").replace("{*path}", "x"),
        };
        let body = serde_json::json!({ "query": "{ __typename }" });
        let reply = client.json(method.clone(), &address, &body).await;
        assert_ne!(reply.status, 405, "{method} {path}");
        assert_eq!(told(&reply), policies_of(method, path), "{method} {path}: {reply:?}");
    }
}
