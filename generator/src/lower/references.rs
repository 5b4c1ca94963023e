//! The references of operations: finds the components that a plan reaches.

use super::plan::Plan;
use crate::spec::Document;
use crate::spec::tree::{Node, Value};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

/// Returns the schemas of `components` that the plan's operations refer to, directly or through
/// other components, in the order of the document.
pub fn reachable_schemas(document: &Document, plan: &Plan<'_>) -> Vec<String> {
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

/// Returns the pointers of all references that the plan's operations contain, directly or through
/// other components.
pub fn reachable_pointers(document: &Document, plan: &Plan<'_>) -> Vec<String> {
    let found = found(document, plan);
    found
        .iter()
        .filter_map(|reference| reference.strip_prefix('#'))
        .map(str::to_owned)
        .collect()
}

/// The targets of the references inside of each location. Each location is searched once.
#[derive(Default)]
pub struct ReferenceCache(HashMap<String, Rc<[String]>>);

impl ReferenceCache {
    fn of(&mut self, document: &Document, pointer: &str) -> Rc<[String]> {
        if let Some(known) = self.0.get(pointer) {
            return Rc::clone(known);
        }
        let mut found = BTreeSet::new();
        let mut waiting: Vec<&Node> = document.tree().at(pointer).into_iter().collect();
        while let Some(node) = waiting.pop() {
            let reference = node.get("$ref").and_then(Node::as_str);
            found.extend(reference.and_then(|reference| reference.strip_prefix('#')));
            push_parts(node, &mut waiting);
        }
        let found: Rc<[String]> = found.into_iter().map(str::to_owned).collect();
        self.0.insert(pointer.to_owned(), Rc::clone(&found));
        found
    }
}

/// Returns true if the schema at a location refers to that location, directly or through other
/// references.
pub fn is_recursive(
    document: &Document,
    pointer: &str,
    reference_cache: &mut ReferenceCache,
) -> bool {
    let mut seen = HashSet::new();
    let mut waiting = vec![pointer.to_owned()];
    while let Some(next) = waiting.pop() {
        for target in reference_cache.of(document, &next).iter() {
            if target == pointer {
                return true;
            }
            if seen.insert(target.clone()) {
                waiting.push(target.clone());
            }
        }
    }
    false
}

fn found(document: &Document, plan: &Plan<'_>) -> BTreeSet<String> {
    let tree = document.tree();
    follow(
        document,
        plan.pointers()
            .filter_map(|pointer| tree.at(pointer))
            .collect(),
    )
}

/// Returns all references inside of the nodes and, recursively, inside of their targets.
fn follow<'a>(document: &'a Document, mut waiting: Vec<&'a Node>) -> BTreeSet<String> {
    let tree = document.tree();
    let mut found = BTreeSet::new();
    while let Some(node) = waiting.pop() {
        if let Some(reference) = node.get("$ref").and_then(Node::as_str)
            && found.insert(reference.to_owned())
        {
            waiting.extend(reference.strip_prefix('#').and_then(|at| tree.at(at)));
        }
        push_parts(node, &mut waiting);
    }
    found
}

fn push_parts<'a>(node: &'a Node, waiting: &mut Vec<&'a Node>) {
    match &node.value {
        Value::Array(items) => waiting.extend(items.iter()),
        Value::Object(object) => waiting.extend(object.iter().map(|(_, entry)| &entry.node)),
        _ => {}
    }
}

fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}
