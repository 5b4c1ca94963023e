//! Functions for reading unions. A union is read from a JSON value, as the type that its tag
//! selects or as the type that matches it best.

use super::javascript;
pub(crate) use super::union_match::UnionMatch;
use super::unmatched::{self, property_size, size};
use serde::de::DeserializeOwned;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::borrow::Cow;

/// Returns the tag of a value: the property that selects a type of a union. It is a string, or the
/// JSON of a number or a boolean.
pub(crate) fn tag<'v>(value: &'v Value, property: &str) -> Option<Cow<'v, str>> {
    match value.get(property)? {
        Value::String(tag) => Some(Cow::Borrowed(tag)),
        tag @ (Value::Number(_) | Value::Bool(_)) => Some(Cow::Owned(javascript::json(tag))),
        _ => None,
    }
}

/// Writes a value of a union whose type does not declare the property of the tag.
pub(crate) fn write<T: Serialize, S: Serializer>(
    value: &T,
    property: &str,
    tag: Value,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    // Through a JSON string, so that an `f32` keeps its shortest digits.
    let json = serde_json::to_vec(value).map_err(S::Error::custom)?;
    let value = serde_json::from_slice(&json).map_err(S::Error::custom)?;
    with_tag(value, property, tag).serialize(serializer)
}

/// Adds the tag to an object that has none.
fn with_tag(mut value: Value, property: &str, tag: Value) -> Value {
    if let Value::Object(properties) = &mut value {
        properties.entry(property).or_insert(tag);
    }
    value
}

/// Reads a value as `T`; returns `None` if it does not match.
pub(crate) fn read<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(value).ok()
}

/// Like [`read`], for a type that does not declare the property of the tag: the tag counts as
/// matched, because it selected the type.
pub(crate) fn read_tagged<T: DeserializeOwned>(value: &Value) -> Option<T> {
    let read = read(value);
    if read.is_some() {
        unmatched::remove(property_size(&Value::Null));
    }
    read
}

/// Returns the union that was read, or the value as `unknown` if it matches none of the types.
pub(crate) fn or_unknown<U>(read: Option<U>, value: Value, unknown: fn(Value) -> U) -> U {
    read.unwrap_or_else(|| {
        unmatched::add(|| size(&value));
        unknown(value)
    })
}

#[cfg(test)]
mod tests {
    use super::{read, tag, write};
    use serde_json::json;

    #[test]
    fn tag_is_a_scalar_property() {
        for (value, expected) in [
            (json!({"kind": "cat"}), Some("cat")),
            (json!({"kind": 1}), Some("1")),
            (json!({"kind": 1.0}), Some("1")),
            (json!({"kind": true}), Some("true")),
            (json!({"kind": null}), None),
            (json!({"kind": [1]}), None),
            (json!({}), None),
            (json!("cat"), None),
        ] {
            assert_eq!(tag(&value, "kind").as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn missing_tag_is_written() {
        for (value, expected) in [
            (json!({"a": 1}), json!({"a": 1, "kind": "cat"})),
            (json!({"kind": "tiger"}), json!({"kind": "tiger"})),
            (json!([1]), json!([1])),
        ] {
            let written = write(&value, "kind", "cat".into(), serde_json::value::Serializer);
            assert_eq!(written.unwrap(), expected);
        }
    }

    #[test]
    fn read_returns_none_for_wrong_type() {
        assert_eq!(read::<i64>(&json!(3)), Some(3));
        assert_eq!(read::<String>(&json!(3)), None);
    }
}
