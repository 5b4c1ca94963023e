//! `cargo xtask spec import`: extracts the operations of a tag, and everything that they reference,
//! from Dub's full document.

mod corrections;
mod source;
mod tags;

use crate::console::print;
use crate::diff::{Comparison, Side};
use crate::repository::SPEC;
use crate::warnings::DenyArgs;
use clap::{Args, Subcommand};
use corrections::Corrections;
use dub_generator::GeneratedFile;
use dub_generator::diagnostic::{self, Diagnostic};
use dub_generator::output::Plan;
use dub_generator::terminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The path of the imported document, relative to the repository root.
const IMPORTED: &str = "spec/dub.yaml";
/// The path of the file that records its origin.
const SOURCE: &str = "spec/SOURCE.toml";

#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Copy the operations of a tag, and everything that they reference, to spec/dub.yaml.
    ///
    /// Lists the changes since the last import, and the differences between spec/dub.yaml and
    /// spec/customers.yaml, from which the crate is generated. Both comparisons apply the
    /// corrections in spec/overlay.yaml; spec/dub.yaml stays uncorrected. The second one ignores the
    /// tags that were not imported. `cargo xtask regen` also lists the differences.
    ///
    /// Exit codes: 0 success, 2 invalid input.
    #[command(
        after_help = "Examples:\n  cargo xtask spec import 2026-06-05-dub.json --tag Customers --tag Track --dry-run\n  \
        cargo xtask spec import dub.json --tag Customers --tag Track --date 2026-06-05"
    )]
    Import(Import),
}

#[derive(Args)]
struct Import {
    /// Dub's document, JSON or YAML.
    file: PathBuf,
    /// The tag whose operations to import; can be repeated.
    #[arg(long = "tag", value_name = "TAG", required = true)]
    tags: Vec<String>,
    /// The origin to record in spec/SOURCE.toml [default: the file name].
    #[arg(long, value_name = "URL")]
    origin: Option<String>,
    /// The date to record in spec/SOURCE.toml [default: the date at the start of the file name,
    /// otherwise the modification date of the file].
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    /// Print the changes and write nothing.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    deny: DenyArgs,
}

/// Imports a document. Returns exit code 2 if it is invalid.
pub fn run(root: &Path, arguments: &Arguments, quiet: bool) -> ExitCode {
    let Command::Import(import) = &arguments.command;
    match import_document(root, import, quiet) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            terminal::eprint(&format!("{}\n", message.trim_end()));
            ExitCode::from(2)
        }
    }
}

fn import_document(root: &Path, import: &Import, quiet: bool) -> Result<(), String> {
    let name = import.file.display().to_string();
    let bytes = std::fs::read(&import.file).map_err(|error| format!("error: {name}: {error}"))?;
    let source = source::Source::of(import, &bytes)?;
    let subset = dub_generator::spec::subset_by_tags(&bytes, &import.tags)
        .map_err(|problems| Side::without_overlay(&name, &bytes).render_diagnostics(&problems))?;
    report_warnings(root, import, &subset, quiet)?;
    let mut report = since_last_import(root, &subset)?;
    report += &compare_with_crate_spec(root, subset.as_bytes())?;
    let outcome = if import.dry_run {
        "no files written (--dry-run)\n".to_owned()
    } else {
        write(root, subset, source)?;
        format!("{name} -> {IMPORTED}, {SOURCE}\n")
    };
    if !quiet {
        print(&format!("{report}{outcome}"));
    }
    Ok(())
}

/// Reports the warnings about the imported operations, with the corrections applied.
fn report_warnings(root: &Path, import: &Import, subset: &str, quiet: bool) -> Result<(), String> {
    let subset = subset.as_bytes();
    let corrections = Corrections::read(root, subset)?;
    let side = corrections.apply_to(IMPORTED, subset);
    let result = dub_generator::read(&side.config());
    let (_, document) = result.map_err(|problems| side.render_diagnostics(&problems))?;
    let render = |warnings: &[Diagnostic]| {
        side.render_diagnostics(warnings) + &diagnostic::summary(warnings)
    };
    import.deny.report(document.warnings(), render, quiet)
}

fn write(root: &Path, subset: String, source: source::Source) -> Result<(), String> {
    let file = |path: &str, text: String| GeneratedFile {
        path: path.to_owned(),
        text,
    };
    let files = [file(IMPORTED, subset), file(SOURCE, source.to_toml())];
    let plan = Plan::new(root, &files).map_err(|error| format!("error: {error}"))?;
    plan.apply()
        .map_err(|error| format!("error: {error}\nnothing was changed"))
}

/// Lists the changes since the last import.
fn since_last_import(root: &Path, subset: &str) -> Result<String, String> {
    let Ok(old) = std::fs::read(root.join(IMPORTED)) else {
        return Ok("first import: nothing to compare with\n\n".to_owned());
    };
    let (before, now) = (
        Corrections::read(root, &old)?,
        Corrections::read(root, subset.as_bytes())?,
    );
    let comparison = Comparison::of(
        root,
        before.apply_to("the last import", &old),
        now.apply_to("this import", subset.as_bytes()),
    )?;
    Ok(format!(
        "changes since the last import:\n{}\n",
        comparison.text()
    ))
}

/// Lists the differences between the crate's document and the imported one. Returns an empty string
/// if no document was imported.
pub fn missing_from_crate_spec(root: &Path) -> Result<String, String> {
    match std::fs::read(root.join(IMPORTED)) {
        Ok(imported) => compare_with_crate_spec(root, &imported),
        Err(_) => Ok(String::new()),
    }
}

/// Lists the changes that would make the crate's document match the imported one.
fn compare_with_crate_spec(root: &Path, imported: &[u8]) -> Result<String, String> {
    let own = std::fs::read(root.join(SPEC)).map_err(|error| format!("error: {SPEC}: {error}"))?;
    let corrections = Corrections::read(root, imported)?;
    // The crate can have operations of tags that were not imported.
    let tags = tags::common(&own, imported);
    let own = Side {
        tags: &tags,
        ..Side::without_overlay(SPEC, &own)
    };
    let comparison = Comparison::of(root, own, corrections.apply_to(IMPORTED, imported))?;
    let comparison = comparison.without_docs_changes();
    let mut report = corrections.warning().to_owned();
    report += &if comparison.changes.is_empty() {
        format!("{SPEC} matches {IMPORTED}\n\n")
    } else {
        format!(
            "{SPEC} does not match {IMPORTED} yet:\n{}\n",
            comparison.text()
        )
    };
    Ok(report)
}
