//! The entries of an object, in source order.

use indexmap::IndexMap;
use indexmap::map::Entry as MapEntry;

use super::tree::{Entry, Node};
use crate::span::Span;

/// The maximum number of entries for linear search. Up to this size, comparing all keys is faster
/// than computing a hash, and most objects are no larger.
const MAX_SMALL: usize = 8;

/// An object: its keys and their values, in source order.
#[derive(Clone, Debug, PartialEq)]
pub struct Object(Entries);

#[derive(Clone, Debug, PartialEq)]
enum Entries {
    Small(Vec<(Box<str>, Entry)>),
    Large(IndexMap<Box<str>, Entry>),
}

impl Object {
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.0 {
            Entries::Small(entries) => entries
                .iter()
                .find(|(name, _)| **name == *key)
                .map(|(_, entry)| entry),
            Entries::Large(entries) => entries.get(key),
        }
    }

    pub fn contains(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &Entry)> {
        (0..self.len()).filter_map(|index| self.nth(index))
    }

    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(key, _)| key)
    }

    pub fn len(&self) -> usize {
        match &self.0 {
            Entries::Small(entries) => entries.len(),
            Entries::Large(entries) => entries.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds an entry. If the key already exists, changes nothing and returns the key and the
    /// location of its first occurrence as an error.
    pub(super) fn insert(&mut self, name: Box<str>, entry: Entry) -> Result<(), (Box<str>, Span)> {
        match &mut self.0 {
            Entries::Small(entries) => {
                if let Some((_, first)) = entries.iter().find(|(known, _)| *known == name) {
                    return Err((name, first.key));
                }
                entries.push((name, entry));
                if entries.len() > MAX_SMALL {
                    self.0 = Entries::Large(entries.drain(..).collect());
                }
                Ok(())
            }
            Entries::Large(entries) => match entries.entry(name) {
                MapEntry::Occupied(first) => Err((first.key().clone(), first.get().key)),
                MapEntry::Vacant(vacant) => {
                    vacant.insert(entry);
                    Ok(())
                }
            },
        }
    }

    pub(super) fn entry_mut(&mut self, key: &str) -> Option<&mut Entry> {
        match &mut self.0 {
            Entries::Small(entries) => entries
                .iter_mut()
                .find(|(name, _)| **name == *key)
                .map(|(_, entry)| entry),
            Entries::Large(entries) => entries.get_mut(key),
        }
    }

    /// Replaces the entry of a key, or adds it at the end.
    pub(super) fn set(&mut self, key: &str, entry: Entry) {
        match self.entry_mut(key) {
            Some(old) => *old = entry,
            None => drop(self.insert(key.into(), entry)),
        }
    }

    pub(super) fn remove(&mut self, key: &str) {
        match &mut self.0 {
            Entries::Small(entries) => entries.retain(|(name, _)| **name != *key),
            Entries::Large(entries) => drop(entries.shift_remove(key)),
        }
    }

    fn nth(&self, index: usize) -> Option<(&str, &Entry)> {
        match &self.0 {
            Entries::Small(entries) => entries.get(index).map(|(key, entry)| (&**key, entry)),
            Entries::Large(entries) => entries.get_index(index).map(|(key, entry)| (&**key, entry)),
        }
    }
}

impl Default for Object {
    fn default() -> Self {
        Self(Entries::Small(Vec::new()))
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
    fn small_and_large_objects_behave_alike() {
        for size in [1, MAX_SMALL, MAX_SMALL + 1, 100] {
            let mut object = Object::default();
            for line in 0..size {
                object
                    .insert(format!("k{line}").into(), entry(line as u32))
                    .unwrap();
            }
            assert_eq!(
                object.insert("k0".into(), entry(999)),
                Err(("k0".into(), Span::new(SourceId::DOCUMENT, 0, 1)))
            );
            assert_eq!(object.len(), size);
            assert!(
                object
                    .keys()
                    .map(str::to_owned)
                    .eq((0..size).map(|line| format!("k{line}")))
            );
            assert_eq!(
                object.entry(&format!("k{}", size - 1)),
                Some(&entry(size as u32 - 1))
            );
            assert!(!object.contains("other"));
        }
    }
}
