//! An object whose keys change. It is copied with its first change.

use super::super::tree::{Entry, Node, Object};
use super::object;
use crate::span::Span;

pub(super) struct Draft<'t> {
    pub(super) span: Span,
    original: &'t Object,
    changed: Option<Object>,
}

impl<'t> Draft<'t> {
    pub(super) fn new(node: &Node, object: &'t Object) -> Self {
        Self {
            span: node.span,
            original: object,
            changed: None,
        }
    }

    /// Returns `None` for a value that is not an object.
    pub(super) fn of(node: &'t Node) -> Option<Self> {
        Some(Self::new(node, node.as_object()?))
    }

    /// Returns the object without the changes.
    pub(super) fn original(&self) -> &'t Object {
        self.original
    }

    /// Returns the object with the changes so far.
    pub(super) fn current(&self) -> &Object {
        self.changed.as_ref().unwrap_or(self.original)
    }

    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.current().get(key)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.current().contains(key)
    }

    /// Returns the location of a key, or of the object if it has no such key.
    pub(super) fn key_span(&self, key: &str) -> Span {
        self.current()
            .entry(key)
            .map_or(self.span, |entry| entry.key)
    }

    /// Replaces the value of a key.
    pub(super) fn replace(&mut self, key: &str, node: Node) {
        if let Some(entry) = self.edit().entry_mut(key) {
            entry.node = node;
        }
    }

    /// Sets the value of a key. `at` is the location of the key.
    pub(super) fn set(&mut self, key: &str, at: Span, node: Node) {
        self.edit().set(key, Entry { key: at, node });
    }

    pub(super) fn remove(&mut self, key: &str) -> Option<Entry> {
        let entry = self.current().entry(key)?.clone();
        self.edit().remove(key);
        Some(entry)
    }

    /// Removes all entries that a function does not keep.
    pub(super) fn retain(&mut self, keep: impl Fn(&str, &Entry) -> bool) {
        if self.current().iter().any(|(key, entry)| !keep(key, entry)) {
            self.edit().retain(keep);
        }
    }

    /// Renames a key, unless the object has the other key.
    pub(super) fn rename(&mut self, key: &str, to: &str) {
        if self.has(to) {
            return;
        }
        if let Some(entry) = self.remove(key) {
            self.edit().set(to, entry);
        }
    }

    /// Returns the changed object, or `None` if nothing changed.
    pub(super) fn finish(self) -> Option<Node> {
        let span = self.span;
        self.changed.map(|changed| object(span, changed))
    }

    fn edit(&mut self) -> &mut Object {
        self.changed.get_or_insert_with(|| self.original.clone())
    }
}
