//! `cargo xtask ci`: runs all CI steps except the tests, one after another.

use crate::console::print;
use crate::msrv;
use crate::step::{Step, run_all};
use dub_generator::terminal;
use std::path::Path;
use std::process::ExitCode;

fn steps() -> Vec<Step> {
    vec![
        Step::new("format", "fmt --all --check"),
        Step::new(
            "lints",
            "clippy --workspace --all-targets --all-features -- -D warnings",
        ),
        // No feature, each feature alone and each pair; the step above builds all of them together.
        // Clippy includes the checks of `cargo check`. Its arguments deny warnings in the workspace
        // only; compiler flags would rebuild all dependencies.
        Step::new(
            "features",
            "hack clippy -q -p dub-sdk --lib --feature-powerset --depth 2 -- -D warnings",
        )
        .needs("cargo-hack"),
        // Another dependency of an app may enable these features; they then apply to dub-sdk, too.
        Step::new(
            "features of serde_json",
            "test -q -p dub-sdk --lib --no-default-features \
             --features=serde_json/arbitrary_precision,serde_json/preserve_order",
        ),
        Step::new("docs", "doc --workspace --all-features --no-deps")
            .with("RUSTDOCFLAGS", Some("-D warnings")),
        // actionlint is a tool of its own, which a workflow runs.
        Step::new("workflows", "xtask workflows --no-actionlint"),
        Step::new("drift", "xtask regen --check --deny warnings"),
        // Without a key, the example starts its own mock server.
        Step::new("example", "run -q -p dub-sdk --example quickstart").with("DUB_API_KEY", None),
        Step::new(
            "generated crates",
            "xtask corpus tests/fixtures/accepted --run --round-trips --sample 32 --seed 2",
        ),
        // A developer's work tree may contain uncommitted changes.
        Step::new("package", "package --package dub-sdk --allow-dirty"),
    ]
}

/// Runs all steps. Stops at the first one that fails.
pub fn run(root: &Path, quiet: bool) -> ExitCode {
    match all(root, quiet) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            terminal::eprint(&format!("== {problem}\n"));
            ExitCode::FAILURE
        }
    }
}

/// Runs all steps and the check of the minimum Rust version. Returns the first failure.
pub fn all(root: &Path, quiet: bool) -> Result<(), String> {
    run_all(&steps(), root, quiet)?;
    let report = msrv::check(root).map_err(|problem| format!("minimum Rust version: {problem}"))?;
    if !quiet {
        print(&format!("== minimum Rust version: {report}\n"));
    }
    Ok(())
}

/// Runs the tests. They are not among the steps, because CI runs them in a separate job.
pub fn tests(root: &Path, quiet: bool) -> Result<(), String> {
    Step::new("tests", "test --workspace").run(root, quiet)
}
