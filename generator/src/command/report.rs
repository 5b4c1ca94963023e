//! The report of the files that `generate` writes.

use dub_generator::output::{Action, Change, Plan};
use dub_generator::terminal;

/// The number of files of a directory that are listed one by one.
const LISTED: usize = 10;

/// Reports the changes. A directory with many files that all have the same action takes one line.
pub fn changes(plan: &Plan, check: bool, quiet: bool) {
    if quiet || (check && plan.is_clean()) {
        return;
    }
    terminal::eprint(&listed(plan));
    if check {
        terminal::eprint(
            "the generated files are out of date: run the same command without --check\n",
        );
    }
}

fn listed(plan: &Plan) -> String {
    let mut text = String::new();
    // Changes are sorted by path, so the files of a directory follow each other.
    let directories = plan
        .changes
        .chunk_by(|one, next| directory(one) == directory(next));
    for changes in directories {
        let action = changes.first().map(|change| change.action);
        let same = changes.iter().all(|change| Some(change.action) == action);
        match (changes, action) {
            ([first, ..], Some(action)) if same && changes.len() > LISTED => {
                let (directory, count) = (directory(first), changes.len());
                text += &line(action, &format!("{directory} ({count} files)"));
            }
            _ => {
                let lines = changes.iter().map(|each| line(each.action, &each.path));
                text.extend(lines);
            }
        }
    }
    text
}

/// Returns the directory of a file: its first two components, such as `src/runtime`.
fn directory(change: &Change) -> &str {
    let mut slashes = change.path.match_indices('/').map(|(index, _)| index);
    let first = slashes.next();
    let end = slashes.next().or(first).unwrap_or_default();
    change.path.get(..end).unwrap_or_default()
}

fn line(action: Action, path: &str) -> String {
    format!("{:>10}  {path}\n", action_label(action))
}

pub fn action_label(action: Action) -> &'static str {
    match action {
        Action::Create => "created",
        Action::Update => "updated",
        Action::Remove => "removed",
        Action::Keep => "unchanged",
    }
}
