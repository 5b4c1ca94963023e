//! The maintainers' commands: `cargo xtask regen` and its kin.

mod bench;
mod changelog;
mod ci;
mod console;
mod corpus;
mod diff;
mod git;
mod judge;
mod msrv;
mod programs;
mod regen;
mod release;
mod spec;

use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The maintainers' commands of dub-sdk.
///
/// Exit codes: 0 done, 1 a check says no, 2 the input or the command line was refused; `diff` has its own.
#[derive(Parser)]
#[command(
    bin_name = "cargo xtask",
    max_term_width = 100,
    after_help = "Examples:\n  cargo xtask regen\n  cargo xtask diff --base v0.1.0\n  cargo xtask release-check --quick"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Say nothing but what is wrong.
    #[arg(short, long, global = true)]
    quiet: bool,
    /// The repository to work on [default: the one that this program was built in].
    #[arg(long, value_name = "DIR", global = true)]
    root: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Bring dub-sdk up to date with spec/, and say what that changes for its users.
    ///
    /// Exit codes: 0 done, 1 `--check` found a difference, 2 the document was refused.
    #[command(
        after_help = "Examples:\n  cargo xtask regen\n  cargo xtask regen --changelog\n  cargo xtask regen --check"
    )]
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
    /// Hold what we call breaking to what cargo-semver-checks calls breaking, revision by revision.
    ///
    /// Exit codes: 0 it sees no break that we do not, 1 it does, 2 there is nothing to judge.
    #[command(
        after_help = "Examples:\n  cargo xtask judge ../revisions\n  cargo xtask judge ../revisions --tag Customers"
    )]
    Judge(judge::Arguments),
    /// Take a new revision of Dub's document into spec/.
    #[command(
        after_help = "Example:\n  cargo xtask spec import dub.json --tag Customers --dry-run"
    )]
    Spec(spec::Arguments),
    /// Run what CI runs besides the tests: format, lints, features, docs, drift, the example, the package, the oldest Rust.
    ///
    /// Exit codes: 0 all is well, 1 a step failed.
    #[command(after_help = "Examples:\n  cargo xtask ci\n  cargo xtask ci --quiet")]
    Ci,
    /// Check what a release needs: a clean tree, the version, the changelog, the package, the tests, CI.
    ///
    /// Exit codes: 0 it can be released, 1 there are findings, 2 there is no crate.
    #[command(
        after_help = "Examples:\n  cargo xtask release-check --quick\n  cargo xtask release-check"
    )]
    ReleaseCheck(release::Arguments),
    /// Measure what a call costs, beside the same call written by hand, what a run of the generator costs, and what its
    /// crates cost to compile.
    ///
    /// Of calls: time, allocations, and instructions where valgrind is installed. Of the generator: the whole program's
    /// time, and the shares of its stages. Of crates: the time of `cargo check` and of a release build, all crates in
    /// turn, and rustc's instructions where valgrind is installed; that takes minutes.
    ///
    /// Exit codes: 0 done, 1 something could not be measured.
    #[command(
        after_help = "Examples:\n  cargo xtask bench\n  cargo xtask bench calls\n  cargo xtask bench generator --document dub.json\n  cargo xtask bench crates --document dub.json --beside ../theirs"
    )]
    Bench(bench::Arguments),
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return console::usage(&error),
    };
    // Programs are run in other directories, where a relative path would lead elsewhere.
    let root = cli
        .root
        .map(|root| std::path::absolute(&root).unwrap_or(root));
    let root = root.unwrap_or_else(self::root);
    let quiet = cli.quiet;
    match cli.command {
        Command::Regen(arguments) => regen::run(&root, &arguments, quiet),
        Command::Corpus(arguments) => corpus::run(&root, &arguments, quiet),
        Command::Diff(arguments) => diff::run(&root, &arguments, quiet),
        Command::Judge(arguments) => judge::run(&root, &arguments, quiet),
        Command::Spec(arguments) => spec::run(&root, &arguments, quiet),
        Command::Ci => ci::run(&root, quiet),
        Command::ReleaseCheck(arguments) => release::run(&root, &arguments, quiet),
        Command::Bench(arguments) => bench::run(&root, &arguments, quiet),
    }
}

/// The repository, wherever the command was called from.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}
