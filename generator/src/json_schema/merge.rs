//! Combines the schemas of an `allOf` into one.

use serde_json::{Map, Value, json};

/// Adds the keywords of another schema, so that the result allows what both allow, as far as its
/// keywords can express it.
pub fn add(schema: &mut Map<String, Value>, other: Map<String, Value>) {
    for (key, value) in other {
        let Some(current) = schema.get_mut(&key) else {
            schema.insert(key, value);
            continue;
        };
        match key.as_str() {
            "properties" => add_properties(current, value),
            "required" => add_items(current, value),
            "allOf" => add_items(current, value),
            "enum" => keep_common(current, &value),
            "type" => keep_common_types(current, &value),
            "minimum" | "exclusiveMinimum" | "minLength" | "minItems" | "minProperties"
                if value.as_f64() > current.as_f64() =>
            {
                *current = value;
            }
            "maximum" | "exclusiveMaximum" | "maxLength" | "maxItems" | "maxProperties"
                if value.as_f64() < current.as_f64() =>
            {
                *current = value;
            }
            "items" => *current = json!({ "allOf": [current.take(), value] }),
            _ => {}
        }
    }
}

fn add_properties(current: &mut Value, other: Value) {
    let (Value::Object(current), Value::Object(other)) = (current, other) else {
        return;
    };
    for (name, schema) in other {
        match current.get_mut(&name) {
            Some(own) if *own == schema => {}
            Some(own) => *own = json!({ "allOf": [own.take(), schema] }),
            None => {
                current.insert(name, schema);
            }
        }
    }
}

fn add_items(current: &mut Value, other: Value) {
    if let (Value::Array(current), Value::Array(other)) = (current, other) {
        for item in other {
            if !current.contains(&item) {
                current.push(item);
            }
        }
    }
}

fn keep_common(current: &mut Value, other: &Value) {
    if let (Value::Array(current), Value::Array(other)) = (current, other) {
        current.retain(|value| other.contains(value));
    }
}

fn keep_common_types(current: &mut Value, other: &Value) {
    let names = |value: &Value| match value {
        Value::Array(names) => names.clone(),
        name => vec![name.clone()],
    };
    let (own, other) = (names(current), names(other));
    let has = |names: &[Value], name: &str| names.iter().any(|other| other == name);
    let mut common: Vec<Value> = own
        .iter()
        .filter(|name| other.contains(name))
        .cloned()
        .collect();
    let has_integer = has(&own, "integer") || has(&other, "integer");
    if common.is_empty() && has_integer && (has(&own, "number") || has(&other, "number")) {
        common.push(json!("integer"));
    }
    *current = Value::Array(common);
}
