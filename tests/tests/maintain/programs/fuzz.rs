//! Tests of `cargo xtask fuzz`, without running a target.

use super::{CommandResult, command};
use crate::support::root;

/// Runs the command as if cargo-fuzz were not installed.
fn fuzz(arguments: &[&str], is_workflow: bool) -> CommandResult {
    let mut command = command("xtask", &[&["fuzz"], arguments].concat(), &root());
    command.env("CARGO", "no-cargo").env_remove("CI");
    if is_workflow {
        command.env("CI", "true");
    }
    CommandResult::of(command.output().unwrap())
}

#[test]
fn targets_are_listed_with_descriptions() {
    let result = fuzz(&["--list"], false);
    assert_eq!((result.code, &*result.err), (0, ""));
    let names: Vec<&str> = result
        .out
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(name, description)| {
            assert!(description.trim().ends_with('.'), "{description}");
            name
        })
        .collect();
    let expected = [
        "decode",
        "diff",
        "generate",
        "retry_after",
        "timestamp",
        "tree",
        "webhook",
    ];
    assert_eq!(names, expected);
}

#[test]
fn unknown_target_is_an_error() {
    let result = fuzz(&["--target", "trees"], false);
    assert_eq!((result.code, &*result.out), (2, ""));
    assert!(
        result.err.starts_with("error: unknown target `trees`"),
        "{}",
        result.err
    );
}

#[test]
fn missing_tool_is_skipped_locally_and_fails_in_a_workflow() {
    let result = fuzz(&[], false);
    assert_eq!((result.code, &*result.err), (0, ""));
    assert!(
        result
            .out
            .starts_with("skipped, cargo-fuzz is not installed"),
        "{}",
        result.out
    );
    let result = fuzz(&[], true);
    assert_eq!((result.code, &*result.out), (1, ""));
    assert!(
        result.err.starts_with("error: cargo-fuzz is not installed"),
        "{}",
        result.err
    );
}
