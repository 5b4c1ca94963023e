//! Validates the tree against the grammar and reports everything that does not match.
//!
//! Later stages rely on it: if it reports no problems, every value has the kind that the grammar
//! requires.

mod other_keys;

use super::bundle::Failures;
use super::grammar::types::{self, Field, Kind, Shape};
use super::references::References;
use super::report::{Report, Step, quoted};
use super::suggest;
use super::tree::{Entry, Node, Object, Value};
use super::version::Version;
use super::{Syntax, UnknownKeys, grammar, number};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;
use std::collections::BTreeSet;

/// The maximum number of schemas in a document, with aliases expanded: about ten times as many as
/// the largest public documents have.
const MAX_SCHEMAS: usize = 200_000;

/// The result of validation.
pub(super) struct Findings {
    pub(super) problems: Vec<Diagnostic>,
    pub(super) warnings: Vec<Diagnostic>,
    pub(super) references: References,
}

/// The options for validating a document.
#[derive(Clone, Copy)]
pub(super) struct Settings<'t> {
    pub(super) syntax: Syntax,
    /// The version of the document. The tree has the form of OpenAPI 3.0 also for later ones.
    pub(super) version: Version,
    pub(super) unknown_keys: UnknownKeys,
    /// The unresolved references to other files.
    pub(super) failures: &'t Failures,
}

/// Validates a document and the targets of its references.
pub(super) fn check(root: &Node, settings: Settings<'_>) -> Findings {
    let mut validator = Validator {
        root,
        settings,
        foreign_crates: BTreeSet::new(),
        report: Report::default(),
        schemas: 0,
        references: References::default(),
    };
    validator.object(root, &grammar::OPENAPI, root.span);
    // A reference may point to a location that the grammar does not reach, such as an extension.
    // The target may contain further references.
    while let Some((shape, pointer)) = validator.references.next_unreached_target() {
        if let Some(node) = root.at(&pointer) {
            validator.report.start_at(pointer);
            // It can be another reference, with further keys.
            validator.reference(node, shape, node.span);
        }
    }
    let (problems, warnings) = validator.report.finish();
    Findings {
        problems,
        warnings,
        references: validator.references,
    }
}

struct Validator<'t> {
    root: &'t Node,
    settings: Settings<'t>,
    /// The crates that `x-rust-type` names. Each one is reported once.
    foreign_crates: BTreeSet<&'t str>,
    report: Report<'t>,
    schemas: usize,
    references: References,
}

impl<'t> Validator<'t> {
    /// Validates a value. A wrong type of the whole value is reported at `report_at`.
    fn value(&mut self, node: &'t Node, kind: &'static Kind, report_at: Span) {
        if !self.settings.failures.is_empty() && self.has_failed(node, kind) {
            return;
        }
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
                "a non-negative integer",
                node,
                report_at,
            ),
            Kind::Enum(values) => self.enum_value(node, values, report_at),
            // It is not OpenAPI 3.0, but it has only one meaning.
            Kind::Type if node.as_str() == Some("null") => {}
            Kind::Type => self.enum_value(node, &types::SCHEMA_TYPES, report_at),
            Kind::DataList => self.expect(node.as_array().is_some(), "an array", node, report_at),
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

    /// Reports an unresolved reference to another file where the grammar has no references.
    fn has_failed(&mut self, node: &'t Node, kind: &'static Kind) -> bool {
        let reference = match kind {
            Kind::Reference(_) | Kind::BoolOrSchema | Kind::Data => return false,
            _ => node.get("$ref").unwrap_or(node),
        };
        let problem = self.settings.failures.get(&reference.span);
        let problem = problem.filter(|_| reference.as_str().is_some());
        if let Some(problem) = problem {
            self.report.here(reference.span, problem.clone());
        }
        problem.is_some()
    }

    fn list(&mut self, node: &'t Node, kind: &'static Kind, report_at: Span) {
        let Some(items) = node.as_array() else {
            return self.report_type_error("an array", node, report_at);
        };
        for (index, item) in items.iter().enumerate() {
            self.report.enter(Step::Index(index));
            self.value(item, kind, item.span);
            self.report.leave();
        }
    }

    fn map(&mut self, node: &'t Node, kind: &'static Kind, report_at: Span) {
        let Some(object) = node.as_object() else {
            return self.report_type_error("an object", node, report_at);
        };
        for (key, entry) in object.iter() {
            let is_map_of_objects = matches!(kind, Kind::Object(_) | Kind::Reference(_));
            if key == "$ref" && is_map_of_objects && entry.node.as_str().is_some() {
                let message = "expected a map, found a reference";
                let problem = Diagnostic::new(Code::Reference, "", message);
                let help = "write the entries inline: OpenAPI allows no reference here";
                self.report.at_key(key, entry.key, problem.help(help));
            } else {
                self.entry(key, entry, kind);
            }
        }
    }

    fn entry(&mut self, key: &'t str, entry: &'t Entry, kind: &'static Kind) {
        self.report.enter(Step::Key(key));
        self.value(&entry.node, kind, entry.report_at());
        self.report.leave();
    }

    fn object(&mut self, node: &'t Node, shape: &'static Shape, report_at: Span) {
        let Some(object) = node.as_object() else {
            return self.report_type_error("an object", node, report_at);
        };
        if let Some(reference) = object.entry("$ref") {
            let message = format!("expected {}, found a reference", shape.name);
            let problem = Diagnostic::new(Code::Reference, "", message);
            return self.report.at_key(
                "$ref",
                reference.key,
                problem.help("write the object inline"),
            );
        }
        self.fields(object, shape, report_at);
        self.rule(object, shape, report_at);
    }

