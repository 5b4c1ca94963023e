//! `cargo xtask spec import`: extracts the operations of a tag, and everything that they reference,
//! from Dub's full document.

use super::corrections::Corrections;
use super::date;
use super::input::Input;
use super::report::{self, Format, IMPORTED};
use super::source::{self, Origin, Source};
use crate::console::print;
use crate::diff::Side;
use crate::repository::SPEC;
use crate::warnings::DenyArgs;
use clap::Args;
use dub_generator::diagnostic::{self, Diagnostic};
use dub_generator::fetch::Url;
use dub_generator::output::Plan;
use dub_generator::{GeneratedFile, terminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Args)]
pub struct Import {
    /// Dub's document, JSON or YAML: a file or a URL [default: `url` in spec/SOURCE.toml]. What a file
    /// refers to in other files becomes a part of the import.
    #[arg(value_name = "FILE|URL")]
    document: Option<PathBuf>,
    /// Read files outside of the directory of the document, if it refers to them.
    #[arg(long)]
    allow_outside: bool,
    /// The tag whose operations to import; can be repeated [default: `tags` in spec/SOURCE.toml].
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// The origin to record in spec/SOURCE.toml [default: the file name or the URL].
    #[arg(long, value_name = "URL")]
    origin: Option<String>,
    /// The date to record in spec/SOURCE.toml [default: today for a URL; for a file, the date at the
    /// start of its name, otherwise its modification date].
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    /// Print the changes and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Write nothing; exit with code 1 if the operations of the tags, or what they reference, have
    /// changed since the last import. Without an import, compare with spec/customers.yaml.
    #[arg(long, conflicts_with = "dry_run")]
    check: bool,
    /// The format of the lists. With Markdown, everything else goes to standard error.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    deny: DenyArgs,
}

/// The state of the published document.
enum Found {
    /// It has the `ETag` of the last import.
    Unchanged,
    Document(Box<Input>),
}

impl Import {
    /// Imports the document, or checks whether it has changed.
    pub fn run(&self, root: &Path, quiet: bool) -> Result<ExitCode, String> {
        let recorded = Source::read(root)?;
        let tags = self.tags(&recorded)?;
        self.check_date()?;
        match self.read(root, &recorded, &tags)? {
            Found::Unchanged => self.unchanged(root, &recorded, quiet),
            Found::Document(input) => self.import(root, &input, recorded, tags, quiet),
        }
    }

    fn import(
        &self,
        root: &Path,
        input: &Input,
        recorded: Source,
        tags: Vec<String>,
        quiet: bool,
    ) -> Result<ExitCode, String> {
        let (name, bytes) = (&input.name, &input.bytes);
        let side = Side {
            files: input.files.as_ref(),
            ..Side::without_overlay(name, bytes)
        };
        let subset = dub_generator::spec::subset_by_tags(bytes, side.files, &tags)
            .map_err(|problems| side.render_diagnostics(&problems))?;
        self.report_warnings(root, &subset, quiet)?;
        let changes = report::since_last_import(root, &subset, self.format)?;
        let is_first = changes.is_first;
        if !changes.is_changed && !is_first && (self.check || input.url.is_some()) {
            return self.unchanged(root, &recorded, quiet);
        }
        let missing = report::compare_with_crate_spec(root, subset.as_bytes(), self.format)?;
        let lists = changes.text + &missing.text;
        if self.check {
            let verdict = match (is_first, missing.is_changed) {
                (true, false) => None,
                (true, true) => Some(format!("{SPEC} does not match {name}")),
                (false, _) => Some(format!("{name} has changed in what {SPEC} covers")),
            };
            return Ok(self.verdict(&lists, verdict, quiet));
        }
        let outcome = if self.dry_run {
            "no files written (--dry-run)\n".to_owned()
        } else {
            let record = self.record(input, recorded, tags);
            write(root, subset, input, &record)?;
            format!("{name} -> {IMPORTED}, {}\n", source::SOURCE)
        };
        self.print(&lists, &outcome, quiet);
        Ok(ExitCode::SUCCESS)
    }

    fn tags(&self, recorded: &Source) -> Result<Vec<String>, String> {
        let tags = match self.tags.is_empty() {
            true => &recorded.tags,
            false => &self.tags,
        };
        if tags.is_empty() {
            return Err(format!(
                "error: no tags\nhelp: pass `--tag`, or add `tags` to {}",
                source::SOURCE
            ));
        }
        Ok(tags.clone())
    }

    fn check_date(&self) -> Result<(), String> {
        match &self.date {
            Some(date) if !date::is_date(date) => Err(format!(
                "error: invalid date `{date}`: expected a date such as 2026-06-05"
            )),
            _ => Ok(()),
        }
    }

