//! Tests of `cargo xtask workflows`: each step of a workflow is a command of this project.

use super::{CommandResult, TempDir, command, xtask};
use crate::support::root;
use std::path::Path;

/// A workflow without findings. Each test changes one line of it.
const WORKFLOW: &str = "\
on: pull_request
permissions:
  contents: read
concurrency:
  group: checks
jobs:
  checks:
    runs-on: ubuntu-latest
    timeout-minutes: 20
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - run: .ci/run
      - run: cargo xtask release-check --quick
";

/// Creates a repository with one workflow.
fn repository(name: &str, workflow: &str) -> TempDir {
    let repository = TempDir::new(name);
    let directory = repository.join(".github/workflows");
    std::fs::create_dir_all(&directory).unwrap();
    std::fs::write(directory.join("checks.yml"), workflow).unwrap();
    repository
}

fn check(repository: &Path) -> CommandResult {
    xtask(repository, &["workflows", "--no-actionlint"])
}

/// Returns the findings after the replacement of a part of the workflow.
fn findings(from: &str, to: &str) -> String {
    assert!(WORKFLOW.contains(from), "{from}");
    let repository = repository("workflow-findings", &WORKFLOW.replacen(from, to, 1));
    let result = check(&repository.0);
    assert_eq!((result.code, result.out.as_str()), (1, ""), "{to}");
    result.err
}

#[test]
fn committed_workflows_have_no_findings() {
    let result = check(&root());
    assert_eq!((result.code, result.err.as_str()), (0, ""));
    assert!(result.out.contains(" workflows with "), "{}", result.out);
}

#[test]
fn every_violation_is_a_finding() {
    let command = "cargo xtask release-check --quick";
    let action = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1";
    let changes = [
        // Commands.
        (command, "cargo xtask relase-check"),
        (command, "cargo xtask release-check --quik"),
        (command, "cargo test --workspace"),
        (command, "cargo xtask ci && curl https://example.com"),
        (command, "cargo xtask diff --base ${{ github.head_ref }}"),
        (command, "|\n          .ci/run\n          ./deploy.sh"),
        (".ci/run", "rustup update"),
        // Actions.
        (action, "actions/checkout@v7"),
        (action, "actions/checkout"),
        (" # v7.0.1", ""),
        ("3d3c42e5aac5", "3d3c42e"),
        // Limits.
        ("contents: read", "contents: write"),
        ("permissions:\n  contents: read\n", ""),
        ("concurrency:\n  group: checks\n", ""),
        ("    timeout-minutes: 20\n", ""),
        // No YAML.
        ("jobs:", "jobs: {"),
    ];
    let separator = std::path::MAIN_SEPARATOR.to_string();
    let found: String = changes
        .iter()
        .map(|(from, to)| {
            let findings = findings(from, to).replace(&separator, "/");
            format!("- {from:?}\n+ {to:?}\n{findings}\n")
        })
        .collect();
    insta::assert_snapshot!(found);
}

#[test]
fn shared_actions_are_checked() {
    let repository = repository("workflow-actions", WORKFLOW);
    let directory = repository.join(".github/actions/rust");
    std::fs::create_dir_all(&directory).unwrap();
    let action =
        "runs:\n  using: composite\n  steps:\n    - run: ./install.sh\n      shell: bash\n";
    std::fs::write(directory.join("action.yml"), action).unwrap();
    let result = check(&repository.0);
    assert_eq!(result.code, 1);
    assert!(
        result.err.contains("job `runs`: `./install.sh`: expected"),
        "{}",
        result.err
    );
    assert_eq!(result.err.lines().count(), 1, "{}", result.err);
}

#[test]
fn repository_without_workflows_is_invalid_input() {
    let repository = TempDir::new("workflow-none");
    assert_eq!(check(&repository.0).code, 2);
}

/// Runs all checks of the workflows with the programs in a directory only.
fn check_with_programs(repository: &Path, programs: &Path, in_workflow: bool) -> CommandResult {
    let mut command = command("xtask", &["workflows"], repository);
    command.arg("--root").arg(repository).env("PATH", programs);
    command.env_remove("GITHUB_ACTIONS").env_remove("CI");
    if in_workflow {
        command.env("CI", "true");
    }
    CommandResult::of(command.output().unwrap())
}

#[test]
fn missing_actionlint_is_skipped_locally_and_fails_in_workflow() {
    let repository = repository("workflow-actionlint", WORKFLOW);
    let programs = repository.join("programs");
    let here = check_with_programs(&repository.0, &programs, false);
    assert_eq!((here.code, here.err.as_str()), (0, ""));
    let message = "actionlint is not installed: run `cargo xtask install-tools actionlint`";
    assert!(
        here.out
            .contains(&format!("skipped actionlint: {message}\n")),
        "{}",
        here.out
    );
    let there = check_with_programs(&repository.0, &programs, true);
    assert_eq!(
        (there.code, there.err),
        (1, format!("error: {message}\n")),
        "{}",
        there.out
    );
}

#[cfg(unix)]
#[test]
fn findings_of_actionlint_are_printed() {
    let repository = repository("workflow-fake-actionlint", WORKFLOW);
    let script = "#!/bin/sh\ntest \"$1\" = --version && exit\necho \"$1:1:1: wrong\"\nexit 1\n";
    let programs = super::fake_program(&repository.0, "actionlint", script);
    let result = check_with_programs(&repository.0, &programs, true);
    assert_eq!(result.code, 1);
    assert!(
        result.err.contains("/checks.yml:1:1: wrong"),
        "{}",
        result.err
    );
}
