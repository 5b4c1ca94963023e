//! The entry under Unreleased in CHANGELOG.md.

mod document;

use dub_generator::GeneratedFile;
use dub_generator::diff::{self, Change};
use dub_generator::output::Plan;
use std::path::Path;

/// The changelog, below the repository's root.
pub const CHANGELOG: &str = "CHANGELOG.md";

/// What has to be written so that the changes are told. What is told already stays as it is.
pub fn plan(root: &Path, changes: &[Change]) -> Result<Plan, String> {
    let text = read(root)?;
    let files = [GeneratedFile {
        path: CHANGELOG.to_owned(),
        text: document::with(&text, &diff::changelog(changes)),
    }];
    Plan::new(root, &files).map_err(|error| format!("error: {error}\n"))
}

/// What becomes of the file, in a line.
pub fn summary(plan: &Plan) -> String {
    if plan.is_clean() {
        format!("{CHANGELOG} has it all already\n")
    } else {
        format!("  updated  {CHANGELOG}, under Unreleased\n")
    }
}

/// The whole text; it is not touched where it is no text.
fn read(root: &Path) -> Result<String, String> {
    std::fs::read_to_string(root.join(CHANGELOG))
        .map_err(|error| format!("error: {CHANGELOG}: {error}\n"))
}
