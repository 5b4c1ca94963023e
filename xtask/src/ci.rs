//! `cargo xtask ci`: everything that CI runs besides the tests, one step after another.

use crate::msrv;
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
pub fn run(root: &Path) -> ExitCode {
    for step in &steps() {
        let start = Instant::now();
        println!("== {}: cargo {}", step.title, step.arguments);
        match command(step, root).status() {
            Ok(status) if status.success() => {
                let seconds = start.elapsed().as_secs_f64();
                println!("== {}: ok in {seconds:.0} s", step.title);
            }
            Ok(_) => return failed(step, "it failed"),
            Err(error) => return failed(step, &error.to_string()),
        }
    }
    match msrv::check(root) {
        Ok(report) => println!("== oldest Rust: {report}"),
        Err(problem) => {
            eprintln!("== oldest Rust: {problem}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
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

fn failed(step: &Step, why: &str) -> ExitCode {
    eprintln!(
        "== {}: {why}; run it alone with `cargo {}`",
        step.title, step.arguments
    );
    ExitCode::FAILURE
}
