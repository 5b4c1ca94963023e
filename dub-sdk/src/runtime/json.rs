//! Scans JSON without deserializing it: finds the value at a path, and the path at an offset.
//!
//! The functions work without recursion, so the depth of the JSON does not matter. They also accept
//! invalid JSON, because serde_json parses every value that they find and reports its errors.

use std::borrow::Cow;
use std::ops::Range;

/// A function that replaces the secrets in a string.
pub(crate) type Mask<'a> = &'a dyn Fn(&str) -> Cow<'_, str>;

/// An array or an object that is open at the current offset.
#[derive(Clone)]
enum Frame {
    /// The index of the current item.
    Array(usize),
    /// The range of the current key, including its quotes; `None` before a key.
    Object(Option<Range<usize>>),
}

/// The maximum number of levels in a path. serde_json rejects deeper values.
const MAX_DEPTH: usize = 128;
/// The maximum number of characters of a key that a path shows.
const MAX_KEY_LENGTH: usize = 100;

/// Returns the path, such as `[3].name`, of the innermost value that is open after the first
/// `consumed` bytes of `text`. It is empty for the root.
///
/// `mask` replaces the secrets in a key.
pub(crate) fn path_at(text: &[u8], consumed: usize, mask: Mask<'_>) -> String {
    OpenValues::at(text, consumed).path(text, mask)
}

/// The arrays and objects that are open at an offset.
#[derive(Clone, Default)]
pub(crate) struct OpenValues {
    /// The outermost first.
    frames: Vec<Frame>,
    /// The number of further ones that are too deep for a path.
    deeper: usize,
}

impl OpenValues {
    /// Returns the arrays and objects that are open after the first `consumed` bytes of `text`.
    pub(crate) fn at(text: &[u8], consumed: usize) -> Self {
        let mut open = Self::default();
        open.read(text, 0..consumed);
        open
    }

    /// Changes the index of the current item of the innermost array.
    pub(crate) fn set_index(&mut self, new: usize) {
        if let (Some(Frame::Array(index)), 0) = (self.frames.last_mut(), self.deeper) {
            *index = new;
        }
    }

    /// Reads on, in the range of `text`.
    pub(crate) fn read(&mut self, text: &[u8], range: Range<usize>) {
        let Self { frames, deeper } = self;
        let text = text.get(..range.end).unwrap_or(text);
        let mut at = range.start;
        while let Some(byte) = text.get(at) {
            let start = at;
            at += 1;
            match byte {
                b'{' | b'[' if frames.len() == MAX_DEPTH => *deeper += 1,
                b'{' => frames.push(Frame::Object(None)),
                b'[' => frames.push(Frame::Array(0)),
                b'}' | b']' if *deeper > 0 => *deeper -= 1,
                b'}' | b']' => {
                    frames.pop();
                }
                b',' if *deeper == 0 => match frames.last_mut() {
                    Some(Frame::Array(index)) => *index += 1,
                    Some(Frame::Object(key)) => *key = None,
                    None => {}
                },
                b'"' => {
                    at = string_end(text, start);
                    if let (Some(Frame::Object(key @ None)), 0) = (frames.last_mut(), *deeper) {
                        *key = Some(start..at);
                    }
                }
                _ => {}
            }
        }
    }

    /// Returns the path of the innermost value. `mask` replaces the secrets in a key.
    pub(crate) fn path(&self, text: &[u8], mask: Mask<'_>) -> String {
        let mut path = String::new();
        for frame in &self.frames {
            match frame {
                Frame::Array(index) => path.push_str(&format!("[{index}]")),
                Frame::Object(Some(key)) => {
                    push_key(&mut path, text.get(key.clone()).unwrap_or_default(), mask);
                }
                Frame::Object(None) => {}
            }
        }
        path
    }
}

