//! A document that has been read and validated.

use indexmap::IndexMap;
use openapiv3::{
    Header, OpenAPI, Parameter, PathItem, RequestBody, Response, Schema, SecurityScheme,
};

use super::bundle;
use super::component::{self, Component, Targets};
use super::input::Input;
use super::references::{self, References};
use super::report::in_source_order;
use super::tree::{self, Node};
use super::written::Origin;
use super::{UnknownKeys, convert, overlay, typed, validate, version};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::{SourceId, Span};

/// The tree of a document, its typed form, and the targets of its references.
pub struct Document {
    /// The tree in the form of OpenAPI 3.0.
    root: Node,
    origin: Origin,
    /// The names of the files that the document refers to, in the order of their sources.
    files: Vec<String>,
    openapi: OpenAPI,
    webhooks: IndexMap<String, (String, PathItem)>,
    references: References,
    targets: Targets,
    /// The errors, sorted by pointer.
    problems: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
}

impl Document {
    /// Reads and validates a document. JSON or YAML is detected from the content.
    ///
    /// # Errors
    ///
    /// Returns all problems of the document, in source order.
    pub fn read(bytes: &[u8]) -> Result<Self, Vec<Diagnostic>> {
        Self::read_with_overlay(bytes, None)
    }

    /// Like [`read`](Self::read), but applies an overlay before validation.
    pub fn read_with_overlay(
        bytes: &[u8],
        overlay: Option<&[u8]>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let document = Self::read_lenient_with_overlay(bytes, overlay, UnknownKeys::Reject)?;
        if document.problems.is_empty() {
            Ok(document)
        } else {
            let problems = document.problems.iter().chain(&document.warnings);
            let problems = problems.map(|problem| document.at_written_location(problem.clone()));
            Err(in_source_order(problems.collect()))
        }
    }

    /// Like [`read`](Self::read), but accepts a document if all its problems are within its paths
    /// and components. Callers can then skip the affected items: see [`problems`](Self::problems).
    pub fn read_lenient(bytes: &[u8]) -> Result<Self, Vec<Diagnostic>> {
        Self::read_lenient_with_overlay(bytes, None, UnknownKeys::Reject)
    }

    /// Like [`read_lenient`](Self::read_lenient), but applies an overlay before validation.
    pub fn read_lenient_with_overlay(
        bytes: &[u8],
        overlay: Option<&[u8]>,
        unknown_keys: UnknownKeys,
    ) -> Result<Self, Vec<Diagnostic>> {
        Self::read_input(&Input {
            overlay,
            unknown_keys,
            ..Input::of(bytes)
        })
    }

    /// Like [`read_lenient`](Self::read_lenient), but also reads the files that the document refers
    /// to, and applies an overlay before validation.
    pub fn read_input(input: &Input<'_>) -> Result<Self, Vec<Diagnostic>> {
        let bundled = bundle::read(input.document, input.files).map_err(|problem| vec![problem])?;
        let (mut root, mut problems) = (bundled.root, bundled.problems);
        if let Some(overlay) = input.overlay {
            overlay::apply(&mut root, overlay)?;
        }
        let version = version::check(&root).map_err(|problem| vec![problem])?;
        let mut warnings = Vec::new();
        let mut origin = Origin {
            written: None,
            moves: bundled.moves,
        };
        if version.has_json_schema() {
            let converted = convert::convert(&root);
            problems.extend(converted.problems);
            warnings.extend(converted.warnings);
            origin.written = Some(std::mem::replace(&mut root, converted.root));
        }
        let settings = validate::Settings {
            syntax: bundled.syntax,
            version,
            unknown_keys: input.unknown_keys,
            failures: &bundled.failures,
        };
        let findings = validate::check(&root, settings);
        problems.extend(findings.problems);
        warnings.extend(findings.warnings);
        // The parsers of other files report problems without an effect as warnings.
        warnings.extend(problems.extract_if(.., |problem| problem.is_warning()));
        for warning in &mut warnings {
            origin.restore(&root, warning);
        }
        if problems.iter().any(is_fatal) {
            for problem in &mut problems {
                origin.restore(&root, problem);
            }
            problems.extend(warnings);
            return Err(in_source_order(problems));
        }
        problems.sort_by(|left, right| left.pointer.split('/').cmp(right.pointer.split('/')));
        let openapi = typed::openapi(&root);
        let webhooks = typed::webhooks(&root);
        let targets = Targets::collect(&root, &openapi, &findings.references);
        Ok(Self {
            root,
            origin,
            files: bundled.names,
            openapi,
            webhooks,
            references: findings.references,
            targets,
            problems,
            warnings: in_source_order(warnings),
        })
    }

    /// Returns the typed form of the document.
    pub fn openapi(&self) -> &OpenAPI {
        &self.openapi
    }

    /// Returns the requests to the user's server (`x-webhooks`) by name, each with the pointer of
    /// its path item.
    pub fn webhooks(&self) -> &IndexMap<String, (String, PathItem)> {
        &self.webhooks
    }

