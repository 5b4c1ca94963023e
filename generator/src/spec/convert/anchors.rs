//! References by URI or by anchor: they become JSON pointers.
//!
//! `$id` and `$self` set the URI of a part of the document, `$anchor` and `$dynamicAnchor` name a
//! schema in that part. A `$dynamicRef` refers to the anchor of its own part, or to the only one of
//! that name.

use super::super::overlay::merge::node_mut;
use super::super::pointer;
use super::super::report::{Report, quoted};
use super::super::tree::{Entry, Node, Object, Value};
use super::{origin, string};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;
use std::collections::HashMap;
use std::sync::Arc;

/// The maximum size of the locations that are recorded, in bytes. Later ones are unresolved.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The keys whose value is data, such as an example.
const DATA: [&str; 6] = ["example", "examples", "default", "enum", "value", "const"];

/// The keys whose value is an object with names as its keys.
const MAPS: [&str; 15] = [
    "properties",
    "$defs",
    "definitions",
    "patternProperties",
    "dependentSchemas",
    "schemas",
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "pathItems",
    "callbacks",
    "paths",
    "x-webhooks",
    "content",
];

/// Replaces all references that are not JSON pointers, as far as their targets are in the document,
/// and those to locations that the conversion has removed. `written` is the document as written.
pub(super) fn resolve(root: &mut Node, written: &Node, report: &mut Report<'_>) {
    let base = root.get("$self").and_then(Node::as_str).unwrap_or_default();
    let mut index = Index {
        written,
        ids: HashMap::new(),
        anchors: HashMap::new(),
    };
    index.ids.insert(base.to_owned(), String::new());
    index.collect(root, &mut Walk::new(base));
    let mut edits = Vec::new();
    index.search(root, root, &mut Walk::new(base), &mut edits);
    for edit in edits {
        match edit.target {
            Some(target) => replace(root, &edit.pointer, edit.key, &target, edit.span),
            None => {
                let message = format!("unresolved `{}` {}", edit.key, quoted(&edit.reference));
                let problem = Diagnostic::new(Code::Reference, "", message);
                let help =
                    "name one schema of the document with `$dynamicAnchor`, or write a `$ref`";
                report.start_at(edit.pointer);
                report.at_key(edit.key, edit.span, problem.help(help));
            }
        }
    }
}

fn replace(root: &mut Node, at: &str, key: &str, target: &str, span: Span) {
    let Some(Value::Object(object)) = node_mut(root, at).map(|node| &mut node.value) else {
        return;
    };
    let reference = format!("#{}", target.replace('%', "%25"));
    let entry = Entry {
        key: span,
        node: string(span, &reference),
    };
    let object: &mut Object = Arc::make_mut(object);
    object.remove(key);
    object.set("$ref", entry);
}

/// The location of a walk.
struct Walk {
    pointer: String,
    /// The size of the recorded locations.
    bytes: usize,
    /// The URI and the location of the part that contains the current object.
    base: String,
    resource: String,
}

impl Walk {
    fn new(base: &str) -> Self {
        Self {
            pointer: String::new(),
            bytes: 0,
            base: base.to_owned(),
            resource: String::new(),
        }
    }

    /// Calls a function for the values inside a value. Returns the location to what it was.
    fn inside(&mut self, node: &Node, is_map: bool, mut visit: impl FnMut(&mut Self, &Node, bool)) {
        let length = self.pointer.len();
        match &node.value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    pointer::push_index(&mut self.pointer, index);
                    visit(self, item, false);
                    self.pointer.truncate(length);
                }
            }
            Value::Object(object) => {
                for (key, entry) in object.iter() {
                    if is_map || !DATA.contains(&key) {
                        pointer::push(&mut self.pointer, key);
                        visit(self, &entry.node, !is_map && MAPS.contains(&key));
                        self.pointer.truncate(length);
                    }
                }
            }
            _ => {}
        }
    }

    /// Enters the part that `$id` begins, and returns the outer one.
    fn enter(&mut self, node: &Node, is_map: bool) -> Option<(String, String)> {
        let id = node.get("$id").and_then(Node::as_str).filter(|_| !is_map)?;
        let base = join(&self.base, id);
        let outer = std::mem::replace(&mut self.base, base);
        let resource = std::mem::replace(&mut self.resource, self.pointer.clone());
        Some((outer, resource))
    }

    /// Returns true if the current location may be recorded.
    fn record(&mut self) -> bool {
        self.bytes = self.bytes.saturating_add(self.pointer.len());
        self.bytes <= MAX_BYTES
    }

    fn leave(&mut self, outer: Option<(String, String)>) {
        if let Some(outer) = outer {
            (self.base, self.resource) = outer;
        }
    }
}

