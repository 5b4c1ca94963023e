//! `cargo xtask ci`: runs all CI steps except the tests, one after another.

use crate::cargo::{cargo, has_subcommand, is_workflow};
use crate::console::print;
use crate::msrv;
use dub_generator::terminal;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

/// A CI step: one cargo command.
struct Step {
    title: &'static str,
    /// The arguments of the cargo command, separated by spaces.
    arguments: &'static str,
    /// The cargo subcommand that the step needs and that cargo does not include.
    needs: Option<&'static str>,
    /// An environment variable to set, or to remove if the value is `None`.
    environment: Option<(&'static str, Option<&'static str>)>,
}

impl Step {
    fn new(title: &'static str, arguments: &'static str) -> Self {
        Self {
            title,
            arguments,
            needs: None,
            environment: None,
        }
    }

    fn with(mut self, variable: &'static str, value: Option<&'static str>) -> Self {
        self.environment = Some((variable, value));
        self
    }

    /// Runs the step only if a cargo subcommand is installed: otherwise it is skipped, or fails in
    /// continuous integration.
    fn needs(mut self, subcommand: &'static str) -> Self {
        self.needs = Some(subcommand);
        self
    }
}

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
        .needs("hack"),
        // Another dependency of an app may enable these features; they then apply to dub-sdk, too.
        Step::new(
            "features of serde_json",
            "test -q -p dub-sdk --lib --no-default-features \
             --features=serde_json/arbitrary_precision,serde_json/preserve_order",
        ),
        Step::new("docs", "doc --workspace --all-features --no-deps")
            .with("RUSTDOCFLAGS", Some("-D warnings")),
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
    for step in &steps() {
        run_step(step, root, quiet).map_err(|problem| format!("{}: {problem}", step.title))?;
    }
    let report = msrv::check(root).map_err(|problem| format!("minimum Rust version: {problem}"))?;
    if !quiet {
        print(&format!("== minimum Rust version: {report}\n"));
    }
    Ok(())
}

/// Runs the tests. They are not among the steps, because CI runs them in a separate job.
pub fn tests(root: &Path, quiet: bool) -> Result<(), String> {
    run_step(&Step::new("tests", "test --workspace"), root, quiet)
}

/// Runs a step, unless it needs a subcommand that is not installed.
fn run_step(step: &Step, root: &Path, quiet: bool) -> Result<(), String> {
    let start = Instant::now();
    let log = |text: &str| {
        if !quiet {
            print(&format!("== {}: {text}\n", step.title));
        }
    };
    if let Some(name) = step.needs.filter(|name| !has_subcommand(name)) {
        let problem =
            format!("cargo-{name} is not installed: run `cargo install cargo-{name} --locked`");
        if is_workflow() {
            return Err(problem);
        }
        log(&format!("skipped, {problem}"));
        return Ok(());
    }
    log(&format!("cargo {}", step.arguments));
    run_command(command(step, root), quiet)
        .map_err(|error| format!("{error}; to reproduce, run `cargo {}`", step.arguments))?;
    let seconds = start.elapsed().as_secs();
    log(&format!("ok in {seconds} s"));
    Ok(())
}

/// Runs a command. With `quiet`, its output is printed only if it fails.
fn run_command(mut command: Command, quiet: bool) -> Result<(), String> {
    let to_string = |error: std::io::Error| error.to_string();
    let success = if quiet {
        let output = command.output().map_err(to_string)?;
        if !output.status.success() {
            terminal::eprint(&String::from_utf8_lossy(&output.stdout));
            terminal::eprint(&String::from_utf8_lossy(&output.stderr));
        }
        output.status.success()
    } else {
        command.status().map_err(to_string)?.success()
    };
    success
        .then_some(())
        .ok_or_else(|| "command failed".to_owned())
}

fn command(step: &Step, root: &Path) -> Command {
    let mut command = Command::new(cargo());
    command.args(step.arguments.split_ascii_whitespace());
    command.current_dir(root);
    match step.environment {
        Some((variable, Some(value))) => command.env(variable, value),
        Some((variable, None)) => command.env_remove(variable),
        None => &mut command,
    };
    command
}
