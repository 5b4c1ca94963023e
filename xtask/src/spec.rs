//! `cargo xtask spec import`: a tag's operations, and what they reach, out of Dub's full document.

mod source;
mod take;

use crate::diff::Comparison;
use clap::{Args, Subcommand};
use dub_generator::GeneratedFile;
use dub_generator::output::Plan;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Where an import goes, below the repository's root.
const IMPORTED: &str = "spec/dub.yaml";
/// Where its origin is recorded.
const SOURCE: &str = "spec/SOURCE.toml";
/// The corrections, which are kept apart and applied to both sides of a comparison.
const OVERLAY: &str = "spec/overlay.yaml";

#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Take the operations of a tag, and all that they reach, out of a document into spec/.
    ///
    /// Says first what that changes for the users of the crate since the last import, the overlay applied to both. The
    /// crate is still made of spec/customers.yaml: what has changed is described there in our own words.
    #[command(
        after_help = "Example:\n  cargo xtask spec import dub.json --tag Customers --date 2026-06-05 --dry-run"
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
    /// The date of the document [default: the one that the file's name begins with].
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    /// Say what would change, and write nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Imports; 2 when a document is refused.
pub fn run(root: &Path, arguments: &Arguments) -> ExitCode {
    let Command::Import(import) = &arguments.command;
    match carry_out(root, import) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{}", message.trim_end());
            ExitCode::from(2)
        }
    }
}

fn carry_out(root: &Path, import: &Import) -> Result<(), String> {
    let name = import.file.display().to_string();
    let bytes = std::fs::read(&import.file).map_err(|error| format!("error: {name}: {error}"))?;
    let source = source::Source::of(import, &bytes)?;
    let taken = take::take(&name, &bytes, &import.tags)?;
    show_changes(root, &taken)?;
    if import.dry_run {
        println!("nothing was written: --dry-run");
        return Ok(());
    }
    let file = |path: &str, text: String| GeneratedFile {
        path: path.to_owned(),
        text,
    };
    let files = [file(IMPORTED, taken), file(SOURCE, source.to_toml())];
    let plan = Plan::new(root, &files).map_err(|error| format!("error: {error}"))?;
    plan.apply()
        .map_err(|error| format!("error: {error}\nnothing was changed"))?;
    println!("{name} -> {IMPORTED}, {SOURCE}");
    Ok(())
}

/// What the import changes since the one before it.
fn show_changes(root: &Path, taken: &str) -> Result<(), String> {
    let read = |path: &str| std::fs::read(root.join(path)).ok();
    let overlay = read(OVERLAY);
    let overlay = overlay.as_deref().map(|text| (OVERLAY, text));
    let old = read(IMPORTED);
    // The first import is compared with itself, which tells at least whether it can be read.
    let before = (
        "the last import",
        old.as_deref().unwrap_or(taken.as_bytes()),
    );
    let now = ("this import", taken.as_bytes());
    let comparison = match Comparison::of(root, before, now, overlay) {
        Ok(comparison) => comparison,
        // Corrections are mended once the document that they are to fit is there, so this does not stop the import.
        Err(problems) => {
            let plain = Comparison::of(root, before, now, None)?;
            eprintln!(
                "{problems}\n{OVERLAY} does not fit both documents; they are compared without it"
            );
            plain
        }
    };
    if old.is_some() {
        print!("{}", comparison.text());
    } else {
        println!("this is the first import");
    }
    Ok(())
}
