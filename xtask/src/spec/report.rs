//! The two lists of an import: the changes since the last import, and the differences from the
//! crate's document.

use super::corrections::Corrections;
use super::tags;
use crate::diff::{Comparison, Side};
use crate::files;
use crate::repository::SPEC;
use clap::ValueEnum;
use dub_generator::terminal;
use serde_yaml::Value;
use std::path::Path;

/// The path of the imported document, relative to the repository root.
pub const IMPORTED: &str = "spec/dub.yaml";

/// The format of the lists.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Format {
    Text,
    Markdown,
}

impl Format {
    /// Formats a list with its heading.
    fn section(self, heading: &str, comparison: &Comparison) -> String {
        match self {
            Self::Text => format!("{heading}:\n{}\n", comparison.text()),
            Self::Markdown => format!("## {}\n\n{}\n", capitalized(heading), comparison.markdown()),
        }
    }

    fn line(self, text: &str) -> String {
        match self {
            Self::Text => format!("{text}\n\n"),
            Self::Markdown => format!("{}.\n\n", capitalized(text)),
        }
    }

    fn warning(self, text: &str) -> String {
        match self {
            Self::Markdown if !text.is_empty() => {
                format!("```text\n{}\n```\n\n", terminal::plain(text).trim_end())
            }
            _ => text.to_owned(),
        }
    }
}

/// A list of changes.
pub struct List {
    pub text: String,
    pub is_changed: bool,
    /// True if there is no earlier import.
    pub is_first: bool,
}

/// Lists the changes since the last import.
pub fn since_last_import(root: &Path, subset: &str, format: Format) -> Result<List, String> {
    let Ok(old) = std::fs::read(root.join(IMPORTED)) else {
        return Ok(List {
            text: format.line("first import: nothing to compare with"),
            is_changed: true,
            is_first: true,
        });
    };
    let (before, now) = (
        Corrections::read(root, &old)?,
        Corrections::read(root, subset.as_bytes())?,
    );
    let comparison = Comparison::of(
        root,
        before.apply_to("the last import", &old),
        now.apply_to("this import", subset.as_bytes()),
    )?;
    Ok(List {
        text: format.section("changes since the last import", &comparison),
        is_changed: !is_covered_equal(&old, subset.as_bytes()),
        is_first: false,
    })
}

/// Returns true if two imported documents have the same operations and components. Their titles and
/// versions can differ.
fn is_covered_equal(old: &[u8], new: &[u8]) -> bool {
    let read = |bytes| {
        let mut document: Value = serde_yaml::from_slice(bytes).ok()?;
        document.as_mapping_mut()?.remove("info");
        Some(document)
    };
    let (old, new) = (read(old), read(new));
    old.is_some() && old == new
}

/// Lists the differences between the crate's document and the imported one. Returns an empty string
/// if no document was imported.
pub fn missing_from_crate_spec(root: &Path) -> Result<String, String> {
    match std::fs::read(root.join(IMPORTED)) {
        Ok(imported) => Ok(compare_with_crate_spec(root, &imported, Format::Text)?.text),
        Err(_) => Ok(String::new()),
    }
}

/// Lists the changes that would make the crate's document match the imported one.
pub fn compare_with_crate_spec(
    root: &Path,
    imported: &[u8],
    format: Format,
) -> Result<List, String> {
    let own = std::fs::read(root.join(SPEC)).map_err(|error| format!("error: {SPEC}: {error}"))?;
    let files = files::now(root, SPEC);
    // An invalid document is rejected below.
    let bundle = dub_generator::bundle(&own, Some(&files)).unwrap_or_default();
    let corrections = Corrections::read(root, imported)?;
    // The crate can have operations of tags that were not imported.
    let tags = tags::common(bundle.as_bytes(), imported);
    let own = Side {
        tags: &tags,
        ..Side::without_overlay(SPEC, &own).with_files(&files)
    };
    let comparison = Comparison::of(root, own, corrections.apply_to(IMPORTED, imported))?;
    let comparison = comparison.without_docs_changes();
    let is_changed = !comparison.changes.is_empty();
    let list = match is_changed {
        true => format.section(
            &format!("{SPEC} does not match {IMPORTED} yet"),
            &comparison,
        ),
        false => format.line(&format!("{SPEC} matches {IMPORTED}")),
    };
    let text = format.warning(corrections.warning()) + &list;
    Ok(List {
        text,
        is_changed,
        is_first: false,
    })
}

/// Capitalizes a sentence, unless it begins with a path.
fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    let is_path = text
        .split(' ')
        .next()
        .is_some_and(|word| word.contains('/'));
    match characters.next().filter(|_| !is_path) {
        Some(first) => first.to_ascii_uppercase().to_string() + characters.as_str(),
        None => text.to_owned(),
    }
}
