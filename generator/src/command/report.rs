//! The report of the files that `generate` writes.

use dub_generator::output::{Action, Change, Plan};
use dub_generator::terminal;

/// The maximum number of files with the same action that are listed individually, per directory.
const LISTED: usize = 10;

/// Reports the changes. Many files of a directory with the same action take one line, unless they are
/// removed.
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
    // The files of a directory follow each other.
    let directories = plan
        .changes
        .chunk_by(|one, next| directory(one) == directory(next));
    for changes in directories {
        for action in [Action::Create, Action::Update, Action::Remove, Action::Keep] {
            let same = changes.iter().filter(|change| change.action == action);
            let paths: Vec<&str> = same.map(|change| change.path.as_str()).collect();
            match changes.first().map(directory) {
                Some(directory) if paths.len() > LISTED && action != Action::Remove => {
                    text += &line(action, &format!("{directory} ({} files)", paths.len()));
                }
                _ => text.extend(paths.into_iter().map(|path| line(action, path))),
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
