//! Runs cargo-semver-checks and parses its output.

use super::items::Item;
use crate::cargo::cargo;
use std::path::Path;
use std::process::{Command, Stdio};

/// A breaking change found by cargo-semver-checks.
pub struct SemverChecksBreak {
    /// The name of its lint, such as `struct_pub_field_missing`.
    pub lint: String,
    /// The location, as printed by cargo-semver-checks.
    pub words: String,
    pub item: Item,
}

/// Returns all breaking changes between two rustdoc JSON files.
///
/// `--release-type=minor` assumes a release that must not break anything, so that all breaking
/// changes are listed.
pub fn breaks(old: &Path, new: &Path) -> Result<Vec<SemverChecksBreak>, String> {
    let output = Command::new(cargo())
        .args(["semver-checks", "--color=never", "--release-type=minor"])
        .arg("--baseline-rustdoc")
        .arg(old)
        .arg("--current-rustdoc")
        .arg(new)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| error.to_string())?;
    let (stdout, stderr) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    let found = parse(&stdout);
    // The exit code is non-zero for breaking changes, but also if the comparison fails. A failed
    // comparison lists no changes.
    if found.is_empty() && !output.status.success() {
        return Err(format!("cargo-semver-checks failed:\n{stdout}{stderr}"));
    }
    Ok(found)
}

/// Parses the locations under `Failed in:`, each with its lint.
fn parse(output: &str) -> Vec<SemverChecksBreak> {
    let (mut lint, mut in_failures, mut found) = (String::new(), false, Vec::new());
    for line in output.lines() {
        if let Some(heading) = line.strip_prefix("--- failure ") {
            lint = heading.split(':').next().unwrap_or_default().to_owned();
            in_failures = false;
        } else if line.starts_with("---") {
            lint.clear();
            in_failures = false;
        } else if line.starts_with("Failed in:") {
            in_failures = !lint.is_empty();
        } else if in_failures && line.starts_with("  ") {
            let location = line.trim().to_owned();
            let item = Item::parse_lint_location(&location);
            found.push(SemverChecksBreak {
                lint: lint.clone(),
                words: location,
                item,
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn parses_failures_with_their_lints() {
        let output = "\
--- failure enum_missing: pub enum removed or renamed ---

Description:
A publicly-visible enum cannot be imported by its prior path.
        ref: https://doc.rust-lang.org/cargo/reference/semver.html#item-remove

Failed in:
  enum sample::models::Colour, previously in file src/generated/models.rs:3
  enum sample::models::Size, previously in file src/generated/models.rs:9

--- warning something: not a breaking change ---
Failed in:
  struct sample::models::Item, previously in file src/generated/models.rs:30

--- failure inherent_method_missing: pub method removed or renamed ---
Failed in:
  Items::list, previously in file src/generated/items.rs:3
";
        let found = parse(output);
        let found: Vec<_> = found
            .iter()
            .map(|theirs| (theirs.lint.as_str(), theirs.item.owner.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("enum_missing", "Colour"),
                ("enum_missing", "Size"),
                ("inherent_method_missing", "Items"),
            ]
        );
    }
}
