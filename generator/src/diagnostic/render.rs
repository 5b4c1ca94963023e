//! Renders diagnostics for people, in the style of rustc.

use std::fmt::Write as _;

use super::Diagnostic;

/// The maximum number of characters shown of a source line. Many documents consist of a single,
/// very long line.
const MAX_LINE_WIDTH: usize = 100;

/// Renders the diagnostics of one source, which has this file name and this text. Each diagnostic
/// shows its position, message, source line with a caret, pointer and help.
pub fn render(diagnostics: &[Diagnostic], name: &str, text: &str, colour: bool) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let renderer = SourceRenderer {
        name,
        lines: text.split('\n').collect(),
        paint: Paint { colour },
    };
    let blocks: Vec<String> = diagnostics
        .iter()
        .map(|diagnostic| renderer.block(diagnostic))
        .collect();
    blocks.join("\n")
}

struct SourceRenderer<'t> {
    name: &'t str,
    lines: Vec<&'t str>,
    paint: Paint,
}

impl SourceRenderer<'_> {
    fn block(&self, diagnostic: &Diagnostic) -> String {
        let Paint { colour } = self.paint;
        let paint = Paint { colour };
        let location = diagnostic
            .position
            .map(|(line, column)| format!(":{line}:{column}"))
            .unwrap_or_default();
        let code = paint.red(&format!("error[{}]", diagnostic.code.as_str()));
        let message = paint.bold(&format!(": {}", printable(&diagnostic.message)));
        let mut block = format!("{}{location}: {code}{message}\n", self.name);

        let related = diagnostic.related.as_ref();
        let positions = [diagnostic.position, related.map(|(_, position)| *position)];
        let gutter = positions
            .iter()
            .flatten()
            .map(|(line, _)| line.to_string().len())
            .max()
            .unwrap_or(1);
        if let Some(position) = diagnostic.position {
            block += &self.excerpt(position, "^", gutter);
        }
        if let Some((label, position)) = related {
            block += &self.excerpt(*position, &format!("- {}", printable(label)), gutter);
        }
        self.note(
            &mut block,
            gutter,
            "pointer",
            if diagnostic.pointer.is_empty() {
                "the document"
            } else {
                &diagnostic.pointer
            },
        );
        if let Some(help) = &diagnostic.help {
            self.note(&mut block, gutter, "help", help);
        }
        block
    }

    /// Renders a source line with its number, and a mark below the column.
    fn excerpt(&self, (line, column): (u32, u32), mark: &str, gutter: usize) -> String {
        let Some(shown) = (line as usize)
            .checked_sub(1)
            .and_then(|index| self.lines.get(index))
        else {
            return String::new();
        };
        let (shown, offset) = window(shown.trim_end_matches('\r'), column as usize);
        let paint = &self.paint;
        let bar = paint.blue("|");
        let number = paint.blue(&format!("{line:>gutter$}"));
        let margin = " ".repeat(gutter);
        let pad = " ".repeat(offset);
        let mark = paint.red(mark);
        format!("{margin} {bar}\n{number} {bar} {shown}\n{margin} {bar} {pad}{mark}\n")
    }

    /// Adds a line such as `= help: ...` to a block.
    fn note(&self, block: &mut String, gutter: usize, label: &str, text: &str) {
        let margin = " ".repeat(gutter);
        let label = self.paint.bold(&format!("{label}:"));
        // Writing to a string cannot fail.
        let _ = writeln!(
            block,
            "{margin} {} {label} {}",
            self.paint.blue("="),
            printable(text)
        );
    }
}

/// Returns the part of a line around a column, in printable form, and the offset of the column in
/// that part.
fn window(line: &str, column: usize) -> (String, usize) {
    let before = column.saturating_sub(1);
    let length = line.chars().count();
    let start = if length <= MAX_LINE_WIDTH || before < MAX_LINE_WIDTH / 2 {
        0
    } else {
        before.min(length) - MAX_LINE_WIDTH / 2
    };
    let cut = |skip: usize, take: usize| -> String { line.chars().skip(skip).take(take).collect() };
    let (left, right) = (
        if start > 0 { "..." } else { "" },
        if start + MAX_LINE_WIDTH < length {
            "..."
        } else {
            ""
        },
    );
    let offset = left.len()
        + printable(&cut(start, before - start.min(before)))
            .chars()
            .count();
    (
        format!("{left}{}{right}", printable(&cut(start, MAX_LINE_WIDTH))),
        offset,
    )
}

