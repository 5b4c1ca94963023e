//! Reads JSON into a tree.
//!
//! serde_json knows no places and takes the last of two equal keys, so the text is taken apart here; what is hard
//! about strings and numbers is still left to serde_json.

use super::builder::{Builder, Expects};
use super::text;
use super::tree::{Mark, Node, Value};
use super::{Reading, number};
use crate::diagnostic::{Code, Diagnostic};

/// The tree of a JSON text.
pub(super) fn read(text: &str) -> Result<Reading, Diagnostic> {
    let mut reader = Reader {
        text,
        at: 0,
        counted: 0,
        mark: Mark::new(1, 1),
        builder: Builder::default(),
    };
    reader.document()?;
    let (root, problems) = reader.builder.finish();
    let root = root.unwrap_or(Node {
        mark: Mark::new(1, 1),
        value: Value::Null,
    });
    Ok(Reading { root, problems })
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// How far lines and columns have been counted, and the place there: counting goes forward only.
    counted: usize,
    mark: Mark,
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
        if self.at < self.text.len() {
            return Err(self.unexpected("the end of the document"));
        }
        Ok(())
    }

    /// The next item of a list, or its end.
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

    /// The next key of an object with its colon, or the object's end.
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
            return Err(self.unexpected("a key in double quotes"));
        }
        let mark = self.here();
        let name = self.string()?;
        self.builder.key(name, mark);
        if !self.eat(b':') {
            return Err(self.unexpected("`:`"));
        }
        Ok(())
    }

    /// A whole plain value, or the start of a container.
    fn value(&mut self) -> Result<(), Diagnostic> {
        self.skip_blanks();
        let mark = self.here();
        let value = match self.peek() {
            Some(b'{') => {
                self.at += 1;
                return self.builder.open_object(mark);
            }
            Some(b'[') => {
                self.at += 1;
                return self.builder.open_array(mark);
            }
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => self.word()?,
        };
        self.builder.scalar(value, mark)
    }

    fn word(&mut self) -> Result<Value, Diagnostic> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        for (word, value) in [
            ("null", Value::Null),
            ("true", Value::Bool(true)),
            ("false", Value::Bool(false)),
        ] {
            if rest.starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(self.unexpected("a value"))
    }

    fn number(&mut self) -> Result<Value, Diagnostic> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest
            .find(|char: char| !matches!(char, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'))
            .unwrap_or(rest.len());
        let written = rest.get(..end).unwrap_or_default();
        if number::parse(written).is_none()
            || serde_json::from_str::<serde_json::Number>(written).is_err()
        {
            return Err(self.failure(format!(
                "`{written}` is not a number in JSON, or beyond its range"
            )));
        }
        self.at += end;
        Ok(Value::Number(written.into()))
    }

    fn string(&mut self) -> Result<Box<str>, Diagnostic> {
        let start = self.at;
        let mut escaped = false;
        loop {
            self.at += 1;
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    self.at += 1;
                }
                Some(0..=31) => {
                    return Err(self.failure(
                        "a control character inside a string must be escaped".to_owned(),
                    ));
                }
                Some(_) => {}
                None => {
                    self.at = start;
                    return Err(self.failure("this string has no end".to_owned()));
                }
            }
        }
        self.at += 1;
        if escaped {
            return self.unescape(start);
        }
        Ok(self
            .text
            .get(start + 1..self.at - 1)
            .unwrap_or_default()
            .into())
    }

    fn unescape(&mut self, start: usize) -> Result<Box<str>, Diagnostic> {
        let written = self.text.get(start..self.at).unwrap_or_default();
        serde_json::from_str(written).map_err(|error| {
            self.at = start;
            let reason = match error.to_string() {
                reason if reason.contains("surrogate") || reason.contains("hex escape") => {
                    "a `\\u` escape is cut short, or is half of a surrogate pair".to_owned()
                }
                reason => reason
                    .split(" at line ")
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
            };
            self.failure(format!("this string is not well escaped: {reason}"))
        })
    }

    fn skip_blanks(&mut self) {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.peek() {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        self.skip_blanks();
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn here(&mut self) -> Mark {
        let passed = self.text.get(self.counted..self.at).unwrap_or_default();
        let Mark {
            mut line,
            mut column,
        } = self.mark;
        match passed.rfind('\n') {
            Some(last) => {
                line += text::saturated(passed.bytes().filter(|byte| *byte == b'\n').count());
                column = text::saturated(passed.get(last..).unwrap_or_default().chars().count());
            }
            None => column += text::saturated(passed.chars().count()),
        }
        self.counted = self.at;
        self.mark = Mark::new(line, column);
        self.mark
    }

    fn unexpected(&mut self, wanted: &str) -> Diagnostic {
        self.skip_blanks();
        let found = match self
            .text
            .get(self.at..)
            .and_then(|rest| rest.chars().next())
        {
            Some(char) => format!("`{}`", char.escape_debug()),
            None => "the end of the document".to_owned(),
        };
        self.failure(format!("{wanted} should stand here, not {found}"))
    }

    /// Failures end the reading, so it does no harm that their place may lie before what has been counted.
    fn failure(&mut self, message: String) -> Diagnostic {
        let (line, column) = text::position(self.text, self.at);
        self.builder
            .problem(Code::Syntax, Mark::new(line, column), message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> Node {
        let reading = read(text).unwrap();
        assert_eq!(reading.problems, []);
        reading.root
    }

    fn refusal(text: &str) -> (Option<(u32, u32)>, String) {
        let problem = read(text).err().unwrap();
        (problem.position, problem.message)
    }

    #[test]
    fn values_know_their_place() {
        let root = tree("{\n  \"é\": [true, {\"b\":1.50}]}");
        let item = root.at("/é/1/b").unwrap();
        assert_eq!(
            (&item.value, item.mark),
            (&Value::Number("1.50".into()), Mark::new(2, 20))
        );
        assert_eq!(
            root.as_object().unwrap().entry("é").unwrap().key,
            Mark::new(2, 3)
        );
        assert_eq!(root.at("/é/0").unwrap().mark, Mark::new(2, 9));
    }

    #[test]
    fn surrogate_pairs_are_joined_and_lone_ones_refused() {
        assert_eq!(
            tree(r#"["\ud83d\ude00"]"#).at("/0").unwrap().as_str(),
            Some("😀")
        );
        assert!(refusal(r#"["a \ud83d"]"#).1.contains("not well escaped"));
    }

    #[test]
    fn keys_may_be_long_and_numbers_large() {
        let key = "k".repeat(5000);
        let root = tree(&format!("{{\"{key}\": 123456789012345678901234567890}}"));
        assert_eq!(
            root.get(&key).unwrap().value,
            Value::Number("123456789012345678901234567890".into())
        );
    }

    #[test]
    fn a_number_beyond_range_is_refused() {
        assert_eq!(refusal("[1e999]").0, Some((1, 2)));
        assert_eq!(refusal("[01]").0, Some((1, 2)));
    }

    #[test]
    fn duplicate_keys_are_reported_with_both_places_and_reading_goes_on() {
        let reading = read("{\"a\": 1,\n \"a\": 2, \"b\": {\"c/d\": 1, \"c/d\": 2}}").unwrap();
        let found: Vec<_> = reading
            .problems
            .iter()
            .map(|problem| (&*problem.pointer, problem.position))
            .collect();
        assert_eq!(found, [("/a", Some((2, 2))), ("/b/c~1d", Some((2, 26)))]);
        assert_eq!(
            reading.problems[0].related,
            Some(("it stands here already".to_owned(), (1, 2)))
        );
    }

    #[test]
    fn a_cut_text_is_refused_where_it_ends() {
        assert_eq!(refusal("{\"a\": [1, 2").0, Some((1, 12)));
        assert_eq!(refusal("{\"a\": \"b").0, Some((1, 7)));
        assert_eq!(
            refusal("{\"a\"").1,
            "`:` should stand here, not the end of the document"
        );
    }

    #[test]
    fn what_is_almost_json_is_refused() {
        assert_eq!(
            refusal("{\"a\": 1,}").1,
            "a key in double quotes should stand here, not `}`"
        );
        assert_eq!(
            refusal("[1] 2").1,
            "the end of the document should stand here, not `2`"
        );
        assert_eq!(refusal("[1 2]").1, "`,` or `]` should stand here, not `2`");
        assert_eq!(refusal("[nul]").1, "a value should stand here, not `n`");
        assert_eq!(refusal("[\"a\nb\"]").0, Some((1, 4)));
    }

    #[test]
    fn depth_is_bounded() {
        let text = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(read(&text).err().unwrap().code, Code::Bound);
    }
}
