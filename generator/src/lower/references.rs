//! The references of operations: finds the components that a plan reaches.

use super::inheritance::Families;
use super::plan::Plan;
use crate::spec::Document;
use crate::spec::tree::{Node, Value};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

/// Returns the schemas of `components` that the plan's operations refer to, directly or through
/// other components, in the order of the document.
pub fn reachable_schemas(document: &Document, families: &Families, plan: &Plan<'_>) -> Vec<String> {
    let found = Search::of(document, families, plan).found;
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
pub fn reachable_pointers(
    document: &Document,
    families: &Families,
    plan: &Plan<'_>,
) -> Vec<String> {
    let Search { found, merged, .. } = Search::of(document, families, plan);
    let found = found.iter().filter_map(|found| found.strip_prefix('#'));
    found.map(str::to_owned).chain(merged).collect()
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

/// The search for everything that operations reach.
struct Search<'a> {
    document: &'a Document,
    families: &'a Families,
    /// The references whose targets were reached.
    found: BTreeSet<String>,
    /// The pointers of the components that were reached only because others extend them. They are
    /// parts of those, and no types of their own.
    merged: BTreeSet<String>,
    /// The nodes to search.
    waiting: Vec<&'a Node>,
}

impl<'a> Search<'a> {
    /// Searches the plan's operations and, recursively, the targets of all references.
    fn of(document: &'a Document, families: &'a Families, plan: &Plan<'_>) -> Self {
        let tree = document.tree();
        let operations = plan.pointers().filter_map(|pointer| tree.at(pointer));
        let mut search = Self {
            document,
            families,
            found: BTreeSet::new(),
            merged: BTreeSet::new(),
            waiting: operations.collect(),
        };
        while let Some(node) = search.waiting.pop() {
            if let Some(reference) = node.get("$ref").and_then(Node::as_str) {
                search.follow(reference);
            }
            push_parts(node, &mut search.waiting);
        }
        search
    }

    fn follow(&mut self, reference: &str) {
        if !self.found.insert(reference.to_owned()) {
            return;
        }
        let Some(pointer) = reference.strip_prefix('#') else {
            return;
        };
        if let Some(family) = self.families.get(pointer) {
            for member in &family.members {
                self.follow(&format!("#{}", member.pointer));
            }
        }
        self.search_target(pointer);
    }

    fn search_target(&mut self, pointer: &str) {
        let Some(node) = self.document.tree().at(pointer) else {
            return;
        };
        if self.families.has_ancestor(pointer) {
            self.search_extending(node, pointer);
        } else {
            self.waiting.push(node);
        }
    }

    /// Searches a component that extends others. These are only merged into it.
    fn search_extending(&mut self, node: &'a Node, pointer: &str) {
        let Some(object) = node.as_object() else {
            return;
        };
        for (key, entry) in object.iter() {
            let branches = entry.node.as_array().filter(|_| *key == *"allOf");
            let Some(branches) = branches else {
                self.waiting.push(&entry.node);
                continue;
            };
            for branch in branches {
                let reference = branch.get("$ref").and_then(Node::as_str);
                let Some(reference) = reference else {
                    self.search_extending(branch, pointer);
                    continue;
                };
                let target = self.document.schema(reference).ok();
                let target = target.map(|(target, _)| target);
                match target.filter(|target| self.families.extends(pointer, target)) {
                    Some(target) if self.merged.insert(target.clone()) => {
                        self.search_target(&target);
                    }
                    Some(_) => {}
                    None => self.waiting.push(branch),
                }
            }
        }
    }
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
