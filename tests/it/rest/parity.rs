//! A route of REST and its own document sent to `/graphql` do the same.

use axum::http::Method;
use find_helper::rest::{Route, routes::routes};
use serde_json::{Map, Value, json};

use super::jobs::cleaning;
use crate::support::{Client, PASSWORD, Reply, TestApp};

/// A gateway with the same data each time.
struct World {
    app: TestApp,
    anon: Client,
    ann: Client,
    machine: Client,
}

impl World {
    async fn new() -> Self {
        let (app, anon) = TestApp::new().await;
        let machine = app.machine("ann").await;
        let ann = app.signed_in("ann@example.com").await;
        let bob = app.machine("bob").await;
        for client in [&machine, &bob, &machine] {
            assert_eq!(client.post("/api/jobs", cleaning()).await.status, 201);
        }
        Self { app, anon, ann, machine }
    }

    async fn verification_token(&self) -> String {
        let new = json!({ "name": "張三", "email": "zhang@example.com", "password": PASSWORD });
        self.app.anon().post("/register", new).await;
        self.app.send_mails().await;
        let mails = self.app.mails();
        let mail = mails.iter().find(|mail| mail.raw.contains("zhang@example.com")).unwrap();
        let link = mail.link("verify");
        link.query_pairs().find(|(name, _)| name == "token").unwrap().1.into_owned()
    }

    async fn static_refresh_token(&self) -> String {
        let login = json!({ "email": "ann@example.com", "password": PASSWORD });
        let reply = self.app.anon().post("/login", login).await;
        reply.json()["data"]["refresh_token"].as_str().unwrap().to_owned()
    }

    /// Parameters of a route as REST names them, good ones first, and who asks.
    async fn cases(&self, route: &Route) -> (&Client, Vec<Value>) {
        match (route.method.as_str(), route.path) {
            ("GET", "/api/jobs") => {
                let page = json!({ "city": "台北市", "jobType": "general", "status": "published", "limit": 2 });
                (
                    &self.machine,
                    vec![json!({}), page, json!({ "limit": 0 }), json!({ "status": "x" })],
                )
            }
            ("GET", "/api/jobs/{id}") => {
                (&self.machine, vec![json!({ "id": 1 }), json!({ "id": 9 })])
            }
            ("POST", "/api/jobs") => {
                let untitled = json!({ "jobType": "general", "city": "c", "address": "a", "estimatedAmount": 1 });
                (&self.machine, vec![cleaning(), untitled])
            }
            ("PATCH", "/api/jobs/{id}") => {
                let change =
                    json!({ "id": 1, "title": "新的", "city": "臺南市", "expectedVersion": 1 });
                let foreign = json!({ "id": 2, "title": "新的" });
                (&self.machine, vec![change.clone(), change, foreign])
            }
            ("POST", "/api/jobs/{id}/cancel") => {
                (&self.machine, vec![json!({ "id": 1 }), json!({ "id": 1 }), json!({ "id": 2 })])
            }
            ("POST", "/register") => {
                let new = json!({ "name": "李四", "email": "li@example.com", "password": PASSWORD, "phone": "0912345678" });
                (
                    &self.anon,
                    vec![new.clone(), new, json!({ "name": "x", "email": "x", "password": "x" })],
                )
            }
            ("POST", "/login") => {
                let login = |password| json!({ "email": "ann@example.com", "password": password });
                (&self.anon, vec![login(PASSWORD), login("wrong password")])
            }
            ("GET", "/verify") => {
                let token = self.verification_token().await;
                (&self.anon, vec![json!({ "token": token }), json!({ "token": "x" })])
            }
            ("POST", "/refresh") => {
                let token = self.static_refresh_token().await;
                (
                    &self.anon,
                    vec![json!({ "refresh_token": token }), json!({ "refresh_token": "x" })],
                )
            }
            ("GET", "/user") | ("POST", "/logout") => (&self.ann, vec![json!({})]),
            route => panic!("no case for {route:?}"),
        }
    }
}

