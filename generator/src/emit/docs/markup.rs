//! Finds and escapes the markup of descriptions.

/// Returns the path to link to from a code span, if any.
pub type Links<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Escapes Markdown outside code spans: square brackets, which rustdoc treats as links to items,
/// and angle brackets, which are HTML. Puts bare URLs in angle brackets, as rustdoc requires, and
/// turns code spans into links.
pub fn escape(text: &str, links: Links<'_>) -> String {
    let mut result = String::with_capacity(text.len());
    let balanced = text.matches('`').count().is_multiple_of(2);
    for (index, part) in text.split('`').enumerate() {
        if balanced && index % 2 == 1 {
            match links(part) {
                Some(path) => result.push_str(&format!("[`{part}`]({path})")),
                None => result.push_str(&format!("`{part}`")),
            }
        } else {
            if index > 0 && !balanced {
                result.push_str("\\`");
            }
            escape_words(part, &mut result);
        }
    }
    result
}

fn escape_words(text: &str, result: &mut String) {
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        if let Some((link, after)) = markdown_link(rest) {
            result.push_str(link);
            rest = after;
            continue;
        }
        if rest.starts_with("https://") || rest.starts_with("http://") {
            let end = rest.find(|c: char| c.is_whitespace() || "<>()[]\"'{}|\\^".contains(c));
            let (mut url, _) = rest.split_at(end.unwrap_or(rest.len()));
            url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
            result.push_str(&format!("<{url}>"));
            rest = rest.get(url.len()..).unwrap_or_default();
            continue;
        }
        if let Some((tag, after)) = line_break(rest) {
            result.push_str(tag);
            rest = after;
            continue;
        }
        if matches!(character, '[' | ']' | '<' | '>') {
            result.push('\\');
        }
        result.push(character);
        rest = rest.get(character.len_utf8()..).unwrap_or_default();
    }
}

/// Splits off a link such as `[label](https://..)` from the start of `text`.
fn markdown_link(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('[')?;
    let label = inside.find("](")?;
    let target = inside.get(label + 2..)?;
    let simple = !inside.get(..label)?.contains(['[', ']', '<', '>']);
    let end = target.find(')')?;
    let url = target.get(..end)?;
    let is_absolute_url = (url.starts_with("https://") || url.starts_with("http://"))
        && !url.contains([' ', '<', '>', '(', '[']);
    let length = 1 + label + 2 + end + 1;
    (simple && is_absolute_url).then(|| text.split_at_checked(length))?
}

/// Splits off a line break in HTML from the start of `text`.
fn line_break(text: &str) -> Option<(&str, &str)> {
    let tags = ["<br>", "<br/>", "<br />"];
    let tag = tags.into_iter().find(|tag| text.starts_with(tag))?;
    text.split_at_checked(tag.len())
}

/// Returns true for a line that underlines a heading or separates sections.
pub fn is_rule(text: &str) -> bool {
    let mut letters = text.chars();
    let Some(first @ ('-' | '*' | '_' | '=')) = letters.next() else {
        return false;
    };
    text.len() > 2 && letters.all(|letter| letter == first)
}

/// Returns true if a line break follows a line.
pub fn has_hard_break(line: &str) -> bool {
    line.ends_with("  ") || (line.ends_with('\\') && !line.ends_with("\\\\"))
}

/// Returns for each line whether it is a row of a table whose rows do not begin with `|`.
pub fn table_rows(lines: &[&str]) -> Vec<bool> {
    let mut rows = vec![false; lines.len()];
    let mut is_table = false;
    for (index, line) in lines.iter().enumerate() {
        let has_cells = line.contains('|') && !line.trim_start().starts_with('|');
        let is_delimiter = has_cells && line.contains('-');
        if is_delimiter && line.chars().all(|letter| "|:- ".contains(letter)) {
            is_table = true;
            if let Some(header) = index.checked_sub(1).and_then(|header| rows.get_mut(header)) {
                *header = true;
            }
        }
        is_table &= has_cells;
        if let Some(row) = rows.get_mut(index) {
            *row |= is_table;
        }
    }
    rows
}
