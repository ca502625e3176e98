//! What outlives a session is not given to a session alone, some time after signing in.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{audited, subjects};
use crate::{
    jobs::steps::UNLIMITED,
    keys::making::{program, works},
    support::{Client, PASSWORD, Phone, TestApp},
};
use find_helper::entity::audit_event::Kind;

/// The acts that give power that lasts: their names, their input types and their inputs.
fn powers(key: &str, somebody: i64) -> [(&'static str, &'static str, Value); 5] {
    [
        ("createApiKey", "CreateApiKeyInput", json!({ "name": "店面", "scopes": ["JOBS_READ"] })),
        ("rotateApiKey", "RotateApiKeyInput", json!({ "id": key })),
        (
            "updateApiKey",
            "UpdateApiKeyInput",
            json!({ "id": key, "scopes": ["JOBS_READ", "JOBS_WRITE"] }),
        ),
        ("updateApiKey", "UpdateApiKeyInput", json!({ "id": key, "networks": ["203.0.0.0/8"] })),
        (
            "changeUserRole",
            "ChangeUserRoleInput",
            json!({ "id": format!("user_{somebody}"), "role": "ADMIN", "reason": "x" }),
        ),
    ]
}

/// `OK`, or the code of the refusal and the first field that it names.
async fn outcome(
    client: &Client,
    (field, of, input): &(&str, &str, Value),
    proof: Value,
) -> String {
    let mutation = format!("mutation($input: {of}!) {{ {field}(input: $input) {{ __typename }} }}");
    let mut input = input.clone();
    for (name, value) in proof.as_object().unwrap() {
        input[name] = value.clone();
    }
    let reply = client.gql(&mutation, json!({ "input": input })).await.json();
    let error = &reply["errors"][0]["extensions"];
    match (error["code"].as_str(), error["fields"][0]["path"].as_str()) {
        (None, _) => "OK".into(),
        (Some(code), None) => code.into(),
        (Some(code), Some(path)) => format!("{code} {path}"),
    }
}

/// A key that may read from one network.
async fn narrow(app: &TestApp, member: &Client) -> (Client, String) {
    let bounds = json!({ "scopes": ["JOBS_READ"], "networks": ["203.0.113.0/24"] });
    program(app, member, bounds).await
}

#[tokio::test]
async fn s08_what_outlives_a_session_takes_the_password_fifteen_minutes_after_signing_in() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (admin, bob) = (app.admin("root").await, app.member("bob").await);
    let (_, key) = narrow(&app, &admin).await;
    let powers = powers(&key, bob.user_id());
    app.advance(TimeDelta::minutes(15));
    for power in &powers {
        let name = power.0;
        assert_eq!(outcome(&admin, power, json!({})).await, "INVALID_REQUEST password", "{name}");
        let wrong = json!({ "password": "wrong password" });
        assert_eq!(outcome(&admin, power, wrong).await, "INVALID_CREDENTIALS", "{name}");
        let code = json!({ "code": "123456" });
        assert_eq!(
            outcome(&admin, power, code).await,
            "INVALID_REQUEST password",
            "{name}: none is on"
        );
    }
    let tried = audited(&app, admin.user_id()).await;
    assert_eq!(tried[0], Kind::ApiKeyCreated);
    assert_eq!(tried[1..], [Kind::SignInFailed; 5], "nothing was done, and each try is noted");
    for power in &powers {
        let right = json!({ "password": PASSWORD });
        assert_eq!(outcome(&admin, power, right).await, "OK", "{}", power.0);
    }
    let fresh = app.signed_in("root@example.com").await;
    let demote = json!({ "id": format!("user_{}", bob.user_id()), "role": "USER", "reason": "x" });
    let demote = ("changeUserRole", "ChangeUserRoleInput", demote);
    assert_eq!(outcome(&fresh, &demote, json!({})).await, "OK", "just signed in");
}

