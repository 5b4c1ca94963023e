//! What git knows.

use std::path::Path;
use std::process::Command;

/// What git holds under a name such as `HEAD:spec/customers.yaml`.
pub fn show(root: &Path, name: &str) -> Result<Vec<u8>, String> {
    run(root, &["show", name])
}

/// What a command of git says, in lines.
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
