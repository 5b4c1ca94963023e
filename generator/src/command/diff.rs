//! `dub-generator diff`: compares two documents and lists the changes for users of the crate.

use super::{ReadArgs, skipped};
use crate::Format;
use crate::error::{CliError, print, report_warnings};
use crate::sources::Sources;
use clap::Args;
use dub_generator::diff::{self, Change, Names, Severity};
use dub_generator::model::{Api, Record};
use dub_generator::{spec, terminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Args)]
pub struct Diff {
    /// The old document: a file or a URL.
    old: PathBuf,
    /// The new document: a file or a URL.
    new: PathBuf,
    /// An overlay to apply to both documents first (OpenAPI Overlay 1.0): a file or a URL.
    #[arg(long, value_name = "FILE|URL")]
    overlay: Option<PathBuf>,
    /// The released version of the crate. If it is set, the output also states the next version.
    #[arg(long, value_name = "VERSION")]
    current_version: Option<String>,
    #[command(flatten)]
    read_args: ReadArgs,
}

/// One of the two documents, with its model.
struct Side {
    name: String,
    api: Api,
    document: spec::Document,
}

/// Compares the documents and prints the changes. The exit code reflects the most severe change.
pub fn run(arguments: &Diff, format: Format, quiet: bool) -> Result<ExitCode, CliError> {
    let old = read(arguments, &arguments.old, format, quiet)?;
    let new = read(arguments, &arguments.new, format, quiet)?;
    let mut changes = diff::diff(&old.api, &new.api);
    diff::locate(&mut changes, &old.document, &new.document);
    let names = Names {
        old: &old.name,
        new: &new.name,
        current: arguments.current_version.as_deref(),
    };
    if !quiet {
        print(&rendered(&changes, names, format))?;
    }
    Ok(exit_code(&changes))
}

fn rendered(changes: &[Change], names: Names<'_>, format: Format) -> String {
    match format {
        Format::Text => diff::text(changes, names),
        Format::Markdown => diff::markdown(changes, names),
        Format::Json => diff::json(changes, names),
    }
}

fn exit_code(changes: &[Change]) -> ExitCode {
    ExitCode::from(match diff::max_severity(changes) {
        None => 0,
        Some(Severity::Compatible | Severity::DocsOnly) => 1,
        Some(Severity::Breaking) => 2,
    })
}

/// Reads one of the two documents.
fn read(arguments: &Diff, path: &Path, format: Format, quiet: bool) -> Result<Side, CliError> {
    let sources = Sources::read(
        path,
        arguments.overlay.as_deref(),
        arguments.read_args.allow_outside,
    )?;
    let no_names = Record::default();
    match dub_generator::read(&arguments.read_args.config(&sources, &no_names)) {
        Ok((api, document)) => {
            let name = sources.document_name().to_owned();
            if !api.skipped.is_empty() {
                terminal::eprint(&format!("not compared in {name}:\n{}", skipped(&api)));
            }
            let deny = arguments.read_args.deny;
            report_warnings(sources, document.warnings(), deny, format, quiet)?;
            Ok(Side {
                name,
                api,
                document,
            })
        }
        Err(problems) => Err(CliError::document(sources, problems)),
    }
}
