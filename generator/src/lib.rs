//! Generates Rust code from an OpenAPI 3.0 document. The pipeline does not access the file system:
//! it takes the bytes of the document and returns the files.
//!
//! The stages are `spec` (parse and validate the document), `lower` (convert it to the model),
//! `names` (assign Rust names), `emit` (convert the model to token streams) and `format` (print the
//! source files).

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

/// The input and the options of a generator run.
#[derive(Clone, Copy, Debug)]
pub struct Config<'a> {
    /// The document in JSON or YAML.
    pub document: &'a [u8],
    /// An overlay (OpenAPI Overlay 1.0), which is applied to the document first.
    pub overlay: Option<&'a [u8]>,
    /// The tags whose operations are generated; empty for all operations.
    pub tags: &'a [String],
    /// The name of the generated crate, such as `dub-sdk`.
    pub crate_name: &'a str,
    /// The handling of unsupported operations.
    pub unsupported: Unsupported,
}

/// A generated file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedFile {
    /// The path relative to the crate root, with forward slashes.
    pub path: String,
    pub text: String,
}

/// Parses a document and returns the model.
///
/// # Errors
///
/// Returns all errors in the document, with their locations.
pub fn inspect(config: &Config<'_>) -> Result<Api, Vec<Diagnostic>> {
    stack::with_large_stack(|| inspect_inner(config))
}

fn inspect_inner(config: &Config<'_>) -> Result<Api, Vec<Diagnostic>> {
    read_inner(config).map(|(api, _)| api)
}

/// Parses a document and returns the model with the document, which can locate JSON pointers.
///
/// # Errors
///
/// Returns all errors in the document, with their locations.
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

/// Returns the model of a document without errors, or the errors of lowering and naming together.
fn strict_model(document: &spec::Document, config: &Config<'_>) -> Result<Api, Vec<Diagnostic>> {
    let (lowered, mut problems) = lower::lower_partially(document, config.tags);
    let named =
        lowered.map(|lowered| names::assign(lowered, config.crate_name, config.unsupported));
    match named {
        Some(Ok(api)) if problems.is_empty() => return Ok(api),
        Some(Err(naming_errors)) => problems.extend(naming_errors),
        _ => {}
    }
    Err(problems)
}

/// Marks each diagnostic with the source file it belongs to: the document or the overlay.
fn mark_overlay_positions(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    for diagnostic in &mut diagnostics {
        let overlay = |(line, column)| spec::tree::Mark::new(line, column).in_overlay();
        if let Some(position) = diagnostic.position.and_then(overlay) {
            diagnostic.position = Some(position);
            diagnostic.in_overlay = true;
        }
        // An excerpt shows only one source file.
        let related = diagnostic.related.as_ref().map(|(_, position)| *position);
        if related.and_then(overlay).is_some() {
            diagnostic.related = None;
        }
    }
    diagnostics
}

/// Adds the line and column to diagnostics that only have a JSON pointer, and sorts all diagnostics
/// by position.
fn fill_positions(document: &spec::Document, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    for diagnostic in &mut diagnostics {
        if diagnostic.position.is_none() {
            diagnostic.position = document.locate(&diagnostic.pointer);
        }
    }
    spec::in_source_order(diagnostics)
}

/// The result of a generator run: the model, and the generated files.
#[derive(Clone, Debug)]
pub struct Generated {
    pub api: Api,
    pub files: Vec<GeneratedFile>,
}

/// Generates the files of the generated module of a crate.
///
/// # Errors
///
/// Returns all errors in the document, with their locations.
pub fn generate(config: &Config<'_>) -> Result<Generated, Vec<Diagnostic>> {
    stack::with_large_stack(|| {
        let api = inspect_inner(config)?;
        let context = emit::Context::new(&api);
        let mut files = format::files(&context)?;
        files.extend(emit::reference::files(&context));
        Ok(Generated { api, files })
    })
}

/// Generates a complete crate that compiles as is: the manifest, the crate root, the runtime and
/// the generated module.
///
/// # Errors
///
/// Returns all errors in the document, with their locations.
pub fn generate_crate(config: &Config<'_>) -> Result<Generated, Vec<Diagnostic>> {
    let mut generated = generate(config)?;
    generated
        .files
        .extend(scaffold::files(&generated.api, config.crate_name));
    Ok(generated)
}
