//! Raises a document of OpenAPI 3.0 to OpenAPI 3.1, with the same meaning.

use serde_json::{Map, Value, json};

/// The keywords whose value is a list of schemas.
const LISTS: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// Raises a document: its version, and all schemas of its operations and components.
pub fn document(document: &mut Value) {
    let Value::Object(root) = document else {
        return;
    };
    root.insert("openapi".to_owned(), json!("3.1.0"));
    for (key, value) in root {
        match key.as_str() {
            "paths" => part(value),
            "components" => components(value),
            _ => {}
        }
    }
}

fn components(value: &mut Value) {
    let sections = value.as_object_mut().into_iter().flatten();
    for (section, value) in sections {
        match section.as_str() {
            "schemas" => each(value, schema),
            "examples" | "securitySchemes" | "links" => {}
            section if section.starts_with("x-") => {}
            _ => part(value),
        }
    }
}

/// Raises the schemas within a part of the document that is not a schema.
fn part(value: &mut Value) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                match key.as_str() {
                    "schema" => schema(value),
                    "example" | "examples" | "links" => {}
                    key if key.starts_with("x-") => {}
                    _ => part(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(part),
        _ => {}
    }
}

fn each(values: &mut Value, raise: fn(&mut Value)) {
    match values {
        Value::Object(object) => object.values_mut().for_each(raise),
        Value::Array(items) => items.iter_mut().for_each(raise),
        _ => {}
    }
}

fn schema(value: &mut Value) {
    let Value::Object(object) = value else {
        return;
    };
    for key in ["anyOf", "oneOf"] {
        if let Some(branches) = object.get_mut(key) {
            each(branches, alternative);
        }
    }
    for key in ["items", "additionalProperties", "not"] {
        if let Some(inner) = object.get_mut(key) {
            schema(inner);
        }
    }
    if let Some(properties) = object.get_mut("properties") {
        each(properties, schema);
    }
    let mut is_nullable = object.remove("nullable") == Some(Value::Bool(true));
    if let Some(Value::Array(parts)) = object.get_mut("allOf") {
        // Documents write it to allow null.
        let count = parts.len();
        parts.retain(|part| *part != json!({ "nullable": true }));
        is_nullable |= parts.len() < count;
        parts.iter_mut().for_each(schema);
    }
    bound(object, "minimum", "exclusiveMinimum");
    bound(object, "maximum", "exclusiveMaximum");
    bytes(object);
    if let Some(example) = object.remove("example") {
        object.insert("examples".to_owned(), json!([example]));
    }
    if is_nullable {
        nullable(value);
    }
    if let Value::Object(object) = value {
        constant(object);
    }
}

/// Raises a branch of `oneOf` or `anyOf`. Documents write `nullable: true` there for null.
fn alternative(value: &mut Value) {
    if *value == json!({ "nullable": true }) {
        *value = json!({ "type": "null" });
    }
    schema(value);
}

/// Raises a bound: in OpenAPI 3.0, `exclusiveMinimum: true` is a flag of `minimum`. Any other value has
/// no effect there.
fn bound(object: &mut Map<String, Value>, inclusive: &str, exclusive: &str) {
    let is_exclusive = object.remove(exclusive) == Some(Value::Bool(true));
    if is_exclusive && let Some(limit) = object.remove(inclusive) {
        object.insert(exclusive.to_owned(), limit);
    }
}

fn bytes(object: &mut Map<String, Value>) {
    if object.get("type") != Some(&json!("string")) {
        return;
    }
    let (key, value) = match object.get("format").and_then(Value::as_str) {
        Some("binary") => ("contentMediaType", "application/octet-stream"),
        Some("byte") => ("contentEncoding", "base64"),
        _ => return,
    };
    object.remove("format");
    object.insert(key.to_owned(), json!(value));
}

fn constant(object: &mut Map<String, Value>) {
    if let Some(Value::Array(values)) = object.get("enum")
        && let [only] = values.as_slice()
    {
        let only = only.clone();
        object.remove("enum");
        object.insert("const".to_owned(), only);
    }
}

/// The keywords that stay beside the alternatives of a nullable schema.
fn is_annotation(key: &str) -> bool {
    key.starts_with("x-")
        || matches!(
            key,
            "title"
                | "description"
                | "default"
                | "examples"
                | "deprecated"
                | "readOnly"
                | "writeOnly"
                | "externalDocs"
                | "xml"
        )
}

/// Allows null.
fn nullable(value: &mut Value) {
    let Value::Object(object) = value else {
        return;
    };
    let is_composition = |key: &String| {
        LISTS.contains(&key.as_str()) || matches!(key.as_str(), "$ref" | "properties" | "items")
    };
    let is_typed = matches!(object.get("type"), Some(Value::String(name)) if name != "null");
    let is_composed = object.keys().any(is_composition);
    let is_plain = is_typed
        && !LISTS
            .iter()
            .chain(&["$ref"])
            .any(|key| object.contains_key(*key));
    if is_plain || !is_composed {
        if let Some(name) = object.get("type").filter(|_| is_typed).cloned() {
            object.insert("type".to_owned(), json!([name, "null"]));
        }
        if let Some(Value::Array(values)) = object.get_mut("enum")
            && !values.contains(&Value::Null)
        {
            values.push(Value::Null);
        }
        return;
    }
    let (outer, inner): (Map<_, _>, Map<_, _>) = std::mem::take(object)
        .into_iter()
        .partition(|(key, _)| is_annotation(key));
    *object = outer;
    let inner = match inner
        .get("allOf")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
    {
        // The usual way to make a reference nullable.
        Some([only]) if inner.len() == 1 && only.get("$ref").is_some() => only.clone(),
        _ => Value::Object(inner),
    };
    object.insert("anyOf".to_owned(), json!([inner, { "type": "null" }]));
}
