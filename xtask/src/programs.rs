//! Builds this repository's programs in release mode, so that measurements match what users run.

use crate::cargo::cargo;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds a package and returns the path of one of its programs.
pub fn build(root: &Path, package: &str, program: &str) -> Result<PathBuf, String> {
    let status = Command::new(cargo())
        .args(["build", "--quiet", "--release", "--package", package])
        .current_dir(root)
        .status()
        .map_err(|error| error.to_string())?;
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    status
        .success()
        .then(|| root.join(target).join("release").join(name))
        .ok_or_else(|| format!("failed to build {package}"))
}
