//! Where a change stands in the two documents: the model knows operations and types, the tree knows their parts.

use super::change::{Change, Part, SourceLocation};
use crate::model::Location;
use crate::spec::tree::Mark;
use crate::spec::{Document, Node, pointer};

/// A reference may lead to a reference; the documents are checked, so a few steps are enough.
const STEPS: usize = 16;

/// Looks up the exact pointer of every place, and its line and column.
pub fn locate(changes: &mut [Change], old: &Document, new: &Document) {
    for change in changes {
        for (place, document) in [(&mut change.old, old), (&mut change.new, new)] {
            if let Some(place) = place {
                refine(place, document);
            }
        }
    }
}

fn refine(place: &mut SourceLocation, document: &Document) {
    let root = document.tree();
    if let Some(part) = &place.part
        && let Some(found) = find(root, &place.pointer, part)
    {
        place.pointer = found;
    }
    // What an overlay has brought in has no line in the document.
    let position = document.locate(&place.pointer);
    let from_overlay = |(line, column)| Mark::new(line, column).in_overlay().is_some();
    place.position = position.filter(|position| !from_overlay(*position));
}

/// The pointer of a part, references followed.
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

/// A property of a schema, or of one of the schemas that it is put together from.
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

/// A parameter of an operation, or of the path that the operation stands in.
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

/// Where a pointer leads once references are followed.
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
