//! The state of a walk through a document and its files.

use super::super::builder::{MAX_EXPANDED, MAX_NODES};
use super::super::overlay::merge;
use super::super::pointer;
use super::super::tree::{Entry, Node};
use super::library::{DOCUMENT, FileId, Library, Target};
use super::moves::Moves;
use super::names::{self, Component};
use super::place::Place;
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use indexmap::IndexSet;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The reasons why references to other files are unresolved, by the location of the reference.
pub(in crate::spec) type Failures = HashMap<Span, Diagnostic>;

/// The state of a walk.
pub(super) struct Bundler<'f> {
    pub(super) library: Library<'f>,
    pub(super) root: Node,
    /// The values in other files that become components, in the order of the first references.
    pub(super) components: IndexSet<Component>,
    /// The components that entries of the document's `components` consist of, with their names.
    pub(super) claims: HashMap<Component, String>,
    /// The names of all components, after the first pass.
    pub(super) names: BTreeMap<Component, String>,
    /// The targets of the document's references that are not on the walk.
    pub(super) unreached: Vec<(Place, String)>,
    pub(super) seen: HashSet<String>,
    /// The references that are being replaced by their targets.
    pub(super) inlining: Vec<(Place, Target)>,
    /// The number of nodes that replaced references.
    pub(super) inlined: usize,
    /// The first reference whose target makes the tree too large.
    pub(super) too_large_at: Option<Span>,
    pub(super) conflicts: Vec<Diagnostic>,
    pub(super) failures: Failures,
    pub(super) moves: Moves,
}

/// A value that replaces another one.
pub(super) struct Changed {
    pub(super) node: Node,
    /// The location of its key, if the value comes from another file.
    pub(super) key: Option<Span>,
}

/// The location of a walk.
pub(super) struct At {
    pub(super) file: FileId,
    /// The location in the file.
    pub(super) pointer: String,
    /// The location in the bundled tree.
    pub(super) to: String,
    /// The URI and the location of the part of the file.
    pub(super) base: String,
    pub(super) resource: String,
    pub(super) depth: usize,
    /// True in the document itself, and in the parts of other files that belong to it. False in the
    /// components that it gets from other files.
    pub(super) is_own: bool,
}

impl At {
    pub(super) fn enter(&mut self, key: &str) -> (usize, usize) {
        let lengths = (self.pointer.len(), self.to.len());
        pointer::push(&mut self.pointer, key);
        pointer::push(&mut self.to, key);
        self.depth += 1;
        lengths
    }

    pub(super) fn leave(&mut self, (pointer, to): (usize, usize)) {
        self.pointer.truncate(pointer);
        self.to.truncate(to);
        self.depth -= 1;
    }

    /// Returns the name of the component whose value the walk is at, if it is one of the document.
    pub(super) fn own_component(&self, section: &str) -> Option<String> {
        let mut tokens = pointer::tokens(&self.to).skip(1);
        let is_here = self.is_own && self.to.starts_with("/components/");
        let name = (is_here && tokens.next()? == section).then(|| tokens.next())?;
        name.filter(|_| tokens.next().is_none()).map(String::from)
    }
}

impl<'f> Bundler<'f> {
    pub(super) fn new(library: Library<'f>, root: Node) -> Self {
        Self {
            library,
            root,
            components: IndexSet::new(),
            claims: HashMap::new(),
            names: BTreeMap::new(),
            unreached: Vec::new(),
            seen: HashSet::new(),
            inlining: Vec::new(),
            inlined: 0,
            too_large_at: None,
            conflicts: Vec::new(),
            failures: Failures::new(),
            moves: Moves::default(),
        }
    }

