//! What cargo-semver-checks says.

use super::items::Item;
use crate::ci::cargo;
use std::path::Path;
use std::process::{Command, Stdio};

/// A break that cargo-semver-checks has found.
pub struct SemverChecksBreak {
    /// The name of its lint, such as `struct_pub_field_missing`.
    pub lint: String,
    /// Its own words for the place.
    pub words: String,
    pub item: Item,
}

/// Whether it is there.
pub fn ensure_installed() -> Result<(), String> {
    let asked = Command::new(cargo())
        .args(["semver-checks", "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match asked {
        Ok(status) if status.success() => Ok(()),
        _ => Err(
            "cargo-semver-checks is not installed: cargo install cargo-semver-checks --locked"
                .to_owned(),
        ),
    }
}

/// All that breaks between two surfaces. A release that may add but not break is assumed, so that it lists all of it.
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
    // It fails where something breaks, and also where it cannot compare: then it has named nothing.
    if found.is_empty() && !output.status.success() {
        return Err(format!("cargo-semver-checks fails:\n{stdout}{stderr}"));
    }
    Ok(found)
}

/// The places that stand under `Failed in:`, each with the lint above it.
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
            let words = line.trim().to_owned();
            let item = Item::parse_lint_location(&words);
            found.push(SemverChecksBreak {
                lint: lint.clone(),
                words,
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

--- warning something: that is no break ---
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
