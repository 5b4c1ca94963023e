//! `cargo xtask minimal-versions`: builds dub-sdk with the lowest versions of its dependencies that
//! its manifest allows.
//!
//! Only nightly versions of cargo can choose them. The build uses the current toolchain.

use crate::cargo::cargo;
use crate::console::{fail, print};
use crate::repository::CRATE;
use crate::step::with_toolchain;
use crate::tools::{self, NIGHTLY};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// The directory of the copy, relative to the repository root.
const WORK: &str = "target/minimal-versions";
/// The files that the library needs: its code, and the page that its docs include.
const PARTS: [&str; 3] = ["src", "docs", "README.md"];

/// Builds a copy of the crate. Returns exit code 1 if that fails.
pub fn run(root: &Path, quiet: bool) -> ExitCode {
    let result = tools::reason_to_skip(root, NIGHTLY).and_then(|reason| match reason {
        Some(reason) => Ok(format!("skipped: {reason}\n")),
        None => build(root),
    });
    match result {
        Ok(report) => {
            if !quiet {
                print(&report);
            }
            ExitCode::SUCCESS
        }
        Err(problem) => fail(&problem, 1),
    }
}

fn build(root: &Path) -> Result<String, String> {
    let copy = copy(root)?;
    let mut resolve = with_toolchain(NIGHTLY);
    resolve.args(["generate-lockfile", "--quiet", "-Zdirect-minimal-versions"]);
    run_in(&copy, resolve, "choosing the versions")?;
    let mut check = Command::new(cargo());
    check.args(["check", "--quiet", "--locked", "--lib", "--all-features"]);
    run_in(&copy, check, "the build")?;
    Ok(format!(
        "{CRATE} builds with the lowest versions of its dependencies\n"
    ))
}

/// Copies the crate as a workspace of its own, without the dependencies of its tests.
fn copy(root: &Path) -> Result<PathBuf, String> {
    let work = root.join(WORK);
    let to_string = |error: std::io::Error| format!("{}: {error}", work.display());
    let read = |path: &str| {
        std::fs::read_to_string(root.join(path)).map_err(|error| format!("{path}: {error}"))
    };
    let (workspace, own) = (read("Cargo.toml")?, read(&format!("{CRATE}/Cargo.toml"))?);
    let target = work.join(CRATE);
    if target.exists() {
        std::fs::remove_dir_all(&target).map_err(to_string)?;
    }
    std::fs::create_dir_all(&target).map_err(to_string)?;
    // The lock file of an earlier run would keep its versions.
    let _ = std::fs::remove_file(work.join("Cargo.lock"));
    std::fs::write(work.join("Cargo.toml"), single(&workspace)).map_err(to_string)?;
    std::fs::write(target.join("Cargo.toml"), for_users(&own)).map_err(to_string)?;
    for part in PARTS {
        copy_all(&root.join(CRATE).join(part), &target.join(part)).map_err(to_string)?;
    }
    Ok(work)
}

/// Returns the manifest of the workspace, with the crate as its only member.
fn single(workspace: &str) -> String {
    let lines = workspace.lines().map(|line| match line {
        line if line.starts_with("members = ") => format!("members = [\"{CRATE}\"]\n"),
        line => format!("{line}\n"),
    });
    lines.collect()
}

/// Returns the manifest of the crate as its users see it: without the section `dev-dependencies`.
fn for_users(manifest: &str) -> String {
    let mut is_kept = true;
    let lines = manifest.lines().filter(|line| {
        if line.starts_with('[') {
            is_kept = *line != "[dev-dependencies]";
        }
        is_kept
    });
    lines.map(|line| format!("{line}\n")).collect()
}

fn copy_all(from: &Path, to: &Path) -> std::io::Result<()> {
    if !from.is_dir() {
        return std::fs::copy(from, to).map(|_| ());
    }
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        copy_all(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

/// Runs a command in a directory. The error has what the command prints.
fn run_in(directory: &Path, mut command: Command, what: &str) -> Result<(), String> {
    let output = command.current_dir(directory).output();
    let output = output.map_err(|error| format!("{what}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let log = String::from_utf8_lossy(&output.stderr);
    Err(format!("{what} failed:\n{log}"))
}

#[cfg(test)]
mod tests {
    use super::{for_users, single};

    #[test]
    fn copy_has_one_member_and_no_dependencies_of_tests() {
        let workspace = single(include_str!("../../Cargo.toml"));
        assert!(
            workspace.contains("members = [\"dub-sdk\"]\n"),
            "{workspace}"
        );
        assert!(
            workspace.contains("[workspace.lints.clippy]"),
            "{workspace}"
        );
        let manifest = for_users(include_str!("../../dub-sdk/Cargo.toml"));
        assert!(manifest.contains("\nreqwest = "), "{manifest}");
        assert!(!manifest.contains("\nwiremock = "), "{manifest}");
        assert!(manifest.contains("[lints]"), "{manifest}");
    }
}
