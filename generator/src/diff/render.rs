//! The differences as a person reads them, on a terminal or in a pull request, and for programs.

use super::change::{Change, Severity, SourceLocation};
use super::version;
use serde_json::json;
use std::fmt::Write as _;

/// What the two documents are called, and the version of the crate that is out.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    pub old: &'a str,
    pub new: &'a str,
    pub current: Option<&'a str>,
}

/// A heading with the changes that stand below it.
type Section<'c> = (&'static str, Vec<&'c Change>);

fn sections(changes: &[Change]) -> Vec<Section<'_>> {
    let select = |severity: Severity, wire_only: bool| -> Vec<&Change> {
        let fits = |change: &&Change| (change.severity, change.wire_only) == (severity, wire_only);
        changes.iter().filter(fits).collect()
    };
    let sections = [
        ("Breaking", select(Severity::Breaking, false)),
        ("Compatible", select(Severity::Compatible, false)),
        (
            "On the wire, with the same Rust",
            select(Severity::Compatible, true),
        ),
        ("Docs only", select(Severity::DocsOnly, false)),
    ];
    sections
        .into_iter()
        .filter(|(_, changes)| !changes.is_empty())
        .collect()
}

/// For a terminal.
pub fn text(changes: &[Change], names: Names<'_>, colour: bool) -> String {
    let mut text = String::new();
    for (title, changes) in sections(changes) {
        let style = match title {
            "Breaking" => "1;31",
            "Compatible" => "1;32",
            "Docs only" => "1;34",
            _ => "1;33",
        };
        // Writing to a string does not fail.
        let _ = writeln!(text, "{} ({})", paint(title, style, colour), changes.len());
        for change in changes {
            let _ = writeln!(text, "  {}", line(change));
            for (name, place) in [(names.old, &change.old), (names.new, &change.new)] {
                if let Some(place) = place {
                    let _ = writeln!(
                        text,
                        "      {}",
                        paint(&format_location(name, place), "2", colour)
                    );
                }
            }
        }
        text.push('\n');
    }
    let _ = writeln!(
        text,
        "{}",
        paint(&verdict(changes, names.current), "1", colour)
    );
    text
}

/// For a pull request.
pub fn markdown(changes: &[Change], names: Names<'_>) -> String {
    let mut text = String::new();
    for (title, changes) in sections(changes) {
        let _ = writeln!(text, "### {title} ({})\n", changes.len());
        for change in changes {
            let place = change.new.as_ref().map(|place| (names.new, place));
            let place = place.or(change.old.as_ref().map(|place| (names.old, place)));
            let place = place.map(|(name, place)| format!(" (`{}`)", format_location(name, place)));
            let _ = writeln!(text, "- {}{}", line(change), place.unwrap_or_default());
        }
        text.push('\n');
    }
    let _ = writeln!(text, "**{}**", verdict(changes, names.current));
    text
}

/// For programs.
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

/// One change in one line.
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

/// A place in the form that editors open.
fn format_location(name: &str, place: &SourceLocation) -> String {
    let pointer = &place.pointer;
    match place.position {
        Some((line, column)) => format!("{name}:{line}:{column} {pointer}"),
        None => format!("{name} {pointer}"),
    }
}

fn next(changes: &[Change], current: Option<&str>) -> Option<String> {
    version::next(current?, version::max_severity(changes)?)
}

/// What all of it comes to.
fn verdict(changes: &[Change], current: Option<&str>) -> String {
    let Some(severity) = version::max_severity(changes) else {
        return "no change: no release is needed".to_owned();
    };
    let word = match severity {
        Severity::Breaking => "breaking",
        Severity::Compatible => "compatible",
        Severity::DocsOnly => "docs only",
    };
    match (next(changes, current), current) {
        (Some(next), Some(current)) => format!("{word}: the version after {current} is {next}"),
        _ => word.to_owned(),
    }
}

fn paint(text: &str, style: &str, colour: bool) -> String {
    if colour {
        format!("\u{1b}[{style}m{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}
