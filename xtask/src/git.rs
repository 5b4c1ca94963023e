//! Runs git commands.

use std::path::Path;
use std::process::Command;

/// Returns the contents of a git object, such as `HEAD:spec/customers.yaml`.
pub fn show(root: &Path, name: &str) -> Result<Vec<u8>, String> {
    run(root, &["show", name]).map_err(|error| unknown_revision(root, name).unwrap_or(error))
}

/// Returns the kind of a git object: `blob` for a file, `tree` for a directory.
pub fn kind(root: &Path, name: &str) -> Result<String, String> {
    let kind = run(root, &["cat-file", "-t", name]);
    let kind = kind.map_err(|error| unknown_revision(root, name).unwrap_or(error))?;
    Ok(String::from_utf8_lossy(&kind).trim().to_owned())
}

/// Returns the message for an object whose revision does not exist; `None` if it exists.
fn unknown_revision(root: &Path, name: &str) -> Option<String> {
    let revision = name.split(':').next()?;
    let commit = format!("{revision}^{{commit}}");
    run(root, &["rev-parse", "--verify", "--quiet", &commit]).err()?;
    Some(format!(
        "error: there is no revision `{revision}` in this repository; `git tag` lists the tags\n"
    ))
}

/// Runs a git command and returns the lines of its output.
pub fn lines(root: &Path, arguments: &[&str]) -> Result<Vec<String>, String> {
    let output = run(root, arguments)?;
    let text = String::from_utf8_lossy(&output);
    Ok(text.lines().map(str::to_owned).collect())
}

fn run(root: &Path, arguments: &[&str]) -> Result<Vec<u8>, String> {
    let output = Command::new("git")
        .args(arguments)
        .current_dir(root)
        .output()
        .map_err(|error| format!("error: git: {error}\n"))?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        let stderr = String::from_utf8_lossy(&output.stderr);
        let command = arguments.join(" ");
        Err(format!("error: git {command}: {}\n", stderr.trim()))
    }
}
