//! Changes of a tree: what an action does to the nodes that it has found.

use super::super::object::Object;
use super::super::pointer;
use super::super::tree::{Entry, Mark, Node, Value};
use std::sync::Arc;

/// The node that a pointer leads to. What is shared along the way is copied, so that nothing else changes.
pub(super) fn node_mut<'t>(root: &'t mut Node, pointer: &str) -> Option<&'t mut Node> {
    pointer::tokens(pointer).try_fold(root, |node, token| match &mut node.value {
        Value::Object(object) => Arc::make_mut(object)
            .entry_mut(&token)
            .map(|entry| &mut entry.node),
        Value::Array(items) => Arc::make_mut(items).get_mut(pointer::index(&token)?),
        _ => None,
    })
}

/// Takes a node out of the object or the list that it stands in.
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

/// Merges into an object, or appends to a list; the kind of value when it is neither.
pub(super) fn update(target: &mut Node, update: &Node) -> Result<(), &'static str> {
    let kind = target.kind();
    match (&mut target.value, &update.value) {
        (Value::Object(object), Value::Object(more)) => {
            merge(Arc::make_mut(object), more);
            Ok(())
        }
        (Value::Array(items), _) => {
            Arc::make_mut(items).push(update.clone());
            Ok(())
        }
        _ => Err(kind),
    }
}

/// Objects are merged key by key, lists put together, everything else replaced.
fn merge(object: &mut Object, more: &Object) {
    for (key, entry) in more.iter() {
        match object.entry_mut(key) {
            None => object.set(key, entry.clone()),
            Some(old) => match (&mut old.node.value, &entry.node.value) {
                (Value::Object(old), Value::Object(more)) => merge(Arc::make_mut(old), more),
                (Value::Array(old), Value::Array(more)) => {
                    Arc::make_mut(old).extend(more.iter().cloned());
                }
                _ => *old = entry.clone(),
            },
        }
    }
}

/// How many nodes there are, and how many levels.
pub(super) fn size(node: &Node) -> (usize, usize) {
    let add = |(nodes, height): (usize, usize), child: &Node| {
        let (more, level) = size(child);
        (
            nodes.saturating_add(more),
            height.max(level.saturating_add(1)),
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

/// Changes every mark of a tree.
pub(super) fn for_each_mark(node: &mut Node, change: &mut impl FnMut(&mut Mark)) {
    change(&mut node.mark);
    match &mut node.value {
        Value::Array(items) => {
            Arc::make_mut(items)
                .iter_mut()
                .for_each(|item| for_each_mark(item, change));
        }
        Value::Object(object) => {
            for entry in Arc::make_mut(object).entries_mut() {
                let Entry { key, node } = entry;
                change(key);
                for_each_mark(node, change);
            }
        }
        _ => {}
    }
}
