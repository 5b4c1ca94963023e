//! References in the mapping of a discriminator.

use super::super::external::is_path;
use super::super::pointer;
use super::super::tree::{Entry, Node, Object, Value};
use super::bundler::{At, Bundler, Changed};
use super::library::DOCUMENT;
use super::place::Place;
use super::rewrite::{fragment, in_place};
use std::sync::Arc;

impl Bundler<'_> {
    /// Replaces the references in the mapping of a discriminator.
    pub(super) fn mapping(&mut self, node: &Node, mapping: &Object, at: &At) -> Option<Changed> {
        let mut changed: Option<Object> = None;
        for (key, entry) in mapping.iter() {
            let Some(text) = entry.node.as_str() else {
                continue;
            };
            let Some(reference) = self.mapped(text, at) else {
                continue;
            };
            match self.target(Place::Schema, at, &reference) {
                Ok(target) => {
                    let node = Node {
                        span: entry.node.span,
                        value: Value::String(self.local("schemas", target).into()),
                    };
                    let entry = Entry {
                        key: entry.key,
                        node,
                    };
                    changed
                        .get_or_insert_with(|| mapping.clone())
                        .set(key, entry);
                }
                Err(problem) => self.fail(entry.node.span, problem),
            }
        }
        Some(in_place(node, Value::Object(Arc::new(changed?))))
    }

    /// Returns the reference in the mapping of a discriminator, unless it is one to a component of the
    /// document.
    fn mapped(&self, text: &str, at: &At) -> Option<String> {
        if is_path(text) {
            let is_local = at.file == DOCUMENT && text.starts_with('#');
            return (!is_local).then(|| text.to_owned());
        }
        // The name of a schema in the same file.
        let mut own = "/components/schemas".to_owned();
        pointer::push(&mut own, text);
        let file = self.library.get(at.file).filter(|_| at.file != DOCUMENT)?;
        file.root.at(&own).map(|_| fragment(&own))
    }
}
