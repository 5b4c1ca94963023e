//! `cargo xtask coverage`: measures which lines of the generator and of dub-sdk the tests run.

mod report;

use crate::cargo::cargo;
use crate::console::{fail, print};
use crate::tools;
use clap::Args;
use report::Report;
use std::path::Path;
use std::process::{Command, ExitCode};

#[derive(Args)]
pub struct Arguments {
    /// Also write pages that show the lines, to target/llvm-cov/html.
    #[arg(long)]
    html: bool,
    /// The percentage of covered lines below which the command fails.
    #[arg(long, value_name = "N", default_value_t = 0.0)]
    min_percent: f64,
}

/// The tests that are measured: those that run the library crates in their own process.
const TESTS: &str = "--all-features -p dub-sdk -p dub-generator -p dub-sdk-tests --lib --test wire \
                     --test faults --test generator --test maintain --test fuzz \
                     -- --skip programs:: --skip crates:: --skip crate_compiles";

/// Measures the coverage and prints it as a table. Returns exit code 1 if it is too low.
pub fn run(root: &Path, arguments: &Arguments, quiet: bool) -> ExitCode {
    if let Err(code) = tools::require(root, "cargo-llvm-cov", quiet) {
        return code;
    }
    let report = match measure(root, arguments.html) {
        Ok(report) => report,
        Err(problem) => return fail(&problem, 1),
    };
    if !quiet {
        print(&report.to_string());
    }
    let percent = report.percent();
    if percent < arguments.min_percent {
        let least = arguments.min_percent;
        return fail(&format!("{percent:.1} % is less than {least} %"), 1);
    }
    ExitCode::SUCCESS
}

fn measure(root: &Path, html: bool) -> Result<Report, String> {
    let path = root.join("target/coverage.json");
    let mut tests = Command::new(cargo());
    tests.args(["llvm-cov", "--summary-only", "--json", "--output-path"]);
    tests.arg(&path).args(TESTS.split_ascii_whitespace());
    let mut commands = vec![tests];
    if html {
        let mut pages = Command::new(cargo());
        pages.args(["llvm-cov", "report", "--html"]);
        commands.push(pages);
    }
    for mut command in commands {
        let status = command.current_dir(root).status();
        if !status.map_err(|error| error.to_string())?.success() {
            return Err(format!("command failed: {command:?}"));
        }
    }
    let error = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let json = std::fs::read(&path).map_err(|problem| error(&problem))?;
    let json = serde_json::from_slice(&json).map_err(|problem| error(&problem))?;
    Ok(Report::new(root, &json))
}
