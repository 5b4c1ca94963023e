//! Builds a tree from the events of a JSON or YAML parser. Enforces the rules that both syntaxes
//! share: the limits on size and depth, and unique keys.

use std::sync::Arc;

use super::external::refers_outside;
use super::report::quoted;
use super::tree::{Entry, Node, Object, Value};
use super::{Parsed, pointer};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;

/// The maximum number of nodes in a tree, with aliases expanded: ten times as many as the largest
/// public documents have.
pub(super) const MAX_NODES: usize = 1_000_000;
/// The number of nodes that aliases may add beyond ten times the number of written nodes.
pub(super) const MAX_EXPANDED: usize = 100_000;
/// The maximum nesting depth. A schema in the `properties` of another one takes two levels.
pub(super) const MAX_DEPTH: usize = 256;

/// The part of the tree that has been read so far.
#[derive(Default)]
pub(super) struct Builder {
    open: Vec<Frame>,
    root: Option<Node>,
    written: usize,
    expanded: usize,
    /// True if a reference may be to another file.
    refers_outside: bool,
    /// The problems that do not stop the parser.
    pub(super) problems: Vec<Diagnostic>,
}

/// The syntax element that may come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expects {
    /// The root value, or the end of the document after it.
    Root,
    Item {
        first: bool,
    },
    Key {
        first: bool,
    },
    Value,
}

/// The size of a finished node: its number of nodes, and the number of levels below it.
#[derive(Clone, Copy)]
pub(super) struct Size {
    nodes: usize,
    height: usize,
}

impl Size {
    pub(super) const ONE: Self = Self {
        nodes: 1,
        height: 0,
    };
}

struct Frame {
    span: Span,
    size: Size,
    content: Content,
}

enum Content {
    Array(Vec<Node>),
    Object {
        object: Object,
        key: Option<Key>,
        merges: Vec<Node>,
    },
}

enum Key {
    Name(Box<str>, Span),
    /// YAML's merge key `<<`: the entries of its value are added to this object.
    Merge,
}

impl Builder {
    pub(super) fn expects(&self) -> Expects {
        match self.open.last().map(|frame| &frame.content) {
            None => Expects::Root,
            Some(Content::Array(items)) => Expects::Item {
                first: items.is_empty(),
            },
            Some(Content::Object { key: Some(_), .. }) => Expects::Value,
            Some(Content::Object { object, merges, .. }) => Expects::Key {
                first: object.is_empty() && merges.is_empty(),
            },
        }
    }

    pub(super) fn open_array(&mut self, span: Span) -> Result<(), Diagnostic> {
        self.open(span, Content::Array(Vec::new()))
    }

    pub(super) fn open_object(&mut self, span: Span) -> Result<(), Diagnostic> {
        self.open(
            span,
            Content::Object {
                object: Object::default(),
                key: None,
                merges: Vec::new(),
            },
        )
    }

    /// Sets the key of the next value.
    pub(super) fn key(&mut self, name: impl Into<Box<str>>, span: Span) {
        self.set_key(Key::Name(name.into(), span));
    }

    pub(super) fn merge_key(&mut self) {
        self.set_key(Key::Merge);
    }

    pub(super) fn scalar(&mut self, value: Value, span: Span) -> Result<(), Diagnostic> {
        self.written += 1;
        self.check_nodes(span)?;
        self.add(Node { span, value }, Size::ONE);
        Ok(())
    }

    /// Adds a node that was read before, for an alias.
    pub(super) fn repeat(&mut self, node: Node, size: Size, span: Span) -> Result<(), Diagnostic> {
        self.expanded = self.expanded.saturating_add(size.nodes);
        self.check_nodes(span)?;
        if self.open.len() + size.height > MAX_DEPTH {
            return Err(self.too_deep(span));
        }
        self.add(node, size);
        Ok(())
    }

    /// Closes the innermost container and returns it. Returns `None` if no container is open.
    pub(super) fn close(&mut self) -> Result<Option<(Node, Size)>, Diagnostic> {
        let Some(Frame {
            span,
            size,
            content,
        }) = self.open.pop()
        else {
            return Ok(None);
        };
        let value = match content {
            Content::Array(items) => Value::Array(Arc::new(items)),
            Content::Object {
                mut object, merges, ..
            } => {
                for merged in &merges {
                    merge(&mut object, merged).map_err(|()| self.invalid_merge(merged.span))?;
                }
                Value::Object(Arc::new(object))
            }
        };
        let node = Node { span, value };
        self.add(node.clone(), size);
        Ok(Some((node, size)))
    }

