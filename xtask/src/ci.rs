//! `cargo xtask ci`: everything that CI runs besides the tests, one step after another.

use crate::console::say;
use crate::msrv;
use dub_generator::terminal;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

/// A command of cargo and what is said when it is run.
struct Step {
    title: &'static str,
    /// Separated by spaces.
    arguments: String,
    /// What the environment has, or must not have, for this command.
    environment: Option<(&'static str, Option<&'static str>)>,
}

impl Step {
    fn new(title: &'static str, arguments: impl Into<String>) -> Self {
        Self {
            title,
            arguments: arguments.into(),
            environment: None,
        }
    }

    fn with(mut self, variable: &'static str, value: Option<&'static str>) -> Self {
        self.environment = Some((variable, value));
        self
    }
}

/// The sets of features that dub-sdk is built with: none, each alone, those that meet in the code, all.
const FEATURES: [&str; 14] = [
    "",
    "rustls",
    "native-tls",
    "tracing",
    "blocking",
    "jiff",
    "chrono",
    "time",
    "rustls,native-tls",
    "rustls,blocking",
    "blocking,tracing",
    "native-tls,blocking,tracing",
    "jiff,chrono,time",
    "rustls,native-tls,tracing,blocking,jiff,chrono,time",
];

fn steps() -> Vec<Step> {
    let mut steps = vec![
        Step::new("format", "fmt --all --check"),
        Step::new(
            "lints",
            "clippy --workspace --all-targets --all-features -- -D warnings",
        ),
    ];
    // Clippy denies warnings in the workspace alone, where flags for the compiler would build all dependencies anew.
    steps.extend(FEATURES.iter().map(|features| {
        let selection = match *features {
            "" => "--no-default-features".to_owned(),
            some => format!("--no-default-features --features {some}"),
        };
        Step::new(
            "features",
            format!("clippy -q -p dub-sdk --lib {selection} -- -D warnings"),
        )
    }));
    steps.extend([
        Step::new("docs", "doc --workspace --all-features --no-deps")
            .with("RUSTDOCFLAGS", Some("-D warnings")),
        Step::new("drift", "xtask regen --check"),
        // Without a key the example talks to a server that it starts itself.
        Step::new("example", "run -q -p dub-sdk --example quickstart").with("DUB_API_KEY", None),
        // The tree of a developer at work is not clean; what is packed is checked all the same.
        Step::new("package", "package --package dub-sdk --allow-dirty"),
    ]);
    steps
}

/// Runs the steps, and stops at the first that fails.
pub fn run(root: &Path, quiet: bool) -> ExitCode {
    match all(root, quiet) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            terminal::tell(&format!("== {problem}\n"));
            ExitCode::FAILURE
        }
    }
}

/// Runs the steps; the problem is that of the first that fails.
pub fn all(root: &Path, quiet: bool) -> Result<(), String> {
    let tell = |text: &str| {
        if !quiet {
            say(&format!("== {text}\n"));
        }
    };
    for step in &steps() {
        let start = Instant::now();
        tell(&format!("{}: cargo {}", step.title, step.arguments));
        carry_out(step, root, quiet).map_err(|why| {
            let Step {
                title, arguments, ..
            } = step;
            format!("{title}: {why}; run it alone with `cargo {arguments}`")
        })?;
        let seconds = start.elapsed().as_secs_f64();
        tell(&format!("{}: ok in {seconds:.0} s", step.title));
    }
    let report = msrv::check(root).map_err(|problem| format!("oldest Rust: {problem}"))?;
    tell(&format!("oldest Rust: {report}"));
    Ok(())
}

/// Runs a command of cargo, its arguments separated by spaces.
pub fn cargo_step(root: &Path, arguments: &str, quiet: bool) -> Result<(), String> {
    let problem = |why: String| format!("`cargo {arguments}`: {why}");
    carry_out(&Step::new("", arguments), root, quiet).map_err(problem)
}

/// Runs a step. What it says is shown as it comes, or only when it fails.
fn carry_out(step: &Step, root: &Path, quiet: bool) -> Result<(), String> {
    let mut command = command(step, root);
    let words = |error: std::io::Error| error.to_string();
    let success = if quiet {
        let output = command.output().map_err(words)?;
        if !output.status.success() {
            terminal::tell(&String::from_utf8_lossy(&output.stdout));
            terminal::tell(&String::from_utf8_lossy(&output.stderr));
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

fn command(step: &Step, root: &Path) -> Command {
    let mut command = Command::new(cargo());
    command.args(step.arguments.split(' ')).current_dir(root);
    match step.environment {
        Some((variable, Some(value))) => command.env(variable, value),
        Some((variable, None)) => command.env_remove(variable),
        None => &mut command,
    };
    command
}
