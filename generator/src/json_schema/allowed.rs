//! Checks the examples of a document, of which many contradict their schema.

use super::{pattern, text};
use serde_json::{Map, Value};

/// Returns true if the value satisfies the schema, as far as the keywords that are common in
/// examples say. It does not replace a validator.
pub fn is_allowed(
    value: &Value,
    schema: &Map<String, Value>,
    resolve: &dyn Fn(&str) -> Option<Value>,
    depth: usize,
) -> bool {
    if depth > 30 {
        return false;
    }
    let inner = |value: &Value, schema: &Value| match schema {
        Value::Bool(allowed) => *allowed,
        Value::Object(schema) => is_allowed(value, schema, resolve, depth + 1),
        _ => true,
    };
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        return resolve(reference).is_some_and(|target| inner(value, &target));
    }
    let listed = |keyword: &str| schema.get(keyword).and_then(Value::as_array);
    if listed("enum").is_some_and(|values| !values.contains(value))
        || schema.get("const").is_some_and(|only| only != value)
        || !has_type(value, schema.get("type"))
        || listed("allOf").is_some_and(|parts| !parts.iter().all(|part| inner(value, part)))
        || listed("anyOf").is_some_and(|parts| !parts.iter().any(|part| inner(value, part)))
        || listed("oneOf")
            .is_some_and(|parts| parts.iter().filter(|part| inner(value, part)).count() != 1)
    {
        return false;
    }
    match value {
        Value::String(value) => allows_text(value, schema),
        Value::Number(value) => allows_number(value.as_f64(), schema),
        Value::Array(items) => {
            is_within(items.len(), schema, "minItems", "maxItems")
                && schema
                    .get("items")
                    .is_none_or(|item| items.iter().all(|value| inner(value, item)))
        }
        Value::Object(object) => {
            let properties = schema.get("properties").and_then(Value::as_object);
            let others = schema.get("additionalProperties");
            is_within(object.len(), schema, "minProperties", "maxProperties")
                && listed("required").is_none_or(|names| {
                    names
                        .iter()
                        .filter_map(Value::as_str)
                        .all(|name| object.contains_key(name))
                })
                && object.iter().all(|(name, value)| {
                    let property = properties.and_then(|properties| properties.get(name));
                    property
                        .or(others)
                        .is_none_or(|schema| inner(value, schema))
                })
        }
        Value::Null | Value::Bool(_) => true,
    }
}

fn has_type(value: &Value, types: Option<&Value>) -> bool {
    let is_a = |name: &Value| match name.as_str() {
        Some("null") => value.is_null(),
        Some("boolean") => value.is_boolean(),
        Some("string") => value.is_string(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        Some("number") => value.is_number(),
        Some("integer") => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        _ => true,
    };
    match types {
        None => true,
        Some(Value::Array(names)) => names.iter().any(is_a),
        Some(name) => is_a(name),
    }
}

fn allows_text(value: &str, schema: &Map<String, Value>) -> bool {
    let pattern = schema.get("pattern").and_then(Value::as_str);
    let format = schema.get("format").and_then(Value::as_str);
    is_within(value.chars().count(), schema, "minLength", "maxLength")
        && pattern.is_none_or(|pattern| pattern::matches(pattern, value))
        && format.is_none_or(|format| text::has_format(format, value))
}

fn allows_number(value: Option<f64>, schema: &Map<String, Value>) -> bool {
    let Some(value) = value else {
        return false;
    };
    let bound = |keyword: &str| schema.get(keyword).and_then(Value::as_f64);
    bound("minimum").is_none_or(|low| value >= low)
        && bound("exclusiveMinimum").is_none_or(|low| value > low)
        && bound("maximum").is_none_or(|high| value <= high)
        && bound("exclusiveMaximum").is_none_or(|high| value < high)
        && bound("multipleOf").is_none_or(|step| (value / step).fract().abs() < 1e-9)
}

fn is_within(length: usize, schema: &Map<String, Value>, min: &str, max: &str) -> bool {
    let bound = |keyword: &str| schema.get(keyword).and_then(Value::as_u64);
    let length = u64::try_from(length).unwrap_or(u64::MAX);
    bound(min).is_none_or(|min| length >= min) && bound(max).is_none_or(|max| length <= max)
}
