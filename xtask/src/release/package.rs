//! Checks the files of the published crate: all required files, and no others.

use crate::cargo::cargo;
use crate::git;
use crate::repository::CRATE;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// Files that the package must contain.
const REQUIRED: [&str; 6] = [
    "README.md",
    "CHANGELOG.md",
    "LICENSE-MIT",
    "LICENSE-APACHE",
    "src/lib.rs",
    "src/generated/mod.rs",
];
/// Files that cargo adds to the package.
const ADDED_BY_CARGO: [&str; 4] = [
    ".cargo_vcs_info.json",
    "Cargo.lock",
    "Cargo.toml",
    "Cargo.toml.orig",
];
/// The directories whose tracked files must all be in the package, except those of other packages.
const FOLDERS: [&str; 3] = ["src/", "docs/", "examples/"];
/// Files in the repository root that are published with the crate.
const COPIED_FROM_ROOT: [&str; 3] = ["CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"];

/// Compares the packaged files with the expected ones. The error lists missing and unexpected
/// files.
pub fn check(root: &Path) -> Result<String, String> {
    let packaged = packaged(root)?;
    let tracked: BTreeSet<String> = git::lines(root, &["ls-files", CRATE])?
        .into_iter()
        .filter_map(|path| Some(path.strip_prefix(CRATE)?.strip_prefix('/')?.to_owned()))
        .collect();
    let mut problems = Vec::new();
    let belongs = |path: &str| {
        REQUIRED.contains(&path) || FOLDERS.iter().any(|folder| path.starts_with(folder))
    };
    let expected = tracked
        .iter()
        .map(String::as_str)
        .filter(|path| belongs(path) && !is_in_nested_package(path, &tracked));
    let expected: BTreeSet<&str> = expected.chain(REQUIRED).collect();
    for path in &expected {
        if !packaged.contains(*path) {
            problems.push(format!("missing file {path}"));
        }
    }
    for path in &packaged {
        if !expected.contains(path.as_str()) && !ADDED_BY_CARGO.contains(&path.as_str()) {
            problems.push(format!("unexpected file {path}"));
        }
    }
    for path in COPIED_FROM_ROOT {
        let read = |path: &Path| std::fs::read(path).ok();
        let (shared, own) = (read(&root.join(path)), read(&root.join(CRATE).join(path)));
        if own.is_some() && own != shared {
            problems.push(format!(
                "{CRATE}/{path} differs from {path} in the repository root"
            ));
        }
    }
    if problems.is_empty() {
        Ok(format!("{} files, as expected", packaged.len()))
    } else {
        Err(problems.join("\n"))
    }
}

/// Returns true if one of the file's directories below the crate has a manifest of its own. Cargo
/// does not package such directories.
fn is_in_nested_package(path: &str, tracked: &BTreeSet<String>) -> bool {
    let mut directories = Path::new(path).ancestors().skip(1);
    directories.any(|directory| {
        let directory = directory.display().to_string();
        !directory.is_empty() && tracked.contains(&format!("{directory}/Cargo.toml"))
    })
}

fn packaged(root: &Path) -> Result<BTreeSet<String>, String> {
    let mut command = Command::new(cargo());
    command.args(["package", "--list", "--allow-dirty", "--package", CRATE]);
    let output = command.current_dir(root).output();
    let output = output.map_err(|error| error.to_string())?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        return Err(format!("cargo package --list failed:\n{stderr}"));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    // On Windows, the paths contain backslashes.
    Ok(text.lines().map(|line| line.replace('\\', "/")).collect())
}
