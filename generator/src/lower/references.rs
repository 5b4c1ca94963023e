//! Which components a choice of operations reaches.

use super::resource::Plan;
use crate::spec::Document;
use crate::spec::tree::{Node, Value};
use std::collections::BTreeSet;

/// The schemas of `components` that the plan's operations refer to, directly or through others, in the
/// document's order.
pub fn reached(document: &Document, plan: &Plan<'_>) -> Vec<String> {
    let found = found(document, plan);
    let schemas = document
        .tree()
        .at("/components/schemas")
        .and_then(Node::as_object);
    let names = schemas.into_iter().flat_map(|schemas| schemas.keys());
    names
        .map(|name| format!("#/components/schemas/{}", escape(name)))
        .filter(|reference| found.contains(reference))
        .collect()
}

/// The pointers of all that the plan's operations refer to, directly or through others.
pub fn all(document: &Document, plan: &Plan<'_>) -> Vec<String> {
    let found = found(document, plan);
    found
        .iter()
        .filter_map(|reference| reference.strip_prefix('#'))
        .map(str::to_owned)
        .collect()
}

/// Whether what stands at a place refers to that place, directly or through others.
pub fn lead_back(document: &Document, place: &str) -> bool {
    let start = document.tree().at(place).into_iter().collect();
    let found = follow(document, start);
    found.contains(&format!("#{place}"))
}

fn found(document: &Document, plan: &Plan<'_>) -> BTreeSet<String> {
    let tree = document.tree();
    follow(
        document,
        plan.places().filter_map(|place| tree.at(place)).collect(),
    )
}

/// All references from some places, and from where those lead.
fn follow<'a>(document: &'a Document, mut waiting: Vec<&'a Node>) -> BTreeSet<String> {
    let tree = document.tree();
    let mut found = BTreeSet::new();
    while let Some(node) = waiting.pop() {
        if let Some(reference) = node.get("$ref").and_then(Node::as_str)
            && found.insert(reference.to_owned())
        {
            waiting.extend(reference.strip_prefix('#').and_then(|at| tree.at(at)));
        }
        match &node.value {
            Value::Array(items) => waiting.extend(items.iter()),
            Value::Object(object) => waiting.extend(object.iter().map(|(_, entry)| &entry.node)),
            _ => {}
        }
    }
    found
}

fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}
