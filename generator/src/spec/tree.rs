//! The document as a tree that records the position of each value and each key.

use std::fmt;
use std::sync::Arc;

use super::object::Object;
use super::pointer;

/// A value and its position.
///
/// Containers are shared, so a YAML alias does not copy the value it refers to.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub mark: Mark,
    pub value: Value,
}

/// A position in the source. Lines and columns count from 1; columns are in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    pub line: u32,
    pub column: u32,
}

/// A JSON value. A number keeps its written form: `version: 1.10` is not `1.1`.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Number(Box<str>),
    String(Box<str>),
    Array(Arc<Vec<Node>>),
    Object(Arc<Object>),
}

/// The bit of [`Mark::line`] that is set for positions in the overlay. A separate flag would make
/// every mark larger, and no source has that many lines.
const OVERLAY_BIT: u32 = 1 << 31;

/// A value and the position of its key.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub key: Mark,
    pub node: Node,
}

impl Node {
    /// Returns the value of a key, if this is an object that has the key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_object()?.get(key)
    }

    /// Returns the value at a JSON pointer relative to this node.
    pub fn at(&self, pointer: &str) -> Option<&Node> {
        pointer::tokens(pointer).try_fold(self, |node, token| node.step(&token))
    }

    /// Returns the value at one unescaped token of a JSON pointer.
    pub fn step(&self, token: &str) -> Option<&Node> {
        match &self.value {
            Value::Object(object) => object.get(token),
            Value::Array(items) => items.get(pointer::index(token)?),
            _ => None,
        }
    }

    pub fn as_object(&self) -> Option<&Object> {
        match &self.value {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    pub fn as_array(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// Returns the kind of the value for messages, with its article.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }
}

impl Entry {
    /// Returns the position for messages about the value: of the key for a container or null, and
    /// of the value itself for other scalars.
    pub fn report_at(&self) -> Mark {
        match self.node.value {
            Value::Null | Value::Array(_) | Value::Object(_) => self.key,
            Value::Bool(_) | Value::Number(_) | Value::String(_) => self.node.mark,
        }
    }
}

impl Mark {
    pub fn new(line: u32, column: u32) -> Self {
        Self { line, column }
    }

    pub fn position(self) -> (u32, u32) {
        (self.line, self.column)
    }

    /// Marks this as a position in the overlay.
    pub(super) fn into_overlay(self) -> Self {
        Self::new(self.line | OVERLAY_BIT, self.column)
    }

    /// Returns the line and the column, if this is a position in the overlay.
    pub fn in_overlay(self) -> Option<(u32, u32)> {
        (self.line & OVERLAY_BIT != 0).then_some((self.line & !OVERLAY_BIT, self.column))
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// Returns the position for messages about the location of a pointer. For a dangling pointer,
/// returns the position of its nearest existing ancestor.
pub(super) fn locate(root: &Node, pointer: &str) -> Mark {
    let mut node = root;
    let mut mark = root.mark;
    for token in pointer::tokens(pointer) {
        let Some(next) = node.step(&token) else { break };
        let entry = node.as_object().and_then(|object| object.entry(&token));
        mark = entry.map_or(next.mark, Entry::report_at);
        node = next;
    }
    mark
}
