//! `cargo xtask diff`: lists the changes of the document since a git revision, for users of the
//! crate.

use crate::console::print;
use crate::files;
use crate::git;
use crate::names;
use crate::repository::{SPEC, config, version};
use clap::{Args, ValueEnum};
use dub_generator::Config;
use dub_generator::diagnostic::{self, Diagnostic, Source};
use dub_generator::diff::{self, Change, Names, Severity};
use dub_generator::files::Files;
use dub_generator::model::{Api, Record};
use dub_generator::spec::Document;
use dub_generator::terminal;
use std::path::Path;
use std::process::ExitCode;

#[derive(Args)]
pub struct Arguments {
    /// The git revision since which the changes are listed.
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    base: String,
    /// The output format.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

/// The changes between two documents, ready to be printed.
pub struct Comparison {
    pub changes: Vec<Change>,
    /// The name of the old document.
    base: String,
    /// The name of the new document.
    now: String,
    /// The version in the crate's manifest.
    version: Option<String>,
}

/// Compares the documents and prints the changes. The exit code reflects the most severe change.
pub fn run(root: &Path, arguments: &Arguments, quiet: bool) -> ExitCode {
    let comparison = match Comparison::since(root, &arguments.base) {
        Ok(comparison) => comparison,
        Err(message) => {
            terminal::eprint(&message);
            return ExitCode::from(3);
        }
    };
    let names = comparison.names();
    if !quiet {
        print(&match arguments.format {
            Format::Text => comparison.text(),
            Format::Markdown => comparison.markdown(),
            Format::Json => diff::json(&comparison.changes, names),
        });
    }
    ExitCode::from(match diff::max_severity(&comparison.changes) {
        None => 0,
        Some(Severity::Compatible | Severity::DocsOnly) => 1,
        Some(Severity::Breaking) => 2,
    })
}

impl Comparison {
    /// Compares the document in the work tree with the one in a git revision.
    pub fn since(root: &Path, revision: &str) -> Result<Self, String> {
        let path = root.join(SPEC);
        let now = std::fs::read(&path).map_err(|error| format!("error: {SPEC}: {error}\n"))?;
        let name = format!("{revision}:{SPEC}");
        let before = git::show(root, &name)?;
        let (old_files, new_files) = (files::at(root, revision), files::now(root, SPEC));
        Self::of(
            root,
            Side::without_overlay(&name, &before)
                .with_files(&old_files)
                .with_names(&names::at(root, revision)),
            Side::without_overlay(SPEC, &now)
                .with_files(&new_files)
                .with_names(&names::read(root)?),
        )
    }

    /// Compares two documents.
    pub fn of(root: &Path, old: Side<'_>, new: Side<'_>) -> Result<Self, String> {
        let (old_api, old_document) = read(old)?;
        let (new_api, new_document) = read(new)?;
        let mut changes = diff::diff(&old_api, &new_api);
        diff::locate(&mut changes, &old_document, &new_document);
        Ok(Self {
            changes,
            base: old.name.to_owned(),
            now: new.name.to_owned(),
            version: version(root),
        })
    }

    /// Removes documentation changes, for two documents whose descriptions are written
    /// independently.
    pub fn without_docs_changes(mut self) -> Self {
        self.changes
            .retain(|change| change.severity != Severity::DocsOnly);
        self
    }

    /// Renders the changes for a terminal.
    pub fn text(&self) -> String {
        diff::text(&self.changes, self.names())
    }

    /// Renders the changes as Markdown.
    pub fn markdown(&self) -> String {
        diff::markdown(&self.changes, self.names())
    }

    fn names(&self) -> Names<'_> {
        Names {
            old: &self.base,
            new: &self.now,
            current: self.version.as_deref(),
        }
    }
}

/// One document of a comparison: its name, its source text, the files that it may refer to, and the
/// overlay to apply first.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    pub name: &'a str,
    pub text: &'a [u8],
    pub files: Option<&'a Files>,
    pub overlay: Option<(&'a str, &'a [u8])>,
    /// The record of names.
    pub names: Option<&'a Record>,
    /// The tags whose operations are compared; empty for all operations.
    pub tags: &'a [String],
}

impl<'a> Side<'a> {
    pub fn without_overlay(name: &'a str, text: &'a [u8]) -> Self {
        Self {
            name,
            text,
            files: None,
            overlay: None,
            names: None,
            tags: &[],
        }
    }

    /// Uses the files that the document may refer to.
    pub fn with_files(self, files: &'a Files) -> Self {
        Self {
            files: Some(files),
            ..self
        }
    }

    /// Uses a record of names.
    pub fn with_names(self, names: &'a Record) -> Self {
        Self {
            names: Some(names),
            ..self
        }
    }

    pub fn config(self) -> Config<'a> {
        Config {
            files: self.files,
            overlay: self.overlay.map(|(_, text)| text),
            tags: self.tags,
            ..config(self.text, self.names)
        }
    }

    /// Renders the diagnostics of the document and the overlay.
    pub fn render_diagnostics(self, problems: &[Diagnostic]) -> String {
        let (name, text) = (self.name, self.text);
        let overlay = self.overlay.map(|(name, text)| Source { name, text });
        let read = self.files.map(Files::read).unwrap_or_default();
        let sources = dub_generator::files::sources(Source { name, text }, overlay, &read);
        diagnostic::render(problems, &sources)
    }
}

fn read(side: Side<'_>) -> Result<(Api, Document), String> {
    dub_generator::read(&side.config()).map_err(|problems| side.render_diagnostics(&problems))
}
