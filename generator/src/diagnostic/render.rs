//! Renders diagnostics for people, in the style of rustc.

use super::{Diagnostic, Severity, Source};
use crate::span::Span;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use anstyle::{AnsiColor, Style};
use std::borrow::Cow;

/// The width of an excerpt in characters. Many documents consist of a single, very long line.
const MAX_LINE_WIDTH: usize = 100;

/// The greatest distance of two marked lines that are shown in one excerpt.
const MAX_DISTANCE: u32 = 1_000;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const BOLD: Style = Style::new().bold();

/// Renders diagnostics, each with its location, message, marked source line, pointer and help.
///
/// `sources` are the sources by the index of their ids. The text contains ANSI escape codes for
/// colours; the functions of [`terminal`](crate::terminal) remove them where they are not wanted.
pub fn render(diagnostics: &[Diagnostic], sources: &[Source<'_>]) -> String {
    let sources: Vec<Lines<'_>> = sources.iter().map(Lines::new).collect();
    let blocks = diagnostics
        .iter()
        .map(|diagnostic| block(diagnostic, &sources));
    blocks.collect::<Vec<String>>().join("\n")
}

fn block(diagnostic: &Diagnostic, sources: &[Lines<'_>]) -> String {
    let name = sources
        .get(diagnostic.source.index())
        .map_or("", |text| text.name);
    let location = diagnostic
        .span
        .map(|span| format!(":{}:{}", span.line, span.column))
        .unwrap_or_default();
    let code = diagnostic.code.as_str();
    let message = printable(&diagnostic.message);
    let (style, level) = match diagnostic.severity {
        Severity::Error => (ERROR, Level::ERROR),
        Severity::Warning => (WARNING, Level::WARNING),
    };
    let severity = diagnostic.severity.as_str();
    let header =
        format!("{name}{location}: {style}{severity}[{code}]{style:#}{BOLD}: {message}{BOLD:#}\n");

    let mut group = Group::with_level(level);
    for snippet in snippets(diagnostic, sources) {
        group = group.element(snippet);
    }
    if !diagnostic.pointer.is_empty() {
        let pointer = printable(&diagnostic.pointer);
        group = group.element(Level::NOTE.with_name("pointer").message(pointer));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    if group.is_empty() {
        return header;
    }
    let renderer = Renderer::styled().term_width(MAX_LINE_WIDTH);
    header + &renderer.render(&[group]) + "\n"
}

/// A mark in an excerpt: the location, and a label for the related location.
type Mark = (Span, Option<String>);

/// Returns the excerpts of a diagnostic: one for each source, or one for each location if they are
/// far apart.
fn snippets<'t>(
    diagnostic: &Diagnostic,
    sources: &'t [Lines<'_>],
) -> Vec<Snippet<'t, Annotation<'t>>> {
    let Some(span) = diagnostic.span else {
        return Vec::new();
    };
    let mut excerpts: Vec<Vec<Mark>> = vec![vec![(span, None)]];
    if let Some((label, related)) = diagnostic.related.as_deref() {
        let mark = (*related, Some(printable(label)));
        let is_near =
            related.source == span.source && related.line.abs_diff(span.line) <= MAX_DISTANCE;
        match excerpts.first_mut().filter(|_| is_near) {
            Some(marks) => marks.push(mark),
            None => excerpts.push(vec![mark]),
        }
    }
    let snippet = |marks: Vec<Mark>| {
        let source = marks.first()?.0.source;
        let snippet = sources.get(source.index())?.snippet(&marks)?;
        Some(if source == span.source {
            snippet
        } else {
            snippet.path(sources.get(source.index())?.name)
        })
    };
    excerpts.into_iter().filter_map(snippet).collect()
}

/// A source with the offsets of its lines.
struct Lines<'t> {
    name: &'t str,
    text: Cow<'t, str>,
    lines: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn new(source: &Source<'t>) -> Self {
        let text = source.text.strip_prefix(b"\xef\xbb\xbf");
        let text = String::from_utf8_lossy(text.unwrap_or(source.text));
        let breaks = text.match_indices('\n').map(|(offset, _)| offset + 1);
        Self {
            name: source.name,
            lines: std::iter::once(0).chain(breaks).collect(),
            text,
        }
    }

    /// Returns the offsets of a line, without its line break; `None` if there is no such line.
    fn line(&self, line: u32) -> Option<std::ops::Range<usize>> {
        let index = usize::try_from(line).ok()?.checked_sub(1)?;
        let start = *self.lines.get(index)?;
        let end = self
            .lines
            .get(index + 1)
            .map_or(self.text.len(), |next| next - 1);
        let text = self.text.get(start..end)?;
        Some(start..start + text.trim_end_matches('\r').len())
    }

    /// Returns the offsets of the character at a location, at most the end of its line.
    fn character(&self, span: Span) -> Option<std::ops::Range<usize>> {
        let line = self.line(span.line)?;
        let text = self.text.get(line.clone())?;
        let before = usize::try_from(span.column).ok()?.saturating_sub(1);
        let (offset, length) = text
            .char_indices()
            .nth(before)
            .map_or((text.len(), 0), |(offset, char)| (offset, char.len_utf8()));
        Some(line.start + offset..line.start + offset + length)
    }

    /// Returns an excerpt with all lines from the first mark to the last one.
    fn snippet<'s>(&'s self, marks: &[Mark]) -> Option<Snippet<'s, Annotation<'s>>> {
        let lines = marks.iter().map(|(span, _)| span.line);
        let (first, last) = (lines.clone().min()?, lines.max()?);
        let excerpt = self.line(first)?.start..self.line(last)?.end;
        let first_line = usize::try_from(first).ok()?;
        let mut snippet = Snippet::source(self.text.get(excerpt.clone())?).line_start(first_line);
        for (span, label) in marks {
            let character = self.character(*span)?;
            let range = character.start - excerpt.start..character.end - excerpt.start;
            let annotation = match label {
                None => AnnotationKind::Primary.span(range),
                Some(label) => AnnotationKind::Context.span(range).label(label.clone()),
            };
            snippet = snippet.annotation(annotation);
        }
        Some(snippet)
    }
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

