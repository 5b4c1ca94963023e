//! Converts schemas of OpenAPI 3.0 to JSON Schema 2020-12.

use super::{Direction, discriminator};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The keywords whose value is a schema.
const SCHEMAS: [&str; 3] = ["items", "additionalProperties", "not"];

/// The keywords whose value is a list of schemas.
const LISTS: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// The keywords whose value is not searched for schemas: values, and what tools have added.
fn is_opaque(key: &str) -> bool {
    matches!(key, "example" | "examples" | "default" | "enum") || key.starts_with("x-")
}

/// Converts all schemas in a document. They stay where they are, so that references to them stay
/// right; a base that others extend becomes a union of these.
pub fn document(value: &mut Value, direction: Direction) {
    discriminator::document(value);
    let excluded = excluded_components(value, direction);
    let raise = Raise {
        direction,
        excluded: &excluded,
    };
    raise.document(value);
}

/// Converts a schema and the schemas within it. Whether a property that refers to another schema is
/// sent depends on the document, so that only [`document`] knows it.
pub fn schema(value: &mut Value, direction: Direction) {
    let raise = Raise {
        direction,
        excluded: &BTreeSet::new(),
    };
    raise.schema(value);
}

/// Returns the references to the components that are not sent in a direction.
fn excluded_components(document: &Value, direction: Direction) -> BTreeSet<String> {
    let schemas = document.pointer("/components/schemas");
    let schemas = schemas.and_then(Value::as_object);
    let mut excluded = BTreeSet::new();
    loop {
        let raise = Raise {
            direction,
            excluded: &excluded,
        };
        let components = schemas.into_iter().flatten();
        let found = components.filter(|(_, schema)| raise.is_excluded(schema));
        let found: BTreeSet<String> = found
            .map(|(name, _)| format!("#/components/schemas/{name}"))
            .collect();
        // Components that refer to these may follow.
        if found == excluded {
            return excluded;
        }
        excluded = found;
    }
}

struct Raise<'a> {
    direction: Direction,
    /// The references to the components that are not sent.
    excluded: &'a BTreeSet<String>,
}

impl Raise<'_> {
    fn document(&self, value: &mut Value) {
        match value {
            Value::Object(object) => {
                for (key, value) in object {
                    match (key.as_str(), value) {
                        // A response, not the default of a schema.
                        ("default", value) => self.document(value),
                        (key, _) if is_opaque(key) => {}
                        ("schema", value) => self.schema(value),
                        ("schemas", Value::Object(schemas)) => {
                            for value in schemas.values_mut() {
                                self.schema(value);
                            }
                        }
                        (_, value) => self.document(value),
                    }
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.document(item);
                }
            }
            _ => {}
        }
    }

    fn schema(&self, value: &mut Value) {
        let Value::Object(object) = value else {
            return;
        };
        if let Some(reference) = object.get("$ref").filter(|reference| reference.is_string()) {
            // Other keys beside a reference have no effect in OpenAPI 3.0.
            *value = json!({ "$ref": reference });
            return;
        }
        for key in SCHEMAS {
            if let Some(inner) = object.get_mut(key) {
                self.schema(inner);
            }
        }
        for key in LISTS {
            if let Some(Value::Array(branches)) = object.get_mut(key) {
                for branch in branches {
                    // Strictly, it allows all values, but it is written to allow null.
                    if key != "allOf" && *branch == json!({ "nullable": true }) {
                        *branch = json!({ "type": "null" });
                    }
                    self.schema(branch);
                }
            }
        }
        if let Some(Value::Object(definitions)) = object.get_mut("$defs") {
            for inner in definitions.values_mut() {
                self.schema(inner);
            }
        }
        self.properties(object);
        bound(object, "minimum", "exclusiveMinimum");
        bound(object, "maximum", "exclusiveMaximum");
        if let Some(example) = object.remove("example") {
            object.insert("examples".to_owned(), json!([example]));
        }
        // It selects a branch, but allows no other values than the branches do.
        object.remove("discriminator");
        if object.remove("nullable") == Some(Value::Bool(true)) {
            nullable(value);
        }
    }

    fn properties(&self, object: &mut Map<String, Value>) {
        let Some(Value::Object(properties)) = object.get_mut("properties") else {
            return;
        };
        let mut excluded = Vec::new();
        for (name, property) in properties.iter_mut() {
            if self.is_excluded(property) {
                excluded.push(name.clone());
            }
            self.schema(property);
        }
        for name in &excluded {
            properties.insert(name.clone(), Value::Bool(false));
        }
        if let Some(Value::Array(required)) = object.get_mut("required") {
            required.retain(|name| !excluded.iter().any(|excluded| name == excluded));
        }
    }

    /// Returns true for a schema that says that its values are not sent, itself, by a reference or
    /// in a part of an `allOf`, and for an object of which nothing is sent.
    fn is_excluded(&self, schema: &Value) -> bool {
        let is_excluded = |schema: &Value| {
            let reference = schema.get("$ref").and_then(Value::as_str);
            // Documents rely on this key beside a reference, too.
            schema.get(self.direction.excluded_by()) == Some(&Value::Bool(true))
                || reference.is_some_and(|reference| self.excluded.contains(reference))
        };
        let parts = schema.get("allOf").and_then(Value::as_array);
        is_excluded(schema)
            || parts.into_iter().flatten().any(is_excluded)
            || self.is_hollow(schema)
    }

    /// Returns true for an object none of whose properties is sent: it is not sent either.
    fn is_hollow(&self, schema: &Value) -> bool {
        let properties = schema.get("properties").and_then(Value::as_object);
        let keywords = ["additionalProperties", "allOf", "oneOf", "anyOf"];
        let has_more = keywords.iter().any(|key| schema.get(key).is_some());
        let mut properties = properties.into_iter().flatten().peekable();
        !has_more
            && properties.peek().is_some()
            && properties.all(|(_, property)| self.is_excluded(property))
    }
}

