//! Converts descriptions to doc comments without rustdoc or compiler warnings.

mod markup;

pub use markup::Links;

/// The maximum width of a line, without the indentation and the `///`.
const MAX_LINE_WIDTH: usize = 92;

/// Converts Markdown to the lines of a doc comment. Paragraphs and list items are wrapped; code
/// blocks keep their lines.
pub fn lines(text: &str) -> Vec<String> {
    linked_lines(text, &|_| None)
}

/// Like [`lines`], but turns code spans into links.
fn linked_lines(text: &str, links: Links<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let mut fence: Option<&str> = None;
    let text: String = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut block: Vec<&str> = Vec::new();
    let all: Vec<&str> = text.trim().lines().collect();
    let rows = markup::table_rows(&all);
    for (line, is_row) in all.into_iter().zip(rows) {
        let marker = ["```", "~~~"]
            .into_iter()
            .find(|marker| line.trim_start().starts_with(marker));
        if fence.is_none() && marker.is_none() {
            if is_row {
                flush(&mut block, links, &mut lines);
                let row = escape_invisible(line.trim());
                lines.push(markup::escape(&row, links));
                continue;
            }
            if begins_block(line) || block.last().is_some_and(|last| ends_block(last)) {
                flush(&mut block, links, &mut lines);
            }
            block.push(line);
            continue;
        }
        flush(&mut block, links, &mut lines);
        match (fence, marker) {
            (None, Some(marker)) => {
                fence = Some(marker);
                lines.push(opening_fence(line.trim_start(), marker));
            }
            (Some(open), Some(marker)) if open == marker => {
                fence = None;
                lines.push(marker.to_owned());
            }
            _ => lines.push(escape_invisible(line.trim_end())),
        }
    }
    flush(&mut block, links, &mut lines);
    lines.extend(fence.map(str::to_owned));
    lines
}

/// Returns true if a line starts a new block and cannot be joined to the line before it.
fn begins_block(line: &str) -> bool {
    let text = line.trim();
    text.is_empty()
        || text.starts_with(['#', '>', '|', '='])
        || markup::is_rule(text)
        || !list_marker(text).0.is_empty()
}

/// Returns true if a line ends its block, so that the next line cannot be joined to it.
fn ends_block(line: &str) -> bool {
    let text = line.trim();
    text.is_empty() || text.starts_with(['#', '|']) || markup::is_rule(text)
}

/// Joins the lines of a paragraph or list item and appends the result, wrapped. A line break stays
/// where the text has a hard one.
fn flush(block: &mut Vec<&str>, links: Links<'_>, lines: &mut Vec<String>) {
    if let Some((first, rest)) = block.split_first() {
        let mut text = first.trim_end().to_owned();
        let mut previous = first;
        for line in rest {
            if markup::has_hard_break(previous) {
                push_wrapped(text.trim_end_matches('\\'), links, lines);
                if let Some(last) = lines.last_mut() {
                    last.push('\\');
                }
                text.clear();
            } else {
                text.push(' ');
            }
            text.push_str(line.trim());
            previous = line;
        }
        push_wrapped(&text, links, lines);
        block.clear();
    }
}

/// Converts several Markdown passages to the lines of one doc comment, separated by blank lines.
pub fn paragraphs<'t>(passages: impl IntoIterator<Item = Option<&'t str>>) -> Vec<String> {
    linked_paragraphs(passages, &|_| None)
}

/// Like [`paragraphs`], but turns code spans into links.
pub fn linked_paragraphs<'t>(
    passages: impl IntoIterator<Item = Option<&'t str>>,
    links: Links<'_>,
) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for passage in passages.into_iter().flatten() {
        let lines = linked_lines(passage, links);
        if !all.is_empty() && !lines.is_empty() {
            all.push(String::new());
        }
        all.extend(lines);
    }
    all
}

/// Formats a string of the document as a code span.
pub fn code(text: &str) -> String {
    if !text.is_empty() && text.trim().is_empty() {
        // Markdown removes blanks at the ends of a code span.
        return format!("`{:?}`", text.chars().take(120).collect::<String>());
    }
    let text = text.replace('`', "'").replace(['\n', '\r'], " ");
    let text = text.trim();
    let short: String = text.chars().take(120).collect();
    if short.is_empty() {
        "the empty string".to_owned()
    } else {
        format!("`{short}`")
    }
}

