//! Locations of a converted tree in the document as written.

use super::super::pointer;
use super::super::tree::{Node, Value};
use crate::span::Span;

/// The number of levels that a conversion can remove at once.
const MAX_REMOVED: usize = 4;

/// Returns the JSON pointer in the document for one in the converted tree. A location that the
/// conversion has added becomes that of the schema from which it was made.
pub(in crate::spec) fn pointer(document: &Node, converted: &Node, at: &str) -> String {
    let mut written = String::new();
    let mut from = document;
    let mut to = Some(converted);
    for token in pointer::tokens(at) {
        let next = to.and_then(|node| node.step(&token));
        let is_added = |next: &Node| to.is_some_and(|to| to.span == next.span);
        match next {
            // A list or an object around a part has the location of the schema itself.
            Some(next) if is_added(next) && from.step(&token).is_none() => {}
            Some(next) => {
                let same = from.step(&token).filter(|same| same.span == next.span);
                if let Some(same) = same {
                    pointer::push(&mut written, &token);
                    from = same;
                } else if let Some((path, found)) = search(from, next.span, MAX_REMOVED) {
                    written.push_str(&path);
                    from = found;
                }
            }
            // A key, or a location that the conversion has removed.
            None => {
                if let Some(same) = from.step(&token) {
                    pointer::push(&mut written, &token);
                    from = same;
                }
            }
        }
        to = next;
    }
    written
}

/// Returns the value with a location, and the pointer to it.
fn search(node: &Node, span: Span, levels: usize) -> Option<(String, &Node)> {
    let levels = levels.checked_sub(1)?;
    let inside = |token: &dyn Fn(&mut String), child| -> Option<(String, _)> {
        let child: &Node = child;
        let (path, found) = if child.span == span {
            (String::new(), child)
        } else {
            search(child, span, levels)?
        };
        let mut pointer = String::new();
        token(&mut pointer);
        Some((pointer + &path, found))
    };
    // Near values first: most of them are children.
    match &node.value {
        Value::Object(object) => object
            .iter()
            .find_map(|(key, entry)| inside(&|pointer| pointer::push(pointer, key), &entry.node)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(index, item)| inside(&|pointer| pointer::push_index(pointer, index), item)),
        _ => None,
    }
}
