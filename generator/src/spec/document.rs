//! A document that has been read and checked.

use openapiv3::{
    Example, Header, Link, OpenAPI, Parameter, PathItem, RequestBody, Response, Schema,
    SecurityScheme,
};

use super::component::{self, Component, Targets};
use super::references::{self, References};
use super::tree::{self, Node};
use super::{Syntax, json, overlay, text, typed, validate, version, yaml};
use crate::diagnostic::{Code, Diagnostic};

/// The tree of a document, its typed form, and where its references lead.
pub struct Document {
    root: Node,
    openapi: OpenAPI,
    references: References,
    targets: Targets,
    /// In the order of their pointers.
    problems: Vec<Diagnostic>,
}

impl Document {
    /// Reads JSON or YAML, whichever the text is, and refuses a document with anything wrong in it: with everything that
    /// is wrong, in the order of the text.
    pub fn read(bytes: &[u8]) -> Result<Self, Vec<Diagnostic>> {
        Self::read_with_overlay(bytes, None)
    }

    /// The same, with an overlay applied before anything is checked.
    pub fn read_with_overlay(
        bytes: &[u8],
        overlay: Option<&[u8]>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let document = Self::read_lenient_with_overlay(bytes, overlay)?;
        if document.problems.is_empty() {
            Ok(document)
        } else {
            Err(in_source_order(document.problems))
        }
    }

    /// Like [`read`](Self::read), but keeps a document whose problems all lie within its paths and components, for
    /// those who leave out what is concerned: see [`problems`](Self::problems).
    pub fn read_lenient(bytes: &[u8]) -> Result<Self, Vec<Diagnostic>> {
        Self::read_lenient_with_overlay(bytes, None)
    }

    /// The same, with an overlay applied before anything is checked.
    pub fn read_lenient_with_overlay(
        bytes: &[u8],
        overlay: Option<&[u8]>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let text = text::decode(bytes).map_err(|problem| vec![problem])?;
        let (mut root, syntax, mut problems) = parse(text).map_err(|problem| vec![problem])?;
        if let Some(overlay) = overlay {
            overlay::apply(&mut root, overlay)?;
        }
        if let Err(problem) = version::check(&root) {
            return Err(vec![problem]);
        }
        let findings = validate::check(&root, syntax);
        problems.extend(findings.problems);
        if problems.iter().any(is_fatal) {
            return Err(in_source_order(problems));
        }
        problems.sort_by(|one, other| one.pointer.split('/').cmp(other.pointer.split('/')));
        let openapi = typed::openapi(&root);
        let targets = Targets::collect(&root, &openapi, &findings.references);
        Ok(Self {
            root,
            openapi,
            references: findings.references,
            targets,
            problems,
        })
    }

    /// The typed form of the document.
    pub fn openapi(&self) -> &OpenAPI {
        &self.openapi
    }

    /// The document as it is written.
    pub fn tree(&self) -> &Node {
        &self.root
    }

    /// What is wrong with a document that was read tolerantly, in the order of the pointers.
    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    /// What is wrong at a place or below it. References are not followed: ask again for what they lead to.
    pub fn problems_within(&self, pointer: &str) -> &[Diagnostic] {
        // They are sorted token by token, so that what lies below a place follows it directly.
        let before = |problem: &Diagnostic| problem.pointer.split('/').lt(pointer.split('/'));
        let start = self.problems.partition_point(before);
        let rest = self.problems.get(start..).unwrap_or_default();
        let below = |rest: &str| rest.is_empty() || rest.starts_with('/');
        let end = rest
            .partition_point(|problem| problem.pointer.strip_prefix(pointer).is_some_and(below));
        rest.get(..end).unwrap_or_default()
    }

    /// Line and column of a place: where a container's key stands, or a plain value itself. Where the pointer leads
    /// nowhere, its nearest ancestor stands in.
    pub fn locate(&self, pointer: &str) -> Option<(u32, u32)> {
        Some(tree::locate(&self.root, pointer).position())
    }

    /// The pointer that a reference finally leads to, and what is there.
    pub fn resolve<T: Component>(&self, reference: &str) -> Result<(String, &T), Diagnostic> {
        let pointer = match self.references.get(T::shape(), reference) {
            Some(outcome) => outcome
                .clone()
                .map_err(|problem| self.with_position(problem))?,
            // Not all references stand in a `$ref`: a discriminator's mapping holds some too.
            None => references::follow(&self.root, T::shape(), reference)?,
        };
        match component::find(&self.openapi, &self.targets, &pointer) {
            Some(found) => Ok((pointer.into(), found)),
            None => {
                let message =
                    format!("`{reference}` leads to a place that only a `$ref` can lead to");
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

    pub fn request_body(&self, reference: &str) -> Result<(String, &RequestBody), Diagnostic> {
        self.resolve(reference)
    }

    pub fn header(&self, reference: &str) -> Result<(String, &Header), Diagnostic> {
        self.resolve(reference)
    }

    pub fn example(&self, reference: &str) -> Result<(String, &Example), Diagnostic> {
        self.resolve(reference)
    }

    pub fn link(&self, reference: &str) -> Result<(String, &Link), Diagnostic> {
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

    /// The problem with a reference was reported at the places where it stands; the first of them is given here.
    fn with_position(&self, problem: Diagnostic) -> Diagnostic {
        let reported = self
            .problems
            .iter()
            .find(|reported| reported.message == problem.message);
        reported.cloned().unwrap_or(problem)
    }
}

/// The tree of a text in either syntax. What starts like JSON and is none may yet be YAML in flow style.
pub(super) fn parse(text: &str) -> Result<(Node, Syntax, Vec<Diagnostic>), Diagnostic> {
    let looks_like_json = text.trim_start().starts_with(['{', '[']);
    let json_error = match looks_like_json.then(|| json::read(text)) {
        Some(Ok(parsed)) => return Ok((parsed.root, Syntax::Json, parsed.problems)),
        Some(Err(problem)) if problem.code != Code::Syntax => return Err(problem),
        Some(Err(problem)) => Some(problem),
        None => None,
    };
    match (yaml::read(text), json_error) {
        (Ok(parsed), _) => Ok((parsed.root, Syntax::Yaml, parsed.problems)),
        (Err(_), Some(problem)) | (Err(problem), None) => Err(problem),
    }
}

/// Whether a problem concerns the document as a whole.
fn is_fatal(problem: &Diagnostic) -> bool {
    let local = ["/paths/", "/components/"]
        .iter()
        .any(|place| problem.pointer.starts_with(place));
    problem.code == Code::Bound || !local
}

/// The problems as a reader meets them.
pub fn in_source_order(mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    problems.sort_by_key(|problem| (problem.position.is_none(), problem.position));
    // A part that YAML aliases repeat is walked through once for each, and reported as often.
    problems.dedup_by(|one, other| one.position == other.position && one.message == other.message);
    problems
}

#[cfg(test)]
mod tests;
