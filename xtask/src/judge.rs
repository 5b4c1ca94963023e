//! `cargo xtask judge`: compares our list of breaking changes with that of cargo-semver-checks.
//!
//! For each revision of a document, the command generates a crate and its rustdoc JSON.
//! cargo-semver-checks compares the rustdoc JSON of successive revisions. For each breaking change
//! that it finds, our comparison of the documents must report a breaking change for the same item.

mod items;
mod report;
mod semver_checks;
mod surface;

use crate::console::{Progress, fail, print};
use crate::tools;
use clap::Args;
use dub_generator::diff::{self, Change, Severity};
use dub_generator::files::{self, Files};
use dub_generator::model::{Api, Record};
use dub_generator::{Config, Unsupported, diagnostic};
use items::OurBreak;
use report::Row;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The name of the generated crates.
const NAME: &str = "sample";

#[derive(Args)]
pub struct Arguments {
    /// The directory with the revisions of one document. Their names must sort in chronological
    /// order.
    directory: PathBuf,
    /// Compare only operations with this tag; can be repeated [default: all tags].
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
}

/// Prints a table. Returns exit code 1 if cargo-semver-checks finds a breaking change that we miss,
/// and 2 if nothing could be compared.
pub fn run(root: &Path, arguments: &Arguments, quiet: bool) -> ExitCode {
    let rows = match judge(root, arguments, quiet) {
        Ok(rows) => rows,
        Err(message) => return fail(&message, 2),
    };
    if quiet {
        print(&report::disagreements(&rows));
    } else {
        print(&report::table(&rows));
    }
    ExitCode::from(u8::from(rows.iter().any(Row::disagrees)))
}

/// A revision of the document: its model and the path of its rustdoc JSON.
struct Revision {
    name: String,
    api: Api,
    surface: PathBuf,
}

fn judge(root: &Path, arguments: &Arguments, quiet: bool) -> Result<Vec<Row>, String> {
    if let Some(problem) = tools::missing(root, "cargo-semver-checks") {
        return Err(problem);
    }
    let documents = crate::corpus::documents(&arguments.directory)
        .map_err(|error| format!("{}: {error}", arguments.directory.display()))?;
    if documents.len() < 2 {
        let directory = arguments.directory.display();
        return Err(format!("{directory} contains fewer than two documents"));
    }
    let rustdoc = surface::RustdocBuilder::new(root, &arguments.tags)?;
    let progress = Progress::new(documents.len(), "generating crates", quiet);
    let mut revisions: Vec<Revision> = Vec::new();
    // Each revision keeps the names of the one before, as `cargo xtask regen` does.
    let mut names = Record::default();
    for document in &documents {
        let revision = revision(&rustdoc, document, &names)?;
        names = revision.api.record.clone();
        revisions.push(revision);
        progress.step();
    }
    progress.finish();
    let progress = Progress::new(documents.len() - 1, "comparing", quiet);
    let mut rows = Vec::new();
    for (old, new) in revisions.iter().zip(revisions.iter().skip(1)) {
        rows.push(compare(old, new)?);
        progress.step();
    }
    progress.finish();
    Ok(rows)
}

fn revision(
    rustdoc: &surface::RustdocBuilder<'_>,
    document: &Path,
    names: &Record,
) -> Result<Revision, String> {
    let name = document.file_stem().unwrap_or_default().to_string_lossy();
    let path = document.display().to_string();
    let text = std::fs::read(document).map_err(|error| format!("{path}: {error}"))?;
    let files = Files::next_to(document, false);
    let config = Config {
        document: &text,
        files: Some(&files),
        overlay: None,
        tags: rustdoc.tags,
        crate_name: NAME,
        command: "cargo xtask regen",
        unsupported: Unsupported::Skip,
        names: Some(names),
    };
    let to_string = |problems: Vec<_>| {
        let (name, text) = (path.as_str(), text.as_slice());
        let read = files.read();
        let sources = files::sources(diagnostic::Source { name, text }, None, &read);
        diagnostic::render(&problems, &sources)
    };
    let generated = dub_generator::generate_crate(&config).map_err(to_string)?;
    Ok(Revision {
        surface: rustdoc.surface(&name, &generated.files)?,
        name: name.into_owned(),
        api: generated.api,
    })
}

fn compare(old: &Revision, new: &Revision) -> Result<Row, String> {
    let breaking = |change: &Change| change.severity == Severity::Breaking;
    let changes: Vec<_> = diff::diff(&old.api, &new.api)
        .into_iter()
        .filter(breaking)
        .collect();
    let ours: Vec<OurBreak> = changes
        .into_iter()
        .map(|change| OurBreak::of(change, &old.api, &new.api))
        .collect();
    let theirs = semver_checks::breaks(&old.surface, &new.surface)?;
    let title = format!("{} {}", old.name, new.name);
    Ok(Row::new(title, ours, theirs))
}
