//! What the document does not tell: whether the part of the crate that is written by hand keeps to the version.

use super::{Outcome, version};
use crate::ci::cargo;
use crate::console::Progress;
use crate::git;
use crate::regen::CRATE;
use std::path::Path;
use std::process::Command;

/// Features that are none of the surface, and long to build.
const IGNORED_FEATURES: [&str; 3] = ["default", "rustls", "native-tls"];

/// Asks cargo-semver-checks, where it is installed, about the crate as it stands and as it was at the last tag.
pub fn check(root: &Path, quiet: bool) -> Outcome {
    let Ok(Some(tag)) = version::last_tag(root) else {
        return Outcome::Skipped("nothing is released yet that could break".to_owned());
    };
    let progress = Progress::new(1, "comparing surfaces", quiet);
    let outcome = compare(root, &tag);
    progress.finish();
    outcome.unwrap_or_else(Outcome::Finding)
}

fn compare(root: &Path, tag: &str) -> Result<Outcome, String> {
    let manifest = format!("{CRATE}/Cargo.toml");
    let words = |error: std::io::Error| error.to_string();
    let now = std::fs::read_to_string(root.join(&manifest)).map_err(words)?;
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
    let output = command.current_dir(root).output().map_err(words)?;
    let log = String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        let fine =
            format!("cargo-semver-checks finds nothing since {tag} that the version forbids");
        return Ok(Outcome::Passed(fine));
    }
    if log.contains("no such command") {
        let how = "cargo install cargo-semver-checks --locked";
        let why = format!("cargo-semver-checks is not installed: {how}");
        return Ok(Outcome::Skipped(why));
    }
    let found = String::from_utf8_lossy(&output.stdout);
    Err(format!("cargo-semver-checks says:\n{found}{log}"))
}

/// The features of a manifest that something of the surface may depend on.
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
