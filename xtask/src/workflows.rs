//! `cargo xtask workflows`: checks the workflows of GitHub Actions.
//!
//! Each step of a workflow must also run on a developer's machine, so it is a command of this
//! program. The rules of `rules.rs` need no tool; actionlint checks the rest.

mod rules;

use crate::console::{fail, print, print_error};
use crate::tools;
use clap::Args;
use rules::Workflow;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// The directory of the workflows, relative to the repository root.
const WORKFLOWS: &str = ".github/workflows";
/// The directory of the actions that the workflows share.
const ACTIONS: &str = ".github/actions";

#[derive(Args)]
pub struct Arguments {
    /// Do not run actionlint.
    #[arg(long)]
    no_actionlint: bool,
}

/// Checks the arguments of a command of this program, without running it.
pub type Parse = fn(&[&str]) -> Result<(), String>;

/// Checks all workflows. Returns exit code 1 if there are findings, and 2 if there is no workflow.
pub fn run(root: &Path, arguments: &Arguments, parse: Parse, quiet: bool) -> ExitCode {
    let workflows = paths(&root.join(WORKFLOWS));
    if workflows.is_empty() {
        return fail(&format!("no workflows found in {WORKFLOWS}"), 2);
    }
    let mut findings = Vec::new();
    let mut commands = 0;
    for path in workflows.iter().chain(&paths(&root.join(ACTIONS))) {
        let name = path.strip_prefix(root).unwrap_or(path).display();
        match Workflow::read(path) {
            Ok(workflow) => {
                commands += workflow.commands().count();
                let found = workflow.findings(parse).into_iter();
                findings.extend(found.map(|finding| format!("{name}: {finding}")));
            }
            Err(problem) => findings.push(format!("{name}: {problem}")),
        }
    }
    if !arguments.no_actionlint {
        findings.extend(actionlint(root, &workflows, quiet).err());
    }
    findings.iter().for_each(|finding| print_error(finding));
    if findings.is_empty() && !quiet {
        let count = workflows.len();
        print(&format!(
            "{count} workflows with {commands} commands, as expected\n"
        ));
    }
    ExitCode::from(u8::from(!findings.is_empty()))
}

/// Returns the paths of all YAML files in a directory and its subdirectories, sorted.
fn paths(directory: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(directory).into_iter().flatten();
    let entries = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut found = Vec::new();
    for path in entries {
        let extension = path.extension().and_then(|extension| extension.to_str());
        if path.is_dir() {
            found.extend(paths(&path));
        } else if matches!(extension, Some("yml" | "yaml")) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Runs actionlint, if it is installed. The error has its findings.
fn actionlint(root: &Path, paths: &[PathBuf], quiet: bool) -> Result<(), String> {
    if let Some(reason) = tools::reason_to_skip(root, "actionlint")? {
        if !quiet {
            print(&format!("skipped actionlint: {reason}\n"));
        }
        return Ok(());
    }
    let output = Command::new("actionlint")
        .args(paths)
        .current_dir(root)
        .output();
    let output = output.map_err(|error| format!("actionlint: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let (found, log) = (&output.stdout, &output.stderr);
    let (found, log) = (String::from_utf8_lossy(found), String::from_utf8_lossy(log));
    Err(format!("actionlint failed:\n{found}{log}"))
}