    fn read(&self, root: &Path, recorded: &Source, tags: &[String]) -> Result<Found, String> {
        let url = match &self.document {
            None => recorded.url()?,
            Some(path) => match path.to_str().and_then(Url::of_argument) {
                None => {
                    let input = Input::read(path, self.allow_outside)?;
                    return Ok(Found::Document(Box::new(input)));
                }
                Some(url) => url.map_err(|error| format!("error: {error}"))?,
            },
        };
        // The `ETag` belongs to the last import, which must be there.
        let is_known =
            recorded.comes_from(&url) && recorded.tags == tags && root.join(IMPORTED).exists();
        let etag = is_known.then(|| source::etag(root)).flatten();
        let input = Input::fetch(&url, etag.as_deref())?;
        Ok(input.map_or(Found::Unchanged, |input| Found::Document(Box::new(input))))
    }

    /// Returns the record of this import. It keeps the URL of the published document, unless another
    /// one was imported that cannot contain a credential.
    fn record(&self, input: &Input, recorded: Source, tags: Vec<String>) -> Source {
        let url = input.url.as_ref().filter(|url| url.is_public());
        let origin = input.origin.clone();
        Source {
            url: url.map(Url::shown).or(recorded.url),
            tags,
            origin: Some(Origin {
                name: self.origin.clone().unwrap_or(origin.name),
                date: self.date.clone().unwrap_or(origin.date),
                ..origin
            }),
        }
    }

    /// Reports the warnings about the imported operations, with the corrections applied.
    fn report_warnings(&self, root: &Path, subset: &str, quiet: bool) -> Result<(), String> {
        let subset = subset.as_bytes();
        let corrections = Corrections::read(root, subset)?;
        let side = corrections.apply_to(IMPORTED, subset);
        let result = dub_generator::read(&side.config());
        let (_, document) = result.map_err(|problems| side.render_diagnostics(&problems))?;
        let render = |warnings: &[Diagnostic]| {
            side.render_diagnostics(warnings) + &diagnostic::summary(warnings, "cargo xtask")
        };
        self.deny.report(document.warnings(), render, quiet)
    }

    /// Reports that nothing is to be imported.
    fn unchanged(&self, root: &Path, recorded: &Source, quiet: bool) -> Result<ExitCode, String> {
        let imported = std::fs::read(root.join(IMPORTED))
            .map_err(|error| format!("error: {IMPORTED}: {error}"))?;
        let missing = report::compare_with_crate_spec(root, &imported, self.format)?;
        let date = recorded.origin.as_ref().map(|origin| origin.date.as_str());
        let outcome = format!(
            "no changes since the last import, of {}: no files written\n",
            date.unwrap_or("an unknown date")
        );
        self.print(&missing.text, &outcome, quiet);
        Ok(ExitCode::SUCCESS)
    }

    /// Reports the result of `--check`.
    fn verdict(&self, lists: &str, found: Option<String>, quiet: bool) -> ExitCode {
        let Some(found) = found else {
            self.print(lists, "no changes\n", quiet);
            return ExitCode::SUCCESS;
        };
        self.print(lists, "", quiet);
        terminal::eprint(&format!("{found}: run `cargo xtask spec import`\n"));
        ExitCode::from(1)
    }

    /// Prints the lists and the outcome. In Markdown, only the lists are part of the result.
    fn print(&self, lists: &str, outcome: &str, quiet: bool) {
        match self.format {
            _ if quiet => {}
            Format::Text => print(&format!("{lists}{outcome}")),
            Format::Markdown => {
                print(lists);
                terminal::eprint(outcome);
            }
        }
    }
}

/// Writes the imported document, its record and its `ETag`, all or none.
fn write(root: &Path, subset: String, input: &Input, record: &Source) -> Result<(), String> {
    let imported = GeneratedFile {
        path: IMPORTED.to_owned(),
        text: subset,
    };
    let error = |error| format!("error: {error}");
    let plan = Plan::new(root, &[imported, record.file()]).map_err(error)?;
    let is_known = input.url.as_ref().is_some_and(|url| record.comes_from(url));
    let etag = input.etag.as_ref().filter(|_| is_known);
    let etag = match etag {
        Some(etag) => Plan::of_file(root, source::ETAG, format!("{etag}\n")),
        None => Plan::without_file(root, source::ETAG),
    };
    let plan = plan.merge(etag.map_err(error)?);
    plan.apply()
        .map_err(|error| format!("error: {error}\nnothing was changed"))
}
