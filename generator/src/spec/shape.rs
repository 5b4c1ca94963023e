//! Walks the tree beside the grammar and reports whatever does not fit.
//!
//! What comes after relies on it: where nothing is found, every value has the kind that its place asks for.

use super::hints::{self, Verdict};
use super::kinds::{Field, Kind, Others, Shape};
use super::references::References;
use super::tree::{Entry, Mark, Node, Object, Value};
use super::{Syntax, grammar, number, pointer};
use crate::diagnostic::{Code, Diagnostic};

/// After so many problems nobody reads on.
const MAX_PROBLEMS: usize = 1000;
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
        base: String::new(),
        path: Vec::new(),
        problems: Vec::new(),
        schemas: 0,
        references: References::default(),
    };
    walk.object(root, &grammar::OPENAPI, root.mark);
    // A reference may lead to a place that the grammar does not reach; what stands there may hold references again.
    while let Some((shape, place)) = walk.references.next_stray() {
        if let Some(node) = root.at(&place) {
            walk.base = place;
            walk.object(node, shape, node.mark);
        }
    }
    Findings {
        problems: walk.problems,
        references: walk.references,
    }
}

struct Walk<'t> {
    root: &'t Node,
    syntax: Syntax,
    /// The pointer of the place where the walk began, and the steps from there.
    base: String,
    path: Vec<Step<'t>>,
    problems: Vec<Diagnostic>,
    schemas: usize,
    references: References,
}

#[derive(Clone, Copy)]
enum Step<'t> {
    Key(&'t str),
    Index(usize),
}

impl<'t> Walk<'t> {
    /// A value of some kind; `shown` is where to point when all of it is wrong.
    fn value(&mut self, node: &'t Node, kind: &'static Kind, shown: Mark) {
        match kind {
            Kind::Data => {}
            Kind::Text => self.expect(self.is_text(node), "a string", node, shown),
            Kind::Flag => self.expect(node.as_bool().is_some(), "true or false", node, shown),
            Kind::Number => self.expect(
                matches!(node.value, Value::Number(_)),
                "a number",
                node,
                shown,
            ),
            Kind::Count => self.expect(
                is_count(node),
                "a whole number, and not negative",
                node,
                shown,
            ),
            Kind::Word(words) => self.word(node, words, shown),
            Kind::DataList => self.expect(node.as_array().is_some(), "a list", node, shown),
            Kind::List(item) => self.list(node, item, shown),
            Kind::Map(value) => self.map(node, value, shown),
            Kind::Object(shape) => self.object(node, shape, shown),
            Kind::Reference(shape) => self.reference(node, shape, shown),
            Kind::FlagOrSchema if node.as_bool().is_some() => {}
            Kind::FlagOrSchema => self.reference(node, &grammar::SCHEMA, shown),
            Kind::Scopes if node.is_null() => {}
            Kind::Scopes => self.list(node, &Kind::Text, shown),
        }
    }

