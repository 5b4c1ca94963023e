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
        text: document::insert_entries(&text, &diff::changelog(changes)),
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

/// Whether the changelog tells of a version, and keeps nothing back for the next.
pub fn has_entry(root: &Path, version: &str) -> Result<String, String> {
    let text = read(root)?;
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let unreleased_count = document::bullets(document::unreleased(&lines)).count();
    let told = document::released(&lines, version).map(|part| document::bullets(part).count());
    match (told, unreleased_count) {
        (Some(1..), 0) => Ok(format!("{CHANGELOG} tells of {version}")),
        (Some(1..), _) => Err(format!(
            "{CHANGELOG} tells of {version}, and keeps something back under Unreleased ({unreleased_count}): move it"
        )),
        (_, 0) => Err(format!("{CHANGELOG} does not tell of {version}")),
        (_, _) => Err(format!(
            "{CHANGELOG} has what is new under Unreleased ({unreleased_count}): head them `## [{version}] - YYYY-MM-DD`"
        )),
    }
}

/// The whole text; it is not touched where it is no text.
fn read(root: &Path) -> Result<String, String> {
    std::fs::read_to_string(root.join(CHANGELOG))
        .map_err(|error| format!("error: {CHANGELOG}: {error}\n"))
}
