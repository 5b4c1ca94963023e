//! `cargo xtask ci`: runs all CI steps except the tests, one after another.

use crate::console::print;
use crate::msrv;
use dub_generator::terminal;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

/// A CI step: one or more cargo commands.
struct Step {
    title: &'static str,
    /// Each command's arguments, separated by spaces.
    commands: Vec<String>,
    /// An environment variable to set, or to remove if the value is `None`.
    environment: Option<(&'static str, Option<&'static str>)>,
}

impl Step {
    fn new(title: &'static str, arguments: impl Into<String>) -> Self {
        Self {
            title,
            commands: vec![arguments.into()],
            environment: None,
        }
    }

    fn with(mut self, variable: &'static str, value: Option<&'static str>) -> Self {
        self.environment = Some((variable, value));
        self
    }
}

/// The features of dub-sdk. Every combination is built: 2^7 builds of the crate, each about a
/// second, and one build of the dependencies for each choice of TLS.
const FEATURES: [&str; 7] = [
    "tracing",
    "blocking",
    "jiff",
    "chrono",
    "time",
    "rustls",
    "native-tls",
];

/// Returns all combinations of features, each in the format of cargo's `--features`.
fn feature_sets() -> impl Iterator<Item = String> {
    (0_u32..1 << FEATURES.len()).map(|set| {
        let chosen = FEATURES.iter().enumerate();
        let chosen = chosen.filter(|(bit, _)| set & (1 << bit) != 0);
        let names: Vec<&str> = chosen.map(|(_, name)| *name).collect();
        names.join(",")
    })
}

fn features() -> Step {
    // Clippy includes the checks of `cargo check`. Its arguments deny warnings in the workspace
    // only; compiler flags would rebuild all dependencies.
    let build = |set| {
        format!("clippy -q -p dub-sdk --lib --no-default-features --features={set} -- -D warnings")
    };
    Step {
        title: "features",
        commands: feature_sets().map(build).collect(),
        environment: None,
    }
}

fn steps() -> Vec<Step> {
    vec![
        Step::new("format", "fmt --all --check"),
        Step::new(
            "lints",
            "clippy --workspace --all-targets --all-features -- -D warnings",
        ),
        features(),
        // Another dependency of an app may enable these features; they then apply to dub-sdk, too.
        Step::new(
            "features of serde_json",
            "test -q -p dub-sdk --lib --no-default-features \
             --features=serde_json/arbitrary_precision,serde_json/preserve_order",
        ),
        Step::new("docs", "doc --workspace --all-features --no-deps")
            .with("RUSTDOCFLAGS", Some("-D warnings")),
        Step::new("drift", "xtask regen --check"),
        // Without a key, the example starts its own mock server.
        Step::new("example", "run -q -p dub-sdk --example quickstart").with("DUB_API_KEY", None),
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

/// Runs the commands of a step. Stops at the first one that fails.
fn run_step(step: &Step, root: &Path, quiet: bool) -> Result<(), String> {
    let start = Instant::now();
    let log = |text: &str| {
        if !quiet {
            print(&format!("== {}: {text}\n", step.title));
        }
    };
    if let [first, others @ ..] = step.commands.as_slice() {
        let more = match others.len() {
            0 => String::new(),
            count => format!(", and {count} more"),
        };
        log(&format!("cargo {first}{more}"));
    }
    for arguments in &step.commands {
        run_command(command(step, arguments, root), quiet)
            .map_err(|error| format!("{error}; to reproduce, run `cargo {arguments}`"))?;
    }
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

/// Returns the path of the cargo that runs this program.
pub fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

fn command(step: &Step, arguments: &str, root: &Path) -> Command {
    let mut command = Command::new(cargo());
    command.args(arguments.split_ascii_whitespace());
    command.current_dir(root);
    match step.environment {
        Some((variable, Some(value))) => command.env(variable, value),
        Some((variable, None)) => command.env_remove(variable),
        None => &mut command,
    };
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn checks_every_feature_combination() {
        let manifest = include_str!("../../dub-sdk/Cargo.toml");
        let (_, section) = manifest.split_once("\n[features]\n").unwrap();
        let (section, _) = section.split_once("\n[").unwrap();
        let entries = section.lines().filter_map(|line| line.split_once(" = "));
        let names: BTreeSet<&str> = entries.map(|(name, _)| name).collect();
        let built = FEATURES.into_iter().chain(["default"]);
        assert_eq!(built.collect::<BTreeSet<_>>(), names);

        let sets: BTreeSet<String> = feature_sets().collect();
        assert_eq!(sets.len(), 128);
        assert!(sets.contains("") && sets.contains(&FEATURES.join(",")));
    }
}
