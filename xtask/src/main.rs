//! The maintainers' commands: `cargo xtask regen` and its kin.

mod bench;
mod ci;
mod corpus;
mod diff;
mod msrv;
mod regen;
mod spec;

use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The maintainers' commands of dub-sdk.
#[derive(Parser)]
#[command(bin_name = "cargo xtask", max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Bring dub-sdk up to date with spec/.
    ///
    /// Exit codes: 0 done, 1 `--check` found a difference, 2 the document was refused.
    #[command(after_help = "Examples:\n  cargo xtask regen\n  cargo xtask regen --check")]
    Regen(regen::Arguments),
    /// Run the generator over all documents of a folder and say what came of each.
    ///
    /// Exit codes: 0 done, 1 a crate did not compile or the generator crashed, 2 there is nothing to run over.
    #[command(
        after_help = "Examples:\n  cargo xtask corpus ../documents\n  cargo xtask corpus ../documents --no-check"
    )]
    Corpus(corpus::Arguments),
    /// Say what spec/ changes for the users of the crate, and what breaks.
    ///
    /// Exit codes: 0 nothing changes, 1 all changes are compatible, 2 something breaks, 3 a document was refused.
    #[command(
        after_help = "Examples:\n  cargo xtask diff\n  cargo xtask diff --base v0.1.0 --format markdown"
    )]
    Diff(diff::Arguments),
    /// Take a new revision of Dub's document into spec/.
    Spec(spec::Arguments),
    /// Run what CI runs besides the tests: format, lints, features, docs, drift, the example, the package, the oldest Rust.
    Ci,
    /// Measure what a call costs, beside the same call written by hand: time, allocations, instructions.
    Bench,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let root = root();
    match cli.command {
        Command::Regen(arguments) => regen::run(&root, &arguments),
        Command::Corpus(arguments) => corpus::run(&root, &arguments),
        Command::Diff(arguments) => diff::run(&root, &arguments),
        Command::Spec(arguments) => spec::run(&root, &arguments),
        Command::Ci => ci::run(&root),
        Command::Bench => bench::run(&root),
    }
}

/// The repository, wherever the command was called from.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}
