//! The record of names of the crate, `spec/names.lock`.

use crate::git;
use dub_generator::model::{Record, RecordChange};
use dub_generator::output::Plan;
use std::fmt::Write;
use std::path::Path;

/// The path of the record, relative to the repository root.
pub const NAMES: &str = "spec/names.lock";

/// Reads the record. It is empty if there is none yet.
pub fn read(root: &Path) -> Result<Record, String> {
    match std::fs::read_to_string(root.join(NAMES)) {
        Ok(text) => parse(&text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Record::default()),
        Err(error) => Err(format!("error: {NAMES}: {error}\n")),
    }
}

/// Reads the record in a git revision. It is empty if that revision has none.
pub fn at(root: &Path, revision: &str) -> Record {
    let bytes = git::show(root, &format!("{revision}:{NAMES}")).unwrap_or_default();
    parse(&String::from_utf8_lossy(&bytes)).unwrap_or_default()
}

fn parse(text: &str) -> Result<Record, String> {
    Record::parse(text).map_err(|invalid| {
        format!(
            "{NAMES}:{}: error: {}\nhelp: remove the line; `cargo xtask regen` adds the name again\n",
            invalid.line, invalid.message
        )
    })
}

/// Returns the plan that writes the record.
pub fn plan(root: &Path, record: &Record) -> Result<Plan, String> {
    Plan::of_file(root, NAMES, record.text()).map_err(|error| format!("error: {error}\n"))
}

/// Lists the names that were added, dropped and changed since an older record.
pub fn changes(old: &Record, new: &Record) -> String {
    let mut text = String::new();
    for RecordChange { origin, old, new } in new.changes_since(old) {
        let change = match (old, new) {
            (None, Some(new)) => format!("new name    {new}"),
            (Some(old), None) => format!("gone        {old}"),
            (Some(old), Some(new)) => format!("renamed     {old} -> {new}"),
            (None, None) => continue,
        };
        // Writing to a string does not fail.
        let _ = writeln!(text, "{change}  ({origin})");
    }
    text
}
