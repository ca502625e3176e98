//! A resolver that panics.

use serde_json::{Value, json};

use super::{World, ask, masking::assert_masked};
use crate::{
    rest::jobs::cleaning,
    support::{Server, Socket},
};

/// In every statement that reads jobs, and in the one that writes them.
const READS: &str = "FROM \"jobs\"";
const WRITES: &str = "INSERT INTO \"jobs\"";
const QUERY: &str = "{ jobs { totalCount nodes { title } } }";
const MUTATION: &str = "mutation { cancelJob(input: {id: \"job_1\"}) { job { id } } }";

fn code(answer: &Value) -> &Value {
    &answer["errors"][0]["extensions"]["code"]
}

#[tokio::test]
async fn a15_a_panic_over_http_is_an_opaque_error_and_the_gateway_goes_on() {
    let World { app, anon, ann, machine } = World::new(&[]).await;
    app.panic_at(Some(READS));
    for query in [QUERY, MUTATION] {
        let reply = ask(&ann, query, json!({})).await;
        assert_eq!(code(&reply.json()), "INTERNAL_ERROR", "{}", reply.text);
        assert_masked(&reply, query);
    }
    let reply = machine.get("/api/jobs").await;
    assert_eq!(reply.jobs_error(), "500 INTERNAL_SERVER_ERROR");
    assert_masked(&reply, "REST");
    assert_eq!(ask(&anon, "{ jobTypes { slug } }", json!({})).await.status, 200, "other fields");
    app.panic_at(Some(WRITES));
    let reply = machine.post("/api/jobs", cleaning()).await;
    assert_eq!(reply.jobs_error(), "500 INTERNAL_SERVER_ERROR");
    app.panic_at(None);
    // Neither a lock nor a transaction is left behind.
    assert_eq!(machine.post("/api/jobs", cleaning()).await.status, 201);
    let data = anon.data(QUERY, json!({})).await;
    assert_eq!(data["jobs"]["totalCount"], 2, "the job whose writing panicked is not there");
}

#[tokio::test]
async fn a15_a_panic_on_a_socket_is_an_opaque_error_and_the_socket_goes_on() {
    let World { app, ann, machine, .. } = World::new(&[]).await;
    let server = Server::start(&app).await;
    let (mut socket, here) = Socket::of(server.address, &ann).await;
    let (mut other, _) = Socket::of(server.address, &machine).await;
    app.panic_at(Some(READS));
    for (id, query) in [("1", QUERY), ("2", MUTATION)] {
        socket.subscribe(id, query, &here).await;
        let failed = socket.hear().await;
        assert_eq!((&failed["type"], &failed["id"]), (&json!("next"), &json!(id)), "{failed}");
        assert_eq!(code(&failed["payload"]), "INTERNAL_ERROR", "{failed}");
        assert!(!failed.to_string().contains("panic"), "{failed}");
        assert_eq!(socket.hear().await["type"], "complete");
    }
    other.subscribe("1", "{ __typename }", &here).await;
    assert_eq!(other.event().await, "Query", "other sockets notice nothing");
    app.panic_at(None);
    socket.subscribe("1", QUERY, &here).await;
    assert_eq!(socket.event().await["totalCount"], 1);
}
