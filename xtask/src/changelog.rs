//! Updates and checks CHANGELOG.md.

mod document;

use dub_generator::GeneratedFile;
use dub_generator::diff::{self, Change};
use dub_generator::output::Plan;
use std::path::Path;

/// The path of the changelog, relative to the repository root.
pub const CHANGELOG: &str = "CHANGELOG.md";

/// Returns a plan that inserts the changes under Unreleased. Existing entries stay as they are.
pub fn plan(root: &Path, changes: &[Change]) -> Result<Plan, String> {
    let text = read(root).map_err(|error| format!("error: {error}\n"))?;
    let files = [GeneratedFile {
        path: CHANGELOG.to_owned(),
        text: document::insert_entries(&text, &diff::changelog(changes)),
    }];
    Plan::new(root, &files).map_err(|error| format!("error: {error}\n"))
}

/// Describes the effect of the plan in one line.
pub fn summary(plan: &Plan) -> String {
    if plan.is_clean() {
        format!("{CHANGELOG} is up to date\n")
    } else {
        format!("  updated  {CHANGELOG}, under Unreleased\n")
    }
}

/// Checks that the changelog has entries for a version and none under Unreleased. Returns a message
/// in both cases.
pub fn has_entry(root: &Path, version: &str) -> Result<String, String> {
    let text = read(root)?;
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let unreleased_count = document::bullets(document::unreleased(&lines)).count();
    let released_count =
        document::released(&lines, version).map(|part| document::bullets(part).count());
    match (released_count, unreleased_count) {
        (Some(1..), 0) => Ok(format!("{CHANGELOG} has entries for {version}")),
        (Some(1..), _) => Err(format!(
            "{CHANGELOG} has entries for {version}, but also {unreleased_count} under Unreleased: \
             move them to {version}"
        )),
        (_, 0) => Err(format!("{CHANGELOG} has no entries for {version}")),
        (_, _) => Err(format!(
            "{CHANGELOG} has entries only under Unreleased ({unreleased_count}): \
             move them under `## [{version}] - YYYY-MM-DD`"
        )),
    }
}

/// Reads the changelog. Returns an error if it is missing or not UTF-8.
fn read(root: &Path) -> Result<String, String> {
    std::fs::read_to_string(root.join(CHANGELOG)).map_err(|error| format!("{CHANGELOG}: {error}"))
}