    fn list(&mut self, node: &'t Node, kind: &'static Kind, shown: Mark) {
        let Some(items) = node.as_array() else {
            return self.wrong("a list", node, shown);
        };
        for (index, item) in items.iter().enumerate() {
            self.path.push(Step::Index(index));
            self.value(item, kind, item.mark);
            self.path.pop();
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
        self.path.push(Step::Key(key));
        self.value(&entry.node, kind, entry.shown());
        self.path.pop();
    }

    fn object(&mut self, node: &'t Node, shape: &'static Shape, shown: Mark) {
        let Some(object) = node.as_object() else {
            return self.wrong("an object", node, shown);
        };
        if let Some(reference) = object.entry("$ref") {
            let message = format!("a reference cannot stand in place of {}", shape.name);
            let problem = Diagnostic::new(Code::Reference, "", message);
            return self.at_key("$ref", reference.key, problem.help("write it out here"));
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
                self.path.push(Step::Key("$ref"));
                self.wrong("a string", &entry.node, entry.shown());
                self.path.pop();
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
            .filter(|(key, _)| !hints::may_stand_beside(key))
        {
            let message = format!("`{key}` has no effect beside `$ref`");
            self.at_key(
                key,
                entry.key,
                Diagnostic::new(Code::Shape, "", message)
                    .help("remove it, or write the object out"),
            );
        }
    }

    fn target(&mut self, target: &str, entry: &Entry, shape: &'static Shape) {
        if let Err(problem) = self.references.resolve(self.root, shape, target) {
            self.at_key("$ref", entry.node.mark, problem);
        }
    }

    fn fields(&mut self, object: &'t Object, shape: &'static Shape, shown: Mark) {
        if self.is_full(shape, shown) {
            return;
        }
        let mut meant = Vec::new();
        for (key, entry) in object.iter().filter(|(key, _)| *key != "$ref") {
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
            self.report(Diagnostic::new(Code::Shape, self.pointer(), message), shown);
        }
    }

    fn field(
        &mut self,
        key: &'t str,
        entry: &'t Entry,
        field: &'static Field,
        shape: &'static Shape,
    ) {
        if let Some(problem) = hints::wrong_value(shape, key, &entry.node) {
            return self.at_key(key, entry.key, problem);
        }
        // In YAML a key with nothing behind it is null; where the key may be absent that says the same.
        let absent = entry.node.is_null()
            && !field.required
            && !matches!(field.kind, Kind::Reference(_) | Kind::FlagOrSchema);
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
            self.at_key(
                key,
                entry.key,
                Diagnostic::new(
                    Code::Shape,
                    "",
                    format!("`{key}` cannot stand here: {wanted}"),
                ),
            );
            return None;
        }
        match hints::unknown_key(shape, key, object, &entry.node) {
            Verdict::Harmless => None,
            Verdict::Problem(problem, meant) => {
                self.at_key(key, entry.key, problem);
                meant
            }
        }
    }

    fn rule(&mut self, object: &'t Object, shape: &'static Shape, shown: Mark) {
        for finding in shape.rule.map(|rule| rule(object)).unwrap_or_default() {
            let mut problem = Diagnostic::new(finding.code, "", finding.message);
            problem.help = finding.help.map(str::to_owned);
            match finding.key.and_then(|key| Some((key, object.entry(key)?))) {
                Some((key, entry)) => self.at_key(key, entry.key, problem),
                None => {
                    problem.pointer = self.pointer();
                    self.report(problem, shown);
                }
            }
        }
    }

    fn word(&mut self, node: &'t Node, words: &[&str], shown: Mark) {
        let Some(word) = node.as_str() else {
            return self.wrong("a string", node, shown);
        };
        if !words.contains(&word) {
            let message = format!(
                "{} must be one of `{}`, not `{word}`",
                self.subject(),
                words.join("`, `")
            );
            let mut problem = Diagnostic::new(Code::Shape, self.pointer(), message);
            problem.help = hints::wrong_word(word, words);
            self.report(problem, node.mark);
        }
    }

    fn is_text(&self, node: &Node) -> bool {
        match node.value {
            Value::String(_) => true,
            // Without quotes, YAML takes `version: 1.0` for a number. It is plain what is meant.
            Value::Number(_) | Value::Bool(_) => self.syntax == Syntax::Yaml,
            _ => false,
        }
    }

    fn expect(&mut self, fits: bool, wanted: &str, node: &Node, shown: Mark) {
        if !fits {
            self.wrong(wanted, node, shown);
        }
    }

    fn wrong(&mut self, wanted: &str, node: &Node, shown: Mark) {
        let message = format!("{} must be {wanted}, not {}", self.subject(), node.kind());
        self.report(Diagnostic::new(Code::Shape, self.pointer(), message), shown);
    }

    /// What the present place is called in a message.
    fn subject(&self) -> String {
        let name = self.path.iter().rev().find_map(|step| match step {
            Step::Key(key) => Some(*key),
            Step::Index(_) => None,
        });
        match (self.path.last(), name) {
            (Some(Step::Index(index)), Some(name)) => format!("item {index} of `{name}`"),
            (_, Some(name)) => format!("`{name}`"),
            (_, None) => "the document".to_owned(),
        }
    }

    fn at_key(&mut self, key: &str, mark: Mark, mut problem: Diagnostic) {
        problem.pointer = self.pointer_to(key);
        self.report(problem, mark);
    }

    fn report(&mut self, mut problem: Diagnostic, mark: Mark) {
        if self.problems.len() < MAX_PROBLEMS {
            problem.position = Some(mark.position());
            self.problems.push(problem);
        }
    }

    /// Whether there is no use in going on. Schemas are counted because each takes much more room than its text.
    fn is_full(&mut self, shape: &'static Shape, shown: Mark) -> bool {
        self.schemas += usize::from(shape.is(&grammar::SCHEMA));
        if self.schemas == MAX_SCHEMAS + 1 {
            let message = format!("the document has more than {MAX_SCHEMAS} schemas");
            self.problems
                .push(Diagnostic::new(Code::Bound, self.pointer(), message).at(shown.position()));
        }
        self.schemas > MAX_SCHEMAS || self.problems.len() >= MAX_PROBLEMS
    }

    fn pointer(&self) -> String {
        let mut path = self.base.clone();
        for step in &self.path {
            match step {
                Step::Key(key) => pointer::push(&mut path, key),
                Step::Index(index) => pointer::push_index(&mut path, *index),
            }
        }
        path
    }

    fn pointer_to(&self, key: &str) -> String {
        let mut path = self.pointer();
        pointer::push(&mut path, key);
        path
    }
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
