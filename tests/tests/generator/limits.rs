//! Documents that could exhaust memory, time or the stack: the generator accepts them or returns a
//! specific error, without delay.

use dub_generator::diagnostic::{Code, Diagnostic};
use dub_generator::model::Api;
use dub_generator::{Config, Unsupported};
use serde_json::{Map, Value, json};

/// Inspects a document with the schemas `S0`, `S1` and so on. Its only operation returns `S0`.
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
        files: None,
        overlay: None,
        tags: &[],
        crate_name: "sample",
        command: "cargo xtask regen",
        unsupported: Unsupported::Reject,
        names: None,
    })
}

fn reference(number: usize) -> Value {
    json!({"$ref": format!("#/components/schemas/S{number}")})
}

/// Inspects a chain of `count` schemas. Each refers to the next through `link`, and the last is an
/// object with a string property.
fn chain(count: usize, link: impl Fn(Value) -> Value) -> Result<Api, Vec<Diagnostic>> {
    let links = (1..count).map(|next| link(reference(next)));
    inspect(links.chain([json!({"type": "object", "properties": {"end": {"type": "string"}}})]))
}

#[test]
fn rejects_long_chain_of_required_properties() {
    let link = |next| json!({"type": "object", "required": ["next"], "properties": {"next": next}});
    assert!(chain(90, link).is_ok());
    assert_eq!(chain(3_000, link).unwrap_err()[0].code, Code::Bound);
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

/// Each schema could be a variant of the unions of all schemas that it extends.
#[test]
fn rejects_long_chain_of_bases_with_discriminator() {
    let link = |next| json!({"allOf": [next, {"discriminator": {"propertyName": "kind"}}]});
    assert!(chain(20, link).is_ok());
    assert_eq!(chain(2_000, link).unwrap_err()[0].code, Code::Bound);
}

/// Each schema refers to the next one three times, so the number of paths grows exponentially. A
/// generator that follows every path does not finish.
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
    let link = |next| json!({"type": "array", "items": next});
    assert!(chain(30, link).is_ok());
    assert_eq!(chain(40, link).unwrap_err()[0].code, Code::Unsupported);
}

/// Each schema has two properties that merge the next schema with `allOf`. If the generator repeats
/// merges, their number grows exponentially.
#[test]
fn lowers_repeated_all_of_merge_once() {
    let api = chain(40, |next| {
        let with = |name: &str| {
            let extra = json!({"type": "object", "properties": {name: {"type": "string"}}});
            json!({"allOf": [next, extra]})
        };
        json!({"type": "object", "properties": {"p": with("x"), "q": with("y")}})
    });
    let types = api.unwrap().types;
    let structs = types
        .iter()
        .filter(|def| matches!(def.kind, dub_generator::model::Kind::Struct { .. }));
    // The first schema, and one struct for each of the two properties of the 39 links.
    assert_eq!(structs.count(), 1 + 2 * 39);
}

/// Each schema repeats the next one, so that following each reference again would never end.
#[test]
fn follows_each_reference_once_for_the_values_of_a_tag() {
    let base = json!({
        "discriminator": {"propertyName": "kind"},
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": reference(1)},
    });
    let links = (2..12).map(|number| json!({"allOf": vec![reference(number); 20]}));
    let last = json!({"type": "string"});
    let schemas = std::iter::once(base).chain(links).chain([last]);
    assert_eq!(inspect(schemas).unwrap().types.len(), 1);
}

/// Each struct has two properties with the next struct, and is intersected with a map of maps.
#[test]
fn intersects_repeated_struct_with_map_once() {
    const COUNT: usize = 24;
    let map = |values| json!({"type": "object", "additionalProperties": values});
    let maps = (0..COUNT).fold(map(json!({"type": "object"})), |values, _| map(values));
    let both = json!({"allOf": [
        {"type": "object", "properties": {"tree": reference(1)}},
        {"type": "object", "properties": {"tree": maps}},
    ]});
    let link = |number| {
        let next = reference(number);
        json!({"type": "object", "properties": {"a": next, "b": next}})
    };
    let last = json!({"type": "object", "properties": {"c": {"type": "object"}}});
    let schemas = std::iter::once(both)
        .chain((2..=COUNT).map(link))
        .chain([last]);
    let types = inspect(schemas).unwrap().types.len();
    assert!(types < 3 * COUNT, "{types}");
}
