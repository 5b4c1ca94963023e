//! `cargo xtask ci`: everything that CI runs besides the tests, one step after another.

use crate::console::print;
use crate::msrv;
use dub_generator::terminal;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

/// Commands of cargo and what is said when they are run.
struct Step {
    title: &'static str,
    /// Each command's arguments, separated by spaces.
    commands: Vec<String>,
    /// What the environment has, or must not have, for these commands.
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

/// The features of dub-sdk. Every set of them is built, from none to all: 2^7 builds of the crate alone, of a second or so
/// each, and one of its dependencies for each choice of TLS.
const FEATURES: [&str; 7] = [
    "tracing",
    "blocking",
    "jiff",
    "chrono",
    "time",
    "rustls",
    "native-tls",
];

/// All sets of the features, each as cargo takes it.
fn feature_sets() -> impl Iterator<Item = String> {
    (0_u32..1 << FEATURES.len()).map(|set| {
        let chosen = FEATURES.iter().enumerate();
        let chosen = chosen.filter(|(bit, _)| set & (1 << bit) != 0);
        let names: Vec<&str> = chosen.map(|(_, name)| *name).collect();
        names.join(",")
    })
}

fn features() -> Step {
    // Clippy checks all that `check` does, and denies warnings in the workspace alone, where flags for the compiler would
    // build all dependencies anew.
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
        // Some crate of an app's may turn these on, and they are then on for the whole of it.
        Step::new(
            "features of serde_json",
            "test -q -p dub-sdk --lib --no-default-features \
             --features=serde_json/arbitrary_precision,serde_json/preserve_order",
        ),
        Step::new("docs", "doc --workspace --all-features --no-deps")
            .with("RUSTDOCFLAGS", Some("-D warnings")),
        Step::new("drift", "xtask regen --check"),
        // Without a key the example talks to a server that it starts itself.
        Step::new("example", "run -q -p dub-sdk --example quickstart").with("DUB_API_KEY", None),
        // The tree of a developer at work is not clean; what is packed is checked all the same.
        Step::new("package", "package --package dub-sdk --allow-dirty"),
    ]
}

/// Runs the steps, and stops at the first that fails.
pub fn run(root: &Path, quiet: bool) -> ExitCode {
    match all(root, quiet) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            terminal::eprint(&format!("== {problem}\n"));
            ExitCode::FAILURE
        }
    }
}

/// Runs the steps; the problem is that of the first that fails.
pub fn all(root: &Path, quiet: bool) -> Result<(), String> {
    for step in &steps() {
        run_step(step, root, quiet).map_err(|problem| format!("{}: {problem}", step.title))?;
    }
    let report = msrv::check(root).map_err(|problem| format!("oldest Rust: {problem}"))?;
    if !quiet {
        print(&format!("== oldest Rust: {report}\n"));
    }
    Ok(())
}

/// Runs the tests, which are none of the steps: CI has them apart.
pub fn tests(root: &Path, quiet: bool) -> Result<(), String> {
    run_step(&Step::new("tests", "test --workspace"), root, quiet)
}

/// Runs the commands of a step; says what is wrong with the first that fails.
fn run_step(step: &Step, root: &Path, quiet: bool) -> Result<(), String> {
    let start = Instant::now();
    let tell = |text: &str| {
        if !quiet {
            print(&format!("== {}: {text}\n", step.title));
        }
    };
    if let [first, others @ ..] = step.commands.as_slice() {
        let more = match others.len() {
            0 => String::new(),
            count => format!(", and {count} more"),
        };
        tell(&format!("cargo {first}{more}"));
    }
    for arguments in &step.commands {
        run_command(command(step, arguments, root), quiet)
            .map_err(|why| format!("{why}; run it alone with `cargo {arguments}`"))?;
    }
    let seconds = start.elapsed().as_secs();
    tell(&format!("ok in {seconds} s"));
    Ok(())
}

/// Runs a command. What it says is shown as it comes, or only when it fails.
fn run_command(mut command: Command, quiet: bool) -> Result<(), String> {
    let words = |error: std::io::Error| error.to_string();
    let success = if quiet {
        let output = command.output().map_err(words)?;
        if !output.status.success() {
            terminal::eprint(&String::from_utf8_lossy(&output.stdout));
            terminal::eprint(&String::from_utf8_lossy(&output.stderr));
        }
        output.status.success()
    } else {
        command.status().map_err(words)?.success()
    };
    success.then_some(()).ok_or_else(|| "it failed".to_owned())
}

/// The cargo that runs this.
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