    /// Returns the tree, unless the source is empty.
    pub(super) fn finish(self) -> Option<Parsed> {
        Some(Parsed {
            root: self.root?,
            nodes: self.written.saturating_add(self.expanded),
            refers_outside: self.refers_outside,
            problems: self.problems,
        })
    }

    /// Returns the JSON pointer of the current location.
    pub(super) fn pointer(&self) -> String {
        let mut path = String::new();
        for frame in &self.open {
            match &frame.content {
                Content::Array(items) => pointer::push_index(&mut path, items.len()),
                Content::Object {
                    key: Some(Key::Name(name, _)),
                    ..
                } => pointer::push(&mut path, name),
                Content::Object { .. } => {}
            }
        }
        path
    }

    /// Creates a diagnostic at the current location.
    pub(super) fn problem(&self, code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        let mut problem = Diagnostic::new(code, self.pointer(), message);
        problem = problem.at(span);
        problem
    }

    fn open(&mut self, span: Span, content: Content) -> Result<(), Diagnostic> {
        self.written += 1;
        self.check_nodes(span)?;
        if self.open.len() >= MAX_DEPTH {
            return Err(self.too_deep(span));
        }
        self.open.push(Frame {
            span,
            size: Size::ONE,
            content,
        });
        Ok(())
    }

    fn set_key(&mut self, next: Key) {
        if let Some(Frame {
            content: Content::Object { key, .. },
            ..
        }) = self.open.last_mut()
        {
            *key = Some(next);
        }
    }

    fn add(&mut self, node: Node, size: Size) {
        let Some(frame) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        frame.size.nodes = frame.size.nodes.saturating_add(size.nodes);
        frame.size.height = frame.size.height.max(size.height + 1);
        match &mut frame.content {
            Content::Array(items) => items.push(node),
            Content::Object {
                object,
                key,
                merges,
            } => match key.take() {
                Some(Key::Name(name, span)) => {
                    self.refers_outside |= refers_outside(&name, &node);
                    if let Err((name, first)) = object.insert(name, Entry { key: span, node }) {
                        self.duplicate(&name, span, first);
                    }
                }
                Some(Key::Merge) => merges.push(node),
                None => {}
            },
        }
    }

    fn duplicate(&mut self, name: &str, span: Span, first: Span) {
        let mut problem = self.problem(
            Code::DuplicateKey,
            span,
            format!("duplicate key {}", quoted(name)),
        );
        pointer::push(&mut problem.pointer, name);
        self.problems.push(
            problem
                .related("first occurrence", first)
                .help("remove one of the two"),
        );
    }

    fn check_nodes(&self, span: Span) -> Result<(), Diagnostic> {
        if self.expanded > MAX_EXPANDED + 10 * self.written {
            let message = "the aliases expand to many times the size of the document";
            return Err(self
                .problem(Code::Bound, span, message)
                .help("use fewer aliases"));
        }
        if self.written + self.expanded > MAX_NODES {
            let message = format!("the document has more than {MAX_NODES} values");
            return Err(self.problem(Code::Bound, span, message));
        }
        Ok(())
    }

    fn too_deep(&self, span: Span) -> Diagnostic {
        self.problem(
            Code::Bound,
            span,
            format!("the document is nested more than {MAX_DEPTH} levels deep"),
        )
    }

    fn invalid_merge(&self, span: Span) -> Diagnostic {
        let message = "the merge key `<<` requires a mapping or a sequence of mappings";
        self.problem(Code::Syntax, span, message)
            .help("put `<<` in quotes if it is an ordinary key")
    }
}

/// Adds the entries whose keys the object does not have. Returns an error if `merged` is neither an
/// object nor a list of objects.
fn merge(object: &mut Object, merged: &Node) -> Result<(), ()> {
    match &merged.value {
        Value::Object(entries) => {
            for (name, entry) in entries.iter() {
                if !object.contains(name) {
                    // Cannot fail: the object does not contain the key.
                    let _ = object.insert(name.into(), entry.clone());
                }
            }
            Ok(())
        }
        Value::Array(items) if items.iter().all(|item| item.as_object().is_some()) => {
            items.iter().try_for_each(|item| merge(object, item))
        }
        _ => Err(()),
    }
}
