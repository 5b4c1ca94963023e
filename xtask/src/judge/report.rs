//! The report: our breaking changes next to those of cargo-semver-checks.

use super::items::OurBreak;
use super::semver_checks::SemverChecksBreak;
use dub_generator::diff::{ItemKind, Kind};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The comparison of two successive revisions.
pub struct Row {
    title: String,
    ours: Vec<OurBreak>,
    theirs: Vec<SemverChecksBreak>,
}

impl Row {
    pub fn new(title: String, ours: Vec<OurBreak>, theirs: Vec<SemverChecksBreak>) -> Self {
        Self {
            title,
            ours,
            theirs,
        }
    }

    /// Returns the breaking changes that only cargo-semver-checks reports.
    fn only_theirs(&self) -> impl Iterator<Item = &SemverChecksBreak> {
        let known =
            |theirs: &SemverChecksBreak| self.ours.iter().any(|ours| ours.covers(&theirs.item));
        self.theirs.iter().filter(move |theirs| !known(theirs))
    }

    /// Returns the breaking changes that only we report.
    fn only_ours(&self) -> impl Iterator<Item = &OurBreak> {
        let known = |ours: &OurBreak| self.theirs.iter().any(|theirs| ours.covers(&theirs.item));
        self.ours.iter().filter(move |ours| !known(ours))
    }

    pub fn disagrees(&self) -> bool {
        self.only_theirs().next().is_some()
    }
}

/// Explains why cargo-semver-checks does not find one of our breaking changes.
fn reason(ours: &OurBreak) -> &'static str {
    match (ours.change.what, ours.change.kind) {
        (ItemKind::Field, Kind::Changed) => "it does not compare the types of fields",
        (ItemKind::Setter | ItemKind::Argument, Kind::Changed) => {
            "it does not compare the types of arguments"
        }
        (ItemKind::Response | ItemKind::Paging, Kind::Changed) => {
            "it does not compare return types"
        }
        (ItemKind::Variant | ItemKind::ErrorVariant, Kind::Changed) => {
            "it does not compare the types of variants"
        }
        (ItemKind::Argument, Kind::Renamed) => {
            "existing calls still compile but send different data"
        }
        (ItemKind::Constructor, Kind::Changed) => "it compares only the number of arguments",
        (ItemKind::Type, Kind::Changed) => "it does not compare the targets of aliases",
        _ => "not explained",
    }
}

/// Formats the table, one line per pair of revisions, followed by the differences.
pub fn table(rows: &[Row]) -> String {
    let width = rows.iter().map(|row| row.title.len()).max().unwrap_or(0);
    let heads = ("revisions", "ours", "theirs", "only theirs", "only ours");
    let mut text = format!(
        "{:<width$}  {:>5}  {:>6}  {:>11}  {:>9}\n",
        heads.0, heads.1, heads.2, heads.3, heads.4
    );
    for row in rows {
        let (theirs, ours) = (row.only_theirs().count(), row.only_ours().count());
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "{:<width$}  {:>5}  {:>6}  {theirs:>11}  {ours:>9}",
            row.title,
            row.ours.len(),
            row.theirs.len()
        );
    }
    text.push('\n');
    text += &disagreements(rows);
    text += &reasons(rows);
    text
}

/// Lists the breaking changes that only cargo-semver-checks reports. There should be none.
pub fn disagreements(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        for theirs in row.only_theirs() {
            let (title, lint, location) = (&row.title, &theirs.lint, &theirs.words);
            let _ = writeln!(text, "only theirs, {title}: {lint}: {location}");
        }
    }
    text
}

/// Lists the breaking changes that only we report, grouped by kind.
fn reasons(rows: &[Row]) -> String {
    let mut by_kind: BTreeMap<(String, &str), Vec<String>> = BTreeMap::new();
    for (row, ours) in rows
        .iter()
        .flat_map(|row| row.only_ours().map(move |ours| (row, ours)))
    {
        let change = &ours.change;
        let kind = format!("{} {}", change.kind.as_str(), change.what.as_str());
        let detail = change.detail.as_deref().unwrap_or_default();
        let since = row.title.split(' ').next_back().unwrap_or_default();
        let shown = format!("`{}`: {detail} ({since})", change.rust);
        by_kind.entry((kind, reason(ours))).or_default().push(shown);
    }
    let mut text = String::new();
    for ((kind, reason), all) in by_kind {
        let _ = writeln!(text, "only ours, {} x {kind}: {reason}", all.len());
        for shown in all {
            let _ = writeln!(text, "    {shown}");
        }
    }
    text
}