/// Appends `.name`, or `["name"]` if the key is not an identifier.
fn push_key(path: &mut String, quoted: &[u8], mask: Mask<'_>) {
    let quoted = String::from_utf8_lossy(quoted);
    let quoted = mask(&quoted);
    let word = quoted.trim_matches('"');
    if !word.is_empty()
        && word
            .chars()
            .all(|letter| letter.is_alphanumeric() || letter == '_' || letter == '$')
    {
        if !path.is_empty() {
            path.push('.');
        }
        push_truncated(path, word);
    } else {
        path.push('[');
        push_truncated(path, &quoted);
        path.push(']');
    }
}

/// Appends the key, truncated to `MAX_KEY_LENGTH` characters. Escapes control characters, which could
/// break the line of a message or change the state of the terminal.
fn push_truncated(path: &mut String, key: &str) {
    let mut characters = key.chars();
    for character in characters.by_ref().take(MAX_KEY_LENGTH) {
        match character.is_control() {
            true => path.extend(character.escape_default()),
            false => path.push(character),
        }
    }
    if characters.next().is_some() {
        path.push('…');
    }
}

/// Returns the offset after the closing quote of the string whose opening quote is at `start`.
fn string_end(text: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = text.get(at) {
        at += match byte {
            b'"' => return at + 1,
            b'\\' => 2,
            _ => 1,
        };
    }
    text.len()
}

fn skip_whitespace(text: &[u8], mut at: usize) -> usize {
    while matches!(text.get(at), Some(b' ' | b'\t' | b'\r' | b'\n')) {
        at += 1;
    }
    at
}

/// Returns the offset of the end of the value that begins at `start`.
fn value_end(text: &[u8], start: usize) -> usize {
    let mut depth = 0_usize;
    let mut at = start;
    while let Some(byte) = text.get(at) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 0 => return at,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            b'"' => {
                at = string_end(text, at);
                if depth == 0 {
                    return at;
                }
                continue;
            }
            b',' | b' ' | b'\t' | b'\r' | b'\n' if depth == 0 => return at,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// Returns the range of the JSON document in a body: all of it, but for a byte order mark, which
/// RFC 8259, section 8.1, allows readers to ignore.
pub(crate) fn document(body: &[u8]) -> Range<usize> {
    let mark = "\u{feff}".as_bytes();
    let start = if body.starts_with(mark) {
        mark.len()
    } else {
        0
    };
    start..body.len()
}

/// Returns the range of the value at `path`, a list of object keys, in the value at `within`.
pub(crate) fn find(text: &[u8], within: Range<usize>, path: &[&str]) -> Option<Range<usize>> {
    let mut range = within;
    for key in path {
        let mut entries = Entries::new(text, range, b'{');
        range = entries.find(|entry| entry.key_is(text, key))?.value;
    }
    Some(range)
}

/// The location of a property of an object or of an item of an array.
pub(crate) struct Entry {
    /// The range of the key, including its quotes; empty for an item.
    key: Range<usize>,
    pub(crate) value: Range<usize>,
}

impl Entry {
    fn key_is(&self, text: &[u8], name: &str) -> bool {
        let Some(quoted) = text.get(self.key.clone()) else {
            return false;
        };
        if quoted.contains(&b'\\') {
            return serde_json::from_slice::<String>(quoted).is_ok_and(|key| key == name);
        }
        quoted
            .strip_prefix(b"\"")
            .and_then(|rest| rest.strip_suffix(b"\""))
            == Some(name.as_bytes())
    }
}

/// An iterator over the properties of an object or the items of an array.
pub(crate) struct Entries<'a> {
    text: &'a [u8],
    at: usize,
    is_object: bool,
}

impl<'a> Entries<'a> {
    /// Iterates over the items of the array at `within`.
    pub(crate) fn of_array(text: &'a [u8], within: Range<usize>) -> Self {
        Self::new(text, within, b'[')
    }

