//! Validates the keys that are not fields of their object: patterns, extensions and unknown keys.

use super::Validator;
use crate::diagnostic::{Code, Diagnostic};
use crate::spec::grammar::types::{OtherKeys, Shape};
use crate::spec::report::quoted;
use crate::spec::suggest::{self, Verdict};
use crate::spec::tree::{Entry, Node, Object};
use crate::spec::{UnknownKeys, grammar, rules};

impl<'t> Validator<'t> {
    /// Validates a key that is not a field. Returns the field that was probably meant, if the key
    /// is a typo.
    pub(super) fn other(
        &mut self,
        key: &'t str,
        entry: &'t Entry,
        object: &Object,
        shape: &'static Shape,
    ) -> Option<&'static str> {
        if key.starts_with("x-") {
            self.extension(key, entry, shape);
            return None;
        }
        if let OtherKeys::Pattern {
            accepts,
            expected,
            kind,
        } = &shape.other_keys
        {
            if accepts(key) {
                if shape.is(&grammar::RESPONSES) {
                    self.status(key, entry);
                }
                self.entry(key, entry, kind);
                return None;
            }
            self.report.at_key(
                key,
                entry.key,
                Diagnostic::new(
                    Code::Shape,
                    "",
                    format!("invalid key {}: {expected}", quoted(key)),
                ),
            );
            return None;
        }
        match suggest::unknown_key(shape, key, object, &entry.node, self.settings.version) {
            Verdict::Harmless => None,
            Verdict::OtherDialect(problem) => {
                self.report.at_key(key, entry.key, problem);
                None
            }
            // The key is ignored, so a required key that it replaces is missing. An object in a path
            // item is an operation with an unknown method, which is skipped.
            Verdict::Unknown(problem, _)
                if self.settings.unknown_keys == UnknownKeys::Warn
                    && !(shape.is(&grammar::PATH_ITEM) && entry.node.as_object().is_some()) =>
            {
                self.report.at_key(key, entry.key, problem.as_warning());
                None
            }
            Verdict::Unknown(problem, meant) => {
                self.report.at_key(key, entry.key, problem);
                meant
            }
        }
    }

    /// Warns about a key such as `204 NO_CONTENT`, which is read as the status `204`.
    fn status(&mut self, key: &'t str, entry: &'t Entry) {
        if let Some(status) = rules::status(key).filter(|status| *status != key) {
            let message = format!("invalid key {}: read as `{status}`", quoted(key));
            let problem = Diagnostic::new(Code::Shape, "", message).as_warning();
            let help = format!("write `{status}`; a text belongs in `description`");
            self.report.at_key(key, entry.key, problem.help(help));
        }
    }

    /// Warns about `x-rust-type`, the extension of typify: types of other crates are not used.
    fn extension(&mut self, key: &'t str, entry: &'t Entry, shape: &'static Shape) {
        if key != suggest::FOREIGN_TYPE || !shape.is(&grammar::SCHEMA) {
            return;
        }
        if let Some(name) = entry.node.get("crate").and_then(Node::as_str)
            && !self.foreign_crates.insert(name)
        {
            return;
        }
        let problem = suggest::foreign_type(&entry.node);
        self.report.at_key(key, entry.key, problem);
    }
}
