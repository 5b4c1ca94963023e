//! `cargo xtask publish`: publishes dub-sdk, if the current commit has the tag of its version.

use crate::cargo::cargo;
use crate::console::{fail, print};
use crate::git;
use crate::repository::{CRATE, version};
use clap::Args;
use std::path::Path;
use std::process::{Command, ExitCode};

#[derive(Args)]
pub struct Arguments {
    /// Build the package and check it, but do not upload it. Needs no tag.
    #[arg(long)]
    dry_run: bool,
}

/// Publishes the crate. Returns exit code 1 if the tag is missing or cargo fails.
pub fn run(root: &Path, arguments: &Arguments, quiet: bool) -> ExitCode {
    match publish(root, arguments, quiet) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => fail(&problem, 1),
    }
}

fn publish(root: &Path, arguments: &Arguments, quiet: bool) -> Result<(), String> {
    let version = version(root).ok_or("dub-sdk/Cargo.toml has no version")?;
    match check_tag(root, &version) {
        Ok(()) => {}
        Err(problem) if arguments.dry_run => {
            if !quiet {
                print(&format!("not ready to be published: {problem}\n"));
            }
        }
        Err(problem) => return Err(problem),
    }
    let mut command = Command::new(cargo());
    command.args(["publish", "--package", CRATE]);
    if arguments.dry_run {
        command.arg("--dry-run");
    }
    let status = command.current_dir(root).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err("cargo publish failed".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// Checks that the current commit has the tag of the version, and that the workflow, if there is
/// one, runs for this tag.
fn check_tag(root: &Path, version: &str) -> Result<(), String> {
    let tag = format!("v{version}");
    let tags = git::lines(root, &["tag", "--points-at", "HEAD"])?;
    if !tags.contains(&tag) {
        return Err(format!(
            "the current commit has no tag `{tag}`, which the version in {CRATE}/Cargo.toml requires"
        ));
    }
    match std::env::var("GITHUB_REF_NAME") {
        Ok(name) if name != tag => Err(format!("this workflow runs for `{name}`, not for `{tag}`")),
        _ => Ok(()),
    }
}
