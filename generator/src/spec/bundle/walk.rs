//! The walk through a document and its files, which replaces the references to other files.

use super::super::builder::MAX_DEPTH;
use super::super::tree::{Entry, Node, Object, Value};
use super::super::{identifiers, pointer};
use super::bundler::{At, Bundler, Changed};
use super::library::{DOCUMENT, Target};
use super::place::Place;
use super::resolve::{self, Reference};
use super::rewrite::{Found, described, fragment, in_place, replaced};
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use std::sync::Arc;

/// The keys of schemas to which no reference is left in a bundled document.
const TARGETS: [&str; 5] = ["$id", "$anchor", "$dynamicAnchor", "$defs", "definitions"];

impl Bundler<'_> {
    /// Replaces the references in a value. Returns `None` if there are none.
    pub(super) fn walk(&mut self, node: &Node, place: Place, at: &mut At) -> Option<Changed> {
        // Deeper values are rejected later.
        if place == Place::Data || at.depth > MAX_DEPTH {
            return None;
        }
        match &node.value {
            Value::Array(items) => self.items(node, items, place, at),
            Value::Object(object) if place == Place::Mapping => self.mapping(node, object, at),
            Value::Object(object) => match reference_key(object, place, at) {
                Some((key, entry, text)) => {
                    let found = Found { key, entry, text };
                    self.reference(node, object, &found, place, at)
                }
                None => self.object(node, object, place, at),
            },
            _ => None,
        }
    }

    fn items(&mut self, node: &Node, items: &[Node], place: Place, at: &mut At) -> Option<Changed> {
        let mut changed: Option<Vec<Node>> = None;
        for (index, item) in items.iter().enumerate() {
            let outer = at.enter(&index.to_string());
            if let Some(item) = self.walk(item, place.item(), at) {
                let changed = changed.get_or_insert_with(|| items.to_vec());
                if let Some(slot) = changed.get_mut(index) {
                    *slot = item.node;
                }
            }
            at.leave(outer);
        }
        let value = Value::Array(Arc::new(changed?));
        Some(in_place(node, value))
    }

    /// Replaces the references inside of an object.
    fn object(
        &mut self,
        node: &Node,
        object: &Object,
        place: Place,
        at: &mut At,
    ) -> Option<Changed> {
        self.claim(place, at);
        let outer = enter_part(object, place, at);
        let mut changed: Option<Object> = None;
        for (key, entry) in object.iter() {
            let outer = at.enter(key);
            if let Some(Changed { node, key: span }) = self.walk(&entry.node, place.child(key), at)
            {
                let key_span = span.unwrap_or(entry.key);
                let entry = Entry {
                    key: key_span,
                    node,
                };
                changed
                    .get_or_insert_with(|| object.clone())
                    .set(key, entry);
            }
            at.leave(outer);
        }
        (at.base, at.resource) = outer;
        let has_targets = || TARGETS.iter().any(|key| object.contains(key));
        if at.file != DOCUMENT && place == Place::Schema && has_targets() {
            let changed = changed.get_or_insert_with(|| object.clone());
            changed.retain(|key, _| !TARGETS.contains(&key));
        }
        Some(in_place(node, Value::Object(Arc::new(changed?))))
    }

    /// Records that a value in another file is a component of the document itself.
    fn claim(&mut self, place: Place, at: &At) {
        let Some(section) = place.section().filter(|_| at.file != DOCUMENT) else {
            return;
        };
        if let Some(name) = at.own_component(section) {
            let (file, pointer) = (at.file, at.pointer.clone());
            self.claims
                .insert((section, Target { file, pointer }), name);
        }
    }

    fn reference(
        &mut self,
        node: &Node,
        object: &Object,
        found: &Found<'_>,
        place: Place,
        at: &mut At,
    ) -> Option<Changed> {
        if at.file == DOCUMENT && found.text.starts_with('#') {
            self.add_unreached(place, found.text);
            return self.object(node, object, place, at);
        }
        let target = match self.target(place, at, found.text) {
            Ok(target) => target,
            Err(problem) => {
                self.fail(found.entry.node.span, problem);
                return self.object(node, object, place, at);
            }
        };
        match place.section() {
            Some(section) => self.component_reference(node, object, found, (section, target), at),
            None if target.file == DOCUMENT && place == Place::PathItem => {
                let text = fragment(&target.pointer);
                Some(replaced(node, object, found, &text))
            }
            None => {
                let reference = (found.text, found.entry.node.span);
                self.inline(object, reference, (place, target), at)
            }
        }
    }

    pub(super) fn target(
        &mut self,
        place: Place,
        at: &At,
        text: &str,
    ) -> Result<Target, Diagnostic> {
        let reference = Reference {
            text,
            file: at.file,
            base: &at.base,
            resource: &at.resource,
        };
        resolve::target(&mut self.library, place, reference)
    }

    /// Replaces a reference by one to a component, or by the component if it is the whole entry in the
    /// document's `components`.
    fn component_reference(
        &mut self,
        node: &Node,
        object: &Object,
        found: &Found<'_>,
        (section, target): (&'static str, Target),
        at: &mut At,
    ) -> Option<Changed> {
        let place = Place::in_section(section)?;
        let is_elsewhere = target.file != at.file && target.file != DOCUMENT;
        let is_described = object.len() == 2 && object.contains("description");
        let is_plain = is_described || resolve::plain(object, place).is_some();
        if let Some(name) = at
            .own_component(section)
            .filter(|_| is_elsewhere && is_plain)
        {
            let claim = self.claims.entry((section, target.clone()));
            if *claim.or_insert_with(|| name.clone()) == name {
                self.components.insert((section, target.clone()));
                let changed = self.component(section, &target, &at.to)?;
                return Some(described(changed, object));
            }
        }
        let text = self.local(section, target);
        let rest = self.object(node, object, place, at);
        let rest = rest.map(|rest| rest.node);
        let (node, object) = match rest.as_ref().map(|rest| (rest, &rest.value)) {
            Some((rest, Value::Object(object))) => (rest, &**object),
            _ => (node, object),
        };
        Some(replaced(node, object, found, &text))
    }

    /// Returns the reference to a component in the bundled document.
    pub(super) fn local(&mut self, section: &'static str, target: Target) -> String {
        if target.file == DOCUMENT {
            return fragment(&target.pointer);
        }
        let component = (section, target);
        let mut at = format!("/components/{section}");
        // In the first pass, there are no names yet.
        let name = self.names.get(&component).map_or("", String::as_str);
        pointer::push(&mut at, name);
        self.components.insert(component);
        fragment(&at)
    }

    /// Returns the value of a component from another file, for a location in the tree.
    pub(super) fn component(
        &mut self,
        section: &'static str,
        target: &Target,
        to: &str,
    ) -> Option<Changed> {
        let node = self.library.node(target)?.clone();
        let mut at = self.at(target, to, false);
        let changed = self.walk(&node, Place::in_section(section)?, &mut at);
        self.moved(to, target);
        Some(Changed {
            node: changed.map_or(node, |changed| changed.node),
            key: self.key_span(target),
        })
    }

    /// Records the target of a reference within the document, if the walk does not reach it.
    fn add_unreached(&mut self, place: Place, text: &str) {
        let pointer = pointer::from_fragment(text.get(1..).unwrap_or_default());
        let unreached = pointer.filter(|pointer| Place::at(pointer) == Place::Data);
        if let Some(pointer) = unreached
            && self.seen.insert(pointer.clone().into_owned())
        {
            self.unreached.push((place, pointer.into_owned()));
        }
    }

    pub(super) fn fail(&mut self, span: Span, problem: Diagnostic) {
        self.failures.insert(span, problem);
    }

    pub(super) fn moved(&mut self, to: &str, target: &Target) {
        let span = self.library.get(target.file).map(|file| file.root.span);
        if let Some(span) = span {
            self.moves.add(to, span.source, &target.pointer);
        }
    }

    /// Returns the location of the key of a value.
    pub(super) fn key_span(&self, target: &Target) -> Option<Span> {
        let node = self.library.node(target)?;
        let Some((parent, _)) = target.pointer.rsplit_once('/') else {
            return Some(node.span);
        };
        let parent = self.library.get(target.file)?.root.at(parent)?;
        let token = pointer::tokens(&target.pointer).last()?;
        let entry = parent.as_object().and_then(|object| object.entry(&token));
        Some(entry.map_or(node.span, |entry| entry.key))
    }
}

/// Returns the key of the reference of an object. In the schemas of other files, a dynamic reference
/// is one to the anchor in the same file.
fn reference_key<'t>(
    object: &'t Object,
    place: Place,
    at: &At,
) -> Option<(&'static str, &'t Entry, &'t str)> {
    let is_dynamic = at.file != DOCUMENT && place == Place::Schema;
    let keys = ["$ref", "$dynamicRef"].into_iter();
    let mut keys = keys.take(if is_dynamic { 2 } else { 1 });
    keys.find_map(|key| {
        let entry = object.entry(key)?;
        Some((key, entry, entry.node.as_str()?))
    })
}

/// Enters the part of a file that `$id` begins, and returns the outer one.
fn enter_part(object: &Object, place: Place, at: &mut At) -> (String, String) {
    let outer = (at.base.clone(), at.resource.clone());
    let id = object.get("$id").and_then(Node::as_str);
    if let Some(id) = id.filter(|_| place == Place::Schema) {
        at.base = identifiers::join(&at.base, id);
        at.resource.clone_from(&at.pointer);
    }
    outer
}
