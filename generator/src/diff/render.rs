//! Renders changes as plain text, Markdown or JSON.

use super::change::{Change, Severity, SourceLocation};
use super::version;
use anstyle::{AnsiColor, Style};
use serde_json::json;
use std::fmt::Write as _;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// The names of the two documents, and the released version of the crate.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    pub old: &'a str,
    pub new: &'a str,
    pub current: Option<&'a str>,
}

/// A heading and the changes below it.
type Section<'c> = (&'static str, Vec<&'c Change>);

fn sections(changes: &[Change]) -> Vec<Section<'_>> {
    let select = |severity: Severity, wire_only: bool| -> Vec<&Change> {
        let matches =
            |change: &&Change| (change.severity, change.wire_only) == (severity, wire_only);
        changes.iter().filter(matches).collect()
    };
    let sections = [
        ("Breaking", select(Severity::Breaking, false)),
        ("Compatible", select(Severity::Compatible, false)),
        ("Wire format only", select(Severity::Compatible, true)),
        ("Docs only", select(Severity::DocsOnly, false)),
    ];
    sections
        .into_iter()
        .filter(|(_, changes)| !changes.is_empty())
        .collect()
}

/// Renders changes for a terminal, with ANSI escape codes for colours.
pub fn text(changes: &[Change], names: Names<'_>) -> String {
    let mut text = String::new();
    for (title, changes) in sections(changes) {
        let style = match title {
            "Breaking" => AnsiColor::Red,
            "Compatible" => AnsiColor::Green,
            "Docs only" => AnsiColor::Blue,
            _ => AnsiColor::Yellow,
        };
        let style = style.on_default().bold();
        // Writing to a string does not fail.
        let _ = writeln!(text, "{style}{title}{style:#} ({})", changes.len());
        for change in changes {
            let _ = writeln!(text, "  {}", line(change));
            for (name, location) in [(names.old, &change.old), (names.new, &change.new)] {
                if let Some(location) = location {
                    let location = format_location(name, location);
                    let _ = writeln!(text, "      {DIM}{location}{DIM:#}");
                }
            }
        }
        text.push('\n');
    }
    let verdict = verdict(changes, names.current);
    let _ = writeln!(text, "{BOLD}{verdict}{BOLD:#}");
    text
}

/// Renders changes as Markdown, for example for a pull request.
pub fn markdown(changes: &[Change], names: Names<'_>) -> String {
    let mut text = String::new();
    for (title, changes) in sections(changes) {
        let _ = writeln!(text, "### {title} ({})\n", changes.len());
        for change in changes {
            let new = change.new.as_ref().map(|location| (names.new, location));
            let old = change.old.as_ref().map(|location| (names.old, location));
            let location = new
                .or(old)
                .map(|(name, location)| format!(" (`{}`)", format_location(name, location)));
            let _ = writeln!(text, "- {}{}", line(change), location.unwrap_or_default());
        }
        text.push('\n');
    }
    let _ = writeln!(text, "**{}**", verdict(changes, names.current));
    text
}

/// Renders changes as JSON.
pub fn json(changes: &[Change], names: Names<'_>) -> String {
    let severity = version::max_severity(changes);
    let value = json!({
        "old": names.old,
        "new": names.new,
        "changes": changes,
        "severity": severity,
        "current_version": names.current,
        "next_version": next(changes, names.current),
    });
    format!("{value:#}\n")
}

/// Renders a change as a single line.
pub fn line(change: &Change) -> String {
    let mut line = format!(
        "{} {} `{}`",
        change.kind.as_str(),
        change.what.as_str(),
        change.rust
    );
    let last = change
        .rust
        .rsplit([':', '.', '('])
        .next()
        .unwrap_or_default();
    if !change.wire.is_empty() && last.trim_end_matches(')') != change.wire {
        let _ = write!(line, ", `{}` in the document", change.wire);
    }
    if let Some(detail) = &change.detail {
        let _ = write!(line, ": {detail}");
    }
    line
}

/// Formats a location so that editors can open it.
fn format_location(name: &str, location: &SourceLocation) -> String {
    let pointer = &location.pointer;
    let name = location.file.as_deref().unwrap_or(name);
    match location.position {
        Some((line, column)) => format!("{name}:{line}:{column} {pointer}"),
        None => format!("{name} {pointer}"),
    }
}

fn next(changes: &[Change], current: Option<&str>) -> Option<String> {
    version::next(current?, version::max_severity(changes)?)
}

/// Summarizes the severity of the changes and the next version.
fn verdict(changes: &[Change], current: Option<&str>) -> String {
    let Some(severity) = version::max_severity(changes) else {
        return "no changes: no release is needed".to_owned();
    };
    let word = match severity {
        Severity::Breaking => "breaking",
        Severity::Compatible => "compatible",
        Severity::DocsOnly => "docs only",
    };
    match (next(changes, current), current) {
        (Some(next), Some(current)) => {
            format!("{word}: the next version after {current} is {next}")
        }
        _ => word.to_owned(),
    }
}
