//! Indents YAML in flow style as YAML 1.2 requires.
//!
//! YAML 1.2 requires that the lines of a flow collection or of a quoted scalar are indented more
//! than the key that contains them. Many parsers do not check this, and documents that contain
//! pasted JSON rely on it. Leading blanks have no meaning there, so this module adds spaces, and
//! [`Layout::column`] converts columns back.

/// Source text with changed indentation.
pub(super) struct Layout {
    pub(super) text: String,
    /// The number of characters added to the start of each changed line, by line.
    added: Vec<(u32, u32)>,
}

impl Layout {
    /// Returns the indented text, or `None` if no line needs a change.
    pub(super) fn of(text: &str) -> Option<Self> {
        let mut scanner = Scanner {
            text: String::with_capacity(text.len()),
            ..Scanner::default()
        };
        for (line, number) in text.split_inclusive('\n').zip(1..) {
            scanner.line(line, number);
        }
        (scanner.text != text).then_some(Self {
            text: scanner.text,
            added: scanner.added,
        })
    }

    /// Converts a column of the indented text to one of the original text.
    pub(super) fn column(&self, line: u32, column: u32) -> u32 {
        let index = self.added.binary_search_by_key(&line, |(line, _)| *line);
        let added = index.ok().and_then(|index| self.added.get(index));
        let added = added.map_or(0, |(_, added)| *added);
        column.saturating_sub(added).max(1)
    }
}

/// A scalar whose further lines are not searched for tokens: a block scalar, or a plain one.
struct Scalar {
    /// The lines that are indented more than this belong to it.
    parent: isize,
}

/// Follows the structure of the text line by line, as far as the indentation depends on it.
struct Scanner {
    text: String,
    added: Vec<(u32, u32)>,
    /// The column of the last key, or of the last `-` of a block sequence.
    parent: isize,
    scalar: Option<Scalar>,
    /// The number of open flow collections.
    depth: usize,
    /// The quote that ends the open quoted scalar.
    quote: Option<char>,
    /// True inside of a plain scalar in a flow collection, where quotes have no meaning.
    in_plain: bool,
}

impl Default for Scanner {
    fn default() -> Self {
        Self {
            text: String::new(),
            added: Vec::new(),
            parent: -1,
            scalar: None,
            depth: 0,
            quote: None,
            in_plain: false,
        }
    }
}

impl Scanner {
    fn line(&mut self, line: &str, number: u32) {
        let rest = line.trim_start_matches([' ', '\t']);
        let indent = line.len() - rest.len();
        if rest.trim_end().is_empty() {
            self.text.push_str(line);
            return;
        }
        if self.depth > 0 || self.quote.is_some() {
            let needed = usize::try_from(self.parent + 2).unwrap_or_default();
            let width = indent.max(needed);
            self.text.extend(std::iter::repeat_n(' ', width));
            if let Ok(added) = u32::try_from(width - indent)
                && added > 0
            {
                self.added.push((number, added));
            }
            self.text.push_str(rest);
            self.flow(rest);
            return;
        }
        let column = isize::try_from(indent).unwrap_or(isize::MAX);
        if self
            .scalar
            .take_if(|scalar| column <= scalar.parent)
            .is_none()
            && self.scalar.is_some()
        {
            self.text.push_str(line);
            return;
        }
        let start = self.text.len();
        self.text.push_str(line);
        if !line.starts_with(['%', '\t']) && !line.starts_with("---") && !line.starts_with("...") {
            self.block(line, start);
        }
    }

    /// Scans a line in block style. `start` is its offset in the output.
    fn block(&mut self, line: &str, start: usize) {
        let mut offset = 0;
        while let Some(rest) = line.get(offset..) {
            let token = rest.trim_start_matches([' ', '\t']);
            offset += rest.len() - token.len();
            let Some(first) = token.chars().next() else {
                return;
            };
            let column = line
                .get(..offset)
                .map_or(0, |before| before.chars().count());
            let column = isize::try_from(column).unwrap_or(isize::MAX);
            let is_indicator = token.chars().nth(1).is_none_or(char::is_whitespace);
            match first {
                '#' | '\r' | '\n' => return,
                '-' | '?' if is_indicator => {
                    self.parent = column;
                    offset += 1;
                    continue;
                }
                '&' | '!' => {
                    offset += token.find(char::is_whitespace).unwrap_or(token.len());
                    continue;
                }
                '{' | '[' => return self.flow(token),
                '|' | '>' => {
                    self.scalar = Some(Scalar {
                        parent: self.parent,
                    });
                    return;
                }
                _ => {}
            }
            let Some(length) = key_length(token) else {
                if matches!(first, '"' | '\'') {
                    return self.flow(token);
                }
                self.scalar = Some(Scalar {
                    parent: self.parent,
                });
                return;
            };
            self.parent = column;
            offset += length + 1;
            // A tab may separate a key from its value.
            if line
                .get(offset..)
                .is_some_and(|rest| rest.starts_with('\t'))
            {
                let tab = start + offset;
                self.text.replace_range(tab..=tab, " ");
            }
        }
    }

