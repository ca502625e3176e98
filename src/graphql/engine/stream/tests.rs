//! The memory of a subscription.

use async_graphql::Variables;
use serde_json::json;

use super::*;
use crate::{
    domain::{origin::Client, presence::Principal, testing::databases},
    language::Language,
};

#[tokio::test]
async fn a_subscription_keeps_the_variables_that_it_declares_and_no_other() {
    for fresh in databases().await {
        let engine = Engine::new(Arc::new(fresh.services)).unwrap();
        let text = "subscription($city: String = \"台北市\", $after: String) {
            jobEvents(filter: { city: $city }, after: $after) { kind } }";
        let document = DocumentRef::Text { text: text.into(), hash: None };
        let client = Client { address: [127, 0, 0, 1].into(), user_agent: None, language: None };
        let given = json!({ "after": null, "undeclared": "x".repeat(50_000) });
        let asked = Operation {
            name: None,
            variables: Variables::from_json(given),
            caller: Caller::unknown(client, Door::Socket),
            language: Language::En,
            queries_only: false,
        };
        let presence = Arc::new(engine.services().presences.connect(Principal::Anonymous));
        let streamed = engine.stream(&document, asked, presence, None).await;
        let Streamed::Events(subscription) = streamed else { panic!("a subscription") };
        let kept = Variables::from_json(json!({ "city": "台北市", "after": null }));
        assert_eq!(subscription.asked.variables, kept);
    }
}
