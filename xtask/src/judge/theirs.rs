//! What cargo-semver-checks says.

use super::cover::Item;
use crate::ci::cargo;
use std::path::Path;
use std::process::{Command, Stdio};

/// A break that cargo-semver-checks has found.
pub struct Theirs {
    /// The name of its lint, such as `struct_pub_field_missing`.
    pub lint: String,
    /// Its own words for the place.
    pub words: String,
    pub item: Item,
}

/// Whether it is there.
pub fn installed() -> Result<(), String> {
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
pub fn breaks(old: &Path, new: &Path) -> Result<Vec<Theirs>, String> {
    let output = Command::new(cargo())
        .args(["semver-checks", "--color=never", "--release-type=minor"])
        .arg("--baseline-rustdoc")
        .arg(old)
        .arg("--current-rustdoc")
        .arg(new)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| error.to_string())?;
    let (said, log) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    let found = parse(&said);
    // It fails where something breaks, and also where it cannot compare: then it has named nothing.
    if found.is_empty() && !output.status.success() {
        return Err(format!("cargo-semver-checks fails:\n{said}{log}"));
    }
    Ok(found)
}

/// The places that stand under `Failed in:`, each with the lint above it.
fn parse(output: &str) -> Vec<Theirs> {
    let (mut lint, mut listing, mut found) = (String::new(), false, Vec::new());
    for line in output.lines() {
        if let Some(heading) = line.strip_prefix("--- failure ") {
            lint = heading.split(':').next().unwrap_or_default().to_owned();
            listing = false;
        } else if line.starts_with("---") {
            lint.clear();
            listing = false;
        } else if line.starts_with("Failed in:") {
            listing = !lint.is_empty();
        } else if listing && line.starts_with("  ") {
            let words = line.trim().to_owned();
            let item = Item::of_words(&words);
            found.push(Theirs {
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
    fn failures_are_read_with_their_lints() {
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
