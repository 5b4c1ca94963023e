//! A look at JSON text without reading it into types: where a value stands, and what stands at a place.
//!
//! All of this works on text of any depth without recursion, and takes text that is no JSON as it comes: what is
//! found is always read by serde_json afterwards, which is the one to judge.

use std::ops::Range;

/// Where the reader is inside an array or an object.
enum Frame {
    Array(usize),
    /// The key whose value is being read, with its quotes.
    Object(Option<Range<usize>>),
}

/// How many levels a path tells of: serde_json reads no deeper.
const DEEPEST: usize = 128;
/// How many characters of a key a path shows.
const LONGEST_KEY: usize = 100;

/// The path to the innermost value that `consumed` bytes of `text` have entered and not left, such as `[3].name`.
/// Empty for the root.
pub(crate) fn path_at(text: &[u8], consumed: usize) -> String {
    let mut path = String::new();
    for frame in frames_at(text.get(..consumed).unwrap_or(text)) {
        match frame {
            Frame::Array(index) => path.push_str(&format!("[{index}]")),
            Frame::Object(Some(key)) => push_key(&mut path, text.get(key).unwrap_or_default()),
            Frame::Object(None) => {}
        }
    }
    path
}

/// What is open at the end of `text`, from the outermost in.
fn frames_at(text: &[u8]) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    // How many are open that are too deep to be kept.
    let mut deeper = 0_usize;
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        let start = at;
        at += 1;
        match byte {
            b'{' | b'[' if frames.len() == DEEPEST => deeper += 1,
            b'{' => frames.push(Frame::Object(None)),
            b'[' => frames.push(Frame::Array(0)),
            b'}' | b']' if deeper > 0 => deeper -= 1,
            b'}' | b']' => {
                frames.pop();
            }
            b',' if deeper == 0 => match frames.last_mut() {
                Some(Frame::Array(index)) => *index += 1,
                Some(Frame::Object(key)) => *key = None,
                None => {}
            },
            b'"' => {
                at = string_end(text, start);
                if let (Some(Frame::Object(key @ None)), 0) = (frames.last_mut(), deeper) {
                    *key = Some(start..at);
                }
            }
            _ => {}
        }
    }
    frames
}

/// Appends `.name`, or `["name"]` where the key is not a plain word.
fn push_key(path: &mut String, quoted: &[u8]) {
    let quoted = String::from_utf8_lossy(quoted);
    let word = quoted.trim_matches('"');
    if !word.is_empty()
        && word
            .chars()
            .all(|letter| letter.is_alphanumeric() || letter == '_' || letter == '$')
    {
        if !path.is_empty() {
            path.push('.');
        }
        path.extend(shortened(word));
    } else {
        path.push('[');
        path.extend(shortened(&quoted));
        path.push(']');
    }
}

fn shortened(key: &str) -> impl Iterator<Item = char> {
    let is_longer = key.chars().nth(LONGEST_KEY).is_some();
    key.chars()
        .take(LONGEST_KEY)
        .chain(is_longer.then_some('…'))
}

/// Where the string ends that begins with the quote at `start`: behind its closing quote.
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

fn skip_space(text: &[u8], mut at: usize) -> usize {
    while matches!(text.get(at), Some(b' ' | b'\t' | b'\r' | b'\n')) {
        at += 1;
    }
    at
}

/// Where the value that begins at `start` ends.
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

/// Where the value of `path`, which names the keys of objects, stands in the value at `within`.
pub(crate) fn find(text: &[u8], within: Range<usize>, path: &[&str]) -> Option<Range<usize>> {
    let mut place = within;
    for key in path {
        place = entries(text, place, b'{')
            .find(|entry| entry.key_is(text, key))?
            .value;
    }
    Some(place)
}

/// Where the items of the array at `within` stand.
pub(crate) fn items(text: &[u8], within: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    entries(text, within, b'[').map(|entry| entry.value)
}

struct Entry {
    key: Range<usize>,
    value: Range<usize>,
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

/// The entries of the object (`open` is `{`) or array (`[`) at `within`; none when another kind of value is there.
fn entries(text: &[u8], within: Range<usize>, open: u8) -> impl Iterator<Item = Entry> {
    let text = text.get(..within.end).unwrap_or(text);
    let start = skip_space(text, within.start);
    let mut at = if text.get(start) == Some(&open) {
        start + 1
    } else {
        text.len()
    };
    std::iter::from_fn(move || {
        at = skip_space(text, at);
        let mut key = at..at;
        if open == b'{' {
            if text.get(at) != Some(&b'"') {
                return None;
            }
            key.end = string_end(text, at);
            at = skip_space(text, key.end);
            if text.get(at) != Some(&b':') {
                return None;
            }
            at = skip_space(text, at + 1);
        }
        let value = at..value_end(text, at);
        if value.is_empty() {
            return None;
        }
        at = skip_space(text, value.end);
        // A missing comma ends the walk behind this entry.
        at = if text.get(at) == Some(&b',') {
            at + 1
        } else {
            text.len()
        };
        Some(Entry { key, value })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(text: &'a str, path: &[&str]) -> Option<&'a str> {
        text.get(find(text.as_bytes(), 0..text.len(), path)?)
    }

    #[test]
    fn values_are_found_by_their_keys() {
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
    fn items_are_found_one_by_one() {
        let text = r#"[ {"id":"a"} ,[2,3], "x,y", 4 ]"#;
        let all: Vec<_> = items(text.as_bytes(), 0..text.len())
            .filter_map(|range| text.get(range))
            .collect();
        assert_eq!(all, [r#"{"id":"a"}"#, "[2,3]", r#""x,y""#, "4"]);
        for none in ["", "[]", "[ ]", "{}", "12", "[", "\"[1]\""] {
            assert_eq!(items(none.as_bytes(), 0..none.len()).count(), 0, "{none}");
        }
    }

    #[test]
    fn a_path_is_bounded_however_deep_the_text_is_and_however_long_its_keys_are() {
        let deep = "[".repeat(1 << 20);
        assert_eq!(path_at(deep.as_bytes(), deep.len()), "[0]".repeat(DEEPEST));
        let left = format!("{}{}, {{\"a\": ", deep, "]".repeat((1 << 20) - 1));
        assert_eq!(path_at(left.as_bytes(), left.len()), "[1].a");
        let long = format!("{{\"{}\": ", "ü".repeat(1 << 20));
        assert_eq!(path_at(long.as_bytes(), long.len()).chars().count(), 101);
    }

    #[test]
    fn text_that_is_no_json_does_no_harm() {
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
                path_at(text.as_bytes(), consumed);
            }
            find(text.as_bytes(), 0..text.len(), &["a", "b"]);
            items(text.as_bytes(), 0..text.len() + 9).count();
        }
    }
}
