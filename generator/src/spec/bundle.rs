//! Bundles a document and the files that it refers to into one tree, whose references are all to
//! locations in the tree itself.
//!
//! All values keep their locations in their files. Later stages know nothing about files.

mod bundler;
mod inline;
mod library;
mod mapping;
mod moves;
mod names;
mod place;
mod reference;
mod resolve;
mod rewrite;
mod tags;
mod walk;

use super::builder::MAX_DEPTH;
use super::overlay::merge;
use super::report::in_source_order;
use super::tree::{Entry, Node, Object, Value};
use super::{Syntax, source, yaml_writer};
use crate::diagnostic::{Code, Diagnostic};
use crate::files::Files;
use crate::span::{SourceId, Span};
use bundler::Bundler;
pub(super) use bundler::Failures;
use library::Library;
pub(super) use moves::Moves;
use std::collections::HashSet;
use std::sync::Arc;

/// A document, with the parts of other files that it uses.
pub(super) struct Bundled {
    pub(super) root: Node,
    pub(super) syntax: Syntax,
    /// The problems after which the parsers continued.
    pub(super) problems: Vec<Diagnostic>,
    pub(super) failures: Failures,
    pub(super) moves: Moves,
    /// The names of the files, by their source.
    pub(super) names: Vec<String>,
}

/// Reads a document, and the files that it refers to.
pub(super) fn read(bytes: &[u8], files: Option<&Files>) -> Result<Bundled, Diagnostic> {
    let (parsed, syntax) = source::parse(SourceId::DOCUMENT, bytes)?;
    let bundled = Bundled {
        root: parsed.root,
        syntax,
        problems: parsed.problems,
        failures: Failures::new(),
        moves: Moves::default(),
        names: Vec::new(),
    };
    Ok(match files.filter(|_| parsed.refers_outside) {
        Some(files) => {
            let library = Library::new(files, &bundled.root, parsed.nodes, bytes.len());
            combine(bundled, library, files)
        }
        None => bundled,
    })
}

/// Returns a document with all its files as one document in YAML.
///
/// # Errors
///
/// Returns the errors of the files, and the references that are unresolved.
pub(crate) fn bundle(bytes: &[u8], files: Option<&Files>) -> Result<String, Vec<Diagnostic>> {
    let bundled = read(bytes, files).map_err(|problem| vec![problem])?;
    let failures = bundled.failures.into_iter();
    let failures = failures.map(|(span, problem)| problem.at(span));
    let problems: Vec<_> = bundled.problems.into_iter().chain(failures).collect();
    if problems.iter().all(Diagnostic::is_warning) {
        Ok(yaml_writer::write(&bundled.root))
    } else {
        Err(in_source_order(problems))
    }
}

fn combine(document: Bundled, library: Library<'_>, files: &Files) -> Bundled {
    let written = document.root;
    let mut bundler = Bundler::new(library, written.clone());
    // The first pass finds the components. Their names do not depend on the order of references.
    let draft = bundler.document();
    bundler.visit_components();
    bundler.assign_names(&component_names(&draft));
    let mut root = bundler.document();
    for (section, name, component) in bundler.added_components() {
        add(&mut root, section, &name, component);
    }
    tags::keep(&mut root, bundler.renamed_schemas());
    let mut problems = document.problems;
    problems.extend(bundler.problems());
    let is_yaml = document.syntax == Syntax::Yaml || bundler.is_yaml();
    problems.extend(size_problem(&root, bundler.too_large_at));
    Bundled {
        syntax: if is_yaml { Syntax::Yaml } else { Syntax::Json },
        problems,
        names: files.read().into_iter().map(|file| file.name).collect(),
        root,
        failures: bundler.failures,
        moves: bundler.moves,
    }
}

/// Returns the sections and the names of a document's components.
fn component_names(root: &Node) -> HashSet<(&'static str, String)> {
    let components = root.get("components").and_then(Node::as_object);
    let sections = components.into_iter().flat_map(Object::iter);
    let sections = sections.filter_map(|(section, entry)| {
        let section = place::Place::in_section(section)?.section()?;
        Some((section, entry.node.as_object()?))
    });
    sections
        .flat_map(|(section, all)| {
            all.keys()
                .map(move |name| (section, names::normalised(name)))
        })
        .collect()
}

/// Adds a component to a document.
fn add(root: &mut Node, section: &str, name: &str, component: Entry) {
    let span = root.span;
    let empty = || Node {
        span,
        value: Value::Object(Arc::default()),
    };
    for (at, key) in [("", "components"), ("/components", section)] {
        if let Some(Value::Object(object)) = merge::node_mut(root, at).map(|node| &mut node.value)
            && object.get(key).is_none_or(Node::is_null)
        {
            let node = empty();
            Arc::make_mut(object).set(key, Entry { key: span, node });
        }
    }
    let mut at = "/components".to_owned();
    super::pointer::push(&mut at, section);
    if let Some(Value::Object(object)) = merge::node_mut(root, &at).map(|node| &mut node.value) {
        Arc::make_mut(object).set(name, component);
    }
}

/// Checks the size of the tree, to which a file can contribute several times.
fn size_problem(root: &Node, too_large_at: Option<Span>) -> Option<Diagnostic> {
    let bound = |message: String| Diagnostic::new(Code::Bound, "", message);
    if let Some(span) = too_large_at {
        let message =
            "the document is many times as large as its files: they contain each other many times";
        return Some(bound(message.to_owned()).at(span));
    }
    let message =
        format!("the document with its files is nested more than {MAX_DEPTH} levels deep");
    (merge::size(root).1 > MAX_DEPTH).then(|| bound(message).at(root.span))
}
