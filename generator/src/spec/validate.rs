//! Walks the tree beside the grammar and reports whatever does not fit.
//!
//! What comes after relies on it: where nothing is found, every value has the kind that its place asks for.

use super::grammar::types::{self, Field, Kind, OtherKeys, Shape};
use super::object::Object;
use super::references::References;
use super::report::{Report, Step, quoted};
use super::suggest::{self, Verdict};
use super::tree::{Entry, Mark, Node, Value};
use super::{Syntax, grammar, number};
use crate::diagnostic::{Code, Diagnostic};

/// Schemas of a document, aliases expanded: some ten times what the largest public documents have.
const MAX_SCHEMAS: usize = 200_000;

/// What the validator has found.
pub(super) struct Findings {
    pub(super) problems: Vec<Diagnostic>,
    pub(super) references: References,
}

/// Checks a whole document, and what its references lead to.
pub(super) fn check(root: &Node, syntax: Syntax) -> Findings {
    let mut validator = Validator {
        root,
        syntax,
        report: Report::default(),
        schemas: 0,
        references: References::default(),
    };
    validator.object(root, &grammar::OPENAPI, root.mark);
    // A reference may lead to a place that the grammar does not reach; what stands there may hold references again.
    while let Some((shape, place)) = validator.references.next_unreached_target() {
        if let Some(node) = root.at(&place) {
            validator.report.start_at(place);
            validator.object(node, shape, node.mark);
        }
    }
    Findings {
        problems: validator.report.finish(),
        references: validator.references,
    }
}

struct Validator<'t> {
    root: &'t Node,
    syntax: Syntax,
    report: Report<'t>,
    schemas: usize,
    references: References,
}

impl<'t> Validator<'t> {
    /// A value of some kind; `report_at` is where to point when all of it is report_type_error.
    fn value(&mut self, node: &'t Node, kind: &'static Kind, report_at: Mark) {
        match kind {
            Kind::Data => {}
            Kind::String => {
                self.expect(self.is_string_like(node), suggest::STRING, node, report_at)
            }
            Kind::Bool => self.expect(node.as_bool().is_some(), suggest::BOOLEAN, node, report_at),
            Kind::Number => self.expect(
                matches!(node.value, Value::Number(_)),
                "a number",
                node,
                report_at,
            ),
            Kind::NonNegativeInteger => self.expect(
                is_non_negative_integer(node),
                "a whole number of at least 0",
                node,
                report_at,
            ),
            Kind::Enum(words) => self.enum_value(node, words, report_at),
            // It is not OpenAPI 3.0, but it can mean one thing only.
            Kind::Type if node.as_str() == Some("null") => {}
            Kind::Type => self.enum_value(node, &types::SCHEMA_TYPES, report_at),
            Kind::DataList => self.expect(node.as_array().is_some(), "a list", node, report_at),
            Kind::List(item) => self.list(node, item, report_at),
            Kind::Map(value) => self.map(node, value, report_at),
            Kind::Object(shape) | Kind::Reference(shape)
                if node.is_null() && accepts_null(shape) => {}
            Kind::Object(shape) => self.object(node, shape, report_at),
            Kind::Reference(shape) => self.reference(node, shape, report_at),
            Kind::BoolOrSchema if node.as_bool().is_some() => {}
            Kind::BoolOrSchema => self.reference(node, &grammar::SCHEMA, report_at),
            Kind::Scopes if node.is_null() => {}
            Kind::Scopes => self.list(node, &Kind::String, report_at),
        }
    }

    fn list(&mut self, node: &'t Node, kind: &'static Kind, report_at: Mark) {
        let Some(items) = node.as_array() else {
            return self.report_type_error("a list", node, report_at);
        };
        for (index, item) in items.iter().enumerate() {
            self.report.enter(Step::Index(index));
            self.value(item, kind, item.mark);
            self.report.leave();
        }
    }

    fn map(&mut self, node: &'t Node, kind: &'static Kind, report_at: Mark) {
        let Some(object) = node.as_object() else {
            return self.report_type_error("an object", node, report_at);
        };
        for (key, entry) in object.iter() {
            self.entry(key, entry, kind);
        }
    }

    fn entry(&mut self, key: &'t str, entry: &'t Entry, kind: &'static Kind) {
        self.report.enter(Step::Key(key));
        self.value(&entry.node, kind, entry.report_at());
        self.report.leave();
    }

    fn object(&mut self, node: &'t Node, shape: &'static Shape, report_at: Mark) {
        let Some(object) = node.as_object() else {
            return self.report_type_error("an object", node, report_at);
        };
        if let Some(reference) = object.entry("$ref") {
            let message = format!("a reference cannot stand in place of {}", shape.name);
            let problem = Diagnostic::new(Code::Reference, "", message);
            return self
                .report
                .at_key("$ref", reference.key, problem.help("write it out here"));
        }
        self.fields(object, shape, report_at);
        self.rule(object, shape, report_at);
    }