#[tokio::test]
async fn s08_what_narrows_a_key_or_names_it_takes_nothing() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let ann = app.member("ann").await;
    let (_, key) = program(&app, &ann, json!({})).await;
    app.advance(TimeDelta::minutes(15));
    let update = |changes: Value| {
        let mut input = changes;
        input["id"] = key.as_str().into();
        ("updateApiKey", "UpdateApiKeyInput", input)
    };
    for narrower in [
        json!({ "name": "another" }),
        json!({ "scopes": ["JOBS_READ"] }),
        json!({ "networks": ["203.0.113.0/24", "2001:db8::/32"] }),
        json!({ "networks": ["203.0.113.0/25", "203.0.113.128/25"] }),
        json!({ "networks": ["203.0.113.7"], "scopes": ["JOBS_READ"], "name": "another" }),
    ] {
        assert_eq!(outcome(&ann, &update(narrower.clone()), json!({})).await, "OK", "{narrower}");
    }
    for wider in [
        json!({ "scopes": ["JOBS_WRITE"] }),
        json!({ "networks": [] }),
        json!({ "networks": ["203.0.113.8"] }),
        json!({ "networks": ["203.0.113.7", "10.0.0.0/8"] }),
    ] {
        let refused = outcome(&ann, &update(wider.clone()), json!({})).await;
        assert_eq!(refused, "INVALID_REQUEST password", "{wider}");
    }
}

#[tokio::test]
async fn s08_where_a_second_factor_is_on_its_code_does_as_well() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let ann = app.member("ann").await;
    let (phone, recovery) = Phone::enrolled(&app, &ann).await;
    let (_, key) = narrow(&app, &ann).await;
    app.advance(TimeDelta::minutes(15));
    let rotate = ("rotateApiKey", "RotateApiKeyInput", json!({ "id": key }));
    let code = phone.code(&app);
    assert_eq!(outcome(&ann, &rotate, json!({ "code": "abc" })).await, "INVALID_CREDENTIALS");
    assert_eq!(outcome(&ann, &rotate, json!({ "code": code })).await, "OK");
    assert_eq!(
        outcome(&ann, &rotate, json!({ "code": code })).await,
        "INVALID_CREDENTIALS",
        "once"
    );
    assert_eq!(outcome(&ann, &rotate, json!({ "code": recovery[0] })).await, "OK");
    assert_eq!(outcome(&ann, &rotate, json!({ "password": PASSWORD })).await, "OK");
}

#[tokio::test]
async fn s08_a_stolen_token_gets_no_more_tries_here_than_elsewhere() {
    let (app, _) = TestApp::new().await;
    let ann = app.member("ann").await;
    let (_, key) = narrow(&app, &ann).await;
    app.advance(TimeDelta::minutes(15));
    let rotate = ("rotateApiKey", "RotateApiKeyInput", json!({ "id": key }));
    let wrong = json!({ "password": "wrong password" });
    for (n, address) in (1..=5).map(|n| (n, format!("198.51.100.{n}"))) {
        let answer = outcome(&ann.at(&address), &rotate, wrong.clone()).await;
        assert_eq!(answer, "INVALID_CREDENTIALS", "{n}");
    }
    let right = json!({ "password": PASSWORD });
    assert_eq!(outcome(&ann, &rotate, right).await, "RATE_LIMIT_EXCEEDED");
    let change = "mutation { changePassword(input: {currentPassword: \"wrong password\",
        newPassword: \"another horse battery\"}) { ok } }";
    assert_eq!(ann.code(change, json!({})).await, "RATE_LIMIT_EXCEEDED", "one count for all");
}

#[tokio::test]
async fn s08_signing_out_everywhere_stops_the_keys_if_they_are_meant() {
    let (app, _) = TestApp::with(UNLIMITED).await;
    let (ann, bob) = (app.member("ann").await, app.member("bob").await);
    let ((first, _), (of_bob, _)) = (
        program(&app, &ann, json!({ "name": "店面" })).await,
        program(&app, &bob, json!({})).await,
    );
    ann.data("mutation { logoutEverywhere { ok } }", json!({})).await;
    assert!(works(&first).await, "they go on unless asked");
    let ann = app.signed_in("ann@example.com").await;
    let (second, _) = program(&app, &ann, json!({})).await;
    ann.data("mutation { logoutEverywhere(stopApiKeys: true) { ok } }", json!({})).await;
    assert!(!works(&first).await && !works(&second).await && works(&of_bob).await);
    let stopped =
        |kinds: &[Kind]| kinds.iter().filter(|kind| **kind == Kind::ApiKeyRevoked).count();
    assert_eq!(stopped(&audited(&app, ann.user_id()).await), 2);
    let told = subjects(&app, "ann@example.com").await;
    let told = told.iter().filter(|subject| *subject == "An API key was revoked");
    assert_eq!(told.count(), 2, "of each its owner is told");
}
