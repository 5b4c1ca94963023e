//! The document as a tree that remembers where each value and each key stands in the text.

use std::fmt;
use std::sync::Arc;

use super::object::Object;
use super::pointer;

/// A value and the place where it is written.
///
/// Containers are shared, so that a YAML alias costs nothing until somebody walks through it.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub mark: Mark,
    pub value: Value,
}

/// A place in the text: line and column count from 1, columns in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    pub line: u32,
    pub column: u32,
}

/// What JSON can say. A number is kept as it is written: `version: 1.10` is not `1.1`.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Number(Box<str>),
    String(Box<str>),
    Array(Arc<Vec<Node>>),
    Object(Arc<Object>),
}

/// Set in the lines of what an overlay has brought in: a place then needs no more room, and no text has as many lines.
const OVERLAY_BIT: u32 = 1 << 31;

/// A value and the place of its key.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub key: Mark,
    pub node: Node,
}

impl Node {
    /// The value of a key, when this is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_object()?.get(key)
    }

    /// The value that a JSON pointer leads to from here.
    pub fn at(&self, pointer: &str) -> Option<&Node> {
        pointer::tokens(pointer).try_fold(self, |node, token| node.step(&token))
    }

    /// The value that one token of a JSON pointer leads to.
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

    /// The kind of value, in the words of a message.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        }
    }
}

impl Entry {
    /// Where to point when speaking of the value: a container is report_at by its key, a plain value by itself.
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

    /// The same place, in the text of an overlay.
    pub(super) fn into_overlay(self) -> Self {
        Self::new(self.line | OVERLAY_BIT, self.column)
    }

    /// The place in the overlay, if it is one.
    pub fn in_overlay(self) -> Option<(u32, u32)> {
        (self.line & OVERLAY_BIT != 0).then_some((self.line & !OVERLAY_BIT, self.column))
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// Where to point when speaking of a pointer's place; where it leads nowhere, its nearest ancestor stands in.
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
