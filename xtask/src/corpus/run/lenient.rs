//! Mistakes in schemas that the generator tolerates, and that would leave no valid value.

use serde_json::{Number, Value, json};

/// Corrects the schemas in a document, which are JSON Schema already.
pub fn correct(value: &mut Value) {
    match value {
        Value::Object(object) => {
            let pattern = object.get("pattern").filter(|pattern| pattern.is_string());
            if pattern.is_some_and(|pattern| !is_valid(pattern)) {
                object.remove("pattern");
            }
            let convert = match object.get("type") {
                Some(types) if is_only(types, &["string"]) => as_string,
                Some(types) if is_only(types, &["integer", "number"]) => as_number,
                _ => Value::clone,
            };
            if let Some(Value::Array(values)) = object.get_mut("enum") {
                values.iter_mut().for_each(|value| *value = convert(value));
            }
            object.values_mut().for_each(correct);
        }
        Value::Array(items) => items.iter_mut().for_each(correct),
        _ => {}
    }
}

/// Returns true for a valid regular expression.
fn is_valid(pattern: &Value) -> bool {
    jsonschema::validator_for(&json!({ "pattern": pattern })).is_ok()
}

/// Returns true if a schema allows only these types, and null.
fn is_only(types: &Value, names: &[&str]) -> bool {
    let is_one = |name: &Value| name == "null" || names.iter().any(|known| name == known);
    match types {
        Value::Array(types) => types.iter().all(is_one),
        name => is_one(name),
    }
}

/// Converts a value of an enum to a string, because the type says so.
fn as_string(value: &Value) -> Value {
    match value {
        Value::Number(_) | Value::Bool(_) => json!(value.to_string()),
        other => other.clone(),
    }
}

fn as_number(value: &Value) -> Value {
    let number = value.as_str().and_then(|text| text.parse::<Number>().ok());
    number.map_or_else(|| value.clone(), Value::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_follow_the_type() {
        for (schema, expected) in [
            (
                json!({"type": "string", "enum": [1.0, true, "next"]}),
                json!({"type": "string", "enum": ["1.0", "true", "next"]}),
            ),
            (
                json!({"type": ["integer", "null"], "enum": ["1", 2, null]}),
                json!({"type": ["integer", "null"], "enum": [1, 2, null]}),
            ),
            (json!({"enum": ["1", 2]}), json!({"enum": ["1", 2]})),
            (json!({"items": {"pattern": "("}}), json!({"items": {}})),
            (json!({"pattern": "^a$"}), json!({"pattern": "^a$"})),
        ] {
            let mut corrected = schema.clone();
            correct(&mut corrected);
            assert_eq!(corrected, expected, "{schema}");
        }
    }
}
