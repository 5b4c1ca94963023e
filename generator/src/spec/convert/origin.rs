//! Locations of a converted tree in the document as written.

use super::super::pointer;
use super::super::tree::{Node, Value};
use crate::span::Span;
use std::collections::VecDeque;

/// The number of levels that a conversion can remove at once.
const MAX_REMOVED: usize = 4;

/// The maximum number of values that are searched for a location.
const MAX_VISITED: usize = 10_000;

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
                } else if let Some((path, found)) = search(from, next.span) {
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

/// Returns the nearest value with a location inside another value, and the pointer to it.
fn search(node: &Node, span: Span) -> Option<(String, &Node)> {
    let mut waiting = VecDeque::from([(String::new(), node, 0)]);
    let mut visited = 0;
    while let Some((path, node, level)) = waiting.pop_front() {
        let children: Box<dyn Iterator<Item = (String, &Node)>> = match &node.value {
            Value::Object(object) => Box::new(object.iter().map(|(key, entry)| {
                let mut path = path.clone();
                pointer::push(&mut path, key);
                (path, &entry.node)
            })),
            Value::Array(items) => Box::new(items.iter().enumerate().map(|(index, item)| {
                let mut path = path.clone();
                pointer::push_index(&mut path, index);
                (path, item)
            })),
            _ => continue,
        };
        for (path, child) in children {
            if child.span == span {
                return Some((path, child));
            }
            visited += 1;
            if visited > MAX_VISITED {
                return None;
            }
            if level + 1 < MAX_REMOVED {
                waiting.push_back((path, child, level + 1));
            }
        }
    }
    None
}
