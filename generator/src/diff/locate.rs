//! Finds the locations of changes in the two documents. The model records only the locations of
//! operations and types; this module searches the document tree for their parts.

use super::change::{Change, Part, SourceLocation};
use crate::model::Location;
use crate::spec::tree::Mark;
use crate::spec::{Document, Node, pointer};

/// The maximum length of a chain of references. The documents are validated, so a small limit is
/// enough.
const STEPS: usize = 16;

/// Sets the exact pointer, line and column of every location.
pub fn locate(changes: &mut [Change], old: &Document, new: &Document) {
    for change in changes {
        for (location, document) in [(&mut change.old, old), (&mut change.new, new)] {
            if let Some(location) = location {
                refine(location, document);
            }
        }
    }
}

fn refine(location: &mut SourceLocation, document: &Document) {
    let root = document.tree();
    if let Some(part) = &location.part
        && let Some(found) = find(root, &location.pointer, part)
    {
        location.pointer = found;
    }
    // Values added by an overlay have no line in the document.
    let position = document.locate(&location.pointer);
    let from_overlay = |(line, column)| Mark::new(line, column).in_overlay().is_some();
    location.position = position.filter(|position| !from_overlay(*position));
}

/// Returns the pointer of a part, with all references resolved.
fn find(root: &Node, base: &str, part: &Part) -> Option<String> {
    match part {
        Part::Parameter(location, name) => parameter(root, base, *location, name),
        Part::BodyField(name) => {
            let body = follow(root, child(base, "requestBody"))?;
            let content = child(&body, "content");
            let media = root.at(&content)?.as_object()?.keys().next()?;
            let schema = follow(root, child(&child(&content, media), "schema"))?;
            property(root, &schema, name)
        }
        Part::Property(name) => property(root, &follow(root, base.to_owned())?, name),
        Part::Value(value) => {
            let values = child(&follow(root, base.to_owned())?, "enum");
            let items = root.at(&values)?.as_array()?;
            let index = items.iter().position(|item| item.as_str() == Some(value))?;
            Some(format!("{values}/{index}"))
        }
    }
}

/// Finds a property of a schema, or of one of its `allOf` parts.
fn property(root: &Node, schema: &str, name: &str) -> Option<String> {
    let own = child(&child(schema, "properties"), name);
    if root.at(&own).is_some() {
        return Some(own);
    }
    let parts = child(schema, "allOf");
    let count = root.at(&parts)?.as_array()?.len();
    (0..count).find_map(|index| {
        let part = follow(root, format!("{parts}/{index}"))?;
        let own = child(&child(&part, "properties"), name);
        root.at(&own).map(|_| own)
    })
}

/// Finds a parameter of an operation or of its path item.
fn parameter(root: &Node, operation: &str, location: Location, name: &str) -> Option<String> {
    let (path, _) = operation.rsplit_once('/')?;
    [operation, path].into_iter().find_map(|owner| {
        let list = child(owner, "parameters");
        let count = root.at(&list)?.as_array()?.len();
        (0..count).find_map(|index| {
            let found = follow(root, format!("{list}/{index}"))?;
            let is = |key: &str, text: &str| {
                let value = root.at(&found).and_then(|node| node.get(key));
                value.and_then(Node::as_str) == Some(text)
            };
            (is("name", name) && is("in", location.as_str())).then_some(found)
        })
    })
}

fn child(base: &str, key: &str) -> String {
    let mut pointer = base.to_owned();
    pointer::push(&mut pointer, key);
    pointer
}

/// Follows references and returns the pointer of their target.
fn follow(root: &Node, mut at: String) -> Option<String> {
    for _ in 0..STEPS {
        let node = root.at(&at)?;
        match node.get("$ref").and_then(Node::as_str) {
            Some(reference) => {
                at = pointer::from_fragment(reference.strip_prefix('#')?)?.into_owned()
            }
            None => return Some(at),
        }
    }
    None
}
