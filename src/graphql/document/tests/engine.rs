//! Runs admitted documents in the engine.

use std::sync::atomic::{AtomicI32, Ordering};

use async_graphql::{
    InputObject, Interface, MaybeUndefined, Object, OneofObject, Request, Response, Schema,
    SimpleObject, Subscription, Variables,
};
use futures_util::{Stream, StreamExt, stream};
use serde_json::{Value as Json, json};

use crate::{
    error::{Error, Result},
    graphql::{
        document::{Gate, GateLimits, Operation},
        engine::validated::Validated,
    },
};

#[derive(Default)]
struct Query {
    cats: AtomicI32,
}

#[Object]
impl Query {
    async fn echo(&self, text: String) -> String {
        text
    }

    async fn page(&self, #[graphql(default = 5)] size: i32) -> i32 {
        size
    }

    fn fail(&self) -> Result<Option<i32>> {
        if self.cats.load(Ordering::SeqCst) == 0 { Err(Error::Forbidden) } else { Ok(None) }
    }

    async fn cat(&self) -> Cat {
        Cat { id: self.cats.fetch_add(1, Ordering::SeqCst), name: "Mimi".into() }
    }

    async fn pets(&self) -> Vec<Pet> {
        let dog = Dog { id: 8, barks: true };
        vec![Pet::Cat(Cat { id: 7, name: "Mimi".into() }), Pet::Dog(dog)]
    }

    async fn change(&self, by: By) -> String {
        match by {
            By::Name(name) => name,
            By::Fields(fields) => format!("{:?}", fields.note),
        }
    }
}

#[derive(SimpleObject)]
struct Cat {
    id: i32,
    name: String,
}

#[derive(SimpleObject)]
struct Dog {
    id: i32,
    barks: bool,
}

#[derive(Interface)]
#[graphql(field(name = "id", ty = "&i32"))]
enum Pet {
    Cat(Cat),
    Dog(Dog),
}

#[derive(OneofObject)]
enum By {
    Name(String),
    Fields(Fields),
}

#[derive(InputObject)]
struct Fields {
    note: MaybeUndefined<String>,
}

#[derive(Default)]
struct Mutation {
    total: AtomicI32,
}

#[Object]
impl Mutation {
    async fn add(&self, amount: i32) -> Total {
        Total { total: self.total.fetch_add(amount, Ordering::SeqCst) + amount, amount }
    }
}

#[derive(SimpleObject)]
struct Total {
    total: i32,
    amount: i32,
}

struct Ticks;

#[Subscription]
impl Ticks {
    async fn ticks(&self, to: i32) -> impl Stream<Item = i32> {
        stream::iter(1..=to)
    }
}

/// Admits a text, coerces its variables, and returns the response, or all responses of a stream.
async fn responses(source: &str, variables: Json) -> Vec<Response> {
    let build = Schema::build(Query::default(), Mutation::default(), Ticks);
    let schema = build.extension(Validated).finish();
    let gate = Gate::new(&schema.sdl(), GateLimits::default(), |_| false).expect("valid");
    let document = gate.admit(source).expect(source);
    let operation: &Operation = document.operation(None).expect("alone");
    let variables = operation.coerce(Variables::from_json(variables)).expect(source);
    let mut request = Request::new("").variables(variables.clone());
    request.set_parsed_query(operation.engine(&variables));
    schema.execute_stream(request).collect().await
}

async fn data(source: &str, variables: Json) -> String {
    let responses = responses(source, variables).await;
    assert!(responses.iter().all(Response::is_ok), "{responses:?}");
    let data: Vec<String> =
        responses.iter().map(|it| serde_json::to_string(&it.data).expect("JSON")).collect();
    data.join(" ")
}

#[tokio::test]
async fn strings_arrive_with_their_escapes_resolved() {
    let source = r#"{ a: echo(text: "\uD83D\uDE00\u{1F600}\u4F60\n\"") b: echo(text: """
        你
          好 \"""
    """) }"#;
    assert_eq!(data(source, json!({})).await, r#"{"a":"😀😀你\n\"","b":"你\n  好 \"\"\""}"#);
}

#[tokio::test]
async fn a_mutation_that_is_written_twice_runs_once() {
    for source in [
        "mutation { add(amount: 2) { total } add(amount: 2) { amount } }",
        "mutation { ...F ... on Mutation { add(amount: 2) { amount } } }
            fragment F on Mutation { add(amount: 2) { total } }",
        "mutation { ... @include(if: true) { add(amount: 2) { total } }
            add(amount: 2) @include(if: true) { amount } }",
    ] {
        assert_eq!(data(source, json!({})).await, r#"{"add":{"total":2,"amount":2}}"#, "{source}");
    }
}

