//! Walks the tree beside the grammar and reports whatever does not fit.
//!
//! What comes after relies on it: where nothing is found, every value has the kind that its place asks for.

use super::grammar::types::{self, Field, Kind, Others, Shape};
use super::object::Object;
use super::references::References;
use super::report::{Report, Step, quoted};
use super::suggest::{self, Verdict};
use super::tree::{Entry, Mark, Node, Value};
use super::{Syntax, grammar, number};
use crate::diagnostic::{Code, Diagnostic};

/// Schemas of a document, aliases unfolded: some ten times what the largest public documents have.
const MAX_SCHEMAS: usize = 200_000;

/// What the walk has found.
pub(super) struct Findings {
    pub(super) problems: Vec<Diagnostic>,
    pub(super) references: References,
}

/// Checks a whole document, and what its references lead to.
pub(super) fn check(root: &Node, syntax: Syntax) -> Findings {
    let mut walk = Walk {
        root,
        syntax,
        report: Report::default(),
        schemas: 0,
        references: References::default(),
    };
    walk.object(root, &grammar::OPENAPI, root.mark);
    // A reference may lead to a place that the grammar does not reach; what stands there may hold references again.
    while let Some((shape, place)) = walk.references.next_stray() {
        if let Some(node) = root.at(&place) {
            walk.report.start_at(place);
            walk.object(node, shape, node.mark);
        }
    }
    Findings {
        problems: walk.report.finish(),
        references: walk.references,
    }
}

struct Walk<'t> {
    root: &'t Node,
    syntax: Syntax,
    report: Report<'t>,
    schemas: usize,
    references: References,
}

impl<'t> Walk<'t> {
    /// A value of some kind; `shown` is where to point when all of it is wrong.
    fn value(&mut self, node: &'t Node, kind: &'static Kind, shown: Mark) {
        match kind {
            Kind::Data => {}
            Kind::String => self.expect(self.is_text(node), suggest::STRING, node, shown),
            Kind::Bool => self.expect(
                node.as_bool().is_some(),
                suggest::TRUE_OR_FALSE,
                node,
                shown,
            ),
            Kind::Number => self.expect(
                matches!(node.value, Value::Number(_)),
                "a number",
                node,
                shown,
            ),
            Kind::NonNegativeInteger => {
                self.expect(is_count(node), "a whole number of at least 0", node, shown)
            }
            Kind::Enum(words) => self.word(node, words, shown),
            // It is not OpenAPI 3.0, but it can mean one thing only.
            Kind::Type if node.as_str() == Some("null") => {}
            Kind::Type => self.word(node, &types::TYPES, shown),
            Kind::DataList => self.expect(node.as_array().is_some(), "a list", node, shown),
            Kind::List(item) => self.list(node, item, shown),
            Kind::Map(value) => self.map(node, value, shown),
            Kind::Object(shape) | Kind::Reference(shape)
                if node.is_null() && may_be_empty(shape) => {}
            Kind::Object(shape) => self.object(node, shape, shown),
            Kind::Reference(shape) => self.reference(node, shape, shown),
            Kind::BoolOrSchema if node.as_bool().is_some() => {}
            Kind::BoolOrSchema => self.reference(node, &grammar::SCHEMA, shown),
            Kind::Scopes if node.is_null() => {}
            Kind::Scopes => self.list(node, &Kind::String, shown),
        }
    }

    fn list(&mut self, node: &'t Node, kind: &'static Kind, shown: Mark) {
        let Some(items) = node.as_array() else {
            return self.wrong("a list", node, shown);
        };
        for (index, item) in items.iter().enumerate() {
            self.report.enter(Step::Index(index));
            self.value(item, kind, item.mark);
            self.report.leave();
        }
    }

    fn map(&mut self, node: &'t Node, kind: &'static Kind, shown: Mark) {
        let Some(object) = node.as_object() else {
            return self.wrong("an object", node, shown);
        };
        for (key, entry) in object.iter() {
            self.entry(key, entry, kind);
        }
    }

