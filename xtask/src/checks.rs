//! `cargo xtask features`, `docs` and `deny`: checks that need more than Rust and git.

use crate::step::{Step, run_all};
use crate::tools::NIGHTLY;
use clap::{Args, ValueEnum};
use dub_generator::terminal;
use std::path::Path;
use std::process::ExitCode;

/// Checks all combinations of features, and runs the unit tests with each feature.
pub fn features(root: &Path, quiet: bool) -> ExitCode {
    report(run_all(&feature_steps(), root, quiet))
}

fn feature_steps() -> [Step; 2] {
    [
        // The three crates for times do not depend on each other: together they are one feature.
        Step::new(
            "combinations of features",
            "hack clippy -q -p dub-sdk --lib --feature-powerset --group-features jiff,chrono,time \
             -- -D warnings",
        )
        .needs("cargo-hack"),
        Step::new(
            "tests of each feature",
            "hack test -q -p dub-sdk --lib --each-feature",
        )
        .needs("cargo-hack"),
    ]
}

/// Builds the docs of dub-sdk as docs.rs does, with warnings as errors.
pub fn docs(root: &Path, quiet: bool) -> ExitCode {
    // A target directory of its own: this compiler would rebuild what the other one has built.
    let arguments = "doc -p dub-sdk --all-features --no-deps --target-dir target/docs-rs";
    let step = Step::new("docs", arguments)
        .with("RUSTDOCFLAGS", Some("--cfg docsrs -D warnings"))
        .toolchain(NIGHTLY);
    report(run_all(&[step], root, quiet))
}

#[derive(Args)]
pub struct DenyArguments {
    /// The checks to run [default: all]. Only `advisories` needs the network.
    #[arg(value_enum, value_name = "CHECK")]
    checks: Vec<DenyCheck>,
}

#[derive(Clone, Copy, ValueEnum)]
enum DenyCheck {
    Advisories,
    Bans,
    Licenses,
    Sources,
}

/// Checks all dependencies of the workspace against `deny.toml`.
pub fn deny(root: &Path, arguments: &DenyArguments, quiet: bool) -> ExitCode {
    let checks = arguments.checks.iter().map(|check| match check {
        DenyCheck::Advisories => " advisories",
        DenyCheck::Bans => " bans",
        DenyCheck::Licenses => " licenses",
        DenyCheck::Sources => " sources",
    });
    let command = "deny --all-features check".to_owned() + &checks.collect::<String>();
    let step = Step::new("deny", command).needs("cargo-deny");
    report(run_all(&[step], root, quiet))
}

fn report(result: Result<(), String>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            terminal::eprint(&format!("== {problem}\n"));
            ExitCode::FAILURE
        }
    }
}
