//! Changes to a tree: removes nodes and merges updates.

use super::super::pointer;
use super::super::tree::{Node, Object, Value};
use std::sync::Arc;

/// Returns the node at a pointer. Shared containers on the path are copied, so that changing the
/// node affects no other part of the tree.
pub(in crate::spec) fn node_mut<'t>(root: &'t mut Node, pointer: &str) -> Option<&'t mut Node> {
    pointer::tokens(pointer).try_fold(root, |node, token| match &mut node.value {
        Value::Object(object) => Arc::make_mut(object)
            .entry_mut(&token)
            .map(|entry| &mut entry.node),
        Value::Array(items) => Arc::make_mut(items).get_mut(pointer::index(&token)?),
        _ => None,
    })
}

/// Removes a node from the object or list that contains it.
pub(super) fn remove(root: &mut Node, pointer: &str) {
    let Some((parent, _)) = pointer.rsplit_once('/') else {
        return;
    };
    let (Some(parent), Some(token)) = (node_mut(root, parent), pointer::tokens(pointer).last())
    else {
        return;
    };
    match &mut parent.value {
        Value::Object(object) => Arc::make_mut(object).remove(&token),
        Value::Array(items) => {
            if let Some(index) = pointer::index(&token).filter(|index| *index < items.len()) {
                Arc::make_mut(items).remove(index);
            }
        }
        _ => {}
    }
}

/// Merges an object into an object, or appends any value to a list. Otherwise returns the kind of
/// the target as an error.
pub(super) fn update(target: &mut Node, update: &Node) -> Result<(), &'static str> {
    let kind = target.kind();
    match (&mut target.value, &update.value) {
        (Value::Object(object), Value::Object(added)) => {
            merge(Arc::make_mut(object), added);
            Ok(())
        }
        (Value::Array(items), _) => {
            Arc::make_mut(items).push(update.clone());
            Ok(())
        }
        _ => Err(kind),
    }
}

/// Merges nested objects key by key, concatenates lists, and replaces other values.
fn merge(object: &mut Object, added: &Object) {
    for (key, entry) in added.iter() {
        match object.entry_mut(key) {
            None => object.set(key, entry.clone()),
            Some(old) => match (&mut old.node.value, &entry.node.value) {
                (Value::Object(old), Value::Object(added)) => merge(Arc::make_mut(old), added),
                (Value::Array(old), Value::Array(added)) => {
                    Arc::make_mut(old).extend(added.iter().cloned());
                }
                _ => *old = entry.clone(),
            },
        }
    }
}

/// Returns the number of nodes, and the number of levels below the node.
pub(in crate::spec) fn size(node: &Node) -> (usize, usize) {
    let add = |(nodes, height): (usize, usize), child: &Node| {
        let (child_nodes, child_height) = size(child);
        (
            nodes.saturating_add(child_nodes),
            height.max(child_height.saturating_add(1)),
        )
    };
    match &node.value {
        Value::Array(items) => items.iter().fold((1, 0), add),
        Value::Object(object) => object
            .iter()
            .map(|(_, entry)| &entry.node)
            .fold((1, 0), add),
        _ => (1, 0),
    }
}
