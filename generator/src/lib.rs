//! Reads an OpenAPI 3.0 document and writes Rust: text in, files out, nothing touched on the way.
//!
//! `spec` reads, `lower` makes the model, `names` names it, `emit` prints it and `format` lays it out.

pub mod diagnostic;
mod emit;
mod format;
mod lower;
pub mod model;
mod names;
pub mod output;
pub mod spec;

use diagnostic::Diagnostic;
pub use lower::Unsupported;
use model::Api;

/// What to generate, and from what.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The document, JSON or YAML.
    pub document: &'a [u8],
    /// The tags whose operations to take; all when there are none.
    pub tags: &'a [String],
    /// The name of the crate to be, such as `dub-sdk`.
    pub crate_name: &'a str,
    /// What to do with operations that are not supported.
    pub unsupported: Unsupported,
}

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedFile {
    /// Its path below the crate's root, with forward slashes.
    pub path: String,
    pub text: String,
}

/// Reads a document into the model.
///
/// # Errors
///
/// Every problem of the document, each with its place.
pub fn inspect(input: &Input<'_>) -> Result<Api, Vec<Diagnostic>> {
    let read = match input.unsupported {
        Unsupported::Refuse => spec::Document::read,
        Unsupported::LeaveOut => spec::Document::read_tolerantly,
    };
    let document = read(input.document)?;
    let lowered = lower::lower(&document, input.tags, input.unsupported);
    let named = lowered.and_then(|lowered| names::assign(lowered, input.crate_name));
    named.map_err(|diagnostics| located(&document, diagnostics))
}

/// Says of each problem where in the text it is, where only the pointer is known so far.
fn located(document: &spec::Document, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    for diagnostic in &mut diagnostics {
        if diagnostic.position.is_none() {
            diagnostic.position = document.locate(&diagnostic.pointer);
        }
    }
    diagnostics
}

/// Makes the files of a crate's generated module.
///
/// # Errors
///
/// Every problem of the document, each with its place.
pub fn generate(input: &Input<'_>) -> Result<Vec<GeneratedFile>, Vec<Diagnostic>> {
    let api = inspect(input)?;
    let sources = emit::files(&api);
    let file = |source: &emit::SourceFile| {
        let text = format::file(source).map_err(|diagnostic| vec![diagnostic])?;
        Ok(GeneratedFile {
            path: source.path.clone(),
            text,
        })
    };
    sources.iter().map(file).collect()
}