    /// Iterates over the object (if `open` is `{`) or the array (if `open` is `[`) at `within`. The
    /// iterator is empty if the value is of another kind.
    fn new(text: &'a [u8], within: Range<usize>, open: u8) -> Self {
        let text = text.get(..within.end).unwrap_or(text);
        let start = skip_whitespace(text, within.start);
        Self {
            text,
            at: match text.get(start) == Some(&open) {
                true => start + 1,
                false => text.len(),
            },
            is_object: open == b'{',
        }
    }
}

impl Iterator for Entries<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        let text = self.text;
        let mut at = skip_whitespace(text, self.at);
        let mut key = at..at;
        if self.is_object {
            if text.get(at) != Some(&b'"') {
                return None;
            }
            key.end = string_end(text, at);
            at = skip_whitespace(text, key.end);
            if text.get(at) != Some(&b':') {
                return None;
            }
            at = skip_whitespace(text, at + 1);
        }
        let value = at..value_end(text, at);
        if value.is_empty() {
            return None;
        }
        at = skip_whitespace(text, value.end);
        // Without a comma, this entry is the last one.
        self.at = match text.get(at) == Some(&b',') {
            true => at + 1,
            false => text.len(),
        };
        Some(Entry { key, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(text: &'a str, path: &[&str]) -> Option<&'a str> {
        text.get(find(text.as_bytes(), 0..text.len(), path)?)
    }

    #[test]
    fn finds_values_by_key_path() {
        let text =
            r#" { "a" : [1, {"b": "}"}] , "e\u0072r" : { "code":"x\"y" } , "n": 12 , "t" : true} "#;
        assert_eq!(found(text, &["a"]), Some(r#"[1, {"b": "}"}]"#));
        assert_eq!(found(text, &["err", "code"]), Some(r#""x\"y""#));
        assert_eq!(found(text, &["n"]), Some("12"));
        assert_eq!(found(text, &["t"]), Some("true"));
        assert_eq!(found(text, &["t", "x"]), None);
        assert_eq!(found(text, &["missing"]), None);
        assert_eq!(found(text, &[]), Some(text));
    }

    #[test]
    fn iterates_over_array_items() {
        let text = r#"[ {"id":"a"} ,[2,3], "x,y", 4 ]"#;
        let all: Vec<_> = Entries::of_array(text.as_bytes(), 0..text.len())
            .filter_map(|item| text.get(item.value))
            .collect();
        assert_eq!(all, [r#"{"id":"a"}"#, "[2,3]", r#""x,y""#, "4"]);
        for none in ["", "[]", "[ ]", "{}", "12", "[", "\"[1]\""] {
            let mut items = Entries::of_array(none.as_bytes(), 0..none.len());
            assert!(items.next().is_none(), "{none}");
        }
    }

    #[test]
    fn path_length_is_bounded() {
        let deep = "[".repeat(1 << 20);
        assert_eq!(
            path_at(deep.as_bytes(), deep.len(), &|text| text.into()),
            "[0]".repeat(MAX_DEPTH)
        );
        let left = format!("{}{}, {{\"a\": ", deep, "]".repeat((1 << 20) - 1));
        assert_eq!(
            path_at(left.as_bytes(), left.len(), &|text| text.into()),
            "[1].a"
        );
        let long = format!("{{\"{}\": ", "ü".repeat(1 << 20));
        assert_eq!(
            path_at(long.as_bytes(), long.len(), &|text| text.into())
                .chars()
                .count(),
            101
        );
    }

    #[test]
    fn tolerates_invalid_json() {
        for text in [
            "{",
            "{\"a",
            "{\"a\"",
            "{\"a\":",
            "[1",
            "[\"\\",
            "}{",
            "]]",
            ",",
            "{\"a\":1 2",
            "\\",
            "[,]",
        ] {
            for consumed in 0..=text.len() + 1 {
                path_at(text.as_bytes(), consumed, &|text| text.into());
            }
            find(text.as_bytes(), 0..text.len(), &["a", "b"]);
            Entries::of_array(text.as_bytes(), 0..text.len() + 9).count();
        }
    }
}