#[cfg(test)]
mod tests {
    use super::super::Code;
    use super::*;
    use crate::span::SourceId;
    use crate::terminal;

    fn at(line: u32, column: u32) -> Span {
        Span::new(SourceId::DOCUMENT, line, column)
    }

    fn source<'a>(name: &'a str, text: &'a str) -> Source<'a> {
        let text = text.as_bytes();
        Source { name, text }
    }

    fn plain(problem: Diagnostic, name: &str, text: &str) -> String {
        terminal::plain(&render(&[problem], &[source(name, text)]))
    }

    #[test]
    fn renders_source_line_and_help() {
        let problem = Diagnostic::new(
            Code::Shape,
            "/info/titel",
            "unknown key `titel` in the info object",
        );
        let problem = problem.at(at(10, 3)).help("did you mean `title`?");
        let text = format!("{}  titel: é\r\n", "#\n".repeat(9));
        assert_eq!(
            plain(problem, "a.yaml", &text),
            "a.yaml:10:3: error[E003]: unknown key `titel` in the info object\n\
             \x20  |\n\
             10 |   titel: é\n\
             \x20  |   ^\n\
             \x20  |\n\
             \x20  = pointer: /info/titel\n\
             \x20  = help: did you mean `title`?\n"
        );
    }

    #[test]
    fn renders_warning() {
        let problem = Diagnostic::new(Code::Shape, "", "m").as_warning();
        let shown = plain(problem.at(at(1, 1)), "a.yaml", "a: 1");
        assert!(
            shown.starts_with("a.yaml:1:1: warning[E003]: m\n"),
            "{shown}"
        );
    }

    #[test]
    fn renders_related_location() {
        let problem = Diagnostic::new(Code::DuplicateKey, "/a", "duplicate key `a`").at(at(2, 1));
        let problem = problem.related("first occurrence", at(1, 1));
        let shown = plain(problem, "a.yaml", "a: 1\na: 2\n");
        assert!(
            shown.contains("1 | a: 1\n  | - first occurrence\n2 | a: 2\n  | ^\n"),
            "{shown}"
        );
    }

    #[test]
    fn renders_related_location_in_another_source() {
        let problem = Diagnostic::new(Code::DuplicateKey, "/a", "duplicate key `a`").at(at(1, 1));
        let problem = problem.related("added here", Span::new(SourceId::OVERLAY, 2, 3));
        let document = source("a.yaml", "a: 1");
        let overlay = source("overlay.yaml", "x:\n  a: 2");
        let shown = terminal::plain(&render(&[problem], &[document, overlay]));
        assert!(shown.contains("overlay.yaml:2:3\n"), "{shown}");
        assert!(shown.contains("- added here"), "{shown}");
    }

    #[test]
    fn omits_excerpt_without_position() {
        let problem = Diagnostic::new(Code::NotFound, "", "unknown tag `x`");
        let shown = plain(problem, "a.yaml", "a: 1");
        assert_eq!(shown, "a.yaml: error[E010]: unknown tag `x`\n");
    }

    #[test]
    fn truncates_long_line_around_column() {
        let line = format!("{}X{}", "a".repeat(5000), "b".repeat(5000));
        let problem = Diagnostic::new(Code::Syntax, "", "m").at(at(1, 5001));
        let shown = plain(problem, "a.json", &line);
        let lines: Vec<_> = shown.lines().collect();
        assert_eq!(lines[2].find('X'), lines[3].find('^'));
        assert!(lines.iter().all(|line| line.len() < 130), "{shown}");
    }

    #[test]
    fn marks_the_column_after_wide_characters() {
        let problem = Diagnostic::new(Code::Syntax, "", "m").at(at(1, 4));
        let shown = plain(problem, "a.yaml", "漢字 X");
        let mark = shown.lines().find(|line| line.contains('^')).unwrap();
        assert_eq!(
            mark, "  |      ^",
            "each wide character is two columns wide"
        );
    }

    #[test]
    fn control_characters_never_reach_the_terminal() {
        let problem = Diagnostic::new(Code::Shape, "/\u{1b}[2J", "m \u{202e}")
            .at(at(1, 2))
            .help("\u{1b}[2J");
        let shown = plain(problem, "a.json", "\t\u{7}x\u{1b}[31m\u{202e}");
        assert!(
            !shown.contains(['\u{1b}', '\u{7}', '\u{202e}', '\t']),
            "{shown:?}"
        );
    }

    #[test]
    fn accepts_position_outside_source() {
        for (line, column, text) in [(9, 9, "x"), (1, 900, "x"), (0, 0, ""), (1, 0, "x")] {
            let problem = Diagnostic::new(Code::Syntax, "", "m").at(at(line, column));
            assert!(plain(problem, "a", text).starts_with("a:"));
        }
    }

    #[test]
    fn rendering_many_errors_of_a_large_document_takes_little_time() {
        let text = "a: 1\n".repeat(100_000);
        let problems: Vec<_> = (1..10_000)
            .map(|line| Diagnostic::new(Code::Shape, "/a", "m").at(at(line * 10, 1)))
            .collect();
        let shown = render(&problems, &[source("a", &text)]);
        assert!(shown.len() > 10_000);
    }
}
