//! Documents of OpenAPI 3.1 and 3.2 of several files.

use super::{Documents, returning};
use serde_json::{Value, json};

fn documents(schema: &str, rest: &str, files: &[(&str, &str)]) -> Documents {
    let document = format!("openapi: 3.1.0\n{}", returning(schema, rest));
    let files = files.iter().map(|(path, text)| (*path, text.as_bytes()));
    Documents::of_bytes(&document, files)
}

#[test]
fn keywords_beside_a_reference_are_kept() {
    let files = [(
        "a.yaml",
        "A: {type: [object, 'null'], properties: {x: {type: string}}}\nB: {type: string, const: b}",
    )];
    let schema = "{properties: {a: {$ref: 'a.yaml#/A', properties: {b: {$ref: 'a.yaml#/B'}}}}}";
    let documents = documents(schema, "", &files);
    let bundled = documents.bundled();
    let property = bundled
        .pointer("/paths/~1a/get/responses/200/content/application~1json/schema/properties/a")
        .unwrap();
    assert_eq!(
        property,
        &json!({
            "$ref": "#/components/schemas/A",
            "properties": {"b": {"$ref": "#/components/schemas/B"}}
        })
    );
    documents.generated();
}

/// A file has references by `$id`, by anchors, and to its `$defs`.
#[test]
fn identifiers_are_those_of_the_file() {
    let pet = "\
$schema: https://json-schema.org/draft/2020-12/schema
$id: https://example.com/schemas/pet
type: object
properties:
  own: {$ref: '#/$defs/Name'}
  by_anchor: {$ref: '#owner'}
  by_dynamic_anchor: {$dynamicRef: '#owner'}
  by_id: {$ref: address}
  next: {$ref: 'https://example.com/schemas/pet'}
  file: {$ref: other.json}
$defs:
  Name: {type: string, enum: [a, b]}
  Owner: {$dynamicAnchor: owner, type: object, properties: {name: {$ref: '#/$defs/Name'}}}
  Address: {$id: address, type: object, properties: {city: {type: string}}}
";
    let files = [
        ("schemas/pet.yaml", pet),
        (
            "schemas/other.json",
            "{\"$id\": \"https://example.com/schemas/other.json\", \"type\": \"object\", \"properties\": {\"pet\": {\"$ref\": \"pet.yaml\"}}}",
        ),
    ];
    let documents = documents("{$ref: schemas/pet.yaml}", "", &files);
    let bundled = documents.bundled();
    let schemas = bundled.pointer("/components/schemas").unwrap();
    let names: Vec<_> = schemas.as_object().unwrap().keys().collect();
    assert_eq!(names, ["Address", "Name", "Owner", "other", "pet"]);
    let properties = schemas
        .pointer("/pet/properties")
        .and_then(Value::as_object);
    let targets: Vec<_> = properties
        .unwrap()
        .values()
        .map(|property| {
            property["$ref"]
                .as_str()
                .unwrap()
                .rsplit('/')
                .next()
                .unwrap()
        })
        .collect();
    assert_eq!(
        targets,
        ["Name", "Owner", "Owner", "Address", "pet", "other"]
    );
    let models = documents.models();
    assert!(models.contains("pub struct Owner"), "{models}");
}

/// References by an identifier of the document itself are no references to files.
#[test]
fn identifiers_of_the_document_are_not_files() {
    let rest = "components:\n  schemas:\n    A: {$id: 'https://example.com/a', type: object, properties: {x: {type: string}}}\n";
    let documents = documents("{$ref: 'https://example.com/a'}", rest, &[]);
    assert!(documents.models().contains("pub struct A"));
    assert_eq!(documents.read(), [""; 0]);
}

/// Webhooks, path items and media types of later versions can be in files, too.
#[test]
fn parts_of_later_versions_are_replaced() {
    let files = [
        (
            "hook.yaml",
            "post: {operationId: hook, requestBody: {content: {application/json: {schema: {$ref: 'a.yaml#/A'}}}}}",
        ),
        (
            "item.yaml",
            "get: {operationId: getB, responses: {'200': {description: d, content: {application/json: {$ref: media.yaml}}}}}",
        ),
        ("media.yaml", "schema: {$ref: 'a.yaml#/A'}"),
        (
            "a.yaml",
            "A: {type: object, properties: {x: {type: [string, 'null']}}}",
        ),
    ];
    let rest = "  /b: {$ref: '#/components/pathItems/B'}\nwebhooks:\n  hook: {$ref: hook.yaml}\n\
                components:\n  pathItems:\n    B: {$ref: item.yaml}\n";
    let documents = documents("{type: string}", rest, &files);
    let files = documents.generated();
    let text: String = files.iter().map(|file| file.text.as_str()).collect();
    assert!(text.contains("GetB"), "{text}");
    assert!(text.contains("pub struct A"), "{text}");
}

/// Errors in a converted document have the locations of their file.
#[test]
fn errors_have_the_locations_of_the_file() {
    let files = [(
        "a.yaml",
        "A:\n  oneOf:\n    - {type: 'null'}\n    - type: object\n      properties: {x: {type: strin}}\n",
    )];
    let errors = documents("{$ref: 'a.yaml#/A'}", "", &files).errors();
    assert!(errors.starts_with("a.yaml:5:30: error[E003]"), "{errors}");
    assert!(
        errors.contains("= pointer: /A/oneOf/1/properties/x/type\n"),
        "{errors}"
    );
}
