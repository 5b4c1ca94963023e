//! Mistakes in schemas that the generator tolerates, and that would leave no valid value.

use serde_json::{Number, Value, json};

/// The keywords that do not restrict values.
const ANNOTATIONS: [&str; 7] = [
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "discriminator",
];

/// Corrects the schemas in a document, which are JSON Schema already.
pub fn correct(root: &mut Value) {
    let original = root.clone();
    correct_below(root, &original);
}

/// Corrects a part of a document. `root` is the whole document.
fn correct_below(value: &mut Value, root: &Value) {
    match value {
        Value::Object(object) => {
            let branches = object.get("oneOf").and_then(Value::as_array);
            let is_any_of = branches.is_some_and(|branches| overlap(branches, root));
            if is_any_of
                && !object.contains_key("anyOf")
                && let Some(branches) = object.remove("oneOf")
            {
                object.insert("anyOf".to_owned(), branches);
            }
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
            let values = object.values_mut();
            values.for_each(|value| correct_below(value, root));
        }
        Value::Array(items) => {
            let items = items.iter_mut();
            items.for_each(|item| correct_below(item, root));
        }
        _ => {}
    }
}

/// Returns true if two branches of a `oneOf` leave values that no branch could have alone: one of them
/// allows all values of the other, such as any string beside an enum, or both are enums with a common
/// value.
fn overlap(branches: &[Value], root: &Value) -> bool {
    let branches: Vec<_> = branches.iter().map(|one| resolve(one, root)).collect();
    let mut indexed = branches.iter().enumerate();
    indexed.any(|(index, one)| {
        let mut others = branches.iter().enumerate();
        others.any(|(other, schema)| {
            other != index && (is_wider(one, schema) || have_common_value(one, schema))
        })
    })
}

fn have_common_value(one: &Value, other: &Value) -> bool {
    let values = |schema: &Value| schema.get("enum").and_then(Value::as_array).cloned();
    let (Some(one), Some(other)) = (values(one), values(other)) else {
        return false;
    };
    one.iter().any(|value| other.contains(value))
}

/// Returns the schema that a reference refers to.
fn resolve<'a>(schema: &'a Value, root: &'a Value) -> &'a Value {
    let reference = schema.get("$ref").and_then(Value::as_str);
    let pointer = reference.and_then(|reference| reference.strip_prefix('#'));
    let target = pointer.and_then(|pointer| root.pointer(pointer));
    target.unwrap_or(schema)
}

/// Returns true if a schema restricts nothing but the type, and allows the type of another.
fn is_wider(wide: &Value, narrow: &Value) -> bool {
    let restricts = |key: &String| !ANNOTATIONS.contains(&key.as_str()) && !key.starts_with("x-");
    let Value::Object(wide) = wide else {
        return wide == &json!(true);
    };
    let mut keywords = wide.keys().filter(|key| restricts(key));
    match (keywords.next().map(String::as_str), keywords.next()) {
        (None, _) => true,
        (Some("type"), None) => {
            narrow.get("type").is_some() && wide.get("type") == narrow.get("type")
        }
        _ => false,
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
            (
                json!({"oneOf": [{"type": "string", "enum": ["a"]}, {"type": "string", "title": "Other"}]}),
                json!({"anyOf": [{"type": "string", "enum": ["a"]}, {"type": "string", "title": "Other"}]}),
            ),
            (
                json!({"oneOf": [{"title": "Any"}, {"minItems": 1}]}),
                json!({"anyOf": [{"title": "Any"}, {"minItems": 1}]}),
            ),
            (
                json!({"oneOf": [{"enum": ["a", "b"]}, {"enum": ["b", "c"]}]}),
                json!({"anyOf": [{"enum": ["a", "b"]}, {"enum": ["b", "c"]}]}),
            ),
            (
                json!({"oneOf": [{"type": "string"}, {"type": "object"}, {"enum": [1]}]}),
                json!({"oneOf": [{"type": "string"}, {"type": "object"}, {"enum": [1]}]}),
            ),
            (json!({"items": {"pattern": "("}}), json!({"items": {}})),
            (json!({"pattern": "^a$"}), json!({"pattern": "^a$"})),
        ] {
            let mut corrected = schema.clone();
            correct(&mut corrected);
            assert_eq!(corrected, expected, "{schema}");
        }
    }
}
