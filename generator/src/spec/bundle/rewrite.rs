//! New values with the locations of old ones.

use super::super::tree::{Entry, Node, Object, Value};
use super::bundler::Changed;
use std::sync::Arc;

/// The reference of an object.
pub(super) struct Found<'t> {
    pub(super) key: &'static str,
    pub(super) entry: &'t Entry,
    pub(super) text: &'t str,
}

pub(super) fn in_place(node: &Node, value: Value) -> Changed {
    let span = node.span;
    Changed {
        node: Node { span, value },
        key: None,
    }
}

/// Returns an object with another reference.
pub(super) fn replaced(node: &Node, object: &Object, found: &Found<'_>, text: &str) -> Changed {
    let mut object = object.clone();
    if found.key != "$ref" {
        object.remove(found.key);
    }
    let span = found.entry.node.span;
    let value = Value::String(text.into());
    let entry = Entry {
        key: found.entry.key,
        node: Node { span, value },
    };
    object.set("$ref", entry);
    in_place(node, Value::Object(Arc::new(object)))
}

/// Returns the reference to a location in the same document.
pub(super) fn fragment(pointer: &str) -> String {
    format!("#{}", pointer.replace('%', "%25"))
}

/// Replaces the description of a value by that next to the reference to it.
pub(super) fn described(mut changed: Changed, reference: &Object) -> Changed {
    if let Some(entry) = reference.entry("description")
        && let Value::Object(object) = &mut changed.node.value
    {
        Arc::make_mut(object).set("description", entry.clone());
    }
    changed
}
