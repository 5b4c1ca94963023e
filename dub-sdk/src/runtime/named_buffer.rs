//! Encoded name-value pairs in one growing buffer, which is sent without being copied again.

use std::ops::Range;

/// Name-value pairs, encoded as they are sent, in the order in which they were first set.
#[derive(Clone, Default)]
pub(super) struct NamedBuffer {
    pub(super) text: Vec<u8>,
    spans: Vec<Span>,
}

/// The location of a pair in the buffer, without the separator before it.
#[derive(Clone)]
struct Span {
    name: &'static str,
    entry: Range<usize>,
    value: Range<usize>,
}

impl NamedBuffer {
    /// Returns the encoded value of a pair.
    pub(super) fn get(&self, name: &str) -> Option<&[u8]> {
        let span = self.spans.iter().find(|span| span.name == name)?;
        self.text.get(span.value.clone())
    }

    /// Returns the names of the pairs.
    pub(super) fn names(&self) -> Vec<&str> {
        self.spans.iter().map(|span| span.name).collect()
    }

    /// Begins a pair at the end of the buffer and returns its start offset.
    pub(super) fn begin(&mut self, separator: u8) -> usize {
        if self.spans.is_empty() {
            // Allocates once for most requests.
            self.text.reserve(64);
        } else {
            self.text.push(separator);
        }
        self.text.len()
    }

    /// Ends the pair that begins at the offset `start` and whose value begins at the offset
    /// `value`. If a pair with this name exists, the new pair replaces it at its position.
    pub(super) fn end(&mut self, name: &'static str, start: usize, value: usize) {
        let end = self.text.len();
        let Some(old) = self.spans.iter().position(|span| span.name == name) else {
            self.spans.push(Span {
                name,
                entry: start..end,
                value: value..end,
            });
            return;
        };
        let new = self.text.split_off(start);
        // The buffer already contains a pair, so a separator precedes the new one.
        self.text.pop();
        if let Some(span) = self.spans.get_mut(old) {
            let before = span.entry.end;
            self.text.splice(span.entry.clone(), new);
            span.entry.end = span.entry.start + (end - start);
            span.value = span.entry.start + (value - start)..span.entry.end;
            let after = span.entry.end;
            for later in self.spans.iter_mut().skip(old + 1) {
                for range in [&mut later.entry, &mut later.value] {
                    *range = range.start - before + after..range.end - before + after;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_value_keeps_first_position() {
        let mut buffer = NamedBuffer::default();
        for (name, value) in [
            ("a", "1"),
            ("b", "words"),
            ("c", "3"),
            ("b", "x"),
            ("a", "longer"),
            ("c", ""),
        ] {
            let start = buffer.begin(b'&');
            buffer
                .text
                .extend_from_slice(format!("{name}={value}").as_bytes());
            buffer.end(name, start, start + name.len() + 1);
        }
        assert_eq!(buffer.text, b"a=longer&b=x&c=");
        let expected = [Some("longer"), Some("x"), Some(""), None];
        assert_eq!(
            ["a", "b", "c", "d"].map(|name| buffer.get(name)),
            expected.map(|text| text.map(str::as_bytes))
        );
    }
}
