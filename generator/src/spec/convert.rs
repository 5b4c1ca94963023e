//! Converts documents of OpenAPI 3.1 and 3.2 to the form of OpenAPI 3.0, before they are validated.
//!
//! The converted tree keeps the location of each value and each key. Parts that do not change are
//! shared with the tree of the document. JSON pointers into the converted tree are converted back
//! with [`origin`].

mod alternatives;
mod anchors;
mod constants;
mod document;
mod draft;
mod keywords;
mod media;
mod operation;
pub(super) mod origin;
mod schema;
mod types;

use super::grammar::{self, Lookup};
use super::report::{Report, Step};
use super::tree::{Node, Object, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;
use draft::Draft;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

/// The result of a conversion.
pub(super) struct Converted {
    pub(super) root: Node,
    pub(super) problems: Vec<Diagnostic>,
    pub(super) warnings: Vec<Diagnostic>,
}

/// Converts a document to the form of OpenAPI 3.0.
pub(super) fn convert(root: &Node) -> Converted {
    let mut converter = Converter {
        root,
        report: Report::default(),
        ignored_schemes: document::schemes_without_credential(root),
        targets: Vec::new(),
        seen_targets: HashSet::new(),
        copied: 0,
        has_anchors: false,
    };
    let mut converted = converter.document(root).unwrap_or_else(|| root.clone());
    converter.targets(&mut converted);
    if converter.has_anchors {
        anchors::resolve(&mut converted, root, &mut converter.report);
    }
    let (problems, warnings) = converter.report.finish();
    Converted {
        root: converted,
        problems,
        warnings,
    }
}

/// Converts one object. Returns `None` if it does not change.
type Convert<'t> = fn(&mut Converter<'t>, &'t Node) -> Option<Node>;

/// The conversion of the value of a key.
enum Part<'t> {
    One(Convert<'t>),
    /// A list or a map: each of its values is converted.
    Each(Convert<'t>),
}

struct Converter<'t> {
    /// The document as written.
    root: &'t Node,
    report: Report<'t>,
    /// The names of the security schemes for which the client sends nothing.
    ignored_schemes: BTreeSet<&'t str>,
    /// The targets of references that a walk along the grammar does not reach, such as schemas in
    /// extensions.
    targets: Vec<(Convert<'t>, String)>,
    seen_targets: HashSet<&'t str>,
    /// The number of values of the schemas of events.
    copied: usize,
    /// True if the document has references that are not JSON pointers, references to locations that
    /// a conversion may remove, or keys that change the meaning of references.
    has_anchors: bool,
}

impl<'t> Converter<'t> {
    /// Converts the parts of an object, and returns the result for further changes. Returns `None`
    /// for a value that is not an object.
    fn parts(&mut self, node: &'t Node, part: fn(&str) -> Option<Part<'t>>) -> Option<Draft<'t>> {
        let mut draft = Draft::of(node)?;
        for (key, entry) in draft.original().iter() {
            if let Some(part) = part(key) {
                self.part(&mut draft, key, &entry.node, &part);
            }
        }
        Some(draft)
    }

    fn part(&mut self, draft: &mut Draft<'t>, key: &'t str, node: &'t Node, part: &Part<'t>) {
        self.report.enter(Step::Key(key));
        let converted = match part {
            Part::One(convert) => convert(self, node),
            Part::Each(convert) => self.each(node, *convert),
        };
        self.report.leave();
        if let Some(converted) = converted {
            draft.replace(key, converted);
        }
    }

    /// Converts each value of a list or a map.
    fn each(&mut self, node: &'t Node, convert: Convert<'t>) -> Option<Node> {
        match &node.value {
            Value::Array(items) => {
                let mut changed: Option<Vec<Node>> = None;
                for (index, item) in items.iter().enumerate() {
                    self.report.enter(Step::Index(index));
                    let converted = convert(self, item);
                    self.report.leave();
                    if let Some(converted) = converted {
                        let changed = changed.get_or_insert_with(|| items.to_vec());
                        if let Some(slot) = changed.get_mut(index) {
                            *slot = converted;
                        }
                    }
                }
                changed.map(|items| array(node.span, items))
            }
            Value::Object(object) => {
                let mut draft = Draft::new(node, object);
                for (key, entry) in object.iter() {
                    self.part(&mut draft, key, &entry.node, &Part::One(convert));
                }
                draft.finish()
            }
            _ => None,
        }
    }

    /// Records the target of a reference, if the grammar does not contain its location.
    fn reference(&mut self, draft: &Draft<'t>, convert: Convert<'t>) {
        let Some(reference) = draft.original().get("$ref").and_then(Node::as_str) else {
            return;
        };
        let Some(pointer) = reference.strip_prefix("#/") else {
            self.has_anchors = true;
            return;
        };
        if pointer.starts_with("components/") && pointer.matches('/').count() == 2 {
            return;
        }
        self.has_anchors |= MOVED.iter().any(|key| pointer.contains(key));
        if !self.seen_targets.insert(reference) {
            return;
        }
        let pointer = super::pointer::from_fragment(reference.get(1..).unwrap_or_default());
        if let Some(pointer) = pointer.filter(|pointer| is_unreached(pointer)) {
            self.targets.push((convert, pointer.into_owned()));
        }
    }

    /// Converts the targets of references that the walk has not reached.
    fn targets(&mut self, converted: &mut Node) {
        while let Some((convert, pointer)) = self.targets.pop() {
            let Some(target) = self.root.at(&pointer) else {
                continue;
            };
            self.report.start_at(pointer.clone());
            if let Some(node) = convert(self, target)
                && let Some(slot) = super::overlay::merge::node_mut(converted, &pointer)
            {
                *slot = node;
            }
        }
        self.report.start_at(String::new());
    }

    /// Warns about a key of the current object.
    fn warn(&mut self, key: &str, span: Span, message: impl Into<String>, help: &str) {
        let warning = Diagnostic::new(Code::Unsupported, "", message).as_warning();
        self.report.at_key(key, span, warning.help(help));
    }

    /// Reports an error about a key of the current object.
    fn refuse(&mut self, key: &str, span: Span, code: Code, message: String, help: &str) {
        let problem = Diagnostic::new(code, "", message);
        self.report.at_key(key, span, problem.help(help));
    }
}

/// Keys of locations that a conversion may remove.
const MOVED: [&str; 6] = [
    "webhooks/",
    "/anyOf/",
    "/oneOf/",
    "/prefixItems/",
    "/patternProperties/",
    "/itemSchema",
];

/// Returns true for a location that the grammar of OpenAPI 3.0 does not contain, such as one in an
/// extension.
fn is_unreached(pointer: &str) -> bool {
    matches!(grammar::lookup(pointer), Lookup::Unknown)
}

fn array(span: Span, items: Vec<Node>) -> Node {
    Node {
        span,
        value: Value::Array(Arc::new(items)),
    }
}

fn object(span: Span, object: Object) -> Node {
    Node {
        span,
        value: Value::Object(Arc::new(object)),
    }
}

fn string(span: Span, text: &str) -> Node {
    Node {
        span,
        value: Value::String(text.into()),
    }
}

fn boolean(span: Span, value: bool) -> Node {
    Node {
        span,
        value: Value::Bool(value),
    }
}
