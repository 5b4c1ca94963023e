//! What the published crate holds: all that its users need, and nothing else.

use crate::ci::cargo;
use crate::git;
use crate::regen::CRATE;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// What no package may lack.
const REQUIRED: [&str; 6] = [
    "README.md",
    "CHANGELOG.md",
    "LICENSE-MIT",
    "LICENSE-APACHE",
    "src/lib.rs",
    "src/generated/mod.rs",
];
/// What cargo adds.
const ADDED_BY_CARGO: [&str; 4] = [
    ".cargo_vcs_info.json",
    "Cargo.lock",
    "Cargo.toml",
    "Cargo.toml.orig",
];
/// The folders that belong into a package, with all that git knows of them.
const FOLDERS: [&str; 3] = ["src/", "docs/", "examples/"];
/// Files that lie at the repository's root and are published with the crate.
const COPIED_FROM_ROOT: [&str; 3] = ["CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"];

/// Counts the files, or names those that are missing and those that do not belong there.
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
        .filter(|path| belongs(path));
    let expected: BTreeSet<&str> = expected.chain(REQUIRED).collect();
    for path in &expected {
        if !packaged.contains(*path) {
            problems.push(format!("{path} is missing"));
        }
    }
    for path in &packaged {
        if !expected.contains(path.as_str()) && !ADDED_BY_CARGO.contains(&path.as_str()) {
            problems.push(format!("{path} does not belong there"));
        }
    }
    for path in COPIED_FROM_ROOT {
        let read = |path: &Path| std::fs::read(path).ok();
        let (shared, own) = (read(&root.join(path)), read(&root.join(CRATE).join(path)));
        if own.is_some() && own != shared {
            problems.push(format!(
                "{CRATE}/{path} differs from the repository's {path}"
            ));
        }
    }
    if problems.is_empty() {
        Ok(format!("{} files, as it should be", packaged.len()))
    } else {
        Err(problems.join("\n"))
    }
}

fn packaged(root: &Path) -> Result<BTreeSet<String>, String> {
    let mut command = Command::new(cargo());
    command.args(["package", "--list", "--allow-dirty", "--package", CRATE]);
    let output = command.current_dir(root).output();
    let output = output.map_err(|error| error.to_string())?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        return Err(format!("cargo package --list fails:\n{stderr}"));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    // Windows has other separators.
    Ok(text.lines().map(|line| line.replace('\\', "/")).collect())
}
