//! Functions for reading unions. A union is read from a JSON value, as the type that its tag
//! selects or as the type that matches it best.

pub(crate) use super::union_match::UnionMatch;
use super::unmatched::{self, size};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Returns the tag of a value: the string property that selects a type of a union.
pub(crate) fn tag<'v>(value: &'v Value, property: &str) -> Option<&'v str> {
    value.get(property)?.as_str()
}

/// Reads a value as `T`; returns `None` if it does not match.
pub(crate) fn read<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(value).ok()
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
    use super::{read, tag};
    use serde_json::json;

    #[test]
    fn tag_must_be_a_string_property() {
        assert_eq!(tag(&json!({"kind": "cat"}), "kind"), Some("cat"));
        assert_eq!(tag(&json!({"kind": 1}), "kind"), None);
        assert_eq!(tag(&json!("cat"), "kind"), None);
    }

    #[test]
    fn read_returns_none_for_wrong_type() {
        assert_eq!(read::<i64>(&json!(3)), Some(3));
        assert_eq!(read::<String>(&json!(3)), None);
    }
}
