//! Converts the tree to openapiv3's types.
//!
//! openapiv3's types implement `Deserialize`. Their implementation buffers every schema once per
//! nesting level, takes exponential time for a wrong type deep inside a schema, and panics on some
//! documents. The tree has been validated, so this module fills in the types directly, in one pass
//! and without errors. Values that validation rejects become defaults.

mod document;
mod operation;
mod schema;
mod security;
mod shared;

use indexmap::IndexMap;
use openapiv3::ReferenceOr;
use serde_json::Value as Json;

use super::grammar::types::Shape;
use super::tree::{Node, Object, Value};
use super::{number, ref_siblings};

pub(super) use document::{openapi, webhooks};
pub(super) use operation::{header, parameter, path_item, request_body, response};
pub(super) use schema::schema;
pub(super) use security::security_scheme;

/// Converts a tree to a serde_json value.
pub fn json(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Number(string) => number::parse(string).map_or(Json::Null, Json::Number),
        Value::String(string) => Json::String(string.to_string()),
        Value::Array(items) => Json::Array(items.iter().map(json).collect()),
        Value::Object(object) => Json::Object(
            object
                .iter()
                .map(|(key, entry)| (key.to_owned(), json(&entry.node)))
                .collect(),
        ),
    }
}

/// Reads an object, or a reference to one.
fn reference_or<T>(
    shape: &'static Shape,
    node: &Node,
    read: impl FnOnce(&Node) -> T,
) -> ReferenceOr<T> {
    match ref_siblings::reference(shape, node) {
        Some(reference) => ReferenceOr::Reference {
            reference: reference.to_owned(),
        },
        None => ReferenceOr::Item(read(node)),
    }
}

/// The fields of an object. Any other value has no fields.
#[derive(Clone, Copy)]
struct Fields<'t>(Option<&'t Object>);

impl<'t> Fields<'t> {
    fn of(node: &'t Node) -> Self {
        Self(node.as_object())
    }

    /// Returns the value of a key. Null counts as absent.
    fn get(self, key: &str) -> Option<&'t Node> {
        self.0?.get(key).filter(|node| !node.is_null())
    }

    fn has(self, key: &str) -> bool {
        self.get(key).is_some()
    }

    fn string(self, key: &str) -> Option<String> {
        self.get(key).and_then(string)
    }

    fn required_string(self, key: &str) -> String {
        self.string(key).unwrap_or_default()
    }

    fn bool(self, key: &str) -> Option<bool> {
        self.get(key)?.as_bool()
    }

    fn is(self, key: &str) -> bool {
        self.bool(key).unwrap_or_default()
    }

    fn data(self, key: &str) -> Option<Json> {
        self.get(key).map(json)
    }

    fn list<T>(self, key: &str, read: impl FnMut(&'t Node) -> T) -> Vec<T> {
        self.get(key)
            .and_then(Node::as_array)
            .unwrap_or_default()
            .iter()
            .map(read)
            .collect()
    }

    fn strings(self, key: &str) -> Vec<String> {
        self.get(key)
            .and_then(Node::as_array)
            .unwrap_or_default()
            .iter()
            .filter_map(string)
            .collect()
    }

    fn map<T>(self, key: &str, mut read: impl FnMut(&'t Node) -> T) -> IndexMap<String, T> {
        let entries = self
            .get(key)
            .and_then(Node::as_object)
            .into_iter()
            .flat_map(Object::iter);
        entries
            .map(|(key, entry)| (key.to_owned(), read(&entry.node)))
            .collect()
    }

    fn string_map(self, key: &str) -> IndexMap<String, String> {
        self.map(key, |node| string(node).unwrap_or_default())
    }

    fn extensions(self) -> IndexMap<String, Json> {
        let entries = self.0.into_iter().flat_map(Object::iter);
        entries
            .filter(|(key, _)| key.starts_with("x-"))
            .map(|(key, entry)| (key.to_owned(), json(&entry.node)))
            .collect()
    }
}

/// Returns a scalar as a string. A number keeps its written form, because YAML reads `version: 1.0`
/// as a number.
fn string(node: &Node) -> Option<String> {
    match &node.value {
        Value::String(string) | Value::Number(string) => Some(string.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests;
