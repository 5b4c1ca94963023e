//! Puts a tree together from what a reader finds, one piece at a time, and watches over what every syntax shares:
//! the bounds of size and depth, and keys that occur twice.

use std::sync::Arc;

use super::object::Object;
use super::pointer;
use super::report::quoted;
use super::tree::{Entry, Mark, Node, Value};
use crate::diagnostic::{Code, Diagnostic};

/// Nodes of a tree, aliases expanded: ten times what the largest public documents have.
const MAX_NODES: usize = 1_000_000;
/// Nodes that come from aliases alone, over and above ten times those that are written out.
const MAX_EXPANDED: usize = 100_000;
/// Levels of nesting. A schema inside a schema takes two.
const MAX_DEPTH: usize = 256;

/// The tree as far as it has been read.
#[derive(Default)]
pub(super) struct Builder {
    open: Vec<Frame>,
    root: Option<Node>,
    written: usize,
    expanded: usize,
    /// What is wrong and yet leaves a tree.
    pub(super) problems: Vec<Diagnostic>,
}

/// What may come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expects {
    /// The document itself, or nothing more.
    Root,
    Item {
        first: bool,
    },
    Key {
        first: bool,
    },
    Value,
}

/// How much a finished node holds.
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
    mark: Mark,
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
    Name(Box<str>, Mark),
    /// YAML's `<<`, whose value holds entries of this very object.
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

    pub(super) fn open_array(&mut self, mark: Mark) -> Result<(), Diagnostic> {
        self.open(mark, Content::Array(Vec::new()))
    }

    pub(super) fn open_object(&mut self, mark: Mark) -> Result<(), Diagnostic> {
        self.open(
            mark,
            Content::Object {
                object: Object::default(),
                key: None,
                merges: Vec::new(),
            },
        )
    }

    /// The key of the value that comes next.
    pub(super) fn key(&mut self, name: impl Into<Box<str>>, mark: Mark) {
        self.set_key(Key::Name(name.into(), mark));
    }

    pub(super) fn merge_key(&mut self) {
        self.set_key(Key::Merge);
    }

    pub(super) fn scalar(&mut self, value: Value, mark: Mark) -> Result<(), Diagnostic> {
        self.written += 1;
        self.check_nodes(mark)?;
        self.add(Node { mark, value }, Size::ONE);
        Ok(())
    }

    /// A node that was read before, at an alias.
    pub(super) fn repeat(&mut self, node: Node, size: Size, mark: Mark) -> Result<(), Diagnostic> {
        self.expanded = self.expanded.saturating_add(size.nodes);
        self.check_nodes(mark)?;
        if self.open.len() + size.height > MAX_DEPTH {
            return Err(self.too_deep(mark));
        }
        self.add(node, size);
        Ok(())
    }

    /// Ends the innermost container.
    pub(super) fn close(&mut self) -> Result<Option<(Node, Size)>, Diagnostic> {
        let Some(Frame {
            mark,
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
                    merge(&mut object, merged).map_err(|()| self.invalid_merge(merged.mark))?;
                }
                Value::Object(Arc::new(object))
            }
        };
        let node = Node { mark, value };
        self.add(node.clone(), size);
        Ok(Some((node, size)))
    }

    pub(super) fn finish(self) -> (Option<Node>, Vec<Diagnostic>) {
        (self.root, self.problems)
    }

    /// The place that is being read.
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

    /// A problem at the place that is being read.
    pub(super) fn problem(&self, code: Code, mark: Mark, message: impl Into<String>) -> Diagnostic {
        let mut problem = Diagnostic::new(code, self.pointer(), message);
        problem.position = Some(mark.position());
        problem
    }

    fn open(&mut self, mark: Mark, content: Content) -> Result<(), Diagnostic> {
        self.written += 1;
        self.check_nodes(mark)?;
        if self.open.len() >= MAX_DEPTH {
            return Err(self.too_deep(mark));
        }
        self.open.push(Frame {
            mark,
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
                Some(Key::Name(name, mark)) => {
                    if let Err((name, first)) = object.insert(name, Entry { key: mark, node }) {
                        self.duplicate(&name, mark, first);
                    }
                }
                Some(Key::Merge) => merges.push(node),
                None => {}
            },
        }
    }

    fn duplicate(&mut self, name: &str, mark: Mark, first: Mark) {
        let mut problem = self.problem(
            Code::DuplicateKey,
            mark,
            format!("the key {} occurs twice in one object", quoted(name)),
        );
        pointer::push(&mut problem.pointer, name);
        self.problems.push(
            problem
                .related("it stands here already", first.position())
                .help("keep one of the two"),
        );
    }

    fn check_nodes(&self, mark: Mark) -> Result<(), Diagnostic> {
        if self.expanded > MAX_EXPANDED + 10 * self.written {
            let message = "the aliases of this document unfold to many times its size";
            return Err(self
                .problem(Code::Bound, mark, message)
                .help("write the document with fewer aliases"));
        }
        if self.written + self.expanded > MAX_NODES {
            let message = format!("the document has more than {MAX_NODES} values");
            return Err(self.problem(Code::Bound, mark, message));
        }
        Ok(())
    }

    fn too_deep(&self, mark: Mark) -> Diagnostic {
        self.problem(
            Code::Bound,
            mark,
            format!("the document is nested more than {MAX_DEPTH} levels deep"),
        )
    }

    fn invalid_merge(&self, mark: Mark) -> Diagnostic {
        let message = "the merge key `<<` takes a mapping or a list of mappings";
        self.problem(Code::Syntax, mark, message)
            .help("put the key in quotes where it is meant as text")
    }
}

/// Adds the entries that the object does not have itself.
fn merge(object: &mut Object, merged: &Node) -> Result<(), ()> {
    match &merged.value {
        Value::Object(entries) => {
            for (name, entry) in entries.iter() {
                if !object.contains(name) {
                    // The line above makes sure that there is no such entry.
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
