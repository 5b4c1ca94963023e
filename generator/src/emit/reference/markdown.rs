//! Helpers that write Markdown.

use crate::emit::docs;
use crate::model::NO_DEPRECATION_NOTE;
use std::collections::HashMap;

/// Generates the anchors of headings as GitHub does: lower case, spaces as hyphens, no punctuation,
/// and a numeric suffix for repeated anchors.
#[derive(Default)]
pub struct Anchors {
    seen: HashMap<String, usize>,
}

impl Anchors {
    /// Returns the anchor of the next heading of the page.
    pub fn next(&mut self, heading: &str) -> String {
        let slug: String = heading
            .trim()
            .to_lowercase()
            .chars()
            .filter_map(|character| match character {
                ' ' => Some('-'),
                '-' | '_' => Some(character),
                other => other.is_alphanumeric().then_some(other),
            })
            .collect();
        let mut anchor = slug.clone();
        while self.seen.contains_key(&anchor) {
            let count = self.seen.entry(slug.clone()).or_default();
            *count += 1;
            anchor = format!("{slug}-{count}");
        }
        self.seen.insert(anchor.clone(), 0);
        anchor
    }
}

/// Formats a description as the content of a table cell, on one line. List items and lines of code
/// are separated by `<br>`.
pub fn cell(text: &str) -> String {
    let mut result = String::new();
    let mut in_code = false;
    for line in docs::lines(text) {
        let line = line.trim();
        if line.starts_with("```") || line.starts_with("~~~") {
            in_code = !in_code;
            continue;
        }
        let breaks = in_code || line.is_empty() || docs::is_list_item(line);
        if breaks && !result.is_empty() && !result.ends_with("<br>") {
            result.push_str("<br>");
        } else if !result.is_empty() && !result.ends_with("<br>") {
            result.push(' ');
        }
        if in_code && !line.is_empty() {
            result.push_str(&docs::code(line));
        } else {
            result.push_str(line);
        }
    }
    let result = result.strip_suffix("<br>").unwrap_or(&result);
    escape_pipes(result)
}

/// Formats a string as a code span that can be used in a table.
pub fn code(text: &str) -> String {
    escape_pipes(&docs::code(text))
}

/// Escapes `|`, which ends a table cell even in a code span.
fn escape_pipes(text: &str) -> String {
    text.replace("\\|", "|").replace('|', "\\|")
}

/// Returns a row of a table.
pub fn row(cells: &[&str]) -> String {
    format!("| {} |", cells.join(" | "))
}

/// Returns the header row and the delimiter row of a table.
pub fn table_header(names: &[&str]) -> [String; 2] {
    [row(names), format!("|{}", "---|".repeat(names.len()))]
}

/// Joins the lines of a page. The result ends with one newline.
pub fn join_lines(lines: &[String]) -> String {
    let mut text = lines.join("\n");
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// Formats a deprecation note.
pub fn deprecation(note: &str) -> String {
    match note {
        NO_DEPRECATION_NOTE => ":warning: **Deprecated**".to_owned(),
        note => format!(":warning: **Deprecated**: {}", cell(note)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_match_github_slugs() {
        let mut anchors = Anchors::default();
        let mut next = |heading: &str| anchors.next(heading);
        assert_eq!(next("Available operations"), "available-operations");
        assert_eq!(next("get_by_id"), "get_by_id");
        assert_eq!(next("Usage"), "usage");
        assert_eq!(next("usage-1"), "usage-1");
        assert_eq!(next("Usage"), "usage-2");
        assert_eq!(next("A: b (c)"), "a-b-c");
    }

    #[test]
    fn formats_description_as_one_table_cell() {
        let text = "One\nline.\n\n- `a|b`: c\n- d\n\n```json\n{\"x\": 1}\n```";
        assert_eq!(
            cell(text),
            "One line.<br>- `a\\|b`: c<br>- d<br>`{\"x\": 1}`"
        );
        assert_eq!(cell(""), "");
    }
}
