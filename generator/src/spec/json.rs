//! Parses JSON into a tree.
//!
//! serde_json does not record positions and silently keeps the last of two equal keys, so this
//! module has its own parser. It uses serde_json to unescape strings and to check numbers.

use super::builder::{Builder, Expects};
use super::text;
use super::tree::Value;
use super::{Parsed, number};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::{SourceId, Span};

/// Parses JSON source text.
pub(super) fn read(source: SourceId, text: &str) -> Result<Parsed, Diagnostic> {
    let start = Span::new(source, 1, 1);
    let mut reader = Reader {
        text,
        offset: 0,
        counted: 0,
        span: start,
        builder: Builder::default(),
    };
    reader.document()?;
    // Not empty: `document` has read a value.
    let empty = || text::syntax(source, "the document is empty");
    reader.builder.finish().ok_or_else(empty)
}

struct Reader<'t> {
    text: &'t str,
    offset: usize,
    /// The offset up to which lines and columns have been counted. It only moves forward.
    counted: usize,
    /// The line and the column at `counted`.
    span: Span,
    builder: Builder,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<(), Diagnostic> {
        self.value()?;
        loop {
            match self.builder.expects() {
                Expects::Root => break,
                Expects::Item { first } => self.item(first)?,
                Expects::Key { first } => self.entry(first)?,
                Expects::Value => self.value()?,
            }
        }
        self.skip_blanks();
        if self.offset < self.text.len() {
            return Err(self.unexpected("end of file"));
        }
        Ok(())
    }

    /// Reads the next item of an array, or its end.
    fn item(&mut self, first: bool) -> Result<(), Diagnostic> {
        if self.eat(b']') {
            self.builder.close()?;
            return Ok(());
        }
        if !first && !self.eat(b',') {
            return Err(self.unexpected("`,` or `]`"));
        }
        self.value()
    }

    /// Reads the next key of an object with its colon, or the end of the object.
    fn entry(&mut self, first: bool) -> Result<(), Diagnostic> {
        if self.eat(b'}') {
            self.builder.close()?;
            return Ok(());
        }
        if !first && !self.eat(b',') {
            return Err(self.unexpected("`,` or `}`"));
        }
        self.skip_blanks();
        if self.peek() != Some(b'"') {
            return Err(self.unexpected("a double-quoted key"));
        }
        let span = self.here();
        let name = self.string()?;
        self.builder.key(name, span);
        if !self.eat(b':') {
            return Err(self.unexpected("`:`"));
        }
        Ok(())
    }

    /// Reads a scalar, or the start of a container.
    fn value(&mut self) -> Result<(), Diagnostic> {
        self.skip_blanks();
        let span = self.here();
        let value = match self.peek() {
            Some(b'{') => {
                self.offset += 1;
                return self.builder.open_object(span);
            }
            Some(b'[') => {
                self.offset += 1;
                return self.builder.open_array(span);
            }
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => self.literal()?,
        };
        self.builder.scalar(value, span)
    }

    fn literal(&mut self) -> Result<Value, Diagnostic> {
        let rest = self.text.get(self.offset..).unwrap_or_default();
        for (literal, value) in [
            ("null", Value::Null),
            ("true", Value::Bool(true)),
            ("false", Value::Bool(false)),
        ] {
            if rest.starts_with(literal) {
                self.offset += literal.len();
                return Ok(value);
            }
        }
        Err(self.unexpected("a value"))
    }

    fn number(&mut self) -> Result<Value, Diagnostic> {
        let rest = self.text.get(self.offset..).unwrap_or_default();
        let end = rest
            .find(|char: char| !matches!(char, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'))
            .unwrap_or(rest.len());
        let raw = rest.get(..end).unwrap_or_default();
        if number::parse(raw).is_none() || serde_json::from_str::<serde_json::Number>(raw).is_err()
        {
            return Err(self.syntax_error(format!("invalid or out-of-range number `{raw}`")));
        }
        self.offset += end;
        Ok(Value::Number(raw.into()))
    }

    fn string(&mut self) -> Result<Box<str>, Diagnostic> {
        let start = self.offset;
        let mut escaped = false;
        loop {
            self.offset += 1;
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    self.offset += 1;
                }
                Some(0..=31) => {
                    return Err(
                        self.syntax_error("unescaped control character in a string".to_owned())
                    );
                }
                Some(_) => {}
                None => {
                    self.offset = start;
                    return Err(self.syntax_error("unterminated string".to_owned()));
                }
            }
        }
        self.offset += 1;
        if escaped {
            return self.unescape(start);
        }
        Ok(self
            .text
            .get(start + 1..self.offset - 1)
            .unwrap_or_default()
            .into())
    }

    fn unescape(&mut self, start: usize) -> Result<Box<str>, Diagnostic> {
        let raw = self.text.get(start..self.offset).unwrap_or_default();
        serde_json::from_str(raw).map_err(|error| {
            self.offset = start;
            let reason = match error.to_string() {
                reason if reason.contains("surrogate") || reason.contains("hex escape") => {
                    "truncated `\\u` escape or unpaired surrogate".to_owned()
                }
                reason => reason
                    .split(" at line ")
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
            };
            self.syntax_error(format!("malformed string: {reason}"))
        })
    }

    fn skip_blanks(&mut self) {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.peek() {
            self.offset += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        self.skip_blanks();
        let found = self.peek() == Some(byte);
        self.offset += usize::from(found);
        found
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.offset).copied()
    }

    fn here(&mut self) -> Span {
        let passed = self.text.get(self.counted..self.offset).unwrap_or_default();
        let Span {
            source,
            mut line,
            mut column,
        } = self.span;
        match passed.rfind('\n') {
            Some(last) => {
                line += text::saturating_u32(passed.bytes().filter(|byte| *byte == b'\n').count());
                column =
                    text::saturating_u32(passed.get(last..).unwrap_or_default().chars().count());
            }
            None => column += text::saturating_u32(passed.chars().count()),
        }
        self.counted = self.offset;
        self.span = Span::new(source, line, column);
        self.span
    }

    fn unexpected(&mut self, expected: &str) -> Diagnostic {
        self.skip_blanks();
        let found = match self
            .text
            .get(self.offset..)
            .and_then(|rest| rest.chars().next())
        {
            Some(char) => format!("`{}`", char.escape_debug()),
            None => "end of file".to_owned(),
        };
        self.syntax_error(format!("expected {expected}, found {found}"))
    }

    /// Creates an error at the current offset. Its position is counted from the start of the
    /// source, because the offset may be before `counted`. This is not slow: an error ends parsing.
    fn syntax_error(&mut self, message: String) -> Diagnostic {
        let span = text::span(self.span.source, self.text, self.offset);
        self.builder.problem(Code::Syntax, span, message)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::Node;
    use super::*;

    fn tree(text: &str) -> Node {
        let parsed = read(SourceId::DOCUMENT, text).unwrap();
        assert_eq!(parsed.problems, []);
        parsed.root
    }

    fn rejection(text: &str) -> (Option<(u32, u32)>, String) {
        let problem = read(SourceId::DOCUMENT, text).err().unwrap();
        (problem.position(), problem.message)
    }

    #[test]
    fn records_source_positions() {
        let root = tree("{\n  \"é\": [true, {\"b\":1.50}]}");
        let item = root.at("/é/1/b").unwrap();
        assert_eq!(
            (&item.value, item.span),
            (
                &Value::Number("1.50".into()),
                Span::new(SourceId::DOCUMENT, 2, 20)
            )
        );
        assert_eq!(
            root.as_object().unwrap().entry("é").unwrap().key,
            Span::new(SourceId::DOCUMENT, 2, 3)
        );
        assert_eq!(
            root.at("/é/0").unwrap().span,
            Span::new(SourceId::DOCUMENT, 2, 9)
        );
    }

    #[test]
    fn joins_surrogate_pairs_and_rejects_lone_ones() {
        assert_eq!(
            tree(r#"["\ud83d\ude00"]"#).at("/0").unwrap().as_str(),
            Some("😀")
        );
        assert!(rejection(r#"["a \ud83d"]"#).1.contains("malformed string"));
    }

    #[test]
    fn accepts_long_keys_and_large_numbers() {
        let key = "k".repeat(5000);
        let root = tree(&format!("{{\"{key}\": 123456789012345678901234567890}}"));
        assert_eq!(
            root.get(&key).unwrap().value,
            Value::Number("123456789012345678901234567890".into())
        );
    }

    #[test]
    fn rejects_invalid_and_out_of_range_numbers() {
        assert_eq!(rejection("[1e999]").0, Some((1, 2)));
        assert_eq!(rejection("[01]").0, Some((1, 2)));
    }

    #[test]
    fn reports_duplicate_keys_and_continues() {
        let parsed = read(
            SourceId::DOCUMENT,
            "{\"a\": 1,\n \"a\": 2, \"b\": {\"c/d\": 1, \"c/d\": 2}}",
        )
        .unwrap();
        let found: Vec<_> = parsed
            .problems
            .iter()
            .map(|problem| (&*problem.pointer, problem.position()))
            .collect();
        assert_eq!(found, [("/a", Some((2, 2))), ("/b/c~1d", Some((2, 26)))]);
        assert_eq!(
            parsed.problems[0].related.as_deref(),
            Some(&(
                "first occurrence".to_owned(),
                Span::new(SourceId::DOCUMENT, 1, 2)
            ))
        );
    }

    #[test]
    fn rejects_truncated_json_at_its_end() {
        assert_eq!(rejection("{\"a\": [1, 2").0, Some((1, 12)));
        assert_eq!(rejection("{\"a\": \"b").0, Some((1, 7)));
        assert_eq!(rejection("{\"a\"").1, "expected `:`, found end of file");
    }

    #[test]
    fn rejects_malformed_json() {
        assert_eq!(
            rejection("{\"a\": 1,}").1,
            "expected a double-quoted key, found `}`"
        );
        assert_eq!(rejection("[1] 2").1, "expected end of file, found `2`");
        assert_eq!(rejection("[1 2]").1, "expected `,` or `]`, found `2`");
        assert_eq!(rejection("[nul]").1, "expected a value, found `n`");
        assert_eq!(rejection("[\"a\nb\"]").0, Some((1, 4)));
    }

    #[test]
    fn limits_nesting_depth() {
        let text = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(
            read(SourceId::DOCUMENT, &text).err().unwrap().code,
            Code::Bound
        );
    }
}
