//! References by URI or by anchor: they become JSON pointers.
//!
//! `$id` and `$self` set the URI of a part of the document, `$anchor` and `$dynamicAnchor` name a
//! schema in that part. A `$dynamicRef` refers to the only schema with a `$dynamicAnchor` of that
//! name, or to the `$anchor` of its own part. A `$recursiveRef` (JSON Schema 2019-09) refers to the
//! innermost schema around it with `$recursiveAnchor: true`, or else to the part that contains it.

use super::super::identifiers::{Index, Walk};
use super::super::overlay::merge::node_mut;
use super::super::pointer::{push, tokens};
use super::super::report::{Report, quoted};
use super::super::tree::{Entry, Node, Object, Value};
use super::string;
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;
use std::sync::Arc;

/// Replaces all references that are not JSON pointers, as far as their targets are in the document,
/// and those to locations that the conversion has removed. `written` is the document as written.
pub(super) fn resolve(root: &mut Node, written: &Node, report: &mut Report<'_>) {
    let mut search = Search {
        root,
        index: Index::of(root, Some(written)),
        edits: Vec::new(),
    };
    search.node(root, false, &mut Walk::new(Index::base(root)));
    for edit in search.edits {
        match edit.target {
            Some(target) => replace(root, &edit.pointer, edit.key, &target, edit.span),
            None => {
                let message = format!("unresolved `{}` {}", edit.key, quoted(&edit.reference));
                let problem = Diagnostic::new(Code::Reference, "", message);
                let help = match edit.key {
                    "$recursiveRef" => {
                        "write `#`, and set `$recursiveAnchor: true` in a schema around it"
                    }
                    _ => "name one schema of the document with `$dynamicAnchor`, or write a `$ref`",
                };
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

struct Edit {
    /// The location of the object with the reference.
    pointer: String,
    key: &'static str,
    reference: String,
    span: Span,
    /// The pointer to which it refers; `None` if it is unresolved.
    target: Option<String>,
}

/// The search for references to change.
struct Search<'t> {
    root: &'t Node,
    index: Index<'t>,
    edits: Vec<Edit>,
}

impl Search<'_> {
    fn node(&mut self, node: &Node, is_map: bool, walk: &mut Walk) {
        let outer = walk.enter(node, is_map);
        if !is_map
            && let Some(edit) = self.edit(node, walk)
            && walk.record()
        {
            self.edits.push(edit);
        }
        walk.inside(node, is_map, |walk, node, is_map| {
            self.node(node, is_map, walk);
        });
        walk.leave(outer);
    }

    /// Returns the change of the reference of one object.
    fn edit(&self, node: &Node, walk: &Walk) -> Option<Edit> {
        let object = node.as_object()?;
        if let Some(entry) = object
            .entry("$recursiveRef")
            .filter(|_| !object.contains("$ref"))
        {
            let reference = entry.node.as_str()?;
            return Some(Edit {
                pointer: walk.pointer.clone(),
                key: "$recursiveRef",
                reference: reference.to_owned(),
                span: entry.node.span,
                target: self.recursive_target(walk).filter(|_| reference == "#"),
            });
        }
        let (key, entry) = match (object.entry("$ref"), object.entry("$dynamicRef")) {
            (Some(entry), _) => ("$ref", entry),
            (None, Some(entry)) => ("$dynamicRef", entry),
            (None, None) => return None,
        };
        let reference = entry.node.as_str()?;
        let is_dynamic = key == "$dynamicRef" && self.index.is_dynamic(self.root, reference);
        let target = self
            .index
            .target(self.root, reference, &walk.base, &walk.resource)
            .filter(|_| !is_dynamic);
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

    /// Returns the location of the innermost schema around the current one with
    /// `$recursiveAnchor: true`, or else of the part that `$id` begins.
    fn recursive_target(&self, walk: &Walk) -> Option<String> {
        let is_anchor =
            |node: &Node| node.get("$recursiveAnchor").and_then(Node::as_bool) == Some(true);
        let mut node = self.root;
        let mut location = String::new();
        let mut found = Some(walk.resource.clone()).filter(|resource| !resource.is_empty());
        for token in tokens(&walk.pointer) {
            node = node.step(&token)?;
            push(&mut location, &token);
            if is_anchor(node) {
                found = Some(location.clone());
            }
        }
        found
    }
}
