//! Small documents in which a change of one operation once renamed the types of another one.

use super::{check_adding_operations, model, renamed};
use dub_generator::model::Record;
use serde_json::{Value, json};

/// The operation that shows what a tag is about is removed. What is left must not become the entity
/// and take the other operations with it.
#[test]
fn removing_the_entity_keeps_the_names_of_responses() {
    let done = |id: &str| {
        json!({"operationId": id, "tags": ["Partners"], "responses": {"200": {"description": "Done.",
            "content": {"application/json": {"schema": {"type": "object", "required": ["partnerId"],
                "properties": {"partnerId": {"type": "string"}}}}}}}})
    };
    let mut partner = done("getPartner");
    partner["responses"]["200"]["content"]["application/json"]["schema"]["properties"]["name"] =
        json!({"type": "string"});
    partner["parameters"] =
        json!([{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}]);
    let mut document = json!({"openapi": "3.0.3", "info": {"title": "Partners", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {
            "/partners/{id}": {"get": partner},
            "/partners/deactivate": {"post": done("deactivatePartner")},
            "/partners/ban": {"post": done("banPartner")}}});
    let before = model(&document, &Record::default());
    document["paths"]
        .as_object_mut()
        .unwrap()
        .remove("/partners/{id}");
    let after = model(&document, &before.record);
    assert_eq!(renamed(&before.record, &after.record), [""; 0]);
    assert_eq!(after.types.len(), 2);
}

/// Two operations of a tag have the same suggested name. When one of them is removed, the other one
/// keeps the name that it has.
#[test]
fn removing_an_operation_keeps_a_name_that_it_prevented() {
    let list = |id: &str| {
        json!({"operationId": id, "tags": ["Lists"], "x-speakeasy-name-override": "list",
            "responses": {"204": {"description": "Done."}}})
    };
    let mut document = json!({"openapi": "3.0.3", "info": {"title": "Lists", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {
            "/allowed": {"get": list("listAllowed")},
            "/blocked": {"get": list("listBlocked")}}});
    let before = model(&document, &Record::default());
    document["paths"]
        .as_object_mut()
        .unwrap()
        .remove("/allowed");
    let after = model(&document, &before.record);
    let name = before.record.method("GET /blocked");
    assert_ne!(name, Some("list"));
    assert_eq!(after.record.method("GET /blocked"), name);
}

/// Returns a variant of the details of an error, in the manner of documents that list each message.
fn detail(issue: &str, description: &str) -> Value {
    json!({"title": issue, "type": "object", "properties": {
        "issue": {"type": "string", "enum": [issue]},
        "description": {"type": "string", "enum": [description]}}})
}

/// Returns a document with three operations, each of which has its own details of an error.
fn errors_by_operation(details: [Value; 3]) -> Value {
    let operation = |id: &str, schemas: &[&str]| {
        let references = schemas.iter();
        let all_of: Vec<Value> = references
            .map(|name| json!({"$ref": format!("#/components/schemas/{name}")}))
            .collect();
        json!({"operationId": id, "tags": ["Trips"],
            "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
            "responses": {
                "204": {"description": "Done."},
                "400": {"description": "Invalid.",
                    "content": {"application/json": {"schema": {"allOf": all_of}}}}}})
    };
    let schema = |details: Value| {
        json!({"type": "object", "properties": {
            "details": {"type": "array", "items": {"anyOf": details}}}})
    };
    let [change, start, track] = details.map(schema);
    json!({"openapi": "3.0.3", "info": {"title": "Trips", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {
            "/trips/{id}": {"patch": operation("changeTrip", &["base", "change"])},
            "/trips/{id}/start": {"post": operation("startTrip", &["base", "start"])},
            "/trips/{id}/track": {"post": operation("trackTrip", &["track"])}},
        "components": {"schemas": {
            "base": {"type": "object", "properties": {"name": {"type": "string"}}},
            "change": change, "start": start, "track": track}}})
}

/// The error body of a status was one type for all operations, and is one for each of them after an
/// operation is added. Its parts are also parts of schemas that are not generated.
#[test]
fn adding_an_error_body_keeps_the_names_of_the_others() {
    let (slow, late) = (detail("SLOW", "Too slow."), detail("LATE", "Too late."));
    let (slower, later) = (detail("SLOW", "Slower."), detail("LATE", "Later."));
    for details in [
        [json!([slow]), json!([late, later]), json!([slow])],
        [
            json!([slow, late]),
            json!([later, slower]),
            json!([slow, slower]),
        ],
        [
            json!([slow, late]),
            json!([late, later]),
            json!([slower, later]),
        ],
        [json!([slow]), json!([late]), json!([late, slow])],
    ] {
        let document = errors_by_operation(details);
        assert_eq!(check_adding_operations(&document, 3), 3);
    }
}
