//! Generates Rust code from an OpenAPI document of the versions 3.0 to 3.2. The pipeline does not
//! access the file system: it takes the bytes of the document, reads the files that the document
//! refers to through a [`Loader`](files::Loader), and returns the generated files.
//!
//! The stages are `spec` (parse and validate the document), `lower` (convert it to the model),
//! `names` (assign Rust names), `emit` (convert the model to token streams) and `format` (print the
//! source files).

pub mod diagnostic;
pub mod diff;
mod emit;
pub mod fetch;
pub mod files;
mod format;
mod header;
pub mod json_schema;
mod lower;
pub mod model;
mod names;
pub mod observe;
pub mod output;
mod parallel;
mod samples;
mod scaffold;
pub mod span;
pub mod spec;
mod stack;
pub mod terminal;
mod words;

pub use emit::Snippet;
pub use names::crate_name_error;
pub use scaffold::package_name;

use diagnostic::Diagnostic;
use model::Api;
use observe::{Observer, Stage, stage};

/// The input and the options of a generator run.
#[derive(Clone, Copy, Debug)]
pub struct Config<'a> {
    /// The document in JSON or YAML.
    pub document: &'a [u8],
    /// The files that the document may refer to. Without them, such references are errors.
    pub files: Option<&'a files::Files>,
    /// An overlay (OpenAPI Overlay 1.0), which is applied to the document first.
    pub overlay: Option<&'a [u8]>,
    /// The tags whose operations are generated; empty for all operations.
    pub tags: &'a [String],
    /// The name of the generated crate, such as `dub-sdk`.
    pub crate_name: &'a str,
    /// The command that writes the files. Their first lines mention it.
    pub command: &'a str,
    /// The handling of unsupported operations.
    pub unsupported: Unsupported,
    /// The record of names: what has a name in it keeps that name.
    pub names: Option<&'a model::Record>,
}

/// The treatment of operations with unsupported or invalid parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsupported {
    /// Reject the document.
    Reject,
    /// Skip the operations and list them in the model. Unknown keys and invalid hints for pagination
    /// are ignored with a warning.
    Skip,
}

/// The options of a complete crate.
#[derive(Clone, Copy, Debug, Default)]
pub struct CrateOptions<'a> {
    /// True if the crate has a feature for each tag.
    pub feature_per_tag: bool,
    /// The current manifest of the crate, if there is one. The crate keeps the values of its section
    /// `[package]`, such as the version and the authors.
    pub manifest: Option<&'a str>,
}

/// A generated file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedFile {
    /// The path relative to the crate root, with forward slashes.
    pub path: String,
    pub text: String,
}

/// The result of a generator run: the model, the generated files, and the warnings.
#[derive(Clone, Debug)]
pub struct Generated {
    pub api: Api,
    pub files: Vec<GeneratedFile>,
    /// The warnings, in source order.
    pub warnings: Vec<Diagnostic>,
}

/// Generates the files of the generated module of a crate.
///
/// # Errors
///
/// Returns all errors in the document, with their locations.
pub fn generate(config: &Config<'_>) -> Result<Generated, Vec<Diagnostic>> {
    generate_observed(config, &())
}

/// Like [`generate`], but reports the duration of each stage to an observer.
///
/// # Errors
///
/// Returns all errors in the document, with their locations.
pub fn generate_observed(
    config: &Config<'_>,
    observer: &dyn Observer,
) -> Result<Generated, Vec<Diagnostic>> {
    generate_files(config, None, observer)
}

fn generate_files(
    config: &Config<'_>,
    options: Option<CrateOptions<'_>>,
    observer: &dyn Observer,
) -> Result<Generated, Vec<Diagnostic>> {
    stack::with_large_stack(|| {
        let (mut api, document) = read_observed(config, observer)?;
        if options.is_some_and(|options| options.feature_per_tag) {
            names::assign_features(&mut api);
        }
        let samples = samples::of_operations(&document, &api);
        let context = emit::Context::new(&api, &samples);
        let files = parallel::map(&emit::file_kinds(&context), |kind| {
            let source = stage(observer, Stage::Emit, || emit::file(&context, *kind));
            stage(observer, Stage::Format, || format::file(source))
        });
        let mut files = diagnostic::all(files)?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let reference = || emit::reference::files(&context);
        files.extend(stage(observer, Stage::Reference, reference));
        let program = emit::first_program(&context);
        let krate = options.map(|options| scaffold::Crate {
            api: &api,
            name: config.crate_name,
            options,
            program: program.as_ref(),
        });
        files.extend(krate.into_iter().flat_map(scaffold::files));
        let header = |file| header::add(file, config.crate_name, config.command);
        let mut files: Vec<_> = files.into_iter().map(header).collect();
        if krate.is_some() {
            files.extend(scaffold::licenses());
            files.extend(scaffold::runtime(&api));
        }
        let warnings = document.warnings().to_vec();
        Ok(Generated {
            api,
            files,
            warnings,
        })
    })
}