struct Edit {
    /// The location of the object with the reference.
    pointer: String,
    key: &'static str,
    reference: String,
    span: Span,
    /// The pointer to which it refers; `None` if it is unresolved.
    target: Option<String>,
}

struct Index<'w> {
    written: &'w Node,
    /// The locations of the parts, by their URI.
    ids: HashMap<String, String>,
    /// The anchors, by their name: the part and the schema.
    anchors: HashMap<String, Vec<(String, String)>>,
}

impl Index<'_> {
    fn collect(&mut self, node: &Node, walk: &mut Walk) {
        self.collect_in(node, false, walk);
    }

    fn collect_in(&mut self, node: &Node, is_map: bool, walk: &mut Walk) {
        let outer = walk.enter(node, is_map);
        if outer.is_some() && walk.record() {
            let id = walk.base.trim_end_matches('#').to_owned();
            self.ids.entry(id).or_insert_with(|| walk.pointer.clone());
        }
        for key in ["$anchor", "$dynamicAnchor"] {
            if let Some(name) = node.get(key).and_then(Node::as_str).filter(|_| !is_map)
                && walk.record()
            {
                let found = (walk.resource.clone(), walk.pointer.clone());
                self.anchors.entry(name.to_owned()).or_default().push(found);
            }
        }
        walk.inside(node, is_map, |walk, node, is_map| {
            self.collect_in(node, is_map, walk);
        });
        walk.leave(outer);
    }

    fn search(&self, root: &Node, node: &Node, walk: &mut Walk, edits: &mut Vec<Edit>) {
        self.search_in(root, node, false, walk, edits);
    }

    fn search_in(
        &self,
        root: &Node,
        node: &Node,
        is_map: bool,
        walk: &mut Walk,
        edits: &mut Vec<Edit>,
    ) {
        let outer = walk.enter(node, is_map);
        if !is_map
            && let Some(edit) = self.edit(root, node, walk)
            && walk.record()
        {
            edits.push(edit);
        }
        walk.inside(node, is_map, |walk, node, is_map| {
            self.search_in(root, node, is_map, walk, edits);
        });
        walk.leave(outer);
    }

    /// Returns the change of the reference of one object.
    fn edit(&self, root: &Node, node: &Node, walk: &Walk) -> Option<Edit> {
        let object = node.as_object()?;
        let (key, entry) = match (object.entry("$ref"), object.entry("$dynamicRef")) {
            (Some(entry), _) => ("$ref", entry),
            (None, Some(entry)) => ("$dynamicRef", entry),
            (None, None) => return None,
        };
        let reference = entry.node.as_str()?;
        let target = self.target(root, reference, walk);
        let is_same = |target: &String| reference.strip_prefix('#') == Some(target);
        let is_kept = key == "$ref" && target.as_ref().is_none_or(is_same);
        (!is_kept).then(|| Edit {
            pointer: walk.pointer.clone(),
            key,
            reference: reference.to_owned(),
            span: entry.node.span,
            target,
        })
    }

    fn target(&self, root: &Node, reference: &str, walk: &Walk) -> Option<String> {
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let resource = match uri {
            "" => &walk.resource,
            uri => self.ids.get(&join(&walk.base, uri))?,
        };
        if fragment.is_empty() {
            return (!uri.is_empty()).then(|| resource.clone());
        }
        if fragment.starts_with('/') {
            let fragment = pointer::from_fragment(fragment)?;
            let target = format!("{resource}{fragment}");
            // Many documents write pointers from the root in a schema with `$id`.
            return Some(if root.at(&target).is_some() {
                target
            } else if root.at(&fragment).is_none() && self.written.at(&fragment).is_some() {
                origin::pointer(root, self.written, &fragment)
            } else {
                fragment.into_owned()
            });
        }
        let found = self.anchors.get(fragment)?;
        let own = found.iter().find(|(part, _)| part == resource);
        let only = match found.as_slice() {
            [only] => Some(only),
            _ => None,
        };
        Some(own.or(only)?.1.clone())
    }
}

/// Resolves a URI reference, as far as identifiers need it.
fn join(base: &str, reference: &str) -> String {
    let base = base.split('#').next().unwrap_or_default();
    let has_scheme = reference
        .split_once(':')
        .is_some_and(|(scheme, _)| !scheme.contains(['/', '?', '#']));
    if has_scheme || base.is_empty() {
        return reference.to_owned();
    }
    let path_start = base
        .find("://")
        .and_then(|start| Some(start + 3 + base.get(start + 3..)?.find('/')?))
        .unwrap_or_default();
    if reference.starts_with('/') {
        return format!("{}{reference}", base.get(..path_start).unwrap_or_default());
    }
    let reference = reference.strip_prefix("./").unwrap_or(reference);
    let folder = base.rfind('/').map_or(0, |end| end + 1);
    format!("{}{reference}", base.get(..folder).unwrap_or_default())
}