/// Markers that start a code block or a thematic break at the beginning of a line.
const BLOCK_MARKERS: [&str; 5] = ["```", "~~~", "---", "***", "___"];

/// Wraps Markdown written by the generator, without escaping its links.
pub fn wrapped(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    wrap(text, "", "", &mut lines);
    lines
}

/// Returns the opening fence of a code block of a description. Rust code is marked as `text`, so
/// that rustdoc does not run it as a doctest.
fn opening_fence(line: &str, marker: &str) -> String {
    let language = line.trim_start_matches(['`', '~']).trim();
    let language: String = language
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let rust = [
        "",
        "rust",
        "rs",
        "ignore",
        "should_panic",
        "no_run",
        "edition",
    ];
    let tested = rust.contains(&language.as_str()) || language.starts_with("edition");
    format!("{marker}{}", if tested { "text" } else { &language })
}

/// Wraps and appends one line. Drops indentation that Markdown would treat as a code block.
fn push_wrapped(line: &str, links: Links<'_>, lines: &mut Vec<String>) {
    let line = escape_invisible(line);
    let text = line.trim();
    if text.is_empty() {
        if lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(String::new());
        }
        return;
    }
    // A row of a table, a heading and a rule each are one line.
    if text.starts_with(['|', '#']) || markup::is_rule(text) {
        lines.push(markup::escape(text, links));
        return;
    }
    if text.starts_with('>') {
        let quoted = text.trim_start_matches(['>', ' ']);
        let levels = text.chars().take_while(|c| matches!(c, '>' | ' '));
        let levels = levels.filter(|letter| *letter == '>').count();
        let prefix = format!("{} ", ">".repeat(levels));
        wrap(&markup::escape(quoted, links), &prefix, &prefix, lines);
        return;
    }
    let depth = line.len() - line.trim_start().len();
    let (marker, rest) = list_marker(text);
    // A nested item is indented to the content of its parent item; other lines are not indented.
    let indent = if marker.is_empty() {
        0
    } else {
        item_indent(depth, lines)
    };
    let first = format!("{}{marker}", " ".repeat(indent));
    let next = " ".repeat(first.chars().count());
    wrap(&markup::escape(rest, links), &first, &next, lines);
}

/// Returns true if a line starts a list item.
pub fn is_list_item(line: &str) -> bool {
    !list_marker(line).0.is_empty()
}

/// Splits a line into its list marker, with the space after it, and the rest. The marker is empty
/// if the line is not a list item.
fn list_marker(text: &str) -> (&str, &str) {
    let bullet = ["- ", "* ", "+ "]
        .iter()
        .any(|marker| text.starts_with(marker));
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let length = if bullet {
        2
    } else if (1..=3).contains(&digits)
        && text
            .get(digits..)
            .is_some_and(|rest| rest.starts_with(". ") || rest.starts_with(") "))
    {
        digits + 2
    } else {
        0
    };
    text.split_at_checked(length).unwrap_or(("", text))
}

/// Returns the indentation of a list item, limited to one level below the preceding item.
fn item_indent(depth: usize, lines: &[String]) -> usize {
    let before = lines.iter().rev().find(|line| !line.is_empty());
    let Some(before) = before.filter(|_| depth >= 2) else {
        return 0;
    };
    let text = before.trim_start();
    let indent = before.len() - text.len();
    let marker = list_marker(text).0.len();
    let allowed = if marker == 0 { indent } else { indent + marker };
    if depth > indent {
        allowed.min(6)
    } else {
        indent.min(6)
    }
}