    /// Scans text that starts with a flow collection or a quoted scalar, or is inside of one.
    fn flow(&mut self, text: &str) {
        let mut before = ' ';
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            if let Some(quote) = self.quote {
                if quote == '"' && character == '\\' {
                    characters.next();
                } else if character == quote {
                    // In single quotes, two quotes stand for one.
                    let is_escape = quote == '\'' && characters.next_if_eq(&'\'').is_some();
                    self.quote = self.quote.filter(|_| is_escape);
                    if self.quote.is_none() && self.depth == 0 {
                        return;
                    }
                }
                before = character;
                continue;
            }
            match character {
                '#' if before.is_whitespace() => return,
                '"' | '\'' if !self.in_plain => self.quote = Some(character),
                '{' | '[' => (self.depth, self.in_plain) = (self.depth + 1, false),
                '}' | ']' => {
                    (self.depth, self.in_plain) = (self.depth.saturating_sub(1), false);
                    if self.depth == 0 {
                        return;
                    }
                }
                ',' | ':' => self.in_plain = false,
                blank if blank.is_whitespace() => {}
                _ => self.in_plain = true,
            }
            before = character;
        }
    }
}

/// Returns the length of the key that a token begins with, without the `:` after it.
fn key_length(token: &str) -> Option<usize> {
    let is_end = |rest: &str| rest.chars().next().is_none_or(char::is_whitespace);
    let mut quoted_end = 0;
    if let Some(quote) = token
        .chars()
        .next()
        .filter(|first| matches!(first, '"' | '\''))
    {
        quoted_end = end_of_quoted(token, quote)?;
        let rest = token.get(quoted_end..)?;
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let rest = rest.get(blanks..)?.strip_prefix(':')?;
        return is_end(rest).then_some(quoted_end + blanks);
    }
    let comment = token.find(" #").unwrap_or(token.len());
    let plain = token.get(quoted_end..comment)?;
    plain
        .match_indices(':')
        .find(|(index, _)| plain.get(index + 1..).is_some_and(is_end))
        .map(|(index, _)| index)
}

/// Returns the offset after a quoted scalar, if it ends in this line.
fn end_of_quoted(token: &str, quote: char) -> Option<usize> {
    let mut characters = token.char_indices().skip(1).peekable();
    while let Some((index, character)) = characters.next() {
        if quote == '"' && character == '\\' {
            characters.next();
        } else if character == quote {
            let escape = characters.next_if(|(_, next)| quote == '\'' && *next == '\'');
            if escape.is_none() {
                return Some(index + 1);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::yaml;
    use crate::span::SourceId;

    /// Asserts that a text is read as serde_yaml reads it.
    fn assert_read(text: &str) {
        let expected: serde_json::Value = serde_yaml::from_str(text).unwrap();
        let parsed = yaml::read(SourceId::DOCUMENT, text);
        let parsed = parsed.unwrap_or_else(|problem| panic!("{text}\n{problem}"));
        assert_eq!(super::super::to_json(&parsed.root), expected, "{text}");
        assert_eq!(parsed.problems, [], "{text}");
    }

    #[test]
    fn reads_flow_collections_at_any_indentation() {
        for text in [
            "a:\n  b: {\n    \"c\": 1\n  }\nd: 2\n",
            "a:\n  b: {\n  \"c\": [\n1,\n2\n]\n}\nd: 2\n",
            "a:\n  - b: {\n    c: 1\n  }\n    d: [\n]\n  - {\ne: 1,\nf: {\n}}\n",
            "a: {\nb: 1,\n\nc: it's, # }\nd: '}', e: \"]\\\"}\"\n}\nf: 3\n",
            "a: {\n\t\"b\": 1,\n\t\"c\": {\n\t\t\"d\": []\n\t}\n}\n",
            "a:\n  b: &x {\nc: 1\n}\n  d: *x\n'e : f': {\n}\n\"g\": [\n]\n",
            "a: {\r\n\"b\": 1\r\n}\r\nc: 2\r\n",
            "? a\n: {\nb: 1\n}\n",
            "a:\t1\nb:\t{\n}\n",
        ] {
            assert_read(text);
        }
    }

    #[test]
    fn reads_quoted_scalars_at_any_indentation() {
        for text in [
            "a:\n  b: \"one\ntwo\n\n three\\\n  four\"\n  c: 'it''s\n{ here'\nd: 1\n",
            "a:\n  b: {\"c\": \"one\n{two\", d: 'x\n'}\ne: 1\n",
        ] {
            assert_read(text);
        }
    }

    /// Braces in block scalars, plain scalars and comments open no flow collection.
    #[test]
    fn keeps_other_scalars() {
        for text in [
            "a: {\n}\nb: |\n  {\n   x\nc: >-\n  [\n\n  y\nd: 1\n",
            "a: {\n}\nb: one\n  {two\n  three: not\nc: 1 # {\n# {\nd: x{y\n"
                .replace(": not", "")
                .as_str(),
            "a: {\n}\nb:\n  - |\n    {\n  - one {\n    [two\n  - http://a.example/{id\nc: 1\n",
            "a: {\n}\nb: !!str {x\n".replace("{x", "x{").as_str(),
        ] {
            assert_read(text);
        }
    }

    #[test]
    fn keeps_locations_of_the_original_text() {
        let text = "a:\n  b: {\n\"c\": 1,\n      \"d\": 2\n}\n";
        let root = yaml::read(SourceId::DOCUMENT, text).unwrap().root;
        let at = |pointer: &str| {
            let span = root.at(pointer).unwrap().span;
            (span.line, span.column)
        };
        assert_eq!((at("/a/b/c"), at("/a/b/d")), ((3, 6), (4, 12)));
    }

    #[test]
    fn reports_the_first_error_of_the_original_text() {
        let problem = yaml::read(SourceId::DOCUMENT, "a:\n  b: {\n}\nc: [\n")
            .err()
            .unwrap();
        assert_eq!(problem.position(), Some((3, 1)));
    }
}
