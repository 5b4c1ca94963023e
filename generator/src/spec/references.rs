//! Where references lead, through chains of them; each is followed once.

use std::collections::HashMap;

use indexmap::IndexSet;

use super::grammar::types::Shape;
use super::report::quoted;
use super::tree::Node;
use super::{grammar, pointer, ref_siblings, suggest};
use crate::diagnostic::{Code, Diagnostic};

/// All references that have been looked at, by the shape that they should lead to.
#[derive(Default)]
pub(super) struct References {
    found: HashMap<&'static str, HashMap<Box<str>, Outcome>>,
    /// Targets that the grammar does not reach.
    unreached_targets: Vec<(&'static Shape, String)>,
    /// How many of them have been handed out.
    next_index: usize,
    /// How many references lead nowhere.
    broken: usize,
}

/// Looking for what was meant takes time; so many broken references are given a suggestion.
const MAX_SUGGESTIONS: usize = 100;

/// The pointer that a reference finally leads to, or why it leads nowhere.
pub(super) type Outcome = Result<Box<str>, Diagnostic>;

impl References {
    /// Follows a reference to the end, and remembers how it went.
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

    pub(super) fn get(&self, shape: &Shape, reference: &str) -> Option<&Outcome> {
        self.found.get(shape.name)?.get(reference)
    }

    /// The targets of the references to a shape, each once.
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

    /// The next lookup that no follow_chain along the grammar meets.
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

/// Follows a reference that nobody has looked at before.
pub(super) fn follow(root: &Node, shape: &'static Shape, reference: &str) -> Outcome {
    follow_chain(root, shape, reference, &HashMap::new()).1
}

/// The references of a chain as far as they are not known, and where they all lead.
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
    /// Another reference stands there.
    Next(&'t str),
    End(String),
}

fn step<'t>(
    root: &'t Node,
    shape: &'static Shape,
    reference: &str,
) -> Result<Step<'t>, Box<Diagnostic>> {
    let Some(fragment) = reference.strip_prefix('#') else {
        let problem = broken(format!(
            "{} leads to another document, and only one is read",
            quoted(reference)
        ));
        return Err(Box::new(
            problem.help("bundle the documents into one beforehand"),
        ));
    };
    let Some(pointer) = pointer::from_fragment(fragment) else {
        let problem = broken(format!("{} is not a JSON pointer", quoted(reference)));
        return Err(Box::new(
            problem.help("a reference looks like `#/components/schemas/Name`"),
        ));
    };
    let Some(node) = root.at(&pointer) else {
        let message = format!(
            "{} leads nowhere: there is nothing of that name",
            quoted(reference)
        );
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
                "something else",
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

/// What the last reference of a broken chain may have meant.
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
        "{} leads to {found}, where {} is needed",
        quoted(reference),
        expected.name
    ))
}

fn circular(chain: &IndexSet<&str>, again: &str) -> Diagnostic {
    let start = chain.get_index_of(again).unwrap_or_default();
    let mut circle: Vec<_> = chain
        .iter()
        .skip(start)
        .take(8)
        .map(|link| quoted(link))
        .collect();
    if chain.len() - start > circle.len() {
        circle.push("...".to_owned());
    }
    circle.push(quoted(again));
    broken(format!(
        "this reference leads in a circle: {}",
        circle.join(" -> ")
    ))
}

fn broken(message: String) -> Diagnostic {
    Diagnostic::new(Code::Reference, "", message)
}
