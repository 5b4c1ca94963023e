//! Cargo subcommands that a command needs, and that are installed separately.

use crate::cargo::{has_subcommand, is_workflow};
use crate::console::{fail, print};
use std::process::ExitCode;

/// Checks that a subcommand, such as `fuzz`, is installed. Otherwise, prints a message and returns the
/// exit code: a command without its tool is skipped locally, and fails in a workflow.
pub fn require(name: &str, quiet: bool) -> Result<(), ExitCode> {
    if has_subcommand(name) {
        return Ok(());
    }
    let problem =
        format!("cargo-{name} is not installed: run `cargo install cargo-{name} --locked`");
    if is_workflow() {
        return Err(fail(&problem, 1));
    }
    if !quiet {
        print(&format!("skipped, {problem}\n"));
    }
    Err(ExitCode::SUCCESS)
}
