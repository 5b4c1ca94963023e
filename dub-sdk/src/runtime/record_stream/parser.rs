//! Splits a body of JSON values: lines (`application/x-ndjson`, `application/jsonl`) or a sequence
//! (`application/json-seq`, RFC 7464).

use std::collections::VecDeque;

/// The byte before each value of a sequence.
const RECORD_SEPARATOR: u8 = 0x1e;

/// The way in which values are separated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Separator {
    /// A line break.
    Line,
    /// A record separator (RS) before each value.
    Sequence,
}

/// A value is larger than the limit.
#[derive(Debug, PartialEq)]
pub(crate) struct TooLarge;

/// A parser that receives the body in chunks of any size.
#[derive(Debug)]
pub(crate) struct RecordParser {
    separator: Separator,
    /// The maximum size of a value, in bytes.
    limit: usize,
    /// The beginning of the current value.
    record: Vec<u8>,
    /// The number of open brackets in it.
    depth: usize,
    is_in_string: bool,
    /// True after a backslash in a string.
    is_escaped: bool,
}

impl RecordParser {
    pub(crate) fn new(separator: Separator, limit: usize) -> Self {
        Self {
            separator,
            limit,
            record: Vec::new(),
            depth: 0,
            is_in_string: false,
            is_escaped: false,
        }
    }

    /// Parses a chunk and appends the values that it completes.
    pub(crate) fn feed(
        &mut self,
        chunk: &[u8],
        records: &mut VecDeque<Vec<u8>>,
    ) -> Result<(), TooLarge> {
        let mut start = 0;
        for (index, byte) in chunk.iter().enumerate() {
            if self.is_end(*byte) {
                self.extend(chunk.get(start..index).unwrap_or_default())?;
                self.end(records);
                start = index + 1;
            }
        }
        self.extend(chunk.get(start..).unwrap_or_default())
    }

    /// Ends the body, and with it the last value.
    pub(crate) fn finish(&mut self, records: &mut VecDeque<Vec<u8>>) {
        self.end(records);
    }

    fn extend(&mut self, part: &[u8]) -> Result<(), TooLarge> {
        self.record.extend_from_slice(part);
        match self.record.len() > self.limit {
            true => Err(TooLarge),
            false => Ok(()),
        }
    }

    /// Returns true if a byte ends the current value.
    fn is_end(&mut self, byte: u8) -> bool {
        match (self.separator, byte) {
            (Separator::Line, _) => byte == b'\n',
            (Separator::Sequence, RECORD_SEPARATOR) => true,
            // A value of a sequence ends with a line break, so that the next separator need not be
            // awaited. There may be line breaks inside it, too.
            (Separator::Sequence, b'\n') => self.depth == 0 && !self.is_in_string,
            (Separator::Sequence, _) => {
                self.scan(byte);
                false
            }
        }
    }

    fn scan(&mut self, byte: u8) {
        if self.is_in_string {
            let is_end = byte == b'"' && !self.is_escaped;
            self.is_escaped = byte == b'\\' && !self.is_escaped;
            self.is_in_string = !is_end;
            return;
        }
        match byte {
            b'"' => self.is_in_string = true,
            b'{' | b'[' => self.depth = self.depth.saturating_add(1),
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    /// Ends the current value. One of only blanks does not count.
    fn end(&mut self, records: &mut VecDeque<Vec<u8>>) {
        (self.depth, self.is_in_string, self.is_escaped) = (0, false, false);
        let mut record = std::mem::take(&mut self.record);
        let trimmed = record.trim_ascii_end().len();
        record.truncate(trimmed);
        if !record.trim_ascii_start().is_empty() {
            records.push_back(record);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(separator: Separator, chunks: &[&[u8]]) -> Vec<String> {
        let mut parser = RecordParser::new(separator, 100);
        let mut records = VecDeque::new();
        for chunk in chunks {
            parser.feed(chunk, &mut records).unwrap();
        }
        parser.finish(&mut records);
        let strings = records.into_iter().map(String::from_utf8);
        strings.map(Result::unwrap).collect()
    }

    #[test]
    fn values_are_split_wherever_chunks_end() {
        use Separator::{Line, Sequence};
        for (separator, body, expected) in [
            (Line, "", &[][..]),
            (Line, "1\n2\n", &["1", "2"][..]),
            (Line, "{\"a\":1}\r\n\r\n \n[2]", &["{\"a\":1}", "[2]"]),
            (Line, "\"a\\nb\"\n\u{e4}\n", &["\"a\\nb\"", "\u{e4}"]),
            (Sequence, "\u{1e}1\n\u{1e}[2]\n", &["1", "[2]"]),
            (
                Sequence,
                "\u{1e}{\n \"a\": [\n1]\n}\n\u{1e}2\n",
                &["{\n \"a\": [\n1]\n}", "2"],
            ),
            (
                Sequence,
                "\u{1e}\u{1e}\n\u{1e}{\"a\u{1e}{}\n",
                &["{\"a", "{}"],
            ),
            (
                Sequence,
                "\u{1e}{\"a\": \"}\\\"}\"\n}\n",
                &["{\"a\": \"}\\\"}\"\n}"],
            ),
        ] {
            for split in 0..=body.len() {
                let (one, other) = body.as_bytes().split_at(split);
                assert_eq!(
                    parse(separator, &[one, other]),
                    expected,
                    "{body:?} at {split}"
                );
            }
            let bytes: Vec<&[u8]> = body.as_bytes().chunks(1).collect();
            assert_eq!(parse(separator, &bytes), expected, "{body:?}");
        }
    }

    #[test]
    fn value_of_sequence_is_returned_at_its_line_break() {
        let mut parser = RecordParser::new(Separator::Sequence, 100);
        let mut records = VecDeque::new();
        parser.feed(b"\x1e{\"a\":\n1}", &mut records).unwrap();
        assert!(records.is_empty());
        parser.feed(b"\n", &mut records).unwrap();
        assert_eq!(records, [b"{\"a\":\n1}".to_vec()]);
    }

    #[test]
    fn values_are_limited() {
        let mut records = VecDeque::new();
        let mut feed = |body: &[u8]| RecordParser::new(Separator::Line, 3).feed(body, &mut records);
        assert_eq!(feed(b"123\n123\n123"), Ok(()));
        assert_eq!(feed(b"123\n1234"), Err(TooLarge));
        assert_eq!(records.len(), 3);
    }
}
