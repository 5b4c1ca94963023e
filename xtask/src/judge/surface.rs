//! Builds the rustdoc JSON of a crate, which describes its public API.

use super::NAME;
use crate::cargo::cargo;
use dub_generator::GeneratedFile;
use dub_generator::output::Plan;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Generates crates and their rustdoc JSON. All crates use the same directory one after another, so
/// that their dependencies are built only once.
pub struct RustdocBuilder<'a> {
    root: &'a Path,
    work: PathBuf,
    pub tags: &'a [String],
}

impl<'a> RustdocBuilder<'a> {
    pub fn new(root: &'a Path, tags: &'a [String]) -> Result<Self, String> {
        let work = root.join("target/judge");
        fs::create_dir_all(work.join("surfaces")).map_err(|error| error.to_string())?;
        Ok(Self { root, work, tags })
    }

    /// Writes the crate, builds its rustdoc JSON, and returns the path of the JSON file.
    pub fn surface(&self, name: &str, files: &[GeneratedFile]) -> Result<PathBuf, String> {
        let directory = self.work.join("crate");
        let to_string = |error: std::io::Error| error.to_string();
        Plan::new(&directory, files)
            .and_then(|plan| plan.apply())
            .map_err(to_string)?;
        // The repository's lock file contains versions that are known to build, without a registry
        // query.
        fs::copy(self.root.join("Cargo.lock"), directory.join("Cargo.lock")).map_err(to_string)?;
        self.document(&directory)?;
        let built = self.work.join(format!("target/doc/{NAME}.json"));
        let destination = self.work.join(format!("surfaces/{name}.json"));
        fs::copy(built, &destination).map_err(to_string)?;
        Ok(destination)
    }

    /// Runs rustdoc with the flags that cargo-semver-checks uses itself. The TLS features are
    /// disabled, because they do not affect the public API.
    fn document(&self, directory: &Path) -> Result<(), String> {
        let mut command = Command::new(cargo());
        command.args([
            "rustdoc",
            "--quiet",
            "--lib",
            "--no-default-features",
            "--features",
            "blocking",
        ]);
        command.args(["--", "-Zunstable-options", "--output-format=json"]);
        command.args([
            "--document-private-items",
            "--document-hidden-items",
            "--cap-lints=allow",
        ]);
        let output = command
            .current_dir(directory)
            .env("CARGO_TARGET_DIR", self.work.join("target"))
            // rustdoc JSON is unstable and needs this variable on a stable compiler.
            // cargo-semver-checks checks the version of the format.
            .env("RUSTC_BOOTSTRAP", "1")
            .stdin(Stdio::null())
            .output()
            .map_err(|error| error.to_string())?;
        if output.status.success() {
            return Ok(());
        }
        let stderr = String::from_utf8_lossy(&output.stderr);
        Err(format!(
            "rustdoc failed in {}:\n{stderr}",
            directory.display()
        ))
    }
}