    /// Returns the tree of the document, with the overlay applied. A document of a later version has
    /// the form of OpenAPI 3.0.
    pub fn tree(&self) -> &Node {
        &self.root
    }

    /// Returns the errors of a document that was read leniently, sorted by pointer.
    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    /// Returns the warnings, in source order.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// Adds the warnings of a later stage.
    pub(crate) fn add_warnings(&mut self, warnings: Vec<Diagnostic>) {
        for mut warning in warnings {
            if warning.span.is_none() {
                warning = warning.clone().at(self.locate(&warning.pointer));
            }
            let warning = self.at_written_location(warning);
            self.warnings.push(warning);
        }
        self.warnings = in_source_order(std::mem::take(&mut self.warnings));
    }

    /// Returns the errors at a location and below it. References are not followed: call this
    /// method again for their targets.
    pub fn problems_within(&self, pointer: &str) -> &[Diagnostic] {
        // The problems are sorted token by token, so those below a location directly follow it.
        let before = |problem: &Diagnostic| problem.pointer.split('/').lt(pointer.split('/'));
        let start = self.problems.partition_point(before);
        let rest = self.problems.get(start..).unwrap_or_default();
        let below = |rest: &str| rest.is_empty() || rest.starts_with('/');
        let end = rest
            .partition_point(|problem| problem.pointer.strip_prefix(pointer).is_some_and(below));
        rest.get(..end).unwrap_or_default()
    }

    /// Returns the line and the column of a location: of the key for a container or null, and of
    /// the value for other scalars. For a dangling pointer, returns those of its nearest existing
    /// ancestor.
    pub fn locate(&self, pointer: &str) -> Span {
        tree::locate(&self.root, pointer)
    }

    /// Returns the name of the file that a source is; `None` for the document and for the overlay.
    pub fn file_name(&self, source: SourceId) -> Option<&str> {
        let index = source.file_index()?;
        self.files.get(index).map(String::as_str)
    }

    /// Returns the JSON pointer in the document as written for one in the tree: the location in the
    /// file that contains the value.
    pub fn written_pointer(&self, pointer: &str) -> String {
        self.origin.pointer(&self.root, pointer)
    }

    /// Returns the diagnostic with the JSON pointer in the document as written.
    pub(crate) fn at_written_location(&self, mut problem: Diagnostic) -> Diagnostic {
        self.origin.restore(&self.root, &mut problem);
        problem
    }

    /// Resolves a reference, through other references, to a pointer and the component there.
    pub fn resolve<T: Component>(&self, reference: &str) -> Result<(String, &T), Diagnostic> {
        let pointer = match self.references.get(T::shape(), reference) {
            Some(outcome) => outcome
                .clone()
                .map_err(|problem| self.with_position(problem))?,
            // Some references are not in a `$ref`, such as those in a discriminator's mapping.
            None => references::follow(&self.root, T::shape(), reference)?,
        };
        match component::find(&self.openapi, &self.targets, &pointer) {
            Some(found) => Ok((pointer.into(), found)),
            None => {
                let message = format!("`{reference}` does not point to a named component");
                Err(Diagnostic::new(Code::Reference, "", message))
            }
        }
    }

    pub fn schema(&self, reference: &str) -> Result<(String, &Schema), Diagnostic> {
        self.resolve(reference)
    }

    pub fn parameter(&self, reference: &str) -> Result<(String, &Parameter), Diagnostic> {
        self.resolve(reference)
    }

    pub fn response(&self, reference: &str) -> Result<(String, &Response), Diagnostic> {
        self.resolve(reference)
    }

    pub fn header(&self, reference: &str) -> Result<(String, &Header), Diagnostic> {
        self.resolve(reference)
    }

    pub fn request_body(&self, reference: &str) -> Result<(String, &RequestBody), Diagnostic> {
        self.resolve(reference)
    }

    pub fn security_scheme(
        &self,
        reference: &str,
    ) -> Result<(String, &SecurityScheme), Diagnostic> {
        self.resolve(reference)
    }

    pub fn path_item(&self, reference: &str) -> Result<(String, &PathItem), Diagnostic> {
        self.resolve(reference)
    }

    /// Returns the reported diagnostic with the same message, which has a position. If the
    /// reference occurs several times, returns the first one.
    fn with_position(&self, problem: Diagnostic) -> Diagnostic {
        let reported = self
            .problems
            .iter()
            .find(|reported| reported.message == problem.message);
        reported.cloned().unwrap_or(problem)
    }
}

/// Returns true if a problem affects the whole document.
fn is_fatal(problem: &Diagnostic) -> bool {
    let local = ["/paths/", "/components/", "/x-webhooks/"]
        .iter()
        .any(|section| problem.pointer.starts_with(section));
    problem.code == Code::Bound || !local
}

#[cfg(test)]
mod tests;