/// Wraps `text` at [`MAX_LINE_WIDTH`]. `first` is the prefix of the first line, `next` that of the
/// others.
fn wrap(text: &str, first: &str, next: &str, lines: &mut Vec<String>) {
    let mut line = first.to_owned();
    let mut empty = true;
    for word in text.split_whitespace() {
        let wide = line.chars().count() + 1 + word.chars().count() > MAX_LINE_WIDTH;
        // A line must not start with a word that Markdown treats as a marker.
        let mark = !list_marker(&format!("{word} ")).0.is_empty()
            || word.starts_with(['#', '>', '=', '|'])
            || BLOCK_MARKERS.iter().any(|mark| word.starts_with(mark));
        if !empty && wide && !mark {
            lines.push(std::mem::replace(&mut line, next.to_owned()));
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    lines.push(line);
}

/// Replaces invisible and bidirectional control characters with their code points, such as
/// `U+202E`. rustc rejects bidirectional overrides in comments.
fn escape_invisible(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    for character in line.chars() {
        match character {
            '\t' => text.push_str("    "),
            '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{feff}' => {
                text.push_str(&format!("U+{:04X}", u32::from(character)));
            }
            '\u{2028}' | '\u{2029}' | '\u{85}' => text.push(' '),
            other if other.is_control() => text.push_str(&format!("U+{:04X}", u32::from(other))),
            other => text.push(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn wraps_long_text_and_indents_list_items() {
        let text = format!(
            "{}\n\n- {}\n- short",
            "word ".repeat(30),
            "item ".repeat(30)
        );
        let lines = lines(&text);
        assert!(lines.iter().all(|line| line.len() <= super::MAX_LINE_WIDTH));
        assert_eq!(lines.first().unwrap().len(), 89);
        assert!(lines.iter().any(|line| line.starts_with("- item item")));
        assert!(lines.iter().any(|line| line.starts_with("  item item")));
        assert_eq!(lines.last().unwrap(), "- short");
    }

    #[test]
    fn accepts_both_numbered_list_styles() {
        let lines = lines(&format!("1) {}\n2. b", "a ".repeat(60)));
        let [first, second, third] = lines.as_slice() else {
            panic!("{lines:?}");
        };
        assert!(first.starts_with("1) a a"), "{first}");
        assert!(second.starts_with("   a a"), "{second}");
        assert_eq!(third, "2. b");
    }

    #[test]
    fn joins_lines_of_one_paragraph() {
        assert_eq!(
            lines("a\nb\n\nc\n- d\n  e\n- f\n# g\nh"),
            ["a b", "", "c", "- d e", "- f", "# g", "h"]
        );
    }

    #[test]
    fn escapes_rustdoc_markup() {
        let text = "A <b> [link] to https://x.y/z. `Vec<T>` [see](https://a.b)";
        let expected = "A \\<b\\> \\[link\\] to <https://x.y/z>. `Vec<T>` [see](https://a.b)";
        assert_eq!(lines(text), [expected]);
    }

    #[test]
    fn keeps_quotes_rules_tables_and_line_breaks() {
        assert_eq!(lines("> a <b>\n> c\n>> d"), ["> a \\<b\\>", "> c", ">> d"]);
        assert_eq!(
            lines("Title\n---\ntext\n***"),
            ["Title", "---", "text", "***"]
        );
        assert_eq!(lines("a  \nb\\\nc\nd  "), ["a\\", "b\\", "c d"]);
        assert_eq!(lines("a<br>b<br />c"), ["a<br>b<br />c"]);
        let table = "x\ny | z\n--- | :-:\n1 | <2>\n\nend";
        let expected = ["x", "y | z", "--- | :-:", "1 | \\<2\\>", "", "end"];
        assert_eq!(lines(table), expected);
        let heading = format!("# {}", "word ".repeat(30));
        assert_eq!(lines(&heading), [heading.trim()]);
    }

    #[test]
    fn code_blocks_are_never_doctests() {
        assert_eq!(lines("```\nlet x;\n```"), ["```text", "let x;", "```"]);
        assert_eq!(lines("```json\n{}"), ["```json", "{}", "```"]);
        assert_eq!(lines("a\n\n    indented"), ["a", "", "indented"]);
    }

    #[test]
    fn shows_invisible_characters_as_code_points() {
        assert_eq!(lines("a\u{202e}b\u{0}c"), ["aU+202EbU+0000c"]);
    }
}