/// Replaces control characters and invisible format characters, so that a document cannot send them
/// to the terminal.
fn printable(text: &str) -> String {
    let is_hidden = |character: char| {
        character.is_control()
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    text.chars()
        .map(|character| {
            if character == '\t' {
                ' '
            } else if is_hidden(character) {
                '\u{fffd}'
            } else {
                character
            }
        })
        .collect()
}

struct Paint {
    colour: bool,
}

impl Paint {
    fn red(&self, text: &str) -> String {
        self.with("1;31", text)
    }

    fn blue(&self, text: &str) -> String {
        self.with("1;34", text)
    }

    fn bold(&self, text: &str) -> String {
        self.with("1", text)
    }

    fn with(&self, style: &str, text: &str) -> String {
        if self.colour {
            format!("\u{1b}[{style}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Code;
    use super::*;

    #[test]
    fn renders_source_line_and_help() {
        let problem = Diagnostic::new(
            Code::Shape,
            "/info/titel",
            "unknown key `titel` in the info object",
        );
        let problem = problem.at((10, 3)).help("did you mean `title`?");
        let text = format!("{}  titel: é\r\n", "#\n".repeat(9));
        assert_eq!(
            render(&[problem], "a.yaml", &text, false),
            "a.yaml:10:3: error[E003]: unknown key `titel` in the info object\n\
             \x20  |\n\
             10 |   titel: é\n\
             \x20  |   ^\n\
             \x20  = pointer: /info/titel\n\
             \x20  = help: did you mean `title`?\n"
        );
    }

    #[test]
    fn renders_related_location() {
        let problem = Diagnostic::new(Code::DuplicateKey, "/a", "duplicate key `a`").at((2, 1));
        let shown = render(
            &[problem.related("first occurrence", (1, 1))],
            "a.yaml",
            "a: 1\na: 2\n",
            false,
        );
        assert!(
            shown.contains("2 | a: 2\n  | ^\n  |\n1 | a: 1\n  | - first occurrence\n"),
            "{shown}"
        );
    }

    #[test]
    fn omits_excerpt_without_position() {
        let shown = render(
            &[Diagnostic::new(Code::NotFound, "", "unknown tag `x`")],
            "a.yaml",
            "a: 1",
            false,
        );
        assert_eq!(
            shown,
            "a.yaml: error[E010]: unknown tag `x`\n  = pointer: the document\n"
        );
    }

    #[test]
    fn truncates_long_line_around_column() {
        let line = format!("{}X{}", "a".repeat(5000), "b".repeat(5000));
        let shown = render(
            &[Diagnostic::new(Code::Syntax, "", "m").at((1, 5001))],
            "a.json",
            &line,
            false,
        );
        let lines: Vec<_> = shown.lines().collect();
        assert_eq!(lines[2].find('X'), lines[3].find('^'));
        assert!(lines.iter().all(|line| line.len() < 130), "{shown}");
    }

    #[test]
    fn control_characters_never_reach_the_terminal() {
        let problem = Diagnostic::new(Code::Shape, "/\u{1b}[2J", "m \u{202e}").at((1, 2));
        let shown = render(&[problem], "a.json", "\t\u{7}x", false);
        assert!(
            !shown.contains(['\u{1b}', '\u{7}', '\u{202e}', '\t']),
            "{shown:?}"
        );
    }

    #[test]
    fn colours_only_when_enabled() {
        let problems = [Diagnostic::new(Code::Syntax, "", "m").at((1, 1))];
        assert!(render(&problems, "a", "x", true).contains("\u{1b}[1;31merror[E001]\u{1b}[0m"));
        assert!(!render(&problems, "a", "x", false).contains('\u{1b}'));
    }

    #[test]
    fn accepts_position_outside_source() {
        render(
            &[Diagnostic::new(Code::Syntax, "", "m").at((9, 9))],
            "a",
            "x",
            false,
        );
        render(
            &[Diagnostic::new(Code::Syntax, "", "m").at((1, 900))],
            "a",
            "x",
            false,
        );
        render(
            &[Diagnostic::new(Code::Syntax, "", "m").at((0, 0))],
            "a",
            "",
            false,
        );
    }
}
