//! A short text that a regular expression matches.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind};

/// The characters that a text is made of where the expression allows them.
const PREFERRED: [char; 4] = ['a', 'A', '1', '-'];

/// The maximum length of a text, in characters.
const MAX_CHARS: usize = 200;

/// Returns a text of at least `min` characters that the pattern matches; `None` if the pattern is
/// not understood: JSON Schema uses the expressions of JavaScript, of which some, such as lookahead,
/// have no counterpart.
pub fn matching(pattern: &str, min: usize) -> Option<String> {
    let mut parser = ParserBuilder::new().unicode(false).utf8(false).build();
    let expression = parser.parse(pattern).ok()?;
    // Each attempt repeats what can be repeated more often.
    let attempts = (0..=MAX_CHARS).map(|repeated| {
        let mut text = String::new();
        append(&expression, repeated, &mut text).map(|()| text)
    });
    attempts
        .map_while(|text| text)
        .find(|text| text.chars().count() >= min)
}

/// Returns true if the pattern is understood and matches the text.
pub fn matches(pattern: &str, text: &str) -> bool {
    fancy_regex::Regex::new(pattern)
        .is_ok_and(|expression| expression.is_match(text).unwrap_or(false))
}

/// Appends a text that the expression matches. Returns `None` if it has none, or a long one.
fn append(expression: &Hir, repeated: usize, text: &mut String) -> Option<()> {
    match expression.kind() {
        // An anchor or a word boundary: the text is a whole value, and short.
        HirKind::Empty | HirKind::Look(_) => Some(()),
        HirKind::Literal(literal) => {
            text.push_str(std::str::from_utf8(&literal.0).ok()?);
            Some(())
        }
        HirKind::Class(class) => {
            text.push(character(class)?);
            Some(())
        }
        HirKind::Repetition(repetition) => {
            let min = usize::try_from(repetition.min).ok()?;
            let max = repetition.max.and_then(|max| usize::try_from(max).ok());
            for _ in 0..repeated.min(max.unwrap_or(usize::MAX)).max(min) {
                append(&repetition.sub, repeated, text)?;
                if text.len() > 4 * MAX_CHARS {
                    return None;
                }
            }
            Some(())
        }
        HirKind::Capture(capture) => append(&capture.sub, repeated, text),
        HirKind::Concat(parts) => parts
            .iter()
            .try_for_each(|part| append(part, repeated, text)),
        HirKind::Alternation(branches) => append(branches.first()?, repeated, text),
    }
}

/// Returns a character of a class: one that is easy to read, if it has one.
fn character(class: &Class) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class
            .iter()
            .map(|range| (range.start(), range.end()))
            .collect(),
        Class::Bytes(class) => {
            let ascii = class.iter().filter(|range| range.end().is_ascii());
            ascii
                .map(|range| (range.start().into(), range.end().into()))
                .collect()
        }
    };
    let has = |wanted: &char| {
        ranges
            .iter()
            .any(|(start, end)| (start..=end).contains(&wanted))
    };
    let visible = (' '..='~').find(|character| has(character));
    let any = ranges.first().map(|(start, _)| *start);
    PREFERRED.into_iter().find(has).or(visible).or(any)
}

#[cfg(test)]
mod tests {
    use super::matching;

    #[test]
    fn texts_match_simple_patterns() {
        for (pattern, min, expected) in [
            ("^[a-z]+$", 3, Some("aaa")),
            ("^cus_[A-Za-z0-9]{4}$", 0, Some("cus_aaaa")),
            (r"^\d{4}-\d{2}$", 0, Some("1111-11")),
            ("^(GET|POST)$", 0, Some("GET")),
            ("^#[0-9a-fA-F]{6}$", 0, Some("#aaaaaa")),
            ("a?b*", 2, Some("ab")),
            ("a?b*", 3, Some("abb")),
            ("^(?!x)a$", 0, None),
            ("^[a-z]{1,3}$", 9, None),
            ("(", 0, None),
        ] {
            assert_eq!(matching(pattern, min).as_deref(), expected, "{pattern}");
        }
    }
}