/// Parses a document and returns the model.
///
/// # Errors
///
/// Returns all errors in the document, with their locations.
pub fn inspect(config: &Config<'_>) -> Result<Api, Vec<Diagnostic>> {
    read(config).map(|(api, _)| api)
}

/// Parses a document and returns the model with the document, which has the warnings and can locate
/// JSON pointers.
///
/// # Errors
///
/// Returns all errors in the document, with their locations.
pub fn read(config: &Config<'_>) -> Result<(Api, spec::Document), Vec<Diagnostic>> {
    stack::with_large_stack(|| read_observed(config, &()))
}

/// Returns a document, with all files that it refers to, as one document in YAML. An overlay is not
/// applied. Without `files`, it can refer to none.
///
/// # Errors
///
/// Returns the errors of the files, and all unresolved references to files.
pub fn bundle(document: &[u8], files: Option<&files::Files>) -> Result<String, Vec<Diagnostic>> {
    stack::with_large_stack(|| spec::bundle(document, files))
}

fn read_observed(
    config: &Config<'_>,
    observer: &dyn Observer,
) -> Result<(Api, spec::Document), Vec<Diagnostic>> {
    let document = stage(observer, Stage::Read, || {
        let unknown_keys = match config.unsupported {
            Unsupported::Reject => spec::UnknownKeys::Reject,
            Unsupported::Skip => spec::UnknownKeys::Warn,
        };
        spec::Document::read_input(&spec::Input {
            document: config.document,
            overlay: config.overlay,
            files: config.files,
            unknown_keys,
        })
    });
    let mut document = document?;
    let lowered = stage(observer, Stage::Lower, || {
        lower::lower(&document, config.tags, config.unsupported)
    });
    let (mut diagnostics, mut skipped) = (lowered.diagnostics, lowered.skipped);
    let mut warnings = lowered.warnings;
    let no_names = model::Record::default();
    let names = config.names.unwrap_or(&no_names);
    let named = stage(observer, Stage::Name, || {
        lowered
            .model
            .map(|model| names::assign(model, config.crate_name, names))
    });
    let api = named.map(|named| {
        diagnostics.extend(named.diagnostics);
        warnings.extend(named.warnings);
        skipped.extend(named.skipped);
        named.api
    });
    let may_skip = lowered.can_skip && config.unsupported == Unsupported::Skip;
    match api.filter(|_| diagnostics.is_empty() || may_skip) {
        Some(api) => {
            document.add_warnings(warnings);
            Ok((Api { skipped, ..api }, document))
        }
        None => {
            diagnostics.extend(warnings);
            diagnostics.extend_from_slice(document.warnings());
            Err(fill_positions(&document, diagnostics))
        }
    }
}

/// Returns calls of each operation: the example in its docs, and one with all setters.
///
/// # Errors
///
/// Returns an error if the machine lacks resources.
pub fn snippets(api: &Api, document: &spec::Document) -> Result<Vec<Snippet>, Vec<Diagnostic>> {
    stack::with_large_stack(|| {
        let samples = samples::of_operations(document, api);
        let complete = samples::complete(document, api);
        let context = |samples| emit::Context::new(api, samples);
        Ok(emit::snippets(&context(&samples), &context(&complete)))
    })
}

/// Generates a complete crate that compiles as is: the manifest, the crate root, the README, an
/// example, the runtime and the generated module.
///
/// # Errors
///
/// Returns all errors in the document, with their locations.
pub fn generate_crate(config: &Config<'_>) -> Result<Generated, Vec<Diagnostic>> {
    generate_crate_with(config, CrateOptions::default())
}

/// Like [`generate_crate`], with options.
///
/// # Errors
///
/// Returns all errors in the document, with their locations.
pub fn generate_crate_with(
    config: &Config<'_>,
    options: CrateOptions<'_>,
) -> Result<Generated, Vec<Diagnostic>> {
    generate_files(config, Some(options), &())
}

/// Adds the line and column to diagnostics that only have a JSON pointer, and sorts all diagnostics
/// by position.
fn fill_positions(document: &spec::Document, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    for diagnostic in &mut diagnostics {
        if diagnostic.span.is_none() {
            let span = document.locate(&diagnostic.pointer);
            (diagnostic.source, diagnostic.span) = (span.source, Some(span));
        }
        *diagnostic = document.at_written_location(diagnostic.clone());
    }
    spec::in_source_order(diagnostics)
}