    /// Validates an object, or a reference to one.
    fn reference(&mut self, node: &'t Node, shape: &'static Shape, report_at: Span) {
        let Some(entry) = node.as_object().and_then(|object| object.entry("$ref")) else {
            return self.object(node, shape, report_at);
        };
        match entry.node.as_str() {
            Some(target) => self.target(target, entry, shape),
            None => {
                self.report.enter(Step::Key("$ref"));
                let expected = "a string such as `#/components/schemas/Name`";
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
            let message = format!("{} has no effect next to `$ref`", quoted(key));
            let problem = Diagnostic::new(Code::Shape, "", message)
                .help("remove the key, or write the object inline without `$ref`");
            let problem = match self.settings.unknown_keys {
                UnknownKeys::Reject => problem,
                UnknownKeys::Warn => problem.as_warning(),
            };
            self.report.at_key(key, entry.key, problem);
        }
    }

    fn target(&mut self, target: &str, entry: &Entry, shape: &'static Shape) {
        let failure = self.settings.failures.get(&entry.node.span);
        let result = match failure {
            Some(problem) => {
                self.references.add_failure(shape, target, problem);
                Err(problem.clone())
            }
            None => self.references.resolve(self.root, shape, target),
        };
        if let Err(problem) = result {
            self.report.at_key("$ref", entry.node.span, problem);
        }
    }

    fn fields(&mut self, object: &'t Object, shape: &'static Shape, report_at: Span) {
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
            let message = format!("missing key `{}`", field.key);
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
        if field.lenient {
            self.report.enter_lenient();
        }
        self.field_value(key, entry, field, shape);
        if field.lenient {
            self.report.leave_lenient();
        }
    }

    fn field_value(
        &mut self,
        key: &'t str,
        entry: &'t Entry,
        field: &'static Field,
        shape: &'static Shape,
    ) {
        if let Some(problem) =
            suggest::known_mistake(shape, key, &entry.node, self.settings.version)
        {
            return self.report.at_key(key, entry.key, problem);
        }
        // In YAML, a key without a value is null. For an optional key, null counts as absent.
        let absent = entry.node.is_null()
            && !field.required
            && !matches!(field.kind, Kind::Reference(_) | Kind::BoolOrSchema);
        if !absent {
            self.entry(key, entry, &field.kind);
        }
    }

    fn rule(&mut self, object: &'t Object, shape: &'static Shape, report_at: Span) {
        for finding in shape.rule.map(|rule| rule(object)).unwrap_or_default() {
            let mut problem = Diagnostic::new(finding.code, "", finding.message);
            problem.help = finding.help.map(str::to_owned);
            match finding.key.and_then(|key| Some((key, object.entry(key)?))) {
                Some((key, entry)) => self.report.at_key(key, entry.key, problem),
                None => self.report.here(report_at, problem),
            }
        }
    }

    fn enum_value(&mut self, node: &'t Node, values: &[&'static str], report_at: Span) {
        let Some(enum_value) = node.as_str() else {
            return self.report_type_error(suggest::STRING, node, report_at);
        };
        if !values.contains(&enum_value) {
            let message = format!(
                "{} must be one of `{}`, found {}",
                self.report.subject(),
                values.join("`, `"),
                quoted(enum_value)
            );
            let mut problem = Diagnostic::new(Code::Shape, "", message);
            problem.help = suggest::enum_value_help(enum_value, values);
            self.report.here(node.span, problem);
        }
    }

    fn is_string_like(&self, node: &Node) -> bool {
        match node.value {
            Value::String(_) => true,
            // A number is accepted in its written form, such as `1.0` in `version: 1.0`.
            Value::Number(_) => true,
            // In YAML, an unquoted `true` is a boolean even where a string is meant.
            Value::Bool(_) => self.settings.syntax == Syntax::Yaml,
            _ => false,
        }
    }

    fn expect(&mut self, is_valid: bool, expected: &str, node: &Node, report_at: Span) {
        if !is_valid {
            self.report_type_error(expected, node, report_at);
        }
    }

    fn report_type_error(&mut self, expected: &str, node: &Node, report_at: Span) {
        let found = match &node.value {
            Value::Number(text) => format!("the number {}", quoted(text)),
            _ => node.kind().to_owned(),
        };
        let message = format!(
            "{} must be {expected}, found {found}",
            self.report.subject()
        );
        let mut problem = Diagnostic::new(Code::Shape, "", message);
        problem.help = suggest::type_mismatch_help(expected, node).map(str::to_owned);
        self.report.here(report_at, problem);
    }

    /// Returns true if validation must stop. Also counts schemas, because each one takes much more
    /// memory than its source.
    fn limit_reached(&mut self, shape: &'static Shape, report_at: Span) -> bool {
        self.schemas += usize::from(shape.is(&grammar::SCHEMA));
        if self.schemas == MAX_SCHEMAS + 1 {
            let message = format!("the document has more than {MAX_SCHEMAS} schemas");
            self.report
                .here(report_at, Diagnostic::new(Code::Bound, "", message));
        }
        self.schemas > MAX_SCHEMAS || self.report.limit_reached()
    }
}

/// Returns true for objects that may be null because they require no keys. In YAML, an empty object
/// is often written as a key without a value.
fn accepts_null(shape: &'static Shape) -> bool {
    let shapes = [
        &grammar::MEDIA_TYPE,
        &grammar::PATH_ITEM,
        &grammar::RESPONSE,
    ];
    shapes.into_iter().any(|nullable| nullable.is(shape))
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
