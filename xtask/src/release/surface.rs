//! Checks the public API of the crate against its version. Unlike a comparison of documents, this
//! check includes the handwritten part of the crate.

use super::{Outcome, version};
use crate::cargo::cargo;
use crate::console::Progress;
use crate::git;
use crate::repository::CRATE;
use crate::tools;
use std::path::Path;
use std::process::Command;

/// Features that do not affect the public API and take long to build.
const IGNORED_FEATURES: [&str; 4] = ["default", "http2", "rustls", "native-tls"];

/// Compares the crate with its last tag, using cargo-semver-checks if it is installed.
pub fn check(root: &Path, quiet: bool) -> Outcome {
    let Ok(Some(tag)) = version::last_tag(root) else {
        return Outcome::Skipped("no previous release".to_owned());
    };
    let progress = Progress::new(1, "comparing the public API", quiet);
    let outcome = compare(root, &tag);
    progress.finish();
    outcome.unwrap_or_else(Outcome::Finding)
}

fn compare(root: &Path, tag: &str) -> Result<Outcome, String> {
    if let Some(reason) = tools::reason_to_skip(root, "cargo-semver-checks")? {
        return Ok(Outcome::Skipped(reason));
    }
    let manifest = format!("{CRATE}/Cargo.toml");
    let to_string = |error: std::io::Error| error.to_string();
    let now = std::fs::read_to_string(root.join(&manifest)).map_err(to_string)?;
    let before = git::show(root, &format!("{tag}:{manifest}"))?;
    let mut command = Command::new(cargo());
    command.args(["semver-checks", "--color=never", "--package", CRATE]);
    command.args(["--baseline-rev", tag, "--only-explicit-features"]);
    for feature in features(&now) {
        command.args(["--current-features", feature]);
    }
    for feature in features(&String::from_utf8_lossy(&before)) {
        command.args(["--baseline-features", feature]);
    }
    let output = command.current_dir(root).output().map_err(to_string)?;
    let log = String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        let message =
            format!("all changes since {tag} are allowed by the version (cargo-semver-checks)");
        return Ok(Outcome::Passed(message));
    }
    let found = String::from_utf8_lossy(&output.stdout);
    Err(format!("cargo-semver-checks failed:\n{found}{log}"))
}

/// Returns the features of a manifest that may affect the public API.
fn features(manifest: &str) -> impl Iterator<Item = &str> {
    let lines = manifest.lines().skip_while(|line| *line != "[features]");
    let lines = lines.skip(1).take_while(|line| !line.starts_with('['));
    let names = lines.filter_map(|line| Some(line.split_once(" = ")?.0.trim()));
    names.filter(|name| !name.starts_with('#') && !IGNORED_FEATURES.contains(name))
}

#[cfg(test)]
mod tests {
    use super::features;

    #[test]
    fn public_api_features_exclude_tls() {
        let names: Vec<_> = features(include_str!("../../../dub-sdk/Cargo.toml")).collect();
        assert!(names.contains(&"blocking"), "{names:?}");
        assert!(!names.contains(&"rustls"), "{names:?}");
        assert!(names.iter().all(|name| !name.contains(' ')), "{names:?}");
    }
}
