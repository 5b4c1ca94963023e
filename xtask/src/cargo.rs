//! The cargo that runs this program, and its subcommands that are installed separately.

use std::ffi::OsString;
use std::process::Command;

/// Returns the path of the cargo that runs this program.
pub fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Returns true if a cargo subcommand, such as `hack`, is installed.
pub fn has_subcommand(name: &str) -> bool {
    let output = Command::new(cargo()).args([name, "--version"]).output();
    output.is_ok_and(|output| output.status.success())
}

/// Returns true in a workflow, where a missing tool is a failure and not a skipped check.
pub fn is_workflow() -> bool {
    ["CI", "GITHUB_ACTIONS"]
        .iter()
        .any(|variable| std::env::var_os(variable).is_some())
}
