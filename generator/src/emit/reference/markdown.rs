//! Small pieces of Markdown.

use crate::emit::docs;
use std::collections::HashMap;

/// The fragments that headings get (GitHub's rule): lower case, blanks as hyphens, other marks left out, and a
/// number behind those that were there already.
#[derive(Default)]
pub struct Anchors {
    seen: HashMap<String, usize>,
}

impl Anchors {
    /// The fragment of the next heading of the page.
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

/// A description in one line, as a table's cell needs it. Items of lists and lines of code stand in lines of their own.
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

/// A text as a code span, also within a table.
pub fn code(text: &str) -> String {
    escape_pipes(&docs::code(text))
}

/// Bars end a cell, even within a code span.
fn escape_pipes(text: &str) -> String {
    text.replace("\\|", "|").replace('|', "\\|")
}

/// A row of a table.
pub fn row(cells: &[&str]) -> String {
    format!("| {} |", cells.join(" | "))
}

/// The two lines that begin a table.
pub fn table_header(names: &[&str]) -> [String; 2] {
    [row(names), format!("|{}", "---|".repeat(names.len()))]
}

/// The text of a page, which ends in a line's end.
pub fn join_lines(lines: &[String]) -> String {
    let mut text = lines.join("\n");
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
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
