//! `cargo xtask spec import`: a tag's operations, and what they reach, out of Dub's full document.

mod corrections;
mod source;

use crate::console::print;
use crate::diff::{Comparison, Side};
use crate::regen::SPEC;
use clap::{Args, Subcommand};
use corrections::Corrections;
use dub_generator::GeneratedFile;
use dub_generator::output::Plan;
use dub_generator::terminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Where an import goes, below the repository's root.
const IMPORTED: &str = "spec/dub.yaml";
/// Where its origin is recorded.
const SOURCE: &str = "spec/SOURCE.toml";
/// The corrections of Dub's document, which are kept apart.
const OVERLAY: &str = "spec/overlay.yaml";

#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Take the operations of a tag, and all that they reach, out of a document into spec/dub.yaml.
    ///
    /// Says first, with the corrections of spec/overlay.yaml applied, what has changed since the last import, and what
    /// the crate lacks. The crate is made of spec/customers.yaml, which describes in our own words what spec/dub.yaml
    /// says: `cargo xtask regen` names what it does not say yet.
    ///
    /// Exit codes: 0 done, 2 the document was refused.
    #[command(
        after_help = "Examples:\n  cargo xtask spec import 2026-06-05-dub.json --tag Customers --dry-run\n  \
        cargo xtask spec import dub.json --tag Customers --date 2026-06-05"
    )]
    Import(Import),
}

#[derive(Args)]
struct Import {
    /// Dub's document, JSON or YAML.
    file: PathBuf,
    /// The tag whose operations to take; may be given several times.
    #[arg(long = "tag", value_name = "TAG", required = true)]
    tags: Vec<String>,
    /// Where the document came from [default: the file's name].
    #[arg(long, value_name = "URL")]
    origin: Option<String>,
    /// The date of the document [default: the one that the file's name begins with, else when it was last written].
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    /// Say what would change, and write nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Imports; 2 when a document is refused.
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
    let subset = dub_generator::spec::subset_by_tags(&name, &bytes, &import.tags)?;
    let mut report = since_last_import(root, &subset)?;
    report += &compare_with_crate_spec(root, subset.as_bytes())?;
    let end = if import.dry_run {
        "nothing was written: --dry-run\n".to_owned()
    } else {
        write(root, subset, source)?;
        format!("{name} -> {IMPORTED}, {SOURCE}\n")
    };
    if !quiet {
        print(&format!("{report}{end}"));
    }
    Ok(())
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

/// What the import changes since the one before it.
fn since_last_import(root: &Path, subset: &str) -> Result<String, String> {
    let Ok(old) = std::fs::read(root.join(IMPORTED)) else {
        return Ok("this is the first import\n\n".to_owned());
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
    Ok(format!("since the last import:\n{}\n", comparison.text()))
}

/// What the crate's own document does not say of what Dub's does, where Dub's has been imported.
pub fn missing_from_crate_spec(root: &Path) -> Result<String, String> {
    match std::fs::read(root.join(IMPORTED)) {
        Ok(imported) => compare_with_crate_spec(root, &imported),
        Err(_) => Ok(String::new()),
    }
}

/// What becomes of the crate when its own document says what Dub's does.
fn compare_with_crate_spec(root: &Path, imported: &[u8]) -> Result<String, String> {
    let own = std::fs::read(root.join(SPEC)).map_err(|error| format!("error: {SPEC}: {error}"))?;
    let corrections = Corrections::read(root, imported)?;
    let comparison = Comparison::of(
        root,
        Side::without_overlay(SPEC, &own),
        corrections.apply_to(IMPORTED, imported),
    )?;
    let comparison = comparison.without_docs_changes();
    let mut report = corrections.warning().to_owned();
    report += &if comparison.changes.is_empty() {
        format!("{SPEC} says all that {IMPORTED} does\n\n")
    } else {
        format!(
            "{SPEC} does not say yet what {IMPORTED} does:\n{}\n",
            comparison.text()
        )
    };
    Ok(report)
}