/// Converts a bound: in OpenAPI 3.0, `exclusiveMinimum: true` is a property of `minimum`.
fn bound(object: &mut Map<String, Value>, inclusive: &str, exclusive: &str) {
    let is_exclusive = match object.get(exclusive) {
        Some(Value::Bool(is_exclusive)) => *is_exclusive,
        _ => return,
    };
    object.remove(exclusive);
    if is_exclusive && let Some(limit) = object.remove(inclusive) {
        object.insert(exclusive.to_owned(), limit);
    }
}

/// Allows null.
fn nullable(value: &mut Value) {
    let Value::Object(object) = value else {
        return;
    };
    if let Some(Value::Array(values)) = object.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    let has_branches = LISTS.iter().any(|key| object.contains_key(*key));
    match object.get("type").cloned() {
        Some(Value::String(name)) if !has_branches => {
            object.insert("type".to_owned(), json!([name, "null"]));
        }
        // Without a type, only branches and values can exclude null.
        None if !has_branches => {}
        _ => {
            let inner = value.take();
            *value = json!({ "anyOf": [inner, { "type": "null" }] });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raised(mut value: Value) -> Value {
        schema(&mut value, Direction::Request);
        value
    }

    #[test]
    fn nullable_allows_null_beside_each_kind_of_schema() {
        assert_eq!(
            raised(json!({"type": "string", "enum": ["a"], "nullable": true})),
            json!({"type": ["string", "null"], "enum": ["a", null]})
        );
        assert_eq!(
            raised(json!({"allOf": [{"$ref": "#/a", "nullable": true}], "nullable": true})),
            json!({"anyOf": [{"allOf": [{"$ref": "#/a"}]}, {"type": "null"}]})
        );
        assert_eq!(raised(json!({"nullable": true})), json!({}));
        assert_eq!(
            raised(json!({"nullable": false, "type": "null"})),
            json!({"type": "null"})
        );
    }

    #[test]
    fn exclusive_bounds_are_numbers() {
        assert_eq!(
            raised(
                json!({"minimum": 1, "exclusiveMinimum": true, "maximum": 5, "exclusiveMaximum": false})
            ),
            json!({"exclusiveMinimum": 1, "maximum": 5})
        );
    }

    #[test]
    fn properties_that_are_not_sent_are_neither_required_nor_allowed() {
        let both = json!({
            "required": ["id", "secret"],
            "properties": {"id": {"type": "string", "readOnly": true}, "secret": {"writeOnly": true}},
        });
        let mut response = both.clone();
        schema(&mut response, Direction::Response);
        assert_eq!(raised(both)["required"], json!(["secret"]));
        assert_eq!(response["required"], json!(["id"]));
        assert_eq!(response["properties"]["secret"], false);
    }

    #[test]
    fn references_to_what_is_not_sent_are_not_sent() {
        let mut document = json!({"components": {"schemas": {
            "Alias": {"$ref": "#/components/schemas/Id"},
            "Id": {"type": "string", "readOnly": true},
            "Thing": {"required": ["id", "name"], "properties": {
                "id": {"allOf": [{"$ref": "#/components/schemas/Alias"}]},
                "name": {"type": "string"},
                "hollow": {"$ref": "#/components/schemas/Hollow"},
                "link": {"$ref": "#/components/schemas/Text", "readOnly": true},
            }},
            "Text": {"type": "string"},
            "Hollow": {"properties": {"id": {"$ref": "#/components/schemas/Id"}}},
        }}});
        super::document(&mut document, Direction::Request);
        let thing = &document["components"]["schemas"]["Thing"];
        assert_eq!(thing["required"], json!(["name"]));
        assert_eq!(thing["properties"]["id"], false);
        assert_eq!(thing["properties"]["hollow"], false);
        assert_eq!(thing["properties"]["link"], false);
    }

    #[test]
    fn schemas_are_converted_wherever_a_document_has_them() {
        let mut document = json!({
            "paths": {"/a": {"get": {
                "parameters": [{"name": "schema", "schema": {"nullable": true, "type": "string"}}],
                "responses": {"default": {"content": {"a/b": {"schema": {"nullable": true, "type": "string"}}}}},
            }}},
            "components": {"schemas": {"schema": {"items": {"nullable": true, "type": "integer"}}}},
            "x-a": {"schema": {"nullable": true}},
        });
        super::document(&mut document, Direction::Request);
        let parameter = &document["paths"]["/a"]["get"]["parameters"][0]["schema"];
        assert_eq!(*parameter, json!({"type": ["string", "null"]}));
        let response = &document["paths"]["/a"]["get"]["responses"]["default"];
        let expected = json!({"type": ["string", "null"]});
        assert_eq!(response["content"]["a/b"]["schema"], expected);
        let items = &document["components"]["schemas"]["schema"]["items"];
        assert_eq!(*items, json!({"type": ["integer", "null"]}));
        assert_eq!(document["x-a"]["schema"], json!({"nullable": true}));
    }
}
