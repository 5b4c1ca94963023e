//! A source as a tree that records the location of each value and each key.

use super::pointer;
use crate::span::Span;
use indexmap::IndexMap;
use indexmap::map::Entry as MapEntry;
use std::sync::Arc;

/// A value and its location.
///
/// Containers are shared, so a YAML alias does not copy the value it refers to.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub span: Span,
    pub value: Value,
}

/// A JSON value. A number keeps its written form: `version: 1.10` is not `1.1`.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Number(Box<str>),
    String(Box<str>),
    Array(Arc<Vec<Node>>),
    Object(Arc<Object>),
}

/// A value and the location of its key.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub key: Span,
    pub node: Node,
}

impl Node {
    /// Returns the value of a key, if this is an object that has the key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_object()?.get(key)
    }

    /// Returns the value at a JSON pointer relative to this node.
    pub fn at(&self, pointer: &str) -> Option<&Node> {
        pointer::tokens(pointer).try_fold(self, |node, token| node.step(&token))
    }

    /// Returns the value at one unescaped token of a JSON pointer.
    pub fn step(&self, token: &str) -> Option<&Node> {
        match &self.value {
            Value::Object(object) => object.get(token),
            Value::Array(items) => items.get(pointer::index(token)?),
            _ => None,
        }
    }

    pub fn as_object(&self) -> Option<&Object> {
        match &self.value {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    pub fn as_array(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// Returns the kind of the value for messages, with its article.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }
}

impl Entry {
    /// Returns the location for messages about the value: of the key for a container or null, and
    /// of the value itself for other scalars.
    pub fn report_at(&self) -> Span {
        match self.node.value {
            Value::Null | Value::Array(_) | Value::Object(_) => self.key,
            Value::Bool(_) | Value::Number(_) | Value::String(_) => self.node.span,
        }
    }
}

/// An object: its keys and their values, in source order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object(IndexMap<Box<str>, Entry>);

impl Object {
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.0.get(key)
    }

    pub fn contains(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.0.iter().map(|(key, entry)| (&**key, entry))
    }

    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(|key| &**key)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds an entry. If the key already exists, changes nothing and returns the key and the
    /// location of its first occurrence as an error.
    pub(super) fn insert(&mut self, name: Box<str>, entry: Entry) -> Result<(), (Box<str>, Span)> {
        match self.0.entry(name) {
            MapEntry::Occupied(first) => Err((first.key().clone(), first.get().key)),
            MapEntry::Vacant(vacant) => {
                vacant.insert(entry);
                Ok(())
            }
        }
    }

    pub(super) fn entry_mut(&mut self, key: &str) -> Option<&mut Entry> {
        self.0.get_mut(key)
    }

    /// Replaces the entry of a key, or adds it at the end.
    pub(super) fn set(&mut self, key: &str, entry: Entry) {
        self.0.insert(key.into(), entry);
    }

    pub(super) fn remove(&mut self, key: &str) {
        self.0.shift_remove(key);
    }

    pub(super) fn retain(&mut self, keep: impl Fn(&str, &Entry) -> bool) {
        self.0.retain(|key, entry| keep(key, entry));
    }
}

/// Returns the location for messages about a pointer. For a dangling pointer, returns the location
/// of its nearest existing ancestor.
pub(super) fn locate(root: &Node, pointer: &str) -> Span {
    let mut node = root;
    let mut span = root.span;
    for token in pointer::tokens(pointer) {
        let Some(next) = node.step(&token) else { break };
        let entry = node.as_object().and_then(|object| object.entry(&token));
        span = entry.map_or(next.span, Entry::report_at);
        node = next;
    }
    span
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::SourceId;

    fn entry(line: u32) -> Entry {
        let span = Span::new(SourceId::DOCUMENT, line, 1);
        Entry {
            key: span,
            node: Node {
                span,
                value: Value::Null,
            },
        }
    }

    #[test]
    fn keeps_order_and_rejects_duplicate_keys() {
        let mut object = Object::default();
        for (line, key) in ["c", "a", "b"].into_iter().enumerate() {
            object.insert(key.into(), entry(line as u32)).unwrap();
        }
        assert_eq!(
            object.insert("a".into(), entry(999)),
            Err(("a".into(), Span::new(SourceId::DOCUMENT, 1, 1)))
        );
        assert_eq!(object.entry("a"), Some(&entry(1)));
        object.set("c", entry(7));
        object.set("d", entry(8));
        object.remove("a");
        assert!(object.keys().eq(["c", "b", "d"]));
        assert_eq!(object.entry("c"), Some(&entry(7)));
        assert!(!object.contains("a"));
    }
}
