//! Documents that are too much for a careless generator: they are taken, or refused by name, at once.

use dub_generator::diagnostic::{Code, Diagnostic};
use dub_generator::model::Api;
use dub_generator::{Config, Unsupported};
use serde_json::{Map, Value, json};

/// A document that gives the schema `S0`, with these schemas.
fn inspect(schemas: impl Iterator<Item = Value>) -> Result<Api, Vec<Diagnostic>> {
    let schemas: Map<String, Value> = schemas
        .enumerate()
        .map(|(number, schema)| (format!("S{number}"), schema))
        .collect();
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "Sample", "version": "1"},
        "paths": {"/things": {"get": {"responses": {"200": {"description": "", "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/S0"}}
        }}}}}},
        "components": {"schemas": schemas},
    });
    dub_generator::inspect(&Config {
        document: document.to_string().as_bytes(),
        overlay: None,
        tags: &[],
        crate_name: "sample",
        unsupported: Unsupported::Reject,
    })
}

fn reference(number: usize) -> Value {
    json!({"$ref": format!("#/components/schemas/S{number}")})
}

/// Schemas of which each leads to the next; the last is a text.
fn chain(count: usize, link: impl Fn(Value) -> Value) -> Result<Api, Vec<Diagnostic>> {
    let links = (1..count).map(|next| link(reference(next)));
    inspect(links.chain([json!({"type": "object", "properties": {"end": {"type": "string"}}})]))
}

#[test]
fn rejects_long_chain_of_required_properties() {
    let of = |next| json!({"type": "object", "required": ["next"], "properties": {"next": next}});
    assert!(chain(90, of).is_ok());
    assert_eq!(chain(3_000, of).unwrap_err()[0].code, Code::Bound);
}

#[test]
fn rejects_excessively_long_schema_chain() {
    let api = chain(
        11_000,
        |next| json!({"type": "object", "properties": {"next": next}}),
    );
    assert_eq!(api.unwrap_err()[0].code, Code::Bound);
}

#[test]
fn merges_long_all_of_chain_into_one_struct() {
    let api = chain(
        500,
        |next| json!({"allOf": [next, {"description": "more"}]}),
    )
    .unwrap();
    assert_eq!(api.types.len(), 1, "{:?}", api.types);
}

/// Two ways at each of sixty steps are more ways than anybody can walk.
#[test]
fn visits_shared_schema_once() {
    let api = chain(
        60,
        |next| json!({"allOf": [next, next, {"type": "object", "properties": {"a": next}}]}),
    );
    assert!(api.is_ok(), "{:?}", api.unwrap_err());
}

#[test]
fn rejects_deeply_nested_arrays() {
    let of_lists = |next| json!({"type": "array", "items": next});
    assert!(chain(30, of_lists).is_ok());
    assert_eq!(chain(40, of_lists).unwrap_err()[0].code, Code::Unsupported);
}

/// Each schema has two properties that take in the next one whole, with what these take in.
#[test]
fn lowers_repeated_all_of_merge_once() {
    let api = chain(40, |next| {
        let with = |name: &str| {
            let more = json!({"type": "object", "properties": {name: {"type": "string"}}});
            json!({"allOf": [next, more]})
        };
        json!({"type": "object", "properties": {"p": with("x"), "q": with("y")}})
    });
    let types = api.unwrap().types;
    let structs = types
        .iter()
        .filter(|def| matches!(def.kind, dub_generator::model::Kind::Struct { .. }));
    // The first schema, and what the two properties at each step are.
    assert_eq!(structs.count(), 1 + 2 * 39);
}
