//! `cargo xtask ci`: everything that CI runs besides the tests, one step after another.

use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

/// A command of cargo and what is said when it is run.
struct Step {
    title: &'static str,
    arguments: &'static [&'static str],
    /// Flags for rustdoc, which takes them from the environment.
    rustdoc: &'static str,
}

const STEPS: [Step; 5] = [
    Step {
        title: "format",
        arguments: &["fmt", "--all", "--check"],
        rustdoc: "",
    },
    Step {
        title: "lints",
        arguments: &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--",
            "-D",
            "warnings",
        ],
        rustdoc: "",
    },
    Step {
        title: "docs",
        arguments: &["doc", "--workspace", "--all-features", "--no-deps"],
        rustdoc: "-D warnings",
    },
    Step {
        title: "drift",
        arguments: &["xtask", "regen", "--check"],
        rustdoc: "",
    },
    // The tree of a developer at work is not clean; what is packed is checked all the same.
    Step {
        title: "package",
        arguments: &["package", "--package", "dub-sdk", "--allow-dirty"],
        rustdoc: "",
    },
];

/// Runs the steps, and stops at the first that fails.
pub fn run(root: &Path) -> ExitCode {
    for step in &STEPS {
        let start = Instant::now();
        println!("== {}: cargo {}", step.title, step.arguments.join(" "));
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args(step.arguments).current_dir(root);
        if !step.rustdoc.is_empty() {
            command.env("RUSTDOCFLAGS", step.rustdoc);
        }
        match command.status() {
            Ok(status) if status.success() => {
                println!(
                    "== {}: ok in {:.0} s",
                    step.title,
                    start.elapsed().as_secs_f64()
                );
            }
            Ok(_) => return failed(step, "it failed"),
            Err(error) => return failed(step, &error.to_string()),
        }
    }
    ExitCode::SUCCESS
}

fn failed(step: &Step, why: &str) -> ExitCode {
    eprintln!(
        "== {}: {why}; run it alone with `cargo {}`",
        step.title,
        step.arguments.join(" ")
    );
    ExitCode::FAILURE
}
