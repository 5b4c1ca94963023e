//! Reads an OpenAPI 3.0 document and writes Rust: text in, files out, nothing touched on the way.
//!
//! `spec` reads, `lower` makes the model, `names` names it, `emit` prints it and `format` lays it out.

pub mod diagnostic;
pub mod diff;
mod emit;
mod format;
mod lower;
pub mod model;
mod names;
pub mod output;
mod scaffold;
pub mod spec;
mod stack;
pub mod stages;
pub mod terminal;

pub use scaffold::crate_name_error;

use diagnostic::Diagnostic;
pub use lower::Unsupported;
use model::Api;

/// What to generate, and from what.
#[derive(Clone, Copy, Debug)]
pub struct Config<'a> {
    /// The document, JSON or YAML.
    pub document: &'a [u8],
    /// An overlay to apply to the document first (OpenAPI Overlay 1.0).
    pub overlay: Option<&'a [u8]>,
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
pub fn inspect(config: &Config<'_>) -> Result<Api, Vec<Diagnostic>> {
    stack::with_large_stack(|| inspect_inner(config))
}

fn inspect_inner(config: &Config<'_>) -> Result<Api, Vec<Diagnostic>> {
    read_inner(config).map(|(api, _)| api)
}

/// Reads a document into the model, and gives the document too, which knows where things stand.
///
/// # Errors
///
/// Every problem of the document, each with its place.
pub fn read(config: &Config<'_>) -> Result<(Api, spec::Document), Vec<Diagnostic>> {
    stack::with_large_stack(|| read_inner(config))
}

fn read_inner(config: &Config<'_>) -> Result<(Api, spec::Document), Vec<Diagnostic>> {
    let document = spec::Document::read_lenient_with_overlay(config.document, config.overlay)
        .map_err(mark_overlay_positions)?;
    let named = match config.unsupported {
        Unsupported::Reject => strict_model(&document, config),
        Unsupported::Skip => lower::lower(&document, config.tags)
            .and_then(|lowered| names::assign(lowered, config.crate_name, config.unsupported)),
    };
    match named {
        Ok(api) => Ok((api, document)),
        Err(diagnostics) => Err(mark_overlay_positions(fill_positions(
            &document,
            diagnostics,
        ))),
    }
}

/// The model of a document with nothing wrong in it.
fn strict_model(document: &spec::Document, config: &Config<'_>) -> Result<Api, Vec<Diagnostic>> {
    let (lower_partially, mut problems) = lower::lower_partially(document, config.tags);
    let named = lower_partially.map(|lower_partially| {
        names::assign(lower_partially, config.crate_name, config.unsupported)
    });
    match named {
        Some(Ok(api)) if problems.is_empty() => return Ok(api),
        Some(Err(naming_errors)) => problems.extend(naming_errors),
        _ => {}
    }
    Err(problems)
}

/// Says of each problem which text its place is in: the document's or the overlay's.
fn mark_overlay_positions(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    for diagnostic in &mut diagnostics {
        let overlay = |(line, column)| spec::tree::Mark::new(line, column).in_overlay();
        if let Some(position) = diagnostic.position.and_then(overlay) {
            diagnostic.position = Some(position);
            diagnostic.in_overlay = true;
        }
        // One excerpt cannot show two texts.
        let related = diagnostic.related.as_ref().map(|(_, position)| *position);
        if related.and_then(overlay).is_some() {
            diagnostic.related = None;
        }
    }
    diagnostics
}

/// Says of each problem where in the text it is, where only the pointer is known so far, and puts them in that order.
fn fill_positions(document: &spec::Document, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    for diagnostic in &mut diagnostics {
        if diagnostic.position.is_none() {
            diagnostic.position = document.locate(&diagnostic.pointer);
        }
    }
    spec::in_source_order(diagnostics)
}

/// What came of a document: the model, and the files made of it.
#[derive(Clone, Debug)]
pub struct Generated {
    pub api: Api,
    pub files: Vec<GeneratedFile>,
}

/// Makes the files of a crate's generated module.
///
/// # Errors
///
/// Every problem of the document, each with its place.
pub fn generate(config: &Config<'_>) -> Result<Generated, Vec<Diagnostic>> {
    stack::with_large_stack(|| {
        let api = inspect_inner(config)?;
        let context = emit::Context::new(&api);
        let mut files = format::files(&context)?;
        files.extend(emit::reference::files(&context));
        Ok(Generated { api, files })
    })
}

/// Makes a whole crate that compiles as it is: the manifest, the root, the runtime and the generated module.
///
/// # Errors
///
/// Every problem of the document, each with its place.
pub fn generate_crate(config: &Config<'_>) -> Result<Generated, Vec<Diagnostic>> {
    let mut generated = generate(config)?;
    generated
        .files
        .extend(scaffold::files(&generated.api, config.crate_name));
    Ok(generated)
}