    fn entry(&mut self, key: &'t str, entry: &'t Entry, kind: &'static Kind) {
        self.report.enter(Step::Key(key));
        self.value(&entry.node, kind, entry.shown());
        self.report.leave();
    }

    fn object(&mut self, node: &'t Node, shape: &'static Shape, shown: Mark) {
        let Some(object) = node.as_object() else {
            return self.wrong("an object", node, shown);
        };
        if let Some(reference) = object.entry("$ref") {
            let message = format!("a reference cannot stand in place of {}", shape.name);
            let problem = Diagnostic::new(Code::Reference, "", message);
            return self
                .report
                .at_key("$ref", reference.key, problem.help("write it out here"));
        }
        self.fields(object, shape, shown);
        self.rule(object, shape, shown);
    }

    /// An object, or a reference to one.
    fn reference(&mut self, node: &'t Node, shape: &'static Shape, shown: Mark) {
        let Some(entry) = node.as_object().and_then(|object| object.entry("$ref")) else {
            return self.object(node, shape, shown);
        };
        match entry.node.as_str() {
            Some(target) => self.target(target, entry, shape),
            None => {
                self.report.enter(Step::Key("$ref"));
                let wanted = "a pointer such as `#/components/schemas/Name`";
                self.wrong(wanted, &entry.node, entry.shown());
                self.report.leave();
            }
        }
        let Some(object) = node.as_object().filter(|object| object.len() > 1) else {
            return;
        };
        if shape.is(&grammar::SCHEMA) {
            return self.fields(object, shape, shown);
        }
        for (key, entry) in object
            .iter()
            .filter(|(key, _)| !suggest::may_stand_beside(key))
        {
            let message = format!("{} has no effect beside `$ref`", quoted(key));
            self.report.at_key(
                key,
                entry.key,
                Diagnostic::new(Code::Shape, "", message)
                    .help("remove it, or write the object out"),
            );
        }
    }

    fn target(&mut self, target: &str, entry: &Entry, shape: &'static Shape) {
        if let Err(problem) = self.references.resolve(self.root, shape, target) {
            self.report.at_key("$ref", entry.node.mark, problem);
        }
    }

    fn fields(&mut self, object: &'t Object, shape: &'static Shape, shown: Mark) {
        if self.is_full(shape, shown) {
            return;
        }
        let mut meant = Vec::new();
        for (key, entry) in object.iter().filter(|(key, _)| *key != "$ref") {
            if self.report.is_full() {
                return;
            }
            match shape.field(key) {
                Some(field) => self.field(key, entry, field, shape),
                None => meant.extend(self.other(key, entry, object, shape)),
            }
        }
        let missing = |field: &&Field| {
            field.required && !object.contains(field.key) && !meant.contains(&field.key)
        };
        for field in shape.fields.iter().filter(missing) {
            let message = format!("{} needs the key `{}`", shape.name, field.key);
            self.report
                .here(shown, Diagnostic::new(Code::Shape, "", message));
        }
    }

    fn field(
        &mut self,
        key: &'t str,
        entry: &'t Entry,
        field: &'static Field,
        shape: &'static Shape,
    ) {
        if let Some(problem) = suggest::wrong_value(shape, key, &entry.node) {
            return self.report.at_key(key, entry.key, problem);
        }
        // In YAML a key with nothing behind it is null; where the key may be absent that says the same.
        let absent = entry.node.is_null()
            && !field.required
            && !matches!(field.kind, Kind::Reference(_) | Kind::BoolOrSchema);
        if !absent {
            self.entry(key, entry, &field.kind);
        }
    }