    /// An object, or a reference to one.
    fn reference(&mut self, node: &'t Node, shape: &'static Shape, report_at: Mark) {
        let Some(entry) = node.as_object().and_then(|object| object.entry("$ref")) else {
            return self.object(node, shape, report_at);
        };
        match entry.node.as_str() {
            Some(target) => self.target(target, entry, shape),
            None => {
                self.report.enter(Step::Key("$ref"));
                let expected = "a pointer such as `#/components/schemas/Name`";
                self.report_type_error(expected, &entry.node, entry.report_at());
                self.report.leave();
            }
        }
        let Some(object) = node.as_object().filter(|object| object.len() > 1) else {
            return;
        };
        if shape.is(&grammar::SCHEMA) {
            return self.fields(object, shape, report_at);
        }
        for (key, entry) in object
            .iter()
            .filter(|(key, _)| !suggest::is_allowed_sibling(key))
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

    fn fields(&mut self, object: &'t Object, shape: &'static Shape, report_at: Mark) {
        if self.limit_reached(shape, report_at) {
            return;
        }
        let mut meant = Vec::new();
        for (key, entry) in object.iter().filter(|(key, _)| *key != "$ref") {
            if self.report.limit_reached() {
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
                .here(report_at, Diagnostic::new(Code::Shape, "", message));
        }
    }

    fn field(
        &mut self,
        key: &'t str,
        entry: &'t Entry,
        field: &'static Field,
        shape: &'static Shape,
    ) {
        if let Some(problem) = suggest::known_mistake(shape, key, &entry.node) {
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
        if let OtherKeys::Pattern {
            accepts,
            expected,
            kind,
        } = &shape.other_keys
        {
            if accepts(key) {
                self.entry(key, entry, kind);
                return None;
            }
            self.report.at_key(
                key,
                entry.key,
                Diagnostic::new(
                    Code::Shape,
                    "",
                    format!("{} cannot stand here: {expected}", quoted(key)),
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

    fn rule(&mut self, object: &'t Object, shape: &'static Shape, report_at: Mark) {
        for finding in shape.rule.map(|rule| rule(object)).unwrap_or_default() {
            let mut problem = Diagnostic::new(finding.code, "", finding.message);
            problem.help = finding.help.map(str::to_owned);
            match finding.key.and_then(|key| Some((key, object.entry(key)?))) {
                Some((key, entry)) => self.report.at_key(key, entry.key, problem),
                None => self.report.here(report_at, problem),
            }
        }
    }

    fn enum_value(&mut self, node: &'t Node, words: &[&'static str], report_at: Mark) {
        let Some(enum_value) = node.as_str() else {
            return self.report_type_error(suggest::STRING, node, report_at);
        };
        if !words.contains(&enum_value) {
            let message = format!(
                "{} must be one of `{}`, not {}",
                self.report.subject(),
                words.join("`, `"),
                quoted(enum_value)
            );
            let mut problem = Diagnostic::new(Code::Shape, "", message);
            problem.help = suggest::enum_value_help(enum_value, words);
            self.report.here(node.mark, problem);
        }
    }

    fn is_string_like(&self, node: &Node) -> bool {
        match node.value {
            Value::String(_) => true,
            // It is plain what is meant by `version: 1.0`; without quotes, YAML takes words for booleans, too.
            Value::Number(_) => true,
            Value::Bool(_) => self.syntax == Syntax::Yaml,
            _ => false,
        }
    }

    fn expect(&mut self, is_valid: bool, expected: &str, node: &Node, report_at: Mark) {
        if !is_valid {
            self.report_type_error(expected, node, report_at);
        }
    }

    fn report_type_error(&mut self, expected: &str, node: &Node, report_at: Mark) {
        let found = match &node.value {
            Value::Number(text) => format!("the number {}", quoted(text)),
            _ => node.kind().to_owned(),
        };
        let message = format!("{} must be {expected}, not {found}", self.report.subject());
        let mut problem = Diagnostic::new(Code::Shape, "", message);
        problem.help = suggest::type_mismatch_help(expected, node).map(str::to_owned);
        self.report.here(report_at, problem);
    }

    /// Whether there is no use in going on. Schemas are counted because each takes much more room than its text.
    fn limit_reached(&mut self, shape: &'static Shape, report_at: Mark) -> bool {
        self.schemas += usize::from(shape.is(&grammar::SCHEMA));
        if self.schemas == MAX_SCHEMAS + 1 {
            let message = format!("the document has more than {MAX_SCHEMAS} schemas");
            self.report
                .here(report_at, Diagnostic::new(Code::Bound, "", message));
        }
        self.schemas > MAX_SCHEMAS || self.report.limit_reached()
    }
}

/// Objects that need no key: in YAML, one with nothing in it is easily written as a key with nothing behind it.
fn accepts_null(shape: &'static Shape) -> bool {
    let shapes = [
        &grammar::MEDIA_TYPE,
        &grammar::PATH_ITEM,
        &grammar::RESPONSE,
    ];
    shapes.into_iter().any(|one| one.is(shape))
}

fn is_non_negative_integer(node: &Node) -> bool {
    match &node.value {
        Value::Number(text) => number::parse(text)
            .as_ref()
            .and_then(number::integer)
            .is_some_and(|count| count >= 0),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