async fn over_rest(client: &Client, route: &Route, parameters: &Value) -> Reply {
    let mut parameters: Map<String, Value> = parameters.as_object().unwrap().clone();
    let mut path = route.path.to_owned();
    if path.contains("{id}") {
        path = path.replace("{id}", &parameters.remove("id").unwrap().to_string());
    }
    if route.method != Method::GET {
        return client.json(route.method.clone(), &path, &parameters.into()).await;
    }
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in parameters {
        query.append_pair(&name, value.as_str().unwrap_or(&value.to_string()));
    }
    client.get(&format!("{path}?{}", query.finish())).await
}

/// GraphQL has global ids and spells enums in upper case.
async fn over_graphql(client: &Client, route: &Route, parameters: &Value) -> Reply {
    let mut variables = parameters.clone();
    if route.path.contains("{id}") {
        variables["id"] = json!(format!("job_{}", variables["id"]));
    }
    if let Some(status) = variables.get("status").and_then(Value::as_str) {
        variables["status"] = json!(status.to_uppercase());
    }
    client.gql(route.document, variables).await
}

/// What the answer of REST shows, without the envelope; or the code of its error.
fn shown_by_rest(route: &Route, reply: &Reply) -> Result<Value, String> {
    let json = reply.json();
    if json["success"] == false {
        let code = json.get("error_code").unwrap_or(&json["error"]["code"]);
        return Err(code.as_str().unwrap().to_owned());
    }
    let data = json.get("data").cloned().unwrap_or_default();
    Ok(if route.paged { json!([data, json["pagination"]]) } else { data })
}

/// The same of GraphQL's answer, from the place that the row names.
fn shown_by_graphql(route: &Route, reply: &Reply) -> Result<Value, String> {
    let json = reply.json();
    if let Some(error) = json["errors"].get(0) {
        return Err(error["extensions"]["code"].as_str().unwrap().to_owned());
    }
    let mut data = route.data.iter().fold(&json["data"], |data, name| &data[name]).clone();
    if route.data.is_empty() {
        return Ok(Value::Null);
    }
    if data.is_null() {
        return Err("NOT_FOUND".into());
    }
    if route.paged {
        let page = &mut data["pageInfo"];
        if page["hasMore"] == false {
            page["nextCursor"] = Value::Null;
        }
        data = json!([data["nodes"], data["pageInfo"]]);
    }
    Ok(lower_case_status(data))
}

fn lower_case_status(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(lower_case_status).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| match value {
                Value::String(text) if name == "status" => (name, json!(text.to_lowercase())),
                value => (name, lower_case_status(value)),
            })
            .collect(),
        scalar => scalar,
    }
}

/// Replaces what is random.
fn without_secrets(mut shown: Result<Value, String>) -> Result<Value, String> {
    if let Ok(Value::Object(members)) = &mut shown {
        for name in ["token", "refresh_token"] {
            members.entry(name).and_modify(|secret| *secret = json!(secret.is_string()));
        }
    }
    shown
}

#[tokio::test]
async fn each_route_and_its_document_show_the_same_data_and_fail_with_the_same_code() {
    for route in routes() {
        let (rest, graphql) = (World::new().await, World::new().await);
        let (by_rest, rest_cases) = rest.cases(&route).await;
        let (by_graphql, graphql_cases) = graphql.cases(&route).await;
        for (number, (one, other)) in rest_cases.iter().zip(&graphql_cases).enumerate() {
            let shown = over_rest(by_rest, &route, one).await;
            let shown = without_secrets(shown_by_rest(&route, &shown));
            let expected = over_graphql(by_graphql, &route, other).await;
            let expected = without_secrets(shown_by_graphql(&route, &expected));
            let at = format!("{} {} {one}", route.method, route.path);
            assert_eq!(shown, expected, "{at}");
            assert_eq!(
                shown.is_ok(),
                number == 0 || (route.paged && number == 1),
                "{at}: {shown:?}"
            );
        }
    }
}