    /// A key that is no field; returns the field that it was meant to be.
    fn other(
        &mut self,
        key: &'t str,
        entry: &'t Entry,
        object: &Object,
        shape: &'static Shape,
    ) -> Option<&'static str> {
        if key.starts_with("x-") {
            return None;
        }
        if let Others::Pattern {
            admits,
            wanted,
            kind,
        } = &shape.others
        {
            if admits(key) {
                self.entry(key, entry, kind);
                return None;
            }
            self.report.at_key(
                key,
                entry.key,
                Diagnostic::new(
                    Code::Shape,
                    "",
                    format!("{} cannot stand here: {wanted}", quoted(key)),
                ),
            );
            return None;
        }
        match suggest::unknown_key(shape, key, object, &entry.node) {
            Verdict::Harmless => None,
            Verdict::Problem(problem, meant) => {
                self.report.at_key(key, entry.key, problem);
                meant
            }
        }
    }

    fn rule(&mut self, object: &'t Object, shape: &'static Shape, shown: Mark) {
        for finding in shape.rule.map(|rule| rule(object)).unwrap_or_default() {
            let mut problem = Diagnostic::new(finding.code, "", finding.message);
            problem.help = finding.help.map(str::to_owned);
            match finding.key.and_then(|key| Some((key, object.entry(key)?))) {
                Some((key, entry)) => self.report.at_key(key, entry.key, problem),
                None => self.report.here(shown, problem),
            }
        }
    }

    fn word(&mut self, node: &'t Node, words: &[&'static str], shown: Mark) {
        let Some(word) = node.as_str() else {
            return self.wrong(suggest::STRING, node, shown);
        };
        if !words.contains(&word) {
            let message = format!(
                "{} must be one of `{}`, not {}",
                self.report.subject(),
                words.join("`, `"),
                quoted(word)
            );
            let mut problem = Diagnostic::new(Code::Shape, "", message);
            problem.help = suggest::wrong_word(word, words);
            self.report.here(node.mark, problem);
        }
    }

    fn is_text(&self, node: &Node) -> bool {
        match node.value {
            Value::String(_) => true,
            // It is plain what is meant by `version: 1.0`; without quotes, YAML takes words for booleans, too.
            Value::Number(_) => true,
            Value::Bool(_) => self.syntax == Syntax::Yaml,
            _ => false,
        }
    }

    fn expect(&mut self, fits: bool, wanted: &str, node: &Node, shown: Mark) {
        if !fits {
            self.wrong(wanted, node, shown);
        }
    }

    fn wrong(&mut self, wanted: &str, node: &Node, shown: Mark) {
        let found = match &node.value {
            Value::Number(text) => format!("the number {}", quoted(text)),
            _ => node.kind().to_owned(),
        };
        let message = format!("{} must be {wanted}, not {found}", self.report.subject());
        let mut problem = Diagnostic::new(Code::Shape, "", message);
        problem.help = suggest::wrong_kind(wanted, node).map(str::to_owned);
        self.report.here(shown, problem);
    }

    /// Whether there is no use in going on. Schemas are counted because each takes much more room than its text.
    fn is_full(&mut self, shape: &'static Shape, shown: Mark) -> bool {
        self.schemas += usize::from(shape.is(&grammar::SCHEMA));
        if self.schemas == MAX_SCHEMAS + 1 {
            let message = format!("the document has more than {MAX_SCHEMAS} schemas");
            self.report
                .here(shown, Diagnostic::new(Code::Bound, "", message));
        }
        self.schemas > MAX_SCHEMAS || self.report.is_full()
    }
}

/// Objects that need no key: in YAML, one with nothing in it is easily written as a key with nothing behind it.
fn may_be_empty(shape: &'static Shape) -> bool {
    let shapes = [
        &grammar::MEDIA_TYPE,
        &grammar::PATH_ITEM,
        &grammar::RESPONSE,
    ];
    shapes.into_iter().any(|one| one.is(shape))
}

fn is_count(node: &Node) -> bool {
    match &node.value {
        Value::Number(text) => number::parse(text)
            .as_ref()
            .and_then(number::whole)
            .is_some_and(|count| count >= 0),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
