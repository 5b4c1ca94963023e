//! Replaces references by their targets, where OpenAPI has no references or no components.

use super::super::overlay::merge;
use super::super::report::quoted;
use super::super::tree::Node;
use super::super::tree::{Entry, Object, Value};
use super::bundler::{At, Bundler, Changed};
use super::library::{Target, unresolved};
use super::place::Place;
use super::resolve;
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;
use std::sync::Arc;

impl Bundler<'_> {
    /// Replaces a reference by its target.
    pub(super) fn inline(
        &mut self,
        object: &Object,
        reference: (&str, Span),
        (place, target): (Place, Target),
        at: &mut At,
    ) -> Option<Changed> {
        let inlined = (place, target.clone());
        let (text, span) = reference;
        if self.inlining.contains(&inlined) {
            self.fail(span, resolve::circular(text));
            return None;
        }
        let Some(node) = self.library.node(&target).cloned() else {
            self.fail(span, unresolved(text, "there is no such value"));
            return None;
        };
        if self.is_too_large() {
            return None;
        }
        self.inlining.push(inlined);
        let mut inner = At {
            depth: at.depth,
            ..self.at(&target, &at.to, at.is_own)
        };
        let changed = self.walk(&node, place, &mut inner);
        self.inlining.pop();
        self.moved(&at.to, &target);
        let mut node = changed.map_or(node, |changed| changed.node);
        self.inlined = self.inlined.saturating_add(merge::size(&node).0);
        if self.is_too_large() {
            self.too_large_at.get_or_insert(span);
        }
        self.merge_siblings(&mut node, object, place, at);
        Some(Changed {
            node,
            key: self.key_span(&target),
        })
    }

    /// Adds the keys next to a reference to the target that replaces it.
    fn merge_siblings(&mut self, node: &mut Node, object: &Object, place: Place, at: &mut At) {
        let Value::Object(merged) = &mut node.value else {
            return;
        };
        for (key, entry) in object.iter().filter(|(key, _)| *key != "$ref") {
            let is_description = matches!(key, "summary" | "description");
            if merged.contains(key) && !is_description {
                let message = format!("{} is also in the target of the reference", quoted(key));
                let problem = Diagnostic::new(Code::Reference, &at.to, message).at(entry.key);
                self.conflicts.push(problem.help("remove one of the two"));
                continue;
            }
            let outer = at.enter(key);
            let changed = self.walk(&entry.node, place.child(key), at);
            at.leave(outer);
            let node = changed.map_or_else(|| entry.node.clone(), |changed| changed.node);
            let key_span = entry.key;
            Arc::make_mut(merged).set(
                key,
                Entry {
                    key: key_span,
                    node,
                },
            );
        }
    }
}