#[tokio::test]
async fn aliases_make_different_mutations_and_they_run_in_order() {
    let source = "mutation { b: add(amount: 2) { total } a: add(amount: 2) { total } }";
    assert_eq!(data(source, json!({})).await, r#"{"b":{"total":2},"a":{"total":4}}"#);
}

#[test]
fn a_mutation_under_several_conditions_is_refused() {
    let gate = Gate::new(
        &Schema::new(Query::default(), Mutation::default(), Ticks).sdl(),
        GateLimits::default(),
        |_| false,
    )
    .expect("valid");
    let source = "mutation ($a: Boolean!) {
        add(amount: 2) @include(if: $a) { total } add(amount: 2) { amount } }";
    let error = gate.admit(source).expect_err("could run twice");
    assert!(error.to_string().contains("several conditions"), "{error}");
}

#[tokio::test]
async fn a_subscription_within_a_fragment_yields_its_events() {
    let source = "subscription { ...F } fragment F on Ticks { ... { ticks(to: 3) } }";
    assert_eq!(data(source, json!({})).await, r#"{"ticks":1} {"ticks":2} {"ticks":3}"#);
}

#[tokio::test]
async fn an_argument_whose_variable_is_absent_takes_its_default() {
    let source = "query ($n: Int) { page(size: $n) ... { a: page(size: $n) } }";
    assert_eq!(data(source, json!({})).await, r#"{"page":5,"a":5}"#);
    assert_eq!(data(source, json!({"n": 9})).await, r#"{"page":9,"a":9}"#);
}

#[tokio::test]
async fn defaults_of_variables_decide_what_is_included() {
    let source = "query ($yes: Boolean = true, $no: Boolean! = false) {
        page @include(if: $yes) a: page @include(if: $no) ... @skip(if: $yes) { b: page } }";
    assert_eq!(data(source, json!({})).await, r#"{"page":5}"#);
    assert_eq!(data(source, json!({"yes": false, "no": true})).await, r#"{"a":5,"b":5}"#);
}

#[tokio::test]
async fn an_absent_input_field_is_not_null() {
    let source = "query ($note: String) { change(by: {fields: {note: $note}}) }";
    assert_eq!(data(source, json!({})).await, r#"{"change":"Undefined"}"#);
    assert_eq!(data(source, json!({"note": null})).await, r#"{"change":"Null"}"#);
    assert_eq!(data(source, json!({"note": "n"})).await, r#"{"change":"Value(\"n\")"}"#);
}

#[tokio::test]
async fn equal_fields_are_resolved_once_at_every_level() {
    let source = "{ ...A ...B page cat { id } } fragment A on Query { cat { name } }
        fragment B on Query { cat { id ...C } } fragment C on Pet { id ... on Dog { barks } }";
    assert_eq!(data(source, json!({})).await, r#"{"cat":{"name":"Mimi","id":0},"page":5}"#);
}

#[tokio::test]
async fn fragments_on_some_types_apply_to_these_only() {
    let source = "query ($no: Boolean = false) { pets {
        ... on Dog { barks } ...P ... @include(if: $no) { never: id } __typename } }
        fragment P on Pet { id ... on Cat { name ... on Pet { x: id } } }";
    let expected = r#"{"pets":[{"id":7,"name":"Mimi","x":7,"__typename":"Cat"},{"barks":true,"id":8,"__typename":"Dog"}]}"#;
    assert_eq!(data(source, json!({})).await, expected);
}

#[tokio::test]
async fn errors_of_resolvers_have_the_clients_places() {
    let source = "\"a description\" query {\n  ...F\n}\nfragment F on Query {\r\n  page fail\n}";
    let responses = responses(source, json!({})).await;
    let places: Vec<_> = responses[0].errors.iter().flat_map(|it| &it.locations).collect();
    assert_eq!(format!("{places:?}"), "[Pos(5:8)]");
}

#[tokio::test]
async fn the_engine_answers_the_standard_introspection_query() {
    let answer = data(include_str!("introspection.graphql"), json!({})).await;
    assert!(answer.contains(r#""name":"By","#) && answer.contains(r#""isOneOf":true"#), "{answer}");
}
