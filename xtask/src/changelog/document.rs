//! Edits a changelog in the format of Keep a Changelog. Everything outside the inserted entries
//! stays the same, byte for byte.

use dub_generator::diff::Section;

/// The maximum line length of an entry.
const WIDTH: usize = 120;
/// All section names, in order.
const SECTIONS: [&str; 6] = [
    "Added",
    "Changed",
    "Deprecated",
    "Removed",
    "Fixed",
    "Security",
];

/// Inserts entries under Unreleased, each at the end of its section. Skips entries that are already
/// there.
pub fn insert_entries(text: &str, entries: &[(Section, String)]) -> String {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut lines: Vec<String> = text.split(newline).map(str::to_owned).collect();
    for section in Section::ALL {
        let existing: Vec<String> = bullets(unreleased(&lines)).map(|(_, text)| text).collect();
        let new = entries
            .iter()
            .filter(|(own, text)| *own == section && !existing.contains(text));
        let new: Vec<String> = new.flat_map(|(_, text)| wrap(text)).collect();
        if !new.is_empty() {
            insert(&mut lines, section.as_str(), new);
        }
    }
    lines.join(newline)
}

/// Returns the range of lines from a heading to the next version, or `None` if there is no such
/// heading.
fn range(lines: &[String], is_heading: impl Fn(&str) -> bool) -> Option<std::ops::Range<usize>> {
    let start = lines.iter().position(|line| is_heading(line))?;
    let rest = lines.iter().skip(start + 1);
    // The link definitions at the end of the file do not belong to a version.
    let ends = |line: &String| line.starts_with("## ") || is_link(line);
    let length = rest.take_while(|line| !ends(line)).count();
    Some(start..start + 1 + length)
}

fn is_link(line: &str) -> bool {
    line.starts_with('[') && line.contains("]: ")
}

fn is_unreleased(line: &str) -> bool {
    let title = line.strip_prefix("## ").map(|title| title.trim());
    title.is_some_and(|title| {
        title
            .trim_matches(['[', ']'])
            .eq_ignore_ascii_case("unreleased")
    })
}

/// Returns the lines of the Unreleased part.
pub fn unreleased(lines: &[String]) -> &[String] {
    range(lines, is_unreleased)
        .and_then(|range| lines.get(range))
        .unwrap_or_default()
}

/// Returns the lines of a version's part, whose heading is for example `## [0.1.0] - 2026-11-25`.
pub fn released<'a>(lines: &'a [String], version: &str) -> Option<&'a [String]> {
    let is = |line: &str| {
        let title = line.strip_prefix("## ").map(str::trim_start);
        let name = title.and_then(|title| title.split([' ', '\t']).next());
        name.is_some_and(|name| name.trim_matches(['[', ']']) == version)
    };
    range(lines, is).and_then(|range| lines.get(range))
}

/// Returns the entries, each with the index of its first line and its text joined into one line.
pub fn bullets(lines: &[String]) -> impl Iterator<Item = (usize, String)> {
    let starts = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.starts_with("- "));
    starts.map(|(index, line)| {
        let rest = lines.iter().skip(index + 1);
        let continuation = rest.take_while(|line| line.starts_with(' ') && !line.trim().is_empty());
        let entry = continuation.fold(
            line.trim_start_matches("- ").trim().to_owned(),
            |entry, line| format!("{entry} {}", line.trim()),
        );
        (index, entry)
    })
}

/// Wraps an entry into lines.
fn wrap(text: &str) -> Vec<String> {
    let mut lines = vec![String::from("-")];
    for word in text.split(' ') {
        let full = lines
            .last()
            .is_some_and(|line| line.chars().count() + 1 + word.chars().count() > WIDTH);
        if full {
            lines.push(String::from(" "));
        }
        if let Some(line) = lines.last_mut() {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines
}

/// Inserts lines at the end of a section under Unreleased. Creates the section if it is missing.
fn insert(lines: &mut Vec<String>, section: &str, new: Vec<String>) {
    let range = range(lines, is_unreleased).unwrap_or_else(|| create_unreleased(lines));
    let own: Vec<&str> = lines
        .get(range.clone())
        .unwrap_or_default()
        .iter()
        .map(|line| line.trim_end())
        .collect();
    let title = |line: &str| line.strip_prefix("### ").map(str::to_owned);
    let start = own
        .iter()
        .position(|line| title(line).as_deref() == Some(section));
    let (at, new) = match start {
        Some(start) => {
            let rest = own.iter().skip(start + 1);
            let length = rest.take_while(|line| title(line).is_none()).count();
            (content_end(&own, start + 1 + length), new)
        }
        None => {
            let rank = |name: &str| SECTIONS.iter().position(|known| *known == name);
            let later = own
                .iter()
                .position(|line| title(line).is_some_and(|other| rank(&other) > rank(section)));
            let heading = ["".to_owned(), format!("### {section}"), "".to_owned()];
            let at = content_end(&own, later.unwrap_or(own.len()));
            (at, heading.into_iter().chain(new).collect())
        }
    };
    let at = range.start + at;
    lines.splice(at..at, new);
}

/// Returns the index after the last non-empty line before `end`, so that text is inserted before
/// trailing empty lines.
fn content_end(lines: &[&str], end: usize) -> usize {
    let before = lines.iter().take(end);
    before
        .clone()
        .rposition(|line| !line.is_empty())
        .map_or(0, |last| last + 1)
}

/// Creates the Unreleased part before the newest version, or at the end.
fn create_unreleased(lines: &mut Vec<String>) -> std::ops::Range<usize> {
    let heading = "## [Unreleased]".to_owned();
    let next = lines
        .iter()
        .position(|line| line.starts_with("## ") || is_link(line));
    if let Some(at) = next {
        lines.splice(at..at, [heading, String::new()]);
    } else {
        let all: Vec<&str> = lines.iter().map(String::as_str).collect();
        let at = content_end(&all, all.len());
        lines.splice(at..at, [String::new(), heading]);
    }
    range(lines, is_unreleased).unwrap_or(0..0)
}

#[cfg(test)]
mod tests;
