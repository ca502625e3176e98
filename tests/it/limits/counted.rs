//! Every root field of the schema is in the limit policy.

use async_graphql::parser::{
    parse_schema,
    types::{TypeKind, TypeSystemDefinition},
};
use find_helper::{
    domain::{
        limit::{self, Demand, Door},
        viewer::Viewer,
    },
    graphql,
};

use crate::support::TestApp;

/// What a visitor's operation with this root field is charged to, besides its cost.
fn policies(field: &str) -> &'static [&'static str] {
    match field {
        "login" | "changePassword" | "requestEmailChange" | "deleteAccount" => {
            &["login", "address"]
        }
        "register" => &["register", "address"],
        "acceptApplication"
        | "apiKeys"
        | "applicationReceived"
        | "applyToJob"
        | "cancelJob"
        | "completeJob"
        | "confirmEmailChange"
        | "createApiKey"
        | "createJob"
        | "exportData"
        | "job"
        | "jobEvents"
        | "jobPublished"
        | "jobTypes"
        | "jobUpdated"
        | "jobs"
        | "logout"
        | "node"
        | "nodes"
        | "publishJob"
        | "rateLimit"
        | "refreshToken"
        | "reinstateUser"
        | "rejectApplication"
        | "rejectRegistration"
        | "requestPasswordReset"
        | "resendVerification"
        | "resetPassword"
        | "revokeApiKey"
        | "startJob"
        | "suspendUser"
        | "updateJob"
        | "updateProfile"
        | "user"
        | "verifyEmail"
        | "viewer"
        | "withdrawApplication" => &["address"],
        unknown => panic!("{unknown} is in no limit policy: decide, and add it here"),
    }
}

#[tokio::test]
async fn every_root_field_is_charged_to_the_buckets_of_its_policy() {
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
            let demand =
                Demand { root_fields: std::slice::from_ref(&field), cost: Some(1), dry_run: false };
            let charged =
                limit::charge(&app.services, Door::Graphql, &Viewer::Anonymous, address, demand)
                    .await;
            let told = charged.standing.quotas.iter().flatten().map(|quota| quota.policy);
            let told: Vec<_> = told.filter(|policy| *policy != "cost").collect();
            assert_eq!(told, policies(&field), "{field}");
            assert!(charged.standing.cost.is_some(), "{field} costs nothing");
        }
    }
    assert!(fields > 30, "{fields}");
}
