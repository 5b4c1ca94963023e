//! Maintainer commands, such as `cargo xtask regen`.

// Only commands of the full program call some of the functions.
#![cfg_attr(not(feature = "full"), allow(dead_code))]

#[cfg(feature = "full")]
mod bench;
mod cargo;
mod changelog;
mod checks;
#[cfg(feature = "full")]
mod ci;
mod console;
#[cfg(feature = "full")]
mod corpus;
mod coverage;
mod diff;
mod explain;
mod files;
#[cfg(not(feature = "full"))]
mod full;
mod fuzz;
mod git;
#[cfg(feature = "full")]
mod imports;
#[cfg(feature = "full")]
mod judge;
mod minimal_versions;
#[cfg(feature = "full")]
mod msrv;
mod names;
mod planted;
#[cfg(feature = "full")]
mod programs;
mod propose;
mod publish;
mod regen;
#[cfg(feature = "full")]
mod release;
mod repository;
mod spec;
mod step;
mod tools;

mod warnings;
mod workflows;

/// Commands that this program leaves to the full one.
#[cfg(not(feature = "full"))]
use full::{self as bench, self as corpus, self as imports, self as judge, self as release};

use clap::{CommandFactory, Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Maintainer commands for dub-sdk.
///
/// Exit codes: 0 success, 1 a check failed, 2 invalid input or command line. `diff --help` lists the
/// exit codes of `diff`.
#[derive(Parser)]
#[command(
    bin_name = "cargo xtask",
    max_term_width = 100,
    after_help = "Examples:\n  cargo xtask regen\n  cargo xtask diff --base v0.1.0\n  cargo xtask release-check --quick"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Print errors only.
    #[arg(short, long, global = true)]
    quiet: bool,
    /// The repository to work on [default: the repository that contains xtask].
    #[arg(long, value_name = "DIR", global = true)]
    root: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Regenerate dub-sdk from spec/ and list the changes for users of the crate.
    ///
    /// Exit codes: 0 success, 1 `--check` found a difference, 2 invalid document.
    #[command(
        after_help = "Examples:\n  cargo xtask regen\n  cargo xtask regen --changelog\n  cargo xtask regen --check"
    )]
    Regen(regen::Arguments),
    /// Run the generator on documents, such as all in a directory, and print the results as a table.
    ///
    /// Exit codes: 0 success, 1 a crate did not compile or the generator crashed, 2 no documents
    /// found.
    #[command(
        after_help = "Examples:\n  cargo xtask corpus ../documents\n  cargo xtask corpus ../documents --no-check\n  cargo xtask corpus dub.yaml other.json --run --round-trips"
    )]
    Corpus(corpus::Arguments),
    /// Plant faults in a copy of the emitter, and check that `corpus --run --round-trips` finds them.
    ///
    /// Takes minutes. Exit codes: 0 success, 1 more than one fault is not found, or the unchanged
    /// sources fail.
    #[command(after_help = "Example:\n  cargo xtask planted-faults")]
    PlantedFaults,
    /// List the changes in spec/ since a git revision, for users of the crate.
    ///
    /// Exit codes: 0 no changes, 1 compatible changes only, 2 breaking changes, 3 invalid input.
    #[command(
        after_help = "Examples:\n  cargo xtask diff\n  cargo xtask diff --base v0.1.0 --format markdown"
    )]
    Diff(diff::Arguments),
    /// Explain an error code of the generator, such as E006.
    ///
    /// Exit codes: 0 success, 2 unknown code.
    #[command(after_help = "Examples:\n  cargo xtask explain E006\n  cargo xtask explain")]
    Explain(explain::Arguments),
    /// Check `diff` against cargo-semver-checks, for successive revisions of a document.
    ///
    /// Prints the number of breaking changes that each of them finds.
    ///
    /// Exit codes: 0 `diff` finds all breaking changes that cargo-semver-checks finds, 1 `diff` misses
    /// some, 2 nothing to compare.
    #[command(
        after_help = "Examples:\n  cargo xtask judge ../revisions\n  cargo xtask judge ../revisions --tag Customers"
    )]
    Judge(judge::Arguments),
    /// List the imports of each file, and check them against ARCHITECTURE.md.
    ///
    /// Exit codes: 0 success, 1 circular imports or an import that ARCHITECTURE.md does not allow.
    #[command(
        after_help = "Examples:\n  cargo xtask imports\n  cargo xtask imports --dot | dot -Tsvg > imports.svg"
    )]
    Imports(imports::Arguments),
    /// Import a new revision of Dub's document into spec/.
    #[command(
        after_help = "Examples:\n  cargo xtask spec import --check\n  cargo xtask spec import dub.json --tag Customers --tag Track --dry-run"
    )]
    Spec(spec::Arguments),
    /// Import Dub's published document, and open a pull request if it has changed in what the crate
    /// covers.
    ///
    /// The weekly workflow runs this command. It runs `spec import` and `regen`, pushes the branch
    /// import-document, and needs `gh` with a token of the repository.
    ///
    /// Exit codes: 0 success, 1 a command failed.
    #[command(
        after_help = "Examples:\n  cargo xtask propose-import --dry-run\n  cargo xtask propose-import"
    )]
    ProposeImport(propose::Arguments),
    /// Run all CI steps except the tests: format, lints, features, docs, generated files, the
    /// example, the package, the minimum Rust version.
    ///
    /// Exit codes: 0 success, 1 a step failed.
    #[command(after_help = "Examples:\n  cargo xtask ci\n  cargo xtask ci --quiet")]
    Ci,
    /// Check the minimum Rust version of dub-sdk: its dependencies, and a build with it.
    ///
    /// Without the toolchain, the build is skipped; in a workflow, it fails.
    ///
    /// Exit codes: 0 success, 1 a check failed.
    #[command(after_help = "Example:\n  cargo xtask msrv")]
    Msrv,
    /// Check all combinations of the features of dub-sdk, and run its unit tests with each feature.
    ///
    /// `ci` checks pairs of features. Needs cargo-hack, and takes minutes.
    ///
    /// Exit codes: 0 success, 1 a check failed.
    #[command(after_help = "Example:\n  cargo xtask features")]
    Features,
    /// Build dub-sdk with the lowest versions of its dependencies that its manifest allows.
    ///
    /// Needs a nightly toolchain to choose the versions.
    ///
    /// Exit codes: 0 success, 1 the build failed.
    #[command(after_help = "Example:\n  cargo xtask minimal-versions")]
    MinimalVersions,
    /// Build the docs of dub-sdk as docs.rs does, with warnings as errors. Needs a nightly toolchain.
    ///
    /// Exit codes: 0 success, 1 the docs have warnings.
    #[command(after_help = "Example:\n  cargo xtask docs")]
    Docs,
    /// Check the licenses, sources, duplicates and security advisories of all dependencies.
    ///
    /// The rules are in deny.toml. Needs cargo-deny.
    ///
    /// Exit codes: 0 success, 1 a check failed.
    #[command(after_help = "Examples:\n  cargo xtask deny\n  cargo xtask deny licenses sources")]
    Deny(checks::DenyArguments),
    /// Check the workflows in .github/workflows, also with actionlint if it is installed.
    ///
    /// Each command of a workflow must be a command of this program, and each action must be fixed to
    /// a commit.
    ///
    /// Exit codes: 0 success, 1 findings, 2 no workflows found.
    #[command(
        after_help = "Examples:\n  cargo xtask workflows\n  cargo xtask workflows --no-actionlint"
    )]
    Workflows(workflows::Arguments),
    /// Install the tools that some checks need, in the versions that the workflows use.
    ///
    /// Exit codes: 0 success, 1 a tool could not be installed, 2 unknown tool.
    #[command(
        after_help = "Examples:\n  cargo xtask install-tools cargo-hack\n  cargo xtask install-tools msrv nightly"
    )]
    InstallTools(tools::Arguments),
    /// Check that a release is ready: clean work tree, version, changelog, package, tests, CI.
    ///
    /// Exit codes: 0 ready for release, 1 findings, 2 dub-sdk not found.
    #[command(
        after_help = "Examples:\n  cargo xtask release-check --quick\n  cargo xtask release-check"
    )]
    ReleaseCheck(release::Arguments),
    /// Publish dub-sdk on crates.io, if the current commit has the tag of its version.
    ///
    /// The release workflow runs this command after `release-check`.
    ///
    /// Exit codes: 0 success, 1 the tag is missing or cargo failed.
    #[command(after_help = "Examples:\n  cargo xtask publish --dry-run\n  cargo xtask publish")]
    Publish(publish::Arguments),
    /// Measure API calls, runs of the generator, the compile time of generated crates, and other
    /// generators beside ours.
    ///
    /// `calls` compares API calls with the same calls in handwritten code: time, allocations, and
    /// instructions if valgrind is installed. `generator` measures the time of the whole program and
    /// of each stage. `crates` measures `cargo check` and release builds, and the instructions of
    /// rustc if valgrind is installed; this takes minutes. `generators` runs other generators on the
    /// same documents, compiles their crates, and writes plots of time and memory; this takes longer.
    ///
    /// Exit codes: 0 success, 1 a measurement failed.
    #[command(
        after_help = "Examples:\n  cargo xtask bench\n  cargo xtask bench calls\n  cargo xtask bench generator --document dub.json\n  cargo xtask bench crates --document dub.json --beside ../theirs\n  cargo xtask bench generators --document dub.json --tool progenitor=bin/cargo-progenitor"
    )]
    Bench(bench::Arguments),
    /// Run the generator and dub-sdk on random inputs, with cargo-fuzz.
    ///
    /// The inputs start from the fixtures. Those that reach different code are kept in
    /// target/fuzz/corpus for the next run. CONTRIBUTING.md describes what to do with a finding. If
    /// cargo-fuzz is not installed, the command prints a message, and fails if the variable `CI` is
    /// set.
    ///
    /// Exit codes: 0 success, 1 a finding, or a target did not build, 2 unknown target.
    #[command(
        after_help = "Examples:\n  cargo xtask fuzz --list\n  cargo xtask fuzz --minutes 10\n  cargo xtask fuzz --target generate --minutes 60"
    )]
    Fuzz(fuzz::Arguments),
    /// Measure which lines of the generator and of dub-sdk the tests run, with cargo-llvm-cov.
    ///
    /// Prints the covered lines of each module, and the files with the most lines that are not
    /// covered. Takes minutes: the tests are built again, with instrumentation. If cargo-llvm-cov is
    /// not installed, the command prints a message, and fails if the variable `CI` is set.
    ///
    /// Exit codes: 0 success, 1 a test failed, or the coverage is below `--min-percent`.
    #[command(
        after_help = "Examples:\n  cargo xtask coverage\n  cargo xtask coverage --html --min-percent 90"
    )]
    Coverage(coverage::Arguments),
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return console::usage(&error, is_diff()),
    };
    // Child processes run in other directories, so a relative path would be wrong there.
    let root = cli
        .root
        .map(|root| std::path::absolute(&root).unwrap_or(root));
    let root = root.unwrap_or_else(self::root);
    let quiet = cli.quiet;
    match cli.command {
        Command::Regen(arguments) => regen::run(&root, &arguments, quiet),
        Command::Corpus(arguments) => corpus::run(&root, &arguments, quiet),
        Command::PlantedFaults => planted::run(&root, quiet),
        Command::Diff(arguments) => diff::run(&root, &arguments, quiet),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Judge(arguments) => judge::run(&root, &arguments, quiet),
        Command::Imports(arguments) => imports::run(&root, &arguments, quiet),
        Command::Spec(arguments) => spec::run(&root, &arguments, quiet),
        Command::ProposeImport(arguments) => propose::run(&root, &arguments, quiet),
        #[cfg(feature = "full")]
        Command::Ci => ci::run(&root, quiet),
        #[cfg(feature = "full")]
        Command::Msrv => msrv::run(&root, quiet),
        #[cfg(not(feature = "full"))]
        Command::Ci | Command::Msrv => full::run_again(),
        Command::Features => checks::features(&root, quiet),
        Command::MinimalVersions => minimal_versions::run(&root, quiet),
        Command::Docs => checks::docs(&root, quiet),
        Command::Deny(arguments) => checks::deny(&root, &arguments, quiet),
        Command::Workflows(arguments) => workflows::run(&root, &arguments, parse, quiet),
        Command::InstallTools(arguments) => tools::run(&root, &arguments, quiet),
        Command::ReleaseCheck(arguments) => release::run(&root, &arguments, quiet),
        Command::Publish(arguments) => publish::run(&root, &arguments, quiet),
        Command::Bench(arguments) => bench::run(&root, &arguments, quiet),
        Command::Fuzz(arguments) => fuzz::run(&root, &arguments, quiet),
        Command::Coverage(arguments) => coverage::run(&root, &arguments, quiet),
    }
}

/// Returns the repository that contains this crate, whatever the current directory.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Checks the arguments of a command without running it.
fn parse(arguments: &[&str]) -> Result<(), String> {
    let line = [&["cargo xtask"], arguments].concat();
    Cli::try_parse_from(line).map(|_| ()).map_err(|error| {
        let text = error.to_string();
        let first = text.lines().next().unwrap_or_default();
        first.trim_start_matches("error: ").to_owned()
    })
}

/// Returns true if the command line, which may be invalid, is one of `diff`.
fn is_diff() -> bool {
    let lenient = Cli::command().ignore_errors(true);
    let matches = lenient.try_get_matches();
    matches.is_ok_and(|matches| matches.subcommand_name() == Some("diff"))
}
