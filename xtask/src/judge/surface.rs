//! What the users of a crate can see of it, as rustdoc writes it down.

use super::NAME;
use crate::ci::cargo;
use dub_generator::GeneratedFile;
use dub_generator::output::Plan;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where the crates are made, one after the other in the same place, so that what they share is built once.
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

    /// Makes the crate, and gives the file that its surface was written to.
    pub fn surface(&self, name: &str, files: &[GeneratedFile]) -> Result<PathBuf, String> {
        let directory = self.work.join("crate");
        let words = |error: std::io::Error| error.to_string();
        Plan::new(&directory, files)
            .and_then(|plan| plan.apply())
            .map_err(words)?;
        // The versions that are known to build are taken, and none is asked for.
        fs::copy(self.root.join("Cargo.lock"), directory.join("Cargo.lock")).map_err(words)?;
        self.document(&directory)?;
        let made = self.work.join(format!("target/doc/{NAME}.json"));
        let destination = self.work.join(format!("surfaces/{name}.json"));
        fs::copy(made, &destination).map_err(words)?;
        Ok(destination)
    }

    /// The flags are those with which cargo-semver-checks calls rustdoc itself. TLS is none of the surface.
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
            // What rustdoc writes for programs is not yet stable, and its form is checked by who reads it.
            .env("RUSTC_BOOTSTRAP", "1")
            .stdin(Stdio::null())
            .output()
            .map_err(|error| error.to_string())?;
        if output.status.success() {
            return Ok(());
        }
        let stderr = String::from_utf8_lossy(&output.stderr);
        Err(format!(
            "rustdoc fails in {}:\n{stderr}",
            directory.display()
        ))
    }
}