    /// Returns the document without references to other files.
    pub(super) fn document(&mut self) -> Node {
        self.moves = Moves::default();
        self.inlined = 0;
        self.conflicts.clear();
        self.seen.clear();
        let written = self.root.clone();
        let target = Target {
            file: DOCUMENT,
            pointer: String::new(),
        };
        let mut at = self.at(&target, "", true);
        let changed = self.walk(&written, Place::Document, &mut at);
        let mut root = changed.map_or_else(|| written.clone(), |changed| changed.node);
        while let Some((place, pointer)) = self.unreached.pop() {
            let target = Target {
                file: DOCUMENT,
                pointer,
            };
            let mut at = self.at(&target, &target.pointer, true);
            if let Some(node) = written.at(&target.pointer)
                && let Some(changed) = self.walk(node, place, &mut at)
                && let Some(slot) = merge::node_mut(&mut root, &target.pointer)
            {
                *slot = changed.node;
            }
        }
        root
    }

    /// Walks through all components, to find those that they refer to.
    pub(super) fn visit_components(&mut self) {
        let mut next = 0;
        while let Some((section, target)) = self.components.get_index(next).cloned() {
            self.component(section, &target, "");
            next += 1;
        }
    }

    /// Assigns the names of the components. `taken` are the names of the document's own ones.
    pub(super) fn assign_names(&mut self, taken: &HashSet<(&'static str, String)>) {
        let components = self.components.iter().cloned();
        let is_free = |component: &Component| !self.claims.contains_key(component);
        let free = components.filter(is_free);
        self.names = names::assign(&self.library, free, taken.clone());
        self.names.extend(self.claims.clone());
    }

    /// Returns the components that the document does not have yet.
    pub(super) fn added_components(&mut self) -> Vec<(&'static str, String, Entry)> {
        let mut added = Vec::new();
        let names = self.names.clone().into_iter();
        let mut names: Vec<_> = names
            .filter(|(component, _)| !self.claims.contains_key(component))
            .map(|((section, target), name)| (section, name, target))
            .collect();
        // The order is that of the names, which do not depend on the order of references.
        names.sort();
        for (section, name, target) in names {
            let mut to = format!("/components/{section}");
            pointer::push(&mut to, &name);
            if let Some(Changed { node, key }) = self.component(section, &target, &to) {
                let key = key.unwrap_or(node.span);
                added.push((section, name, Entry { key, node }));
            }
        }
        added
    }

    /// Returns the old and the new names of the schemas whose names other schemas have.
    pub(super) fn renamed_schemas(&self) -> impl Iterator<Item = (String, String)> {
        let schemas = self.names.iter().filter(|(component, _)| {
            component.0 == "schemas" && !self.claims.contains_key(component)
        });
        let names = schemas.filter_map(|((_, target), name)| {
            let file = self.library.get(target.file)?;
            Some((names::own_name(&file.path, &target.pointer), name.clone()))
        });
        names.filter(|(own, name)| own != name)
    }

    pub(super) fn is_yaml(&self) -> bool {
        self.library.is_yaml
    }

    /// Returns true if the tree is too large.
    pub(super) fn is_too_large(&self) -> bool {
        let limit = MAX_EXPANDED.saturating_add(self.library.nodes.saturating_mul(10));
        self.inlined > limit.min(MAX_NODES)
    }

    /// Returns the problems of the files, with their locations in the tree.
    pub(super) fn problems(&self) -> Vec<Diagnostic> {
        let mut problems = self.conflicts.clone();
        for (_, file) in self.library.all() {
            for problem in &file.problems {
                let mut problem = problem.clone();
                // A part of a file that the document does not use changes nothing.
                match self.moves.find(problem.source, &problem.pointer) {
                    Some(pointer) => problem.pointer = pointer,
                    None => problem = problem.as_warning(),
                }
                problems.push(problem);
            }
        }
        problems
    }

    pub(super) fn at(&self, target: &Target, to: &str, is_own: bool) -> At {
        let (base, resource) = self.library.part_of(target);
        At {
            file: target.file,
            pointer: target.pointer.clone(),
            to: to.to_owned(),
            base,
            resource,
            depth: to.matches('/').count(),
            is_own,
        }
    }
}
