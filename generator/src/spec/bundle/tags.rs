//! Tags of schemas that get another name.
//!
//! The tag of a schema without a mapping is its name. If another schema has the same name, it gets
//! another one, but values keep their tags: the mapping of the discriminator then lists them.

use super::super::overlay::merge::node_mut;
use super::super::pointer;
use super::super::tree::{Entry, Node, Object, Value};
use super::rewrite::fragment;
use std::sync::Arc;

/// A schema that got another name: its own name, and the reference to it.
struct Renamed {
    name: String,
    reference: String,
}

/// Adds schemas to the mappings of the discriminators that they belong to. `renamed` are their old
/// and new names.
pub(super) fn keep(root: &mut Node, renamed: impl Iterator<Item = (String, String)>) {
    let renamed: Vec<Renamed> = renamed
        .map(|(name, new)| Renamed {
            name,
            reference: fragment(&component(&new)),
        })
        .collect();
    if renamed.is_empty() {
        return;
    }
    let mut edits = Vec::new();
    unions(root, &mut String::new(), &renamed, &mut edits);
    for schema in &renamed {
        parents(root, schema, &mut edits);
    }
    for (at, schema) in edits {
        add(root, &at, schema);
    }
}

fn component(name: &str) -> String {
    let mut at = "/components/schemas".to_owned();
    pointer::push(&mut at, name);
    at
}

/// Finds the unions of renamed schemas, with their discriminators.
fn unions<'r>(
    node: &Node,
    at: &mut String,
    renamed: &'r [Renamed],
    edits: &mut Vec<(String, &'r Renamed)>,
) {
    let length = at.len();
    match &node.value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointer::push_index(at, index);
                unions(item, at, renamed, edits);
                at.truncate(length);
            }
        }
        Value::Object(object) => {
            if object.get("discriminator").is_some() {
                let branches = references(object, &["oneOf", "anyOf"]);
                let is_branch = |schema: &&Renamed| branches.contains(&schema.reference.as_str());
                let found = renamed.iter().filter(is_branch);
                edits.extend(found.map(|schema| (format!("{at}/discriminator"), schema)));
            }
            for (key, entry) in object.iter() {
                pointer::push(at, key);
                unions(&entry.node, at, renamed, edits);
                at.truncate(length);
            }
        }
        _ => {}
    }
}

/// Finds the discriminators of the schemas that a renamed schema extends.
fn parents<'r>(root: &Node, schema: &'r Renamed, edits: &mut Vec<(String, &'r Renamed)>) {
    let mut pending = vec![schema.reference.clone()];
    let mut seen = Vec::new();
    while let Some(reference) = pending.pop() {
        let at = pointer::from_fragment(reference.get(1..).unwrap_or_default());
        let Some(at) = at.filter(|_| !seen.contains(&reference)) else {
            continue;
        };
        let object = root.at(&at).and_then(Node::as_object);
        if reference != schema.reference
            && object.is_some_and(|object| object.get("discriminator").is_some())
        {
            edits.push((format!("{at}/discriminator"), schema));
        }
        let extended = object.map(|object| references(object, &["allOf"]));
        pending.extend(extended.into_iter().flatten().map(str::to_owned));
        seen.push(reference);
    }
}

/// Returns the references in the lists of some keys.
fn references<'o>(object: &'o Object, keys: &[&str]) -> Vec<&'o str> {
    let lists = keys.iter().filter_map(|key| object.get(key)?.as_array());
    let references = lists.flatten().filter_map(|branch| branch.get("$ref"));
    references.filter_map(Node::as_str).collect()
}

/// Adds a schema to the mapping of a discriminator, unless it has a tag there.
fn add(root: &mut Node, discriminator: &str, schema: &Renamed) {
    let Some(node) = node_mut(root, discriminator) else {
        return;
    };
    let span = node.span;
    let entry = |value: Value| Entry {
        key: span,
        node: Node { span, value },
    };
    let Value::Object(object) = &mut node.value else {
        return;
    };
    let object = Arc::make_mut(object);
    if object.get("mapping").is_none_or(Node::is_null) {
        object.set("mapping", entry(Value::Object(Arc::default())));
    }
    let mapping = object.entry_mut("mapping");
    let Some(Value::Object(mapping)) = mapping.map(|entry| &mut entry.node.value) else {
        return;
    };
    let is_there = |entry: &Entry| entry.node.as_str() == Some(&schema.reference);
    if mapping.contains(&schema.name) || mapping.iter().any(|(_, entry)| is_there(entry)) {
        return;
    }
    let reference = Value::String(schema.reference.as_str().into());
    Arc::make_mut(mapping).set(&schema.name, entry(reference));
}
