//! The entries of an object, in source order.

use indexmap::IndexMap;
use indexmap::map::Entry as MapEntry;

use super::tree::{Entry, Node};
use crate::span::Span;

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
}

#[cfg(test)]
mod tests {
    use super::super::tree::Value;
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
