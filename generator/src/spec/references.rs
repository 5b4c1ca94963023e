//! Resolves references through chains of references. Each one is followed only once.

use std::collections::HashMap;

use indexmap::IndexSet;

use super::grammar::types::Shape;
use super::report::quoted;
use super::tree::Node;
use super::{grammar, pointer, ref_siblings, suggest};
use crate::diagnostic::{Code, Diagnostic};

/// The references seen so far, by the shape that they must point to.
#[derive(Default)]
pub(super) struct References {
    found: HashMap<&'static str, HashMap<Box<str>, Outcome>>,
    /// Targets that a walk along the grammar does not reach, such as schemas in extensions.
    unreached_targets: Vec<(&'static Shape, String)>,
    /// The index of the next unreached target to return.
    next_index: usize,
    /// The number of invalid references.
    broken: usize,
}

/// The maximum number of invalid references that get a suggestion, because finding one is slow.
const MAX_SUGGESTIONS: usize = 100;

/// The pointer that a reference resolves to, or the reason why it is invalid.
pub(super) type Outcome = Result<Box<str>, Diagnostic>;

impl References {
    /// Resolves a reference and records the outcome.
    pub(super) fn resolve(
        &mut self,
        root: &Node,
        shape: &'static Shape,
        reference: &str,
    ) -> Result<(), Diagnostic> {
        if self.get(shape, reference).is_none() {
            self.add(root, shape, reference);
        }
        match self.get(shape, reference) {
            Some(Err(problem)) => Err(problem.clone()),
            _ => Ok(()),
        }
    }

    /// Records that a reference to another file is unresolved.
    pub(super) fn add_failure(
        &mut self,
        shape: &'static Shape,
        reference: &str,
        problem: &Diagnostic,
    ) {
        let known = self.found.entry(shape.name).or_default();
        let outcome = || Err(problem.clone());
        known.entry(reference.into()).or_insert_with(outcome);
    }

    pub(super) fn get(&self, shape: &Shape, reference: &str) -> Option<&Outcome> {
        self.found.get(shape.name)?.get(reference)
    }

    /// Returns the distinct targets of the references to a shape.
    pub(super) fn targets(&self, shape: &Shape) -> IndexSet<&str> {
        let outcomes = self
            .found
            .get(shape.name)
            .into_iter()
            .flat_map(HashMap::values);
        outcomes
            .filter_map(|outcome| outcome.as_deref().ok())
            .collect()
    }

    /// Returns the next target that a walk along the grammar does not reach.
    pub(super) fn next_unreached_target(&mut self) -> Option<(&'static Shape, String)> {
        let next = self.unreached_targets.get(self.next_index).cloned()?;
        self.next_index += 1;
        Some(next)
    }

    fn add(&mut self, root: &Node, shape: &'static Shape, reference: &str) {
        let known = self.found.entry(shape.name).or_default();
        let (chain, mut outcome) = follow_chain(root, shape, reference, known);
        if let Err(problem) = &mut outcome {
            self.broken += 1;
            if self.broken <= MAX_SUGGESTIONS && problem.help.is_none() {
                problem.help = suggestion(root, chain.last());
            }
        }
        if let Ok(target) = &outcome
            && matches!(grammar::lookup(target), grammar::Lookup::Unknown)
        {
            self.unreached_targets.push((shape, target.to_string()));
        }
        known.extend(chain.into_iter().map(|link| (link.into(), outcome.clone())));
    }
}

/// Resolves a reference without the recorded outcomes of others.
pub(super) fn follow(root: &Node, shape: &'static Shape, reference: &str) -> Outcome {
    follow_chain(root, shape, reference, &HashMap::new()).1
}

/// Returns the references of a chain whose outcome is not known yet, and the outcome of all of
/// them.
fn follow_chain<'r>(
    root: &'r Node,
    shape: &'static Shape,
    reference: &'r str,
    known: &HashMap<Box<str>, Outcome>,
) -> (IndexSet<&'r str>, Outcome) {
    let mut chain = IndexSet::new();
    let mut link = reference;
    loop {
        if let Some(outcome) = known.get(link) {
            return (chain, outcome.clone());
        }
        if !chain.insert(link) {
            let problem = circular(&chain, link);
            return (chain, Err(problem));
        }
        match step(root, shape, link) {
            Ok(Step::Next(next)) => link = next,
            Ok(Step::End(target)) => return (chain, Ok(target.into())),
            Err(problem) => return (chain, Err(*problem)),
        }
    }
}

enum Step<'t> {
    /// The target is another reference.
    Next(&'t str),
    /// The pointer of the final target.
    End(String),
}

fn step<'t>(
    root: &'t Node,
    shape: &'static Shape,
    reference: &str,
) -> Result<Step<'t>, Box<Diagnostic>> {
    let Some(fragment) = reference.strip_prefix('#') else {
        let problem = broken(format!(
            "external reference {} is not supported",
            quoted(reference)
        ));
        return Err(Box::new(
            problem.help("bundle all documents into one file first"),
        ));
    };
    let Some(pointer) = pointer::from_fragment(fragment) else {
        let message = format!(
            "invalid reference {}: not a JSON pointer",
            quoted(reference)
        );
        return Err(Box::new(
            broken(message).help("write a JSON pointer such as `#/components/schemas/Name`"),
        ));
    };
    let Some(node) = root.at(&pointer) else {
        let message = format!("unresolved reference {}", quoted(reference));
        return Err(Box::new(broken(message)));
    };
    if node.as_object().is_none() {
        return Err(Box::new(unexpected_shape(reference, node.kind(), shape)));
    }
    match grammar::lookup(&pointer) {
        grammar::Lookup::Shape(found) if found.is(shape) => {}
        grammar::Lookup::Shape(found) => {
            return Err(Box::new(unexpected_shape(reference, found.name, shape)));
        }
        grammar::Lookup::Other => {
            return Err(Box::new(unexpected_shape(
                reference,
                "another object",
                shape,
            )));
        }
        grammar::Lookup::Unknown => {}
    }
    match ref_siblings::reference(shape, node) {
        Some(next) => Ok(Step::Next(next)),
        None => Ok(Step::End(pointer.into_owned())),
    }
}

/// Returns a suggestion for the last reference of an unresolved chain.
fn suggestion(root: &Node, last: Option<&&str>) -> Option<String> {
    let pointer = pointer::from_fragment(last?.strip_prefix('#')?)?;
    if root.at(&pointer).is_some() {
        return None;
    }
    let near = suggest::nearest_pointer(root, &pointer)?;
    Some(format!("did you mean `#{near}`?"))
}

fn unexpected_shape(reference: &str, found: &str, expected: &Shape) -> Diagnostic {
    broken(format!(
        "invalid reference {}: expected {}, found {found}",
        quoted(reference),
        expected.name
    ))
}

fn circular(chain: &IndexSet<&str>, repeated: &str) -> Diagnostic {
    let start = chain.get_index_of(repeated).unwrap_or_default();
    let mut cycle: Vec<_> = chain
        .iter()
        .skip(start)
        .take(8)
        .map(|link| quoted(link))
        .collect();
    if chain.len() - start > cycle.len() {
        cycle.push("...".to_owned());
    }
    cycle.push(quoted(repeated));
    broken(format!("circular reference: {}", cycle.join(" -> ")))
}

fn broken(message: String) -> Diagnostic {
    Diagnostic::new(Code::Reference, "", message)
}
